/* The man page in roff, made from the tables of app/options.h. */
#ifndef APP_MAN_H
#define APP_MAN_H

#include "base/buf.h"

void man_write(Buf *out, Str version);

#endif
