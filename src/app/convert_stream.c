/* Separators between objects. */
#include "app/convert_stream.h"

static void put(Stream *s, Str text) {
    fwrite(text.data, 1, text.len, s->out);
}

static void open_list(Stream *s) {
    put(s, STR("{\n    \"apiVersion\": \"v1\",\n    \"kind\": \"List\",\n    \"items\": [\n"));
    s->in_list = true;
}

/* Strings of JSON hold no line breaks: every line may be indented. */
static void put_item(Stream *s, Str text) {
    Str rest = str_trim(text), line;
    for (bool first = true; str_split(&rest, '\n', &line); first = false) {
        put(s, first ? STR("        ") : STR("\n        "));
        put(s, line);
    }
}

void stream_add(Stream *s, Str text, bool json) {
    bool in_list = s->in_list && json;
    if (!in_list) stream_end(s);
    if (in_list)
        put(s, STR(",\n"));
    else if (s->count)
        put(s, str_ends(text, STR("\r\n")) ? STR("---\r\n") : STR("---\n"));
    if (json && !in_list) open_list(s);
    if (json)
        put_item(s, text);
    else
        put(s, text);
    s->count++;
}

void stream_add_line(Stream *s, Str line, bool crlf) {
    put(s, line);
    put(s, crlf ? STR("\r\n") : STR("\n"));
}

void stream_end(Stream *s) {
    if (s->in_list) put(s, STR("\n    ]\n}\n"));
    s->in_list = false;
}
