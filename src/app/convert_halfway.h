/* Objects of which a rule makes something else first, which a conversion then takes: a TrainJob
 * with the body of a PyTorchJob is a PyTorchJob again before it is converted.
 *
 * These first changes are made in memory, as `check --fix` makes them in its rounds, and everything
 * is read again. Lines are then those of the changed text. Only rules count whose outcome is of
 * a kind that a conversion takes: what others make is written as it is.
 *
 *     Halfway h = {.rounds = {.scan = &scan, .level = SAFETY_REVIEW}};
 *     halfway_run(&h);
 *     halfway_notes(&h, source, title, &notes);       what the first change rests on
 *     halfway_release(&h);                            the sources that have changed live as long
 */
#ifndef APP_CONVERT_HALFWAY_H
#define APP_CONVERT_HALFWAY_H

#include "app/fix_view.h"
#include "app/rounds.h"

typedef struct Halfway {
    Rounds rounds;
} Halfway;

void halfway_run(Halfway *h);

/* Of the object that findings of the source call by that title. */
void halfway_notes(const Halfway *h, uint32_t source, Str title, StrVec *out);
void halfway_release(Halfway *h);

#endif
