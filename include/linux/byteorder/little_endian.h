/* SPDX-License-Identifier: MIT */
/* Byte order conversions on a little-endian machine. */
#ifndef _LINUX_BYTEORDER_LITTLE_ENDIAN_H
#define _LINUX_BYTEORDER_LITTLE_ENDIAN_H

#include <linux/types.h>
#include <linux/swab.h>

#define __LITTLE_ENDIAN		1234
#define __LITTLE_ENDIAN_BITFIELD

#define cpu_to_le16(x)		((__le16)(x))
#define le16_to_cpu(x)		((u16)(x))
#define __cpu_to_le16(x)	cpu_to_le16(x)
#define __le16_to_cpu(x)	le16_to_cpu(x)
#define cpu_to_be16(x)		((__be16)swab16(x))
#define be16_to_cpu(x)		swab16(x)
#define __cpu_to_be16(x)	cpu_to_be16(x)
#define __be16_to_cpu(x)	be16_to_cpu(x)
#define cpu_to_le16s(p)		do { } while (0)
#define le16_to_cpus(p)		do { } while (0)
#define cpu_to_be16s(p)		do { *(p) = swab16(*(p)); } while (0)
#define be16_to_cpus(p)		do { *(p) = swab16(*(p)); } while (0)

static inline u16 le16_to_cpup(const __le16 *p)
{
	return *p;
}

static inline u16 be16_to_cpup(const __be16 *p)
{
	return swab16(*p);
}

static inline void le16_add_cpu(__le16 *var, u16 val)
{
	*var += val;
}

static inline void be16_add_cpu(__be16 *var, u16 val)
{
	*var = swab16(swab16(*var) + val);
}

#define cpu_to_le32(x)		((__le32)(x))
#define le32_to_cpu(x)		((u32)(x))
#define __cpu_to_le32(x)	cpu_to_le32(x)
#define __le32_to_cpu(x)	le32_to_cpu(x)
#define cpu_to_be32(x)		((__be32)swab32(x))
#define be32_to_cpu(x)		swab32(x)
#define __cpu_to_be32(x)	cpu_to_be32(x)
#define __be32_to_cpu(x)	be32_to_cpu(x)
#define cpu_to_le32s(p)		do { } while (0)
#define le32_to_cpus(p)		do { } while (0)
#define cpu_to_be32s(p)		do { *(p) = swab32(*(p)); } while (0)
#define be32_to_cpus(p)		do { *(p) = swab32(*(p)); } while (0)

static inline u32 le32_to_cpup(const __le32 *p)
{
	return *p;
}

static inline u32 be32_to_cpup(const __be32 *p)
{
	return swab32(*p);
}

static inline void le32_add_cpu(__le32 *var, u32 val)
{
	*var += val;
}

static inline void be32_add_cpu(__be32 *var, u32 val)
{
	*var = swab32(swab32(*var) + val);
}

#define cpu_to_le64(x)		((__le64)(x))
#define le64_to_cpu(x)		((u64)(x))
#define __cpu_to_le64(x)	cpu_to_le64(x)
#define __le64_to_cpu(x)	le64_to_cpu(x)
#define cpu_to_be64(x)		((__be64)swab64(x))
#define be64_to_cpu(x)		swab64(x)
#define __cpu_to_be64(x)	cpu_to_be64(x)
#define __be64_to_cpu(x)	be64_to_cpu(x)
#define cpu_to_le64s(p)		do { } while (0)
#define le64_to_cpus(p)		do { } while (0)
#define cpu_to_be64s(p)		do { *(p) = swab64(*(p)); } while (0)
#define be64_to_cpus(p)		do { *(p) = swab64(*(p)); } while (0)

static inline u64 le64_to_cpup(const __le64 *p)
{
	return *p;
}

static inline u64 be64_to_cpup(const __be64 *p)
{
	return swab64(*p);
}

static inline void le64_add_cpu(__le64 *var, u64 val)
{
	*var += val;
}

static inline void be64_add_cpu(__be64 *var, u64 val)
{
	*var = swab64(swab64(*var) + val);
}

#define htonl(x)		cpu_to_be32(x)
#define ntohl(x)		be32_to_cpu(x)
#define htons(x)		cpu_to_be16(x)
#define ntohs(x)		be16_to_cpu(x)

#endif
