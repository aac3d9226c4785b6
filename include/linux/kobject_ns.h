/* SPDX-License-Identifier: MIT */
/* Name spaces of kobjects: there is one, so that the tags are only names. */
#ifndef _LINUX_KOBJECT_NS_H
#define _LINUX_KOBJECT_NS_H

struct kobject;
struct sock;

enum kobj_ns_type {
	KOBJ_NS_TYPE_NONE = 0,
	KOBJ_NS_TYPE_NET,
	KOBJ_NS_TYPES
};

struct kobj_ns_type_operations {
	enum kobj_ns_type type;
};

#endif
