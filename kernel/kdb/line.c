/* SPDX-License-Identifier: MIT */
/*
 * Editing a line on a VT100-like terminal: cursor keys, Home, End, Delete, the usual
 * control keys, and a history. One user at a time: the prompt.
 */
#include <linux/kernel.h>
#include <linux/string.h>
#include "internals.h"

#define CTRL(c)		((c) & 0x1f)
#define KEY_DEL		0x7f
#define HISTORY		32

/* Keys that terminals send as escape sequences, outside the range of bytes. */
enum { KEY_UP = 256, KEY_DOWN, KEY_RIGHT, KEY_LEFT, KEY_HOME, KEY_END, KEY_DELETE, KEY_NONE };

static char history[HISTORY][KDB_LINE_MAX];
static unsigned int history_len;	/* lines ever stored */

struct edit {
	const char *prompt;
	char *buf;
	size_t size, len, pos;
	unsigned int back;	/* how far up in the history; 0 = the new line */
	char kept[KDB_LINE_MAX];	/* the new line while an old one is shown */
};

/* ESC [ X, ESC O X and ESC [ n ~. */
static int read_key(void)
{
	int c = kdb_getc();

	if (c != 0x1b)
		return c;
	c = kdb_getc();
	if (c != '[' && c != 'O')
		return KEY_NONE;
	c = kdb_getc();
	switch (c) {
	case 'A': return KEY_UP;
	case 'B': return KEY_DOWN;
	case 'C': return KEY_RIGHT;
	case 'D': return KEY_LEFT;
	case 'H': return KEY_HOME;
	case 'F': return KEY_END;
	}
	if (c < '0' || c > '9')
		return KEY_NONE;
	while (kdb_getc() != '~')
		;
	return c == '1' || c == '7' ? KEY_HOME : c == '4' || c == '8' ? KEY_END :
	       c == '3' ? KEY_DELETE : KEY_NONE;
}

/* Draw the whole line again; lines are short and serial lines fast enough. */
static void redraw(const struct edit *e)
{
	kdb_printf("\r%s", e->prompt);
	kdb_puts(e->buf, e->len);
	kdb_printf("\033[K");
	if (e->len > e->pos)
		kdb_printf("\033[%zuD", e->len - e->pos);
}

static void erase(struct edit *e, size_t from, size_t to)
{
	memmove(e->buf + from, e->buf + to, e->len - to);
	e->len -= to - from;
	e->pos = from;
}

static void insert(struct edit *e, char c)
{
	if (e->len + 1 >= e->size)
		return;
	memmove(e->buf + e->pos + 1, e->buf + e->pos, e->len - e->pos);
	e->buf[e->pos++] = c;
	e->len++;
}

static size_t word_start(const struct edit *e)
{
	size_t p = e->pos;

	while (p && e->buf[p - 1] == ' ')
		p--;
	while (p && e->buf[p - 1] != ' ')
		p--;
	return p;
}

static void recall(struct edit *e, int direction)
{
	unsigned int oldest = min_t(unsigned int, history_len, HISTORY);
	const char *line;

	if ((direction > 0 && e->back == oldest) || (direction < 0 && !e->back))
		return;
	if (!e->back) {
		e->buf[e->len] = '\0';
		strscpy(e->kept, e->buf, sizeof(e->kept));
	}
	e->back += direction;
	line = e->back ? history[(history_len - e->back) % HISTORY] : e->kept;
	strscpy(e->buf, line, e->size);
	e->len = e->pos = strlen(e->buf);
}

static void remember(const char *line)
{
	if (!*line || (history_len && !strcmp(line, history[(history_len - 1) % HISTORY])))
		return;
	strscpy(history[history_len++ % HISTORY], line, KDB_LINE_MAX);
}

/* One key that edits. */
static void edit_key(struct edit *e, int key)
{
	switch (key) {
	case KEY_UP: case CTRL('P'):	recall(e, 1); break;
	case KEY_DOWN: case CTRL('N'):	recall(e, -1); break;
	case KEY_LEFT: case CTRL('B'):	e->pos -= e->pos > 0; break;
	case KEY_RIGHT: case CTRL('F'):	e->pos += e->pos < e->len; break;
	case KEY_HOME: case CTRL('A'):	e->pos = 0; break;
	case KEY_END: case CTRL('E'):	e->pos = e->len; break;
	case CTRL('U'):	erase(e, 0, e->pos); break;
	case CTRL('K'):	e->len = e->pos; break;
	case CTRL('W'):	erase(e, word_start(e), e->pos); break;
	case KEY_DELETE: case CTRL('D'):
		if (e->pos < e->len)
			erase(e, e->pos, e->pos + 1);
		break;
	case KEY_DEL: case '\b':
		if (e->pos)
			erase(e, e->pos - 1, e->pos);
		break;
	default:
		if (key >= ' ' && key < 256)
			insert(e, key);
	}
}

bool kdb_read_line(const char *prompt, char *buf, size_t size)
{
	struct edit e = { .prompt = prompt, .buf = buf, .size = size };
	int key;

	redraw(&e);
	while ((key = read_key()) != '\r' && key != '\n') {
		if (key == CTRL('C')) {
			kdb_printf("^C\n");
			return false;
		}
		if (key >= ' ' && key < KEY_DEL && e.pos == e.len && e.len + 1 < e.size) {
			insert(&e, key);	/* the usual key: echo it alone */
			kdb_puts(&e.buf[e.pos - 1], 1);
			continue;
		}
		edit_key(&e, key);
		redraw(&e);
	}
	buf[e.len] = '\0';
	kdb_puts("\n", 1);
	remember(buf);
	return true;
}
