/* SPDX-License-Identifier: MIT */
/* The release whose interface this is: Linux 6.1's. */
#ifndef _LINUX_UTSRELEASE_H
#define _LINUX_UTSRELEASE_H

#define UTS_RELEASE "6.1.0-tophalf"

#endif
