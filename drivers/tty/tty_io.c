/* SPDX-License-Identifier: MIT */
/*
 * Terminals as files: /dev/ttyS0 and its like, /dev/console (the line of the preferred
 * console), /dev/tty (the caller's own).
 *
 * A hang-up makes the files that were open then dead: each remembers how many hang-ups its
 * line had seen. Reads then find the end, all else -EIO. Those of /dev/console live on, for
 * who started everything and still has to say so.
 */
#include <linux/cdev.h>
#include <linux/console.h>
#include <linux/device.h>
#include <linux/init.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/tty.h>
#include <linux/uaccess.h>

static LIST_HEAD(tty_drivers);
static DEFINE_MUTEX(drivers_lock);	/* guards the list; lines are never taken away */
static struct class *tty_class;

/* The settings that a line starts with: those of a terminal for people. */
const struct ktermios tty_std_termios = {
	.c_iflag = ICRNL | IXON,
	.c_oflag = OPOST | ONLCR,
	.c_cflag = B38400 | CS8 | CREAD | HUPCL,
	.c_lflag = ISIG | ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE | IEXTEN,
	.c_cc = {
		[VINTR] = 'C' & 0x1f, [VQUIT] = '\\' & 0x1f, [VERASE] = 0x7f, [VKILL] = 'U' & 0x1f,
		[VEOF] = 'D' & 0x1f, [VMIN] = 1, [VSTART] = 'Q' & 0x1f, [VSTOP] = 'S' & 0x1f,
		[VSUSP] = 'Z' & 0x1f, [VREPRINT] = 'R' & 0x1f, [VDISCARD] = 'O' & 0x1f,
		[VWERASE] = 'W' & 0x1f, [VLNEXT] = 'V' & 0x1f,
	},
	.c_ispeed = 38400,
	.c_ospeed = 38400,
};

/**
 * tty_find - the line with a device number
 * @device: its number
 *
 * Context: may sleep.
 * Return: the line, or NULL.
 */
struct tty_struct *tty_find(dev_t device)
{
	struct tty_driver *driver;
	struct tty_struct *tty = NULL;

	mutex_lock(&drivers_lock);
	list_for_each_entry(driver, &tty_drivers, tty_drivers) {
		unsigned int index = MINOR(device) - driver->minor_start;

		if (MAJOR(device) == driver->major && index < driver->num)
			tty = driver->ttys[index];
	}
	mutex_unlock(&drivers_lock);
	return tty;
}

/* The line of the console that takes /dev/console. */
static struct tty_struct *console_tty(void)
{
	struct tty_driver *driver = NULL;
	struct console *con;
	int index;

	console_lock();
	for_each_console(con) {
		if (con->device && (con->flags & CON_CONSDEV || !driver))
			driver = con->device(con, &index) ?: driver;
	}
	console_unlock();
	return driver ? tty_find(MKDEV(driver->major, driver->minor_start + index)) : NULL;
}

static int start_line(struct tty_struct *tty, struct file *file)
{
	int err = tty->driver->ops->open ? tty->driver->ops->open(tty, file) : 0;

	if (!err)
		n_tty_open(tty);
	return err;
}

static int tty_open(struct inode *inode, struct file *file)
{
	struct tty_file *tf = kzalloc(sizeof(*tf), GFP_KERNEL);
	struct tty_struct *tty;
	int err = 0;

	if (!tf)
		return -ENOMEM;
	if (inode->i_rdev == MKDEV(TTYAUX_MAJOR, 0))
		tty = get_current_tty();
	else if (inode->i_rdev == MKDEV(TTYAUX_MAJOR, 1))
		tty = console_tty();
	else
		tty = tty_find(inode->i_rdev);
	if (!tty) {
		kfree(tf);
		return inode->i_rdev == MKDEV(TTYAUX_MAJOR, 0) ? -ENXIO : -ENODEV;
	}

	mutex_lock(&tty->lock);
	if (tty->exclusive && tty->count)
		err = -EBUSY;
	else if (!tty->count)
		err = start_line(tty, file);
	if (!err) {
		tty->count++;
		*tf = (struct tty_file){ tty, tty->hangups, inode->i_rdev == MKDEV(TTYAUX_MAJOR, 1) };
	}
	mutex_unlock(&tty->lock);
	if (err) {
		kfree(tf);
		return err;
	}
	file->private_data = tf;
	/* The console and /dev/tty do not become one's own by being opened. */
	if (!(file->f_flags & O_NOCTTY) && MAJOR(inode->i_rdev) != TTYAUX_MAJOR)
		tty_open_proc_set_tty(file, tty);
	return 0;
}

static int tty_release(struct inode *inode, struct file *file)
{
	struct tty_file *tf = file->private_data;
	struct tty_struct *tty = tf->tty;

	mutex_lock(&tty->lock);
	if (!--tty->count) {
		n_tty_send_pending(tty);
		tty->exclusive = false;
		if (tty->driver->ops->close)
			tty->driver->ops->close(tty, file);
	}
	mutex_unlock(&tty->lock);
	kfree(tf);
	return 0;
}

static ssize_t tty_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	struct tty_file *tf = file->private_data;

	return tty_hung_up(tf) || !count ? 0 : n_tty_read(tf, file->f_flags, buf, count);
}

