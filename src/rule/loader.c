/* Reading small YAML files with errors that name the place. */
#include "rule/loader.h"

#include "base/names.h"
#include "text/fault.h"

#include <stdarg.h>
#include <stdio.h>

static bool fail_at(Loader *l, Span span, const char *format, va_list args) {
    Place place = lines_place(&l->lines, span);
    char message[sizeof l->err->text];
    vsnprintf(message, sizeof message, format, args);
    return error_set(l->err, STR_FMT ":%u:%u: %s", STR_ARG(l->file), place.line, place.column,
                     message);
}

static bool fail_span(Loader *l, Span span, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static bool fail_span(Loader *l, Span span, const char *format, ...) {
    va_list args;
    va_start(args, format);
    fail_at(l, span, format, args);
    va_end(args);
    return false;
}

bool loader_fail(Loader *l, const Node *at, const char *format, ...) {
    va_list args;
    va_start(args, format);
    fail_at(l, at ? at->span : (Span){0}, format, args);
    va_end(args);
    return false;
}

/* Exact where the text stands in the file as it is; with escapes or on several lines, the start. */
static Span span_inside(const Loader *l, const Node *scalar, size_t offset) {
    Str raw = span_text(l->document.text, scalar->span);
    size_t quote = scalar->style == STYLE_SINGLE || scalar->style == STYLE_DOUBLE;
    Span span = scalar->span;
    if (str_starts(str_from_offset(raw, quote), scalar->value)) {
        span.start += (uint32_t)(quote + offset);
    }
    return span;
}

bool loader_fail_in(Loader *l, const Node *scalar, size_t offset, const char *format, ...) {
    va_list args;
    va_start(args, format);
    fail_at(l, span_inside(l, scalar, offset), format, args);
    va_end(args);
    return false;
}

bool loader_open(Loader *l, Arena *arena, Str file, Str text, Error *err) {
    *l = (Loader){.arena = arena, .file = file, .err = err};
    l->lines = (Lines){.text = text, .line = 1, .column = 1};
    size_t offset;
    const char *fault = text_fault(text, &offset);
    if (fault) return fail_span(l, (Span){(uint32_t)offset, (uint32_t)offset}, "%s", fault);
    document_parse(arena, text, &l->document);
    if (!l->document.parsed) {
        const Fault *error = &l->document.error;
        return fail_span(l, error->span, STR_FMT, STR_ARG(error->message));
    }
    const Fault *first = l->document.faults;
    if (first) return fail_span(l, first->span, STR_FMT, STR_ARG(first->message));
    if (!l->document.root) return fail_span(l, (Span){0}, "the file is empty");
    return true;
}

void loader_close(Loader *l) {
    lines_release(&l->lines);
}

static bool fail_unknown(Loader *l, const Node *at, const char *what, const Str *choices,
                         size_t count) {
    Str nearest = nearest_name(at->value, choices, count);
    if (nearest.len) {
        return loader_fail(l, at, "unknown %s '" STR_FMT "'; did you mean '" STR_FMT "'?", what,
                           STR_ARG(at->value), STR_ARG(nearest));
    }
    Buf valid = {0};
    for (size_t i = 0; i < count; i++) {
        buf_addf(&valid, "%s" STR_FMT, i ? ", " : "", STR_ARG(choices[i]));
    }
    loader_fail(l, at, "unknown %s '" STR_FMT "'; use one of %s", what, STR_ARG(at->value),
                buf_cstr(&valid));
    buf_release(&valid);
    return false;
}

static size_t choice_index(Str text, const Str *choices, size_t count) {
    size_t i = 0;
    while (i < count && !str_eq(choices[i], text)) i++;
    return i;
}

bool loader_keys(Loader *l, const Node *map, const char *what, const Str *known, size_t count) {
    if (!map || map->kind != NODE_MAP) return loader_fail(l, map, "%s must be a mapping", what);
    NODE_EACH (child, map) {
        const Node *key = child->key;
        if (choice_index(key->value, known, count) < count) continue;
        Str kind = str_format(l->arena, "key in %s", what);
        return fail_unknown(l, key, kind.data, known, count);
    }
    return true;
}

bool loader_text(Loader *l, const Node *n, const char *what, Str *out) {
    n = node_resolve(n);
    if (!n || n->kind != NODE_SCALAR || node_is_null(n)) {
        return loader_fail(l, n, "%s must be a text", what);
    }
    /* The parser covers templates, so what the text says is not known. */
    if (n->templated) return loader_fail(l, n, "%s must not hold a {{ template }}", what);
    *out = n->value;
    return true;
}

bool loader_list(Loader *l, const Node *n, const char *what, StrList *out) {
    const Node *list = node_resolve(n);
    bool is_list = list && list->kind == NODE_SEQ;
    size_t count = is_list ? list->count : 1;
    if (count == 0) return loader_fail(l, list, "%s must not be an empty list", what);
    Str *items = arena_array(l->arena, Str, count);
    *out = (StrList){items, count};
    if (!is_list) return loader_text(l, n, what, items);
    NODE_EACH (item, list) {
        if (!loader_text(l, item, what, items++)) return false;
    }
    return true;
}

bool loader_literals(Loader *l, const Node *n, StrList *out) {
    if (!loader_list(l, n, "'literals'", out)) return false;
    for (size_t i = 0; i < out->len; i++) {
        Str literal = out->items[i];
        if (literal.len == 0 || str_find_char(literal, '\n') != STR_NONE)
            return loader_fail(l, n, "a literal must be a text on one line");
    }
    return true;
}

bool loader_choice(Loader *l, const Node *n, const char *what, const Str *choices, size_t count,
                   size_t *out) {
    Str text;
    if (!loader_text(l, n, what, &text)) return false;
    *out = choice_index(text, choices, count);
    return *out < count || fail_unknown(l, node_resolve(n), what, choices, count);
}

bool loader_bool(Loader *l, const Node *n, const char *what, bool *out) {
    n = node_resolve(n);
    *out = node_is(n, STR("true"));
    if (*out || node_is(n, STR("false"))) return true;
    return loader_fail(l, n, "%s must be true or false", what);
}

bool loader_number(Loader *l, const Node *n, const char *what, double *out) {
    n = node_resolve(n);
    return node_number(n, out) || loader_fail(l, n, "%s must be a number", what);
}

bool loader_path(Loader *l, const Node *n, const char *what, Path *out) {
    Str text;
    Error err;
    if (!loader_text(l, n, what, &text)) return false;
    return path_parse(l->arena, text, out, &err) ||
           loader_fail(l, node_resolve(n), "%s is not a path: %s", what, err.text);
}
