/* Messages with holes, taken apart and filled. */
#include "rule/message.h"

#include "base/buf.h"

static Str take(Str *rest, size_t len) {
    Str taken = str_slice(*rest, 0, len);
    *rest = str_from_offset(*rest, len);
    return taken;
}

bool message_next(Str *rest, MessagePart *part) {
    if (rest->len == 0) return false;
    size_t open = str_find_char(*rest, '{');
    if (open == STR_NONE) open = rest->len;
    if (open > 0) {
        *part = (MessagePart){take(rest, open), false};
    } else if (rest->len > 1 && rest->data[1] == '{') {
        *part = (MessagePart){take(rest, 1), false};
        take(rest, 1);
    } else {
        size_t close = str_find_char(*rest, '}');
        if (close == STR_NONE) close = rest->len;
        *part = (MessagePart){{rest->data + 1, close - 1}, true};
        take(rest, close + 1);
    }
    return true;
}

bool message_check(Str template, size_t *offset) {
    Str rest = template;
    MessagePart part;
    for (size_t at = 0; at < template.len; at = template.len - rest.len) {
        message_next(&rest, &part);
        if (part.is_hole && str_find_char(str_from_offset(template, at), '}') == STR_NONE) {
            *offset = at;
            return false;
        }
    }
    return true;
}

Str message_fill(Arena *a, Str template, HoleValue value, void *context) {
    Buf filled = {0};
    Str rest = template;
    MessagePart part;
    while (message_next(&rest, &part)) {
        buf_add(&filled, part.is_hole ? value(context, part.text) : part.text);
    }
    Str text = str_copy(a, buf_str(&filled));
    buf_release(&filled);
    return text;
}
