/* User information in URLs and data source names. */
#include "model/secret_sweep.h"

#include <stdlib.h>
#include <string.h>

/* A password in a URL is shorter; nothing behind is looked at, to stay linear in hostile lines. */
enum { USER_INFORMATION_BYTES = 4096, ESCAPES = 7 };

/* ---- spellings: `/` is also `\/`, `\x2f`, `\u002f` ---- */

static bool is_hex(Str digits, size_t count, char meant) {
    if (digits.len < count) return false;
    uint32_t code = 0;
    for (size_t i = 0; i < count; i++) {
        const char *found = strchr("0123456789abcdef", digits.data[i] | 32);
        if (!found || !*found) return false;
        code = code * 16 + (uint32_t)(found - "0123456789abcdef");
    }
    return code == (uint32_t)meant;
}

/* How many bytes spell this character at i; 0 when another one stands there. */
static size_t spelled(const Sweep *s, size_t i, char meant) {
    if (sweep_at(s, i) == meant) return 1;
    size_t slashes = 0;
    while (sweep_at(s, i + slashes) == '\\' && slashes < ESCAPES) slashes++;
    if (!slashes) return 0;
    char sort = sweep_at(s, i + slashes);
    if (sort == meant) return slashes + 1;
    size_t digits = sort == 'x' ? 2 : sort == 'u' ? 4 : sort == 'U' ? 8 : 0;
    Str rest = str_from_offset(s->line, i + slashes + 1);
    return digits && is_hex(rest, digits, meant) ? slashes + 1 + digits : 0;
}

static size_t behind_slashes(const Sweep *s, size_t i) {
    size_t first = spelled(s, i, '/');
    size_t second = first ? spelled(s, i + first, '/') : 0;
    return second ? i + first + second : 0;
}

size_t url_behind_scheme(const Sweep *s, size_t i) {
    size_t colon = spelled(s, i, ':');
    return colon ? behind_slashes(s, i + colon) : 0;
}

/* ---- URLs ---- */

static bool is_number(Str s) {
    for (size_t i = 0; i < s.len; i++)
        if (s.data[i] < '0' || s.data[i] > '9') return false;
    return true;
}

static bool ends_url(char c) {
    return strchr(" \t\"'`<>", c) != NULL;
}

static bool ends_authority(const Sweep *s, size_t i) {
    return spelled(s, i, '/') || sweep_at(s, i) == '?' || sweep_at(s, i) == '#';
}

static size_t url_limit(const Sweep *s, size_t i) {
    size_t limit = i + USER_INFORMATION_BYTES;
    return limit < s->line.len ? limit : s->line.len;
}

/* A slash ends it by the book, but in `://user:pa/ss@host` people let it be part of the password:
 * no port looks like `pa`. */
size_t url_cover_user(Sweep *s, size_t i) {
    size_t limit = url_limit(s, i), authority = 0, last = 0, step = 1;
    for (size_t end = i; end < limit && !ends_url(s->line.data[end]); end += step) {
        if (url_behind_scheme(s, end)) break; /* the next URL */
        if (!authority && ends_authority(s, end)) {
            size_t colon = str_find_char(str_slice(s->line, i, end), ':');
            if (last || colon == STR_NONE || is_number(str_slice(s->line, i + colon + 1, end)))
                break;
            authority = end;
        }
        size_t sign = spelled(s, end, '@');
        if (sign) last = end;
        step = sign ? sign : 1;
    }
    return last ? sweep_cover(s, i, last) : i;
}

size_t url_cover_plain(Sweep *s, size_t i) {
    size_t start = behind_slashes(s, i);
    if (!start) return i + 1;
    size_t limit = url_limit(s, start), last = 0, step = 1;
    bool colon = false;
    for (size_t end = start; end < limit && !ends_url(s->line.data[end]); end += step) {
        size_t sign = spelled(s, end, '@');
        if (!sign && ends_authority(s, end)) break;
        colon |= spelled(s, end, ':') > 0;
        if (sign && colon) last = end;
        step = sign ? sign : 1;
    }
    return last ? sweep_cover(s, start, last) : i + 1;
}

/* ---- data source names ---- */

size_t url_cover_data_source(Sweep *s, size_t i) {
    size_t protocol = i + 1;
    while (sweep_at(s, protocol) >= 'a' && sweep_at(s, protocol) <= 'z') protocol++;
    if (!s->colon || sweep_at(s, protocol) != '(') return i + 1;
    Str user = str_slice(s->line, s->word, s->colon);
    size_t equals = str_find_last_char(user, '='); /* DB=user:password@tcp(host) */
    sweep_cover(s, s->word + (equals == STR_NONE ? 0 : equals + 1), i);
    return i + 1;
}
