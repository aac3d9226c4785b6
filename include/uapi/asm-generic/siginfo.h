/* SPDX-License-Identifier: MIT */
/* Why a signal came: siginfo_t, as handlers and waiters get it. */
#ifndef _UAPI_ASM_GENERIC_SIGINFO_H
#define _UAPI_ASM_GENERIC_SIGINFO_H

#include <linux/compiler.h>
#include <linux/types.h>

#define SI_MAX_SIZE	128

typedef union sigval {
	int		sival_int;
	void __user	*sival_ptr;
} sigval_t;

union __sifields {
	struct {			/* kill() */
		int		_pid;
		unsigned int	_uid;
	} _kill;
	struct {			/* timer_create() */
		int		_tid;
		int		_overrun;
		sigval_t	_sigval;
		int		_sys_private;
	} _timer;
	struct {			/* sigqueue() */
		int		_pid;
		unsigned int	_uid;
		sigval_t	_sigval;
	} _rt;
	struct {			/* SIGCHLD */
		int		_pid;
		unsigned int	_uid;
		int		_status;
		long		_utime;
		long		_stime;
	} _sigchld;
	struct {			/* SIGILL, SIGFPE, SIGSEGV, SIGBUS, SIGTRAP */
		void __user	*_addr;
		short		_addr_lsb;
	} _sigfault;
	struct {			/* SIGPOLL */
		long		_band;
		int		_fd;
	} _sigpoll;
};

#define __SIGINFO			\
struct {				\
	int si_signo;			\
	int si_errno;			\
	int si_code;			\
	union __sifields _sifields;	\
}

typedef struct siginfo {
	union {
		__SIGINFO;
		int _si_pad[SI_MAX_SIZE / sizeof(int)];
	};
} siginfo_t;

#define si_pid		_sifields._kill._pid
#define si_uid		_sifields._kill._uid
#define si_tid		_sifields._timer._tid
#define si_overrun	_sifields._timer._overrun
#define si_sys_private	_sifields._timer._sys_private
#define si_status	_sifields._sigchld._status
#define si_utime	_sifields._sigchld._utime
#define si_stime	_sifields._sigchld._stime
#define si_value	_sifields._rt._sigval
#define si_int		_sifields._rt._sigval.sival_int
#define si_ptr		_sifields._rt._sigval.sival_ptr
#define si_addr		_sifields._sigfault._addr
#define si_addr_lsb	_sifields._sigfault._addr_lsb
#define si_band		_sifields._sigpoll._band
#define si_fd		_sifields._sigpoll._fd

/* si_code: who sent it. Programs send by negative ones and 0. */
#define SI_USER		0
#define SI_KERNEL	0x80
#define SI_QUEUE	-1
#define SI_TIMER	-2
#define SI_MESGQ	-3
#define SI_ASYNCIO	-4
#define SI_SIGIO	-5
#define SI_TKILL	-6
#define SI_DETHREAD	-7
#define SI_ASYNCNL	-60

/* Or why, by signal. */
#define ILL_ILLOPC	1
#define ILL_ILLOPN	2
#define ILL_ILLADR	3
#define ILL_ILLTRP	4

#define FPE_INTDIV	1
#define FPE_INTOVF	2
#define FPE_FLTDIV	3
#define FPE_FLTOVF	4
#define FPE_FLTUND	5
#define FPE_FLTRES	6
#define FPE_FLTINV	7

#define SEGV_MAPERR	1
#define SEGV_ACCERR	2

#define BUS_ADRALN	1
#define BUS_ADRERR	2

#define TRAP_BRKPT	1
#define TRAP_TRACE	2
#define TRAP_HWBKPT	4

#define CLD_EXITED	1
#define CLD_KILLED	2
#define CLD_DUMPED	3
#define CLD_TRAPPED	4
#define CLD_STOPPED	5
#define CLD_CONTINUED	6

/* How timer_create() is to tell that the time is over. */
#define SIGEV_SIGNAL	0
#define SIGEV_NONE	1
#define SIGEV_THREAD	2
#define SIGEV_THREAD_ID	4

typedef struct sigevent {
	sigval_t	sigev_value;
	int		sigev_signo;
	int		sigev_notify;
	union {
		int	_pad[(64 - sizeof(int) * 2 - sizeof(sigval_t)) / sizeof(int)];
		int	_tid;
	} _sigev_un;
} sigevent_t;

#define sigev_notify_thread_id	_sigev_un._tid

#endif
