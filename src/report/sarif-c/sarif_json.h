/* Private to the SARIF writer: JSON as a stream, in blocks handed to the callback.
 *
 * Commas, indentation and escapes are done here, structure is the caller's: a key is followed by
 * exactly one value, what was opened is closed. Failures of the callback are remembered in the
 * writer. */
#ifndef SARIF_JSON_H
#define SARIF_JSON_H

#include "sarif.h"

void sarif_open(SarifWriter *w, char bracket); /* '{' or '[' */
void sarif_close(SarifWriter *w);
void sarif_string(SarifWriter *w, SarifText value);

void sarif_key(SarifWriter *w, SarifText key);
void sarif_open_key(SarifWriter *w, const char *key, char bracket);
void sarif_bool_key(SarifWriter *w, const char *key, bool value);
void sarif_number_key(SarifWriter *w, const char *key, uint64_t value);

/* These leave the key out when the value is absent: NULL, or a count of 0. */
void sarif_string_key(SarifWriter *w, const char *key, SarifText value);
void sarif_word_key(SarifWriter *w, const char *key, const char *word);
void sarif_count_key(SarifWriter *w, const char *key, uint64_t value);

/* A path as a URI: relative as it is, absolute as file:. It must not be empty. */
void sarif_path_key(SarifWriter *w, const char *key, SarifText path);

/* Hands out the last block. */
void sarif_finish(SarifWriter *w);

bool sarif_is_uri(SarifText text);    /* not empty, only characters that a URI may have */
bool sarif_has_scheme(SarifText uri); /* "https:…", so it is absolute */

#endif
