/* Configuration, rules, expressions: made before a scan, taken down behind it. */
#include "app/run.h"

#include "app/commands.h"
#include "app/crds.h"
#include "app/today.h"
#include "report/version.h"
#include "rule/match.h"

/* The directories of --rules, or those that the root's configuration names. */
static bool rules_of(Scan *s, RuleSet *rules, Error *err) {
    const WrittenList *written = &configs_root(s->configs)->rules;
    StrVec directories = {0};
    for (size_t i = 0; i < written->len; i++) vec_push(&directories, written->items[i].text);
    bool ok = load_rules(&s->arena, &directories, rules, err);
    vec_release(&directories);
    return ok;
}

/* The built-in schemas, and over them those of --crds. */
static bool schemas_of(Scan *s, Error *err) {
    const WrittenList *crds = &configs_root(s->configs)->crds;
    s->schemas = schemas_new();
    if (!crds_read(&s->arena, crds, s->schemas, err)) return false;
    if (!s->options->quiet) crds_tell(crds, s->schemas, s->options->verbose);
    return true;
}

int run_scan(const Options *o, int (*command)(Scan *s, Error *err), Error *err) {
    Scan s = {.options = o};
    RuleSet rules = {0};
    int code = EXIT_INCOMPLETE;
    s.configs = configs_open(&s.arena, o, STR(UNSTALE_VERSION), err);
    if (s.configs && today_find(o->today, &s.today, err) && rules_of(&s, &rules, err) &&
        schemas_of(&s, err)) {
        s.rules = &rules;
        s.regexes = rule_regexes_new(&rules);
        if (configs_use(s.configs, &rules, err)) code = command(&s, err);
        rule_regexes_free(&rules, s.regexes);
    }
    schemas_free(s.schemas);
    configs_close(s.configs);
    scan_release(&s);
    return code;
}
