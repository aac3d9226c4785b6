/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_LINUX_LIMITS_H
#define _UAPI_LINUX_LIMITS_H

#define NAME_MAX	255	/* of one path component, without the NUL */
#define PATH_MAX	4096	/* of a path, with it */

#endif
