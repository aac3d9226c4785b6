// SPDX-License-Identifier: MIT
/* RCU: a reader's section; a grace period, which is time and not instructions. */
#include <linux/rcupdate.h>
#include "irqbench.h"

void bench_rcu(void)
{
	COUNT("rcu.read_pair", , ({ rcu_read_lock(); barrier(); rcu_read_unlock(); }));
	COUNT("rcu.synchronize", , synchronize_rcu());
}
