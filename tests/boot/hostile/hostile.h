/* SPDX-License-Identifier: MIT */
/* Programs that take all there is of something. */
#ifndef _TESTS_HOSTILE_H
#define _TESTS_HOSTILE_H

/*
 * An attack returns when there is no more to be had, with what it took still in its hands; or
 * goes on until it is ended; or it is the end of its process.
 */
struct attack {
	const char	*name;
	void		(*run)(void);
};

extern const struct attack attacks_on_tasks[], attacks_on_files[], attacks_on_memory[];

#endif
