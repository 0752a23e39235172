/* The gate: a document that no rule can want is never parsed.
 *
 * Each rule names literals, one of which stands in every text that it can match. One pass over the
 * text (base/literal.h) tells which rules are left. The gate must be honest: with and without it
 * the findings are the same. So a double-quoted scalar with an escape that could spell a letter of
 * a literal ("PyTorch\x4aob") lets every rule about resources and commands in.
 *
 *     uint64_t wanted[LITERAL_WORDS(set->count)] = {0};
 *     gate_scan(set, text, seen, wanted);        bit i is set when rules[i] may match
 */
#ifndef RULE_GATE_H
#define RULE_GATE_H

#include "rule/rule.h"

/* Fills literals, literal_rules and escape_first from the set's rules. */
bool gate_build(Arena *a, RuleSet *set, Error *err);

/* `seen` has LITERAL_WORDS(literals.count) words and is scratch; `wanted` has LITERAL_WORDS(count),
 * and bits that are set stay. Built-in rules have no literals and are never wanted. */
void gate_scan(const RuleSet *set, Str text, uint64_t *seen, uint64_t *wanted);

#endif
