/* Does a name (of a key, a flag, a variable) say that its value is a secret?
 *
 * Names are read as words: `dbPassword`, `DB_PASSWORD`, `db-password2` and `db.passwords` are the
 * same. What only points at a secret is none: secretName, tokenPath, passwordFile, secretKeyRef.
 *
 *     SecretName kind = secret_name(key);
 *     if (kind && secret_covers(kind, value)) …
 *
 * The bare names `key` and `keys` are not answered here: they are secrets in one place and names of
 * labels in the next, so who sees their neighbours decides. */
#ifndef MODEL_SECRET_NAME_H
#define MODEL_SECRET_NAME_H

#include "base/str.h"

typedef enum {
    SECRET_NO,
    SECRET_WHOLE,         /* whatever stands there, maps and lists as a whole */
    SECRET_TEXT,          /* a text that is no word of a configuration: not `auth: basic` */
    SECRET_UNLESS_NUMBER, /* `maxTokens: 4096` counts them */
} SecretName;

SecretName secret_name(Str name);

/* `key` and `keys`, however they are written */
bool secret_bare_key(Str name);

/* Is this text a secret under such a name? */
bool secret_covers(SecretName kind, Str value);

#endif
