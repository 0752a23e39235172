/* Selectors of PromQL: which series of a metric a text asks for.
 *
 * Such a text is rarely PromQL alone: it stands in rules in a ConfigMap, in the JSON of a
 * dashboard, where its quotes are escaped. So nothing is read from the start. A selector begins
 * where the name of a metric stands as a word of its own, and its matchers are what the braces
 * around or behind it hold:
 *
 *     wva_desired_replicas{variant_name="chat", exported_namespace=~"ml|dev"}
 *     {__name__="wva_desired_replicas", variant_name="chat"}
 *
 *     PromSelector s;
 *     for (size_t from = 0; promql_find(text, metrics, count, from, &s); from = s.metric.end)
 *         for (PromMatcher m; promql_next(text, &s, &m);)
 *             if (str_eq(span_text(text, m.label), STR("variant_name"))) use(m.value);
 *
 * Spans count bytes of the text. What is no matcher (`<<.LabelMatchers>>` of an adapter, what a
 * template stands for) is passed over. */
#ifndef MODEL_PROMQL_H
#define MODEL_PROMQL_H

#include "text/span.h"

typedef enum { PROM_EQUAL, PROM_NOT_EQUAL, PROM_MATCH, PROM_NOT_MATCH } PromOperator;

typedef struct PromSelector {
    Span metric;
    size_t at; /* where the next matcher may begin; 0: there are no braces */
} PromSelector;

typedef struct PromMatcher {
    Span label, value; /* the value without its quotes */
    PromOperator op;
    bool known; /* the value is what it says: no escape, no variable, no template */
} PromMatcher;

/* The next selector of one of these metrics at or behind `from`. */
bool promql_find(Str text, const Str *metrics, size_t count, size_t from, PromSelector *out);

/* Its next matcher. */
bool promql_next(Str text, PromSelector *s, PromMatcher *out);

/* The matcher whose value, or part of it, begins at `value`; false: there is none. */
bool promql_at(Str text, const Str *metrics, size_t count, size_t value, PromMatcher *out);

/* The names that a matcher's value lists, from left to right: `a|b` of a regular expression gives
 * two, any other character that means something there none at all. Start with *at at the value's
 * first byte. */
bool promql_name(Str text, const PromMatcher *m, size_t *at, Span *out);

#endif
