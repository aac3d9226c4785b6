/* SPDX-License-Identifier: MIT */
/*
 * Terminals: a line to a person, with echo, editing and job control between the driver of the
 * line and the program that reads it. drivers/tty/README.md tells how the parts work together.
 */
#ifndef _LINUX_TTY_H
#define _LINUX_TTY_H

#include <linux/bitops.h>
#include <linux/fs.h>
#include <linux/list.h>
#include <linux/major.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/termios.h>
#include <linux/types.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

struct pid;
struct tty_struct;
struct task_struct;

#define N_TTY			0
#define N_TTY_BUF_SIZE		4096	/* powers of two */
#define TTY_FLIP_SIZE		2048
#define TTY_PENDING_SIZE	1024

/* What was wrong with a byte that came in. */
#define TTY_NORMAL	0
#define TTY_BREAK	1
#define TTY_FRAME	2
#define TTY_PARITY	3
#define TTY_OVERRUN	4

/**
 * struct tty_operations - what the driver of a line does
 * @open: the first one opens it; 0 or -errno. May sleep, like @close
 * @close: the last one is gone
 * @write: take as many of @count bytes as there is room for, and say how many. Does not sleep
 * @write_room: how many that would be
 * @chars_in_buffer: how many wait to be sent
 * @flush_buffer: drop those
 * @stop: send nothing until @start
 * @set_termios: the settings changed from @old
 *
 * All but @open and @close are called with the terminal's lock held.
 */
struct tty_operations {
	int (*open)(struct tty_struct *tty, struct file *file);
	void (*close)(struct tty_struct *tty, struct file *file);
	int (*write)(struct tty_struct *tty, const unsigned char *buf, int count);
	unsigned int (*write_room)(struct tty_struct *tty);
	unsigned int (*chars_in_buffer)(struct tty_struct *tty);
	void (*flush_buffer)(struct tty_struct *tty);
	void (*stop)(struct tty_struct *tty);
	void (*start)(struct tty_struct *tty);
	void (*set_termios)(struct tty_struct *tty, struct ktermios *old);
};

/* A kind of line: "ttyS", at @major from @minor_start on. */
struct tty_driver {
	const char			*driver_name;
	const char			*name;
	int				name_base;
	unsigned int			major, minor_start, num;
	struct ktermios			init_termios;
	const struct tty_operations	*ops;
	struct tty_struct		**ttys;		/* by index, once registered */
	struct list_head		tty_drivers;	/* guarded by the list's mutex */
};

/*
 * Bytes on their way from the driver's interrupt to the terminal's work. @head is the
 * driver's, one caller at a time; @tail is the work's.
 */
struct tty_port {
	struct tty_struct	*tty;
	unsigned int		head, tail;		/* free running */
	unsigned long		overruns;		/* had no room; the driver's */
	u8			chars[TTY_FLIP_SIZE];
	u8			flags[TTY_FLIP_SIZE];
	struct work_struct	work;
};

/* The line discipline's side. Guarded by the terminal's lock. */
struct n_tty {
	unsigned int	head;		/* free running, as all these: the next byte comes here */
	unsigned int	canon_head;	/* lines are whole up to here */
	unsigned int	tail;		/* the next byte to read */
	unsigned int	column;		/* where the cursor is */
	unsigned int	canon_column;	/* ... and was when this line of input began */
	bool		lnext;		/* the next byte means itself */
	bool		erasing;	/* between the marks of ECHOPRT */
	bool		lost;		/* the line was longer than the buffer: the bell rang */
	u8		buf[N_TTY_BUF_SIZE];
	DECLARE_BITMAP(ends, N_TTY_BUF_SIZE);	/* a line ends with this byte */
	/* Output that had no room with the driver, mostly echo; goes before all other. */
	unsigned int	pending_head, pending_tail;
	u8		pending[TTY_PENDING_SIZE];
};

/* One line. It lives as long as its driver, opened or not. */
struct tty_struct {
	struct tty_driver	*driver;
	unsigned int		index;
	char			name[16];
	struct tty_port		port;

