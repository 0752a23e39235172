/* What a file has besides its bytes. */
#ifndef APP_METADATA_H
#define APP_METADATA_H

#include "base/error.h"

/* Gives the open file `to` the owner, group, ACLs, extended attributes and mode of the file at
 * `from`. False, with the reason in err, when one that matters cannot be kept. */
bool metadata_copy(const char *from, int to, Error *err);

#endif
