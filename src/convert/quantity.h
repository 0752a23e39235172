/* Quantities of Kubernetes: "500m", "1.5", "16Gi", "2e3".
 *
 *     double cpus;
 *     quantity_read(STR("500m"), &cpus)        true: 0.5 */
#ifndef CONVERT_QUANTITY_H
#define CONVERT_QUANTITY_H

#include "base/str.h"

bool quantity_read(Str text, double *out); /* false: it is none */

#endif