	struct mutex		lock;		/* guards what follows, up to the wait queues */
	struct ktermios		termios;
	struct winsize		winsize;
	struct n_tty		n;
	bool			stopped;	/* by ^S or TCOOFF */
	bool			exclusive;	/* TIOCEXCL */
	unsigned int		count;		/* open files */
	unsigned int		hangups;	/* files opened before the last one are dead; also read without the lock */

	wait_queue_head_t	read_wait, write_wait;
	struct mutex		read_lock;	/* one reader at a time; taken before @lock */
	struct mutex		write_lock;	/* one write() at a time; taken before @lock */

	spinlock_t		ctrl_lock;	/* guards whose terminal this is; irqs off */
	struct pid		*pgrp;		/* in the foreground */
	struct pid		*session;	/* of which this is the controlling terminal */

	void			*driver_data;
};

/* What an open file remembers. */
struct tty_file {
	struct tty_struct	*tty;
	unsigned int		hangups;	/* the line had seen, when it was opened */
	bool			console;	/* /dev/console: outlives hang-ups */
};

static inline bool tty_hung_up(const struct tty_file *tf)
{
	return READ_ONCE(tf->tty->hangups) != tf->hangups && !tf->console;
}

extern const struct ktermios tty_std_termios;
extern const struct file_operations tty_fops;

int tty_register_driver(struct tty_driver *driver);
struct tty_struct *tty_find(dev_t device);

void tty_port_init(struct tty_port *port, struct tty_struct *tty);

/* From the driver's interrupt. */
int tty_insert_flip_char(struct tty_port *port, unsigned char c, char flag);
void tty_flip_buffer_push(struct tty_port *port);
void tty_wakeup(struct tty_struct *tty);

/* Job control. */
int tty_check_change(struct tty_struct *tty);
int tty_job_control_read(struct tty_struct *tty);
int tty_job_control_write(struct tty_struct *tty);
void tty_signal_foreground(struct tty_struct *tty, int sig);
void tty_open_proc_set_tty(struct file *file, struct tty_struct *tty);
struct tty_struct *get_current_tty(void);
long tty_jobctrl_ioctl(struct tty_struct *tty, unsigned int cmd, unsigned long arg);
void tty_vhangup(struct tty_struct *tty);
void disassociate_ctty(int on_exit);

long tty_mode_ioctl(struct tty_struct *tty, unsigned int cmd, unsigned long arg);

/* The line discipline. */
void n_tty_open(struct tty_struct *tty);
bool n_tty_receive(struct tty_struct *tty, unsigned char c, char flag);
void n_tty_flush_output(struct tty_struct *tty);
void n_tty_flush_input(struct tty_struct *tty);
void n_tty_set_termios(struct tty_struct *tty, const struct ktermios *old);
unsigned int n_tty_chars_readable(struct tty_struct *tty);
ssize_t n_tty_read(struct tty_file *tf, unsigned int f_flags, char __user *buf, size_t count);
ssize_t n_tty_write(struct tty_file *tf, unsigned int f_flags, const char __user *buf, size_t count);
bool n_tty_input_available(struct tty_struct *tty, bool poll);

/* Output through the settings (n_tty_output.c); with the lock held. */
bool n_tty_send_pending(struct tty_struct *tty);
unsigned int n_tty_put_plain(struct tty_struct *tty, const u8 *bytes, unsigned int len);
void n_tty_put(struct tty_struct *tty, unsigned char c);
void n_tty_echo(struct tty_struct *tty, unsigned char c);
unsigned int n_tty_room(struct tty_struct *tty);
#define N_TTY_ROOM	8	/* bytes that n_tty_put() makes of one at most: a tab */

#define I_FLAG(tty, f)	((tty)->termios.c_iflag & (f))
#define O_FLAG(tty, f)	((tty)->termios.c_oflag & (f))
#define C_FLAG(tty, f)	((tty)->termios.c_cflag & (f))
#define L_FLAG(tty, f)	((tty)->termios.c_lflag & (f))

/* Whether @c has the meaning @index of c_cc. */
static inline bool tty_is_cc(const struct tty_struct *tty, int index, unsigned char c)
{
	return c == tty->termios.c_cc[index] && c != __DISABLED_CHAR;
}

#endif
