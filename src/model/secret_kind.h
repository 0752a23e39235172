/* Does a text that cannot be read as a tree hold a Secret? By bytes, in YAML or JSON.
 *
 *     if (!doc.root && secret_kind_in(doc.text)) nothing of it is shown */
#ifndef MODEL_SECRET_KIND_H
#define MODEL_SECRET_KIND_H

#include "base/str.h"

/* `kind: Secret` or `kind: SecretList`, in whatever quotes. */
bool secret_kind_in(Str text);

/* The same with escapes decoded (`"\x53ecret"`), or a `stringData`. */
bool secret_kind_hidden_in(Str text);

#endif
