/* Private to the SARIF writer: the checks that come before every write. */
#ifndef SARIF_CHECK_H
#define SARIF_CHECK_H

#include "sarif.h"

/* Leaves the function with the first status that is not SARIF_OK. */
#define TRY(expression)                                                                            \
    do {                                                                                           \
        SarifStatus status_ = (expression);                                                        \
        if (status_ != SARIF_OK) return status_;                                                   \
    } while (0)

/* What the writer has written last, in the order of the log. */
typedef enum {
    STAGE_START,
    STAGE_BETWEEN_RUNS,
    STAGE_RULES,
    STAGE_RESULTS,
    STAGE_NOTIFICATIONS,
    STAGE_ENDED
} SarifStage;

SarifStatus sarif_check_stage(const SarifWriter *w, const void *argument, SarifStage first,
                              SarifStage last);
SarifStatus sarif_check_run(const SarifRun *run);
SarifStatus sarif_check_rule(const SarifRule *rule);
SarifStatus sarif_check_result(const SarifResult *result, uint64_t rules);
SarifStatus sarif_check_notification(const SarifNotification *notification);

bool sarif_has_artifact(const SarifArtifact *artifact);
bool sarif_has_region(const SarifRegion *region);

#endif
