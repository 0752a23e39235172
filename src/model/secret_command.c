/* Passwords in what shells run: logins, clients of databases, literals of kubectl. */
#include "model/secret_sweep.h"

#include <string.h>

/* With a blank in front of the password they ask for one, and the word behind is a database. */
static const Str clients[] = {
    STR_INIT("mysql"),      STR_INIT("mysqldump"),   STR_INIT("mysqladmin"),
    STR_INIT("mariadb"),    STR_INIT("mysqlimport"), STR_INIT("mariadb-dump"),
    STR_INIT("mysqlcheck"), STR_INIT("mysqlsh"),     STR_INIT("mariadb-admin"),
};

/* ---- what the line is about ---- */

/* The last `|` with a login behind it. */
static size_t last_pipe(Str line, size_t from) {
    size_t login = 0, pipe = 0;
    for (size_t at; (at = str_find(str_from_offset(line, from), STR("login"))) != STR_NONE;)
        from = (login = from + at) + 1;
    size_t reads = str_find(line, STR("-stdin"));
    if (reads != STR_NONE && reads > login) login = reads;
    Str before = str_slice(line, 0, login);
    size_t found = str_find_last_char(before, '|');
    if (found != STR_NONE) pipe = found;
    return pipe;
}

void command_prepare(Sweep *s) {
    size_t login = str_find(s->line, STR("login"));
    bool reads = str_find(s->line, STR("-stdin")) != STR_NONE;
    s->piped_login = login != STR_NONE || reads;
    if (s->piped_login) s->pipe = last_pipe(s->line, login == STR_NONE ? s->line.len : login);
}

void command_note(Sweep *s, Str word) {
    if (word.len < 5 || !strchr("lms", word.data[0])) return;
    if (str_eq(word, STR("login")) || str_eq(word, STR("sshpass"))) s->login = true;
    for (size_t i = 0; i < sizeof clients / sizeof *clients; i++)
        if (str_eq(word, clients[i])) s->client = true;
}

/* ---- flags ---- */

/* kubectl create secret generic x --from-literal=a=b: `b` */
static size_t cover_literal(Sweep *s, const SweepName *name) {
    size_t value = sweep_behind_equals(s, name);
    if (!value) value = sweep_behind_flag(s, name);
    if (!value) return 0;
    size_t quote = sweep_quote(s, value);
    size_t end = quote ? sweep_closing_quote(s, value, quote) : sweep_word_end(s, value);
    size_t equals = str_find_char(str_slice(s->line, value + quote, end), '=');
    if (equals == STR_NONE) return 0;
    size_t secret = value + quote + equals + 1;
    return quote ? sweep_cover(s, secret, end) : sweep_cover_word(s, secret);
}

/* curl -u user:password */
static size_t cover_user(Sweep *s, const SweepName *name) {
    size_t value = sweep_behind_equals(s, name);
    if (!value) value = sweep_behind_flag(s, name);
    if (!value) return 0;
    Str word = str_slice(s->line, value, sweep_word_end(s, value));
    return str_find_char(word, ':') == STR_NONE ? 0 : sweep_cover_word(s, value);
}

/* mysql -pX, docker login -p X */
static size_t cover_password(Sweep *s, const SweepName *name) {
    size_t behind = name->start + 2;
    char next = sweep_at(s, behind);
    if (next && !sweep_is_blank(next) && !sweep_closes_outer(s, behind))
        return sweep_cover(s, behind, sweep_word_end(s, behind));
    size_t value = s->login ? sweep_behind_flag(s, name) : 0;
    return value ? sweep_cover_word(s, value) : 0;
}

/* echo X | docker login --password-stdin */
static size_t cover_echo(Sweep *s, const SweepName *name) {
    size_t start = sweep_skip_blanks(s, name->end), end = s->pipe;
    while (sweep_at(s, start) == '-') start = sweep_skip_blanks(s, sweep_skip_word(s, start));
    while (end > start && sweep_is_blank(s->line.data[end - 1])) end--;
    return end > start ? sweep_cover(s, start, end) : 0;
}

size_t command_cover(Sweep *s, const SweepName *name) {
    Str text = name->text;
    if (!name->flag) {
        bool prints =
            name->end < s->pipe && (str_eq(text, STR("echo")) || str_eq(text, STR("printf")));
        return prints ? cover_echo(s, name) : 0;
    }
    if (str_eq(text, STR("from-literal"))) return cover_literal(s, name);
    if (str_eq(text, STR("u")) || str_eq(text, STR("user"))) return cover_user(s, name);
    bool password = (s->client || s->login) && str_starts(text, STR("p")) &&
                    sweep_at(s, name->start + 1) == 'p';
    return password ? cover_password(s, name) : 0;
}

size_t command_cover_here_string(Sweep *s, size_t i) {
    if (!s->piped_login || !str_starts(str_from_offset(s->line, i), STR("<<<"))) return i + 1;
    size_t value = sweep_skip_blanks(s, i + 3);
    return value < s->line.len ? sweep_cover_word(s, value) : i + 3;
}
