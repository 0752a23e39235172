/* The list of formats, and the words that all of them use. */
#include "report/report.h"

#define FORMAT_POINTER(name) &format_##name,
#define FORMAT_NAME(name)    STR_INIT(#name),

static const Format *const formats[] = {REPORT_FORMATS(FORMAT_POINTER)};
static const Str names[] = {REPORT_FORMATS(FORMAT_NAME)};

enum { FORMAT_COUNT = sizeof formats / sizeof *formats };

const Str severity_names[3] = {STR_INIT("note"), STR_INIT("warning"), STR_INIT("error")};

const Str suppressed_names[4] = {STR_INIT(""), STR_INIT("inline"), STR_INIT("annotation"),
                                 STR_INIT("config")};

const Str safety_names[2] = {STR_INIT("safe"), STR_INIT("review")};

const Format *format_find(Str name) {
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        if (str_eq(names[i], name)) return formats[i];
    }
    return NULL;
}

const Str *format_names(size_t *count) {
    *count = FORMAT_COUNT;
    return names;
}
