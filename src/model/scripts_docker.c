/* RUN, CMD, ENTRYPOINT and HEALTHCHECK of Dockerfiles. */
#include "model/script_text.h"

static size_t skip_blanks(Str text, size_t at) {
    while (at < text.len && (text.data[at] == ' ' || text.data[at] == '\t')) at++;
    return at;
}

static Str word_at(Str text, size_t at) {
    size_t end = at;
    while (end < text.len && text.data[end] != ' ' && text.data[end] != '\t') end++;
    return str_slice(text, at, end);
}

/* Where the program begins in an instruction that runs one; 0: it runs none. */
static size_t find_command(Str line) {
    static const Str runs[] = {STR_INIT("RUN"), STR_INIT("CMD"), STR_INIT("ENTRYPOINT")};
    static const Str before[] = {STR_INIT("ONBUILD"), STR_INIT("HEALTHCHECK")};
    size_t at = skip_blanks(line, 0);
    for (;;) {
        Str word = word_at(line, at);
        size_t behind = skip_blanks(line, at + word.len);
        for (size_t i = 0; i < sizeof runs / sizeof *runs; i++)
            if (str_eq_nocase(word, runs[i])) return behind;
        bool more = str_eq_nocase(word, before[0]) || str_eq_nocase(word, before[1]) ||
                    (at > 0 && str_starts(word, STR("--")));
        if (!more || behind == at) return 0;
        at = behind;
    }
}

/* `--mount=type=cache …` in front of the command. */
static size_t skip_flags(Str line, size_t at) {
    while (str_starts(str_from_offset(line, at), STR("--")))
        at = skip_blanks(line, at + word_at(line, at).len);
    return at;
}

/* The delimiter of a here-document whose body follows; empty: there is none. */
static Str here_delimiter(Str line) {
    size_t at = str_find(line, STR("<<"));
    if (at == STR_NONE || str_starts(str_from_offset(line, at), STR("<<<"))) return (Str){0};
    at += 2 + str_starts(str_from_offset(line, at + 2), STR("-"));
    Str word = word_at(line, at);
    if (word.len > 1 && (word.data[0] == '"' || word.data[0] == '\''))
        word = str_slice(word, 1, word.len - 1);
    return word;
}

/* Lines up to the one that is the delimiter; returns where the next instruction may begin. */
static size_t take_body(ScriptText *t, const Script *file, size_t at, Str delimiter) {
    for (size_t next; at < file->text.len; at = next) {
        Str line = str_trim(script_line(file->text, at, &next));
        script_text_copy(t, file, at, next);
        if (str_eq(line, delimiter)) return next;
    }
    return at;
}

/* One instruction: its lines, without the comments between them. */
static size_t read_instruction(const ScriptSearch *s, const Script *file, size_t at) {
    size_t next;
    Str line = script_line(file->text, at, &next);
    size_t command = find_command(line);
    ScriptText t = {0};
    if (command) script_text_copy(&t, file, at + skip_flags(line, command), next);
    Str delimiter = command ? here_delimiter(line) : (Str){0};
    bool continued = str_ends(str_trim(line), STR("\\"));
    while (continued && next < file->text.len) {
        size_t start = next;
        line = script_line(file->text, start, &next);
        bool comment = str_starts(str_trim(line), STR("#"));
        if (!comment && command) script_text_copy(&t, file, start, next);
        if (!comment) continued = str_ends(str_trim(line), STR("\\"));
    }
    if (delimiter.len) next = take_body(&t, file, next, delimiter);
    Script script = script_text_take(&t, s->arena), words;
    script_text_release(&t);
    bool list = command && script_from_json(s->arena, &script, &words);
    if (command) s->visit(s->context, list ? &words : &script);
    return next;
}

void scripts_in_dockerfile(const ScriptSearch *s, const Script *file) {
    for (size_t at = 0; at < file->text.len;) at = read_instruction(s, file, at);
}
