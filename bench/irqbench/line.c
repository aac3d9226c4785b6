// SPDX-License-Identifier: MIT
/* A line's life: requesting and freeing it, disabling and enabling it, by MSI and by INTx. */
#include <linux/interrupt.h>
#include "irqbench.h"

static irqreturn_t nobody(int irq, void *dev)
{
	return IRQ_NONE;
}

static void measure(bool msi, const char *request_name, const char *disable_name)
{
	struct edu *edu = edu_open(msi);

	if (!edu)
		return;
	COUNT(request_name, , ({
		if (!request_irq(edu->irq, nobody, IRQF_SHARED, "irqbench", edu))
			free_irq(edu->irq, edu);
	}));
	if (!request_irq(edu->irq, nobody, IRQF_SHARED, "irqbench", edu)) {
		COUNT(disable_name, , ({ disable_irq(edu->irq); enable_irq(edu->irq); }));
		free_irq(edu->irq, edu);
	}
	edu_close(edu);
}

void bench_line(void)
{
	measure(true, "line.request_msi", "line.disable_msi");
	measure(false, "line.request_intx", "line.disable_intx");
}
