/* Bytes that no parser may see: the gate in front of everything.
 *
 * libfyaml 0.7 ends a stream silently at a NUL or at invalid UTF-8 and sees nothing in UTF-16, so
 * every file that is read passes here first. A fault is a finding with its place, never silence. */
#ifndef TEXT_FAULT_H
#define TEXT_FAULT_H

#include "base/str.h"

/* Why the text is not judged ("it is not UTF-8", "it holds a NUL byte", "it is UTF-16"), and where;
 * NULL when it is clean. */
const char *text_fault(Str text, size_t *offset);

/* A walked file with a NUL in its first 8 KB is binary, as for git and grep; UTF-16 is text, and
 * a fault. */
bool text_is_binary(Str head);

/* "gzip", "zstd", "zip" …: what it is packed with, as its first bytes say; empty when it is not. */
Str text_packed_with(Str head);

/* Files that stand for others: a Git LFS pointer, a git-crypt blob, what is compressed. Names the
 * kind and what helps, or NULL. */
const char *text_stands_for_other(Str head);

#endif
