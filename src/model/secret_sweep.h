/* One line on its way through mask_text: what is copied, and how far its words and values reach.
 *
 * For the files behind mask_text only: secret_text.c reads names and values, secret_url.c URLs,
 * secret_command.c what shells run. A position is an offset in the line; a function that covers
 * something returns where to go on. Everything is linear in the line, however hostile. */
#ifndef MODEL_SECRET_SWEEP_H
#define MODEL_SECRET_SWEEP_H

#include "base/buf.h"
#include "model/secret_name.h"

typedef struct Sweep {
    Str line;         /* without its line break */
    size_t done;      /* up to here the line is copied */
    SecretName named; /* `name: DB_PASSWORD` was there: the next `value` is a secret */
    bool flow;        /* in a flow map that opened on this line */
    bool object;      /* the line holds a Secret: its `data` is covered */
    bool client;      /* a database's client was there: `-pX` is a password */
    bool login;       /* `docker login` was there: `-p X` is one */
    bool piped_login; /* a login that reads its password stands in the line … */
    size_t pipe;      /* … behind this `|`; 0 when there is none */
    size_t word;      /* where the word at hand starts: behind the last blank or quote */
    size_t colon;     /* the first one in it; 0 when there is none */
    Buf *out;
} Sweep;

typedef struct SweepName {
    size_t start, end;
    Str text;  /* without dashes in front */
    bool flag; /* has them */
    bool quoted;
} SweepName;

static inline char sweep_at(const Sweep *s, size_t i) {
    return i < s->line.len ? s->line.data[i] : '\0';
}

static inline bool sweep_is_blank(char c) {
    return c == ' ' || c == '\t';
}

static inline bool sweep_is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
}

size_t sweep_skip_blanks(const Sweep *s, size_t i);
size_t sweep_skip_word(const Sweep *s, size_t i);

/* Writes `***` for [start, end), or for what is not yet copied of it. */
size_t sweep_cover(Sweep *s, size_t start, size_t end);
/* The value of an assignment or of a flag. One quoted string keeps its quotes. */
size_t sweep_cover_word(Sweep *s, size_t i);
/* What stands between the quotes at i. */
size_t sweep_cover_quoted(Sweep *s, size_t i, size_t quote);

/* An opening quote, with its backslashes inside another string; 0 when there is none. */
size_t sweep_quote(const Sweep *s, size_t i);
/* The closing quote that equals the opening one; the end of the line when there is none. */
size_t sweep_closing_quote(const Sweep *s, size_t open, size_t quote);
/* Is this the end of a quote that opened left of the value? `"-e TOKEN=x" …` */
bool sweep_closes_outer(const Sweep *s, size_t i);
/* The end of a word as a shell sees it. */
size_t sweep_word_end(const Sweep *s, size_t i);
/* The bracket that closes the one at i; the end of the line when there is none. */
size_t sweep_closing_bracket(const Sweep *s, size_t i);

/* Where the value of a name starts; 0 when none follows. */
size_t sweep_behind_equals(const Sweep *s, const SweepName *name); /* `=`, `:=`, `==`, `=>` */
size_t sweep_behind_flag(const Sweep *s, const SweepName *name);   /* `--token x` */

/* ---- secret_url.c ---- */

/* Behind `://`, in whatever escapes, when it stands at i; else 0. */
size_t url_behind_scheme(const Sweep *s, size_t i);
/* `user:password@` at i, behind the slashes. */
size_t url_cover_user(Sweep *s, size_t i);
/* `//user:password@host` at i, without a scheme. */
size_t url_cover_plain(Sweep *s, size_t i);
/* `user:password@tcp(host:3306)`, whose @ stands at i. */
size_t url_cover_data_source(Sweep *s, size_t i);

/* ---- secret_command.c ---- */

/* What must be known of a line before it is read. */
void command_prepare(Sweep *s);
/* Remembers the commands that make a later flag a password. */
void command_note(Sweep *s, Str word);
/* `--from-literal=a=X`, `-u user:X`, `-pX`, `echo X | … login`. 0 when it is none. */
size_t command_cover(Sweep *s, const SweepName *name);
/* `<<< X` at i, for a login that reads its password. */
size_t command_cover_here_string(Sweep *s, size_t i);

#endif
