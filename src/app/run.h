/* What the commands that scan have in common. */
#ifndef APP_RUN_H
#define APP_RUN_H

#include "app/scan.h"

/* Reads configurations and rules, then calls the command with an empty scan. */
int run_scan(const Options *o, int (*command)(Scan *s, Error *err), Error *err);

#endif
