/* Does a name (of a key, a flag, a variable) say that its value is a secret?
 *
 * Names are read as words: `dbPassword`, `DB_PASSWORD`, `db-password` and `db.password` are the
 * same. What only points at a secret is none: secretName, tokenPath, passwordFile, secretKeyRef.
 *
 * The bare name `key` is not answered here: it is a secret in one place and a label's name in the
 * next, so who sees its neighbours decides. */
#ifndef MODEL_SECRET_NAME_H
#define MODEL_SECRET_NAME_H

#include "base/str.h"

bool secret_name(Str name);

#endif
