/* SPDX-License-Identifier: MIT */
/* The older name, still in many modules. */
#include <linux/uaccess.h>