static ssize_t tty_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	struct tty_file *tf = file->private_data;

	return tty_hung_up(tf) ? -EIO : n_tty_write(tf, file->f_flags, buf, count);
}

static __poll_t tty_poll(struct file *file, struct poll_table_struct *table)
{
	struct tty_file *tf = file->private_data;
	struct tty_struct *tty = tf->tty;
	__poll_t mask = 0;

	poll_wait(file, &tty->read_wait, table);
	poll_wait(file, &tty->write_wait, table);
	if (tty_hung_up(tf))
		return EPOLLIN | EPOLLOUT | EPOLLERR | EPOLLHUP | EPOLLRDNORM | EPOLLWRNORM;
	mutex_lock(&tty->lock);
	if (n_tty_input_available(tty, true))
		mask |= EPOLLIN | EPOLLRDNORM;
	if (n_tty_room(tty) >= N_TTY_ROOM)
		mask |= EPOLLOUT | EPOLLWRNORM;
	mutex_unlock(&tty->lock);
	return mask;
}

static long tty_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct tty_file *tf = file->private_data;
	long ret;

	if (tty_hung_up(tf))
		return -EIO;
	ret = tty_jobctrl_ioctl(tf->tty, cmd, arg);
	if (ret == -ENOIOCTLCMD)
		ret = tty_mode_ioctl(tf->tty, cmd, arg);
	return ret == -ENOIOCTLCMD ? -ENOTTY : ret;
}

const struct file_operations tty_fops = {
	.owner		= THIS_MODULE,
	.llseek		= no_llseek,
	.open		= tty_open,
	.release	= tty_release,
	.read		= tty_read,
	.write		= tty_write,
	.splice_read	= generic_file_splice_read,
	.splice_write	= iter_file_splice_write,
	.poll		= tty_poll,
	.unlocked_ioctl	= tty_ioctl,
	.compat_ioctl	= tty_ioctl,
};

static struct tty_struct *alloc_tty(struct tty_driver *driver, unsigned int index)
{
	struct tty_struct *tty = kzalloc(sizeof(*tty), GFP_KERNEL);

	if (!tty)
		return NULL;
	tty->driver = driver;
	tty->index = index;
	snprintf(tty->name, sizeof(tty->name), "%s%d", driver->name, driver->name_base + index);
	tty->termios = driver->init_termios;
	mutex_init(&tty->lock);
	mutex_init(&tty->read_lock);
	mutex_init(&tty->write_lock);
	init_waitqueue_head(&tty->read_wait);
	init_waitqueue_head(&tty->write_wait);
	spin_lock_init(&tty->ctrl_lock);
	tty_port_init(&tty->port, tty);
	return tty;
}

/**
 * tty_register_driver - make a driver's lines known, each with its file in /dev
 * @driver: all fields but @ttys set; it and its lines stay for good
 *
 * Context: may sleep.
 * Return: 0, -ENOMEM, or what registering the device numbers said.
 */
int tty_register_driver(struct tty_driver *driver)
{
	unsigned int i;
	int err;

	driver->ttys = kcalloc(driver->num, sizeof(*driver->ttys), GFP_KERNEL);
	if (!driver->ttys)
		return -ENOMEM;
	for (i = 0; i < driver->num; i++) {
		driver->ttys[i] = alloc_tty(driver, i);
		if (!driver->ttys[i]) {
			err = -ENOMEM;
			goto free;
		}
	}
	err = __register_chrdev(driver->major, driver->minor_start, driver->num, driver->name, &tty_fops);
	if (err)
		goto free;
	for (i = 0; i < driver->num; i++)
		device_create(tty_class, NULL, MKDEV(driver->major, driver->minor_start + i), NULL,
			      "%s", driver->ttys[i]->name);
	mutex_lock(&drivers_lock);
	list_add_tail(&driver->tty_drivers, &tty_drivers);
	mutex_unlock(&drivers_lock);
	return 0;
free:
	while (i--)
		kfree(driver->ttys[i]);
	kfree(driver->ttys);
	return err;
}

/* Who has a terminal may use it by the name that means it. */
static char *tty_devnode(struct device *dev, umode_t *mode)
{
	if (mode && dev->devt == MKDEV(TTYAUX_MAJOR, 0))
		*mode = 0666;
	return NULL;
}

static int __init tty_init(void)
{
	int err;

	tty_class = class_create(THIS_MODULE, "tty");
	if (IS_ERR(tty_class))
		return PTR_ERR(tty_class);
	tty_class->devnode = tty_devnode;
	err = __register_chrdev(TTYAUX_MAJOR, 0, 1, "/dev/tty", &tty_fops) ?:
	      __register_chrdev(TTYAUX_MAJOR, 1, 1, "/dev/console", &tty_fops);
	if (err)
		return err;
	on_session_end(disassociate_ctty);
	device_create(tty_class, NULL, MKDEV(TTYAUX_MAJOR, 0), NULL, "tty");
	device_create(tty_class, NULL, MKDEV(TTYAUX_MAJOR, 1), NULL, "console");
	return 0;
}
fs_initcall(tty_init);
