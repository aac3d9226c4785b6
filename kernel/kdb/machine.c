/* SPDX-License-Identifier: MIT */
/* Commands on the machine as a whole. */
#include <linux/arch.h>
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/reboot.h>
#include <linux/sched.h>
#include <linux/string.h>
#include "internals.h"

static int cmd_help(int argc, char **argv)
{
	kdb_help(argc > 1 ? argv[1] : NULL);
	return 0;
}

static int cmd_go(int argc, char **argv)
{
	kdb_leave();
	return 0;
}

static int cmd_hotplug(int argc, char **argv)
{
	unsigned int cpu;
	int ret;

	if (argc != 3 || kstrtouint(argv[1], 0, &cpu) ||
	    (strcmp(argv[2], "on") && strcmp(argv[2], "off")))
		return KDB_USAGE;
	ret = !strcmp(argv[2], "on") ? add_cpu(cpu) : remove_cpu(cpu);
	return min(ret, 0);
}

static int cmd_cpu(int argc, char **argv)
{
	unsigned int cpu;

	for_each_present_cpu(cpu)
		kdb_printf("CPU %u: %s%s\n", cpu, cpu_online(cpu) ? "online" : "offline",
			   cpu_online(cpu) && idle_cpu(cpu) ? ", idle" : "");
	return 0;
}

static int cmd_reboot(int argc, char **argv)
{
	kdb_printf("rebooting\n");
	machine_restart(NULL);
	return -EIO;
}

static int cmd_poweroff(int argc, char **argv)
{
	kdb_printf("power off\n");
	machine_power_off();
	return -EIO;
}

const struct kdb_command kdb_machine_commands[] = {
	{ "help", "[COMMAND]", "this list", false, cmd_help },
	{ "go", "", "leave a panic's or SysRq's prompt", false, cmd_go },
	{ "cpu", "", "the CPUs there are", false, cmd_cpu },
	{ "hotplug", "N on|off", "bring a CPU up, or take it off line", true, cmd_hotplug },
	{ "reboot", "", "restart the machine", false, cmd_reboot },
	{ "poweroff", "", "switch the machine off", false, cmd_poweroff },
	{ }
};
