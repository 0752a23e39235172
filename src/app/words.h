/* Templates with holes, filled for a finding. */
#ifndef APP_WORDS_H
#define APP_WORDS_H

#include "app/scan.h"

/* A message, a label, the value of a fix's step. Not masked: mask_text is for what is shown. */
Str finding_words(const Scan *scan, Arena *a, const Finding *f, Str template);

/* The replacement of a text rule: {match} and {1} to {9} are what its expression finds at the
 * finding's place in the piece. False: it is not found there any more. */
bool match_words(const Scan *scan, Arena *a, const Finding *f, Str piece, Str template, Str *out);

#endif
