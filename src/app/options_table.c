/* Every command and every option, once. */
#include "app/options.h"

#include "report/report.h"

#include <stddef.h>

const CommandInfo commands_table[COMMAND_COUNT] = {
    [COMMAND_NONE] = {STR_INIT("unstale"), STR_INIT("COMMAND"),
                      STR_INIT("Find what is outdated in Kubernetes manifests, scripts and "
                               "documents, without a cluster and without a network"),
                      STR_INIT(""), 0, 0},
    [COMMAND_CHECK] =
        {STR_INIT("check"), STR_INIT("[PATH...]"), STR_INIT("Lint files, directories and dumps"),
         STR_INIT(
             "A PATH is a file, a directory or an archive (.tar, .tgz, .zip ...); - is standard "
             "input; without one the current directory is checked. Directories and archives "
             "are walked for the names that hold manifests and for those that a rule asks "
             "for, compressed ones, too (.gz ...); a file that is named is always read."),
         0, (unsigned)-1},
    [COMMAND_CONVERT] =
        {STR_INIT("convert"), STR_INIT("[PATH...]"),
         STR_INIT("Write what takes the place of outdated objects, for backups and cut-overs"),
         STR_INIT("PATHs are read as by check: files, directories, archives, - for standard input. "
                  "The files stay as they are: converted objects, objects made beside them and "
                  "objects that follow a new name are written to standard output or to --output, "
                  "without what the server wrote into them (status, uid, managedFields ...).\n"
                  "YAML comes out as a stream of documents, JSON as one List. What was not "
                  "converted is named on standard error with the reason."),
         0, (unsigned)-1},
    [COMMAND_RULES] = {STR_INIT("rules"), STR_INIT(""), STR_INIT("List the rules"), STR_INIT(""), 0,
                       0},
    [COMMAND_EXPLAIN] = {STR_INIT("explain"), STR_INIT("RULE"),
                         STR_INIT("Tell what a rule means: why, before, after, references"),
                         STR_INIT("RULE is an id (KFT001) or a name (pytorchjob-v1)."), 1, 1},
    [COMMAND_SCHEMA] = {STR_INIT("schema"), STR_INIT("config|rule|report"),
                        STR_INIT("Print the JSON Schema of a file format of unstale"),
                        STR_INIT("config is .unstale.yaml, rule is a rule file, report is what "
                                 "check --format json writes."),
                        1, 1},
    [COMMAND_HELP] = {STR_INIT("help"), STR_INIT("[COMMAND]"), STR_INIT("Explain a command"),
                      STR_INIT(""), 0, 1},
};

const Str section_titles[SECTION_COUNT] = {
    [SECTION_OUTPUT] = STR_INIT("What is written"),
    [SECTION_FIX] = STR_INIT("Fixing"),
    [SECTION_REPORT] = STR_INIT("Report"),
    [SECTION_RULES] = STR_INIT("Rules and targets"),
    [SECTION_FILES] = STR_INIT("Files"),
    [SECTION_RUN] = STR_INIT("Configuration and running"),
    [SECTION_HELP] = STR_INIT("Help"),
};

const Str exit_meanings[3] = {
    STR_INIT("no finding at or above --fail-on remains"),
    STR_INIT("such findings remain"),
    STR_INIT("the answer is incomplete or the run impossible: a wrong option, a broken rule or "
             "configuration, a PATH that cannot be read, an output that cannot be written"),
};

#define IN(command)   (1u << COMMAND_##command)
#define EVERY_COMMAND ((1u << COMMAND_COUNT) - 1)
#define NAME(text)    .name = STR_INIT(text)
#define TAKES(text)   .argument = STR_INIT(text)
#define HELP(text)    .help = STR_INIT(text)
#define FIELD(of)     .field = offsetof(Options, of)

const OptionInfo options_table[] = {
    {NAME("fix"), TAKES("safe|review"), .argument_optional = true, .kind = VALUE_CHOICE,
     .first_choice = FIXING_SAFE, FIELD(fix), .commands = IN(CHECK), .section = SECTION_FIX,
     HELP("Rewrite files in place; review also applies fixes that a person should read")},
    {NAME("diff"), .kind = VALUE_FLAG, FIELD(diff), .commands = IN(CHECK), .section = SECTION_FIX,
     HELP("Print what the fixes would change, as git apply takes it, and write nothing; with --fix "
          "only "
          "the safe ones")},
    {NAME("fix-related"), .kind = VALUE_FLAG, FIELD(fix_related), .commands = IN(CHECK),
     .section = SECTION_FIX,
     HELP("A fix may also edit files of the --inventory that refer to what it renames")},
    {NAME("exit-zero-on-fix"), .kind = VALUE_FLAG, FIELD(exit_zero_on_fix), .commands = IN(CHECK),
     .section = SECTION_FIX,
     HELP("Exit with 0 when every fix was applied and written, whatever remains")},
    {NAME("format"), TAKES("FMT"), .kind = VALUE_FORMAT, FIELD(outputs), .commands = IN(CHECK),
     .section = SECTION_REPORT,
     HELP("How to report; may be given several times, each with its own --output")},
    {NAME("output"), .letter = 'o', TAKES("FILE"), .kind = VALUE_OUTPUT, FIELD(outputs),
     .commands = IN(CHECK), .section = SECTION_REPORT,
     HELP("Write the report of the --format before it to FILE; alone it means --format text")},
    {NAME("fail-on"), TAKES("error|warning|note|never"), .kind = VALUE_CHOICE,
     .first_choice = FAIL_ON_ERROR, FIELD(fail_on), .commands = IN(CHECK),
     .section = SECTION_REPORT,
     HELP("The least severity that makes the exit code 1 (default: warning)")},
    {NAME("show-suppressed"), .kind = VALUE_FLAG, FIELD(show_suppressed), .commands = IN(CHECK),
     .section = SECTION_REPORT, HELP("Report suppressed findings too, marked as such")},
    {NAME("statistics"), .kind = VALUE_FLAG, FIELD(statistics), .commands = IN(CHECK),
     .section = SECTION_REPORT,
     HELP("Count the findings of each rule, and tell how far conversions would get")},
    {NAME("color"), TAKES("auto|always|never"), .kind = VALUE_CHOICE, .first_choice = COLOR_AUTO,
     FIELD(color), .commands = IN(CHECK), .section = SECTION_REPORT,
     HELP("Color the text report (default: auto, on a terminal)")},
    {NAME("quiet"), .letter = 'q', .kind = VALUE_FLAG, FIELD(quiet),
     .commands = IN(CHECK) | IN(CONVERT), .section = SECTION_REPORT,
     HELP("Print findings and what makes them incomplete, no summary")},
    {NAME("no-progress"), .kind = VALUE_FLAG, FIELD(no_progress),
     .commands = IN(CHECK) | IN(CONVERT), .section = SECTION_REPORT,
     HELP("Do not show on a terminal how far a long run is")},
    {NAME("verbose"), .letter = 'v', .kind = VALUE_FLAG, FIELD(verbose),
     .commands = IN(CHECK) | IN(CONVERT), .section = SECTION_REPORT,
     HELP("Tell on standard error what was passed over, and why")},
    {NAME("select"), TAKES("LIST"), .kind = VALUE_LIST, FIELD(select),
     .commands = IN(CHECK) | IN(CONVERT) | IN(RULES), .section = SECTION_RULES,
     HELP("Use only these rules: ids, beginnings of ids (KFT), names or packs, separated by "
          "commas")},
    {NAME("ignore"), TAKES("LIST"), .kind = VALUE_LIST, FIELD(ignore),
     .commands = IN(CHECK) | IN(CONVERT), .section = SECTION_RULES, HELP("Do not use these rules")},
    {NAME("target"), TAKES("PACK=VERSION"), .kind = VALUE_TARGET, FIELD(targets),
     .commands = IN(CHECK) | IN(CONVERT), .section = SECTION_RULES,
     HELP("What you migrate to, for example trainer=2.3 or kubernetes=1.34")},
    {NAME("rules"), TAKES("DIR"), .kind = VALUE_TEXTS, FIELD(rules),
     .commands = IN(CHECK) | IN(CONVERT) | IN(RULES), .section = SECTION_RULES,
     HELP("Read more rules from DIR; one with the id of a built-in rule replaces it")},
    {NAME("inventory"), TAKES("PATH"), .kind = VALUE_TEXTS, FIELD(inventory),
     .commands = IN(CHECK) | IN(CONVERT), .section = SECTION_FILES,
     HELP("A dump or directory to learn from (Services, Deployments, namespaces), never reported "
          "on")},
    {NAME("crds"), TAKES("PATH"), .kind = VALUE_TEXTS, FIELD(crds),
     .commands = IN(CHECK) | IN(CONVERT), .section = SECTION_RULES,
     HELP("CustomResourceDefinitions (a file, a directory, a dump) that what is written must "
          "satisfy, in place of the built-in schemas")},
    {NAME("exclude"), TAKES("GLOB"), .kind = VALUE_TEXTS, FIELD(exclude),
     .commands = IN(CHECK) | IN(CONVERT), .section = SECTION_FILES,
     HELP("Pass over what matches, in place of the configuration's `exclude`; patterns as in "
          ".gitignore")},
    {NAME("no-ignore"), .kind = VALUE_FLAG, FIELD(no_ignore), .commands = IN(CHECK) | IN(CONVERT),
     .section = SECTION_FILES, HELP("Read what .gitignore and .unstaleignore would hide, too")},
    {NAME("list-files"), .kind = VALUE_FLAG, FIELD(list_files), .commands = IN(CHECK),
     .section = SECTION_FILES, HELP("Print the files that would be checked, and check nothing")},
    {NAME("staged"), .kind = VALUE_FLAG, FIELD(staged), .commands = IN(CHECK) | IN(CONVERT),
     .section = SECTION_FILES,
     HELP("Read the files as they are staged in Git's index, for hooks; what --fix writes to the "
          "work tree is not staged, so the exit code stays that of the index")},
    {NAME("rev"), TAKES("REV"), .kind = VALUE_TEXT, FIELD(rev), .commands = IN(CHECK) | IN(CONVERT),
     .section = SECTION_FILES,
     HELP("Read the files of a commit, tag or tree of Git; nothing is checked out")},
    {NAME("stdin-filename"), TAKES("NAME"), .kind = VALUE_TEXT, FIELD(stdin_filename),
     .commands = IN(CHECK) | IN(CONVERT), .section = SECTION_FILES,
     HELP("What standard input is called in reports, and whose configuration applies to it")},
    {NAME("strict"), .kind = VALUE_FLAG, FIELD(strict), .commands = IN(CHECK),
     .section = SECTION_FILES,
     HELP("Judge the syntax of every document, also of those that no rule needs")},
    {NAME("config"), TAKES("FILE"), .kind = VALUE_TEXT, FIELD(config),
     .commands = IN(CHECK) | IN(CONVERT), .section = SECTION_RUN,
     HELP("Use this configuration and look for no .unstale.yaml")},
    {NAME("isolated"), .kind = VALUE_FLAG, FIELD(isolated), .commands = IN(CHECK) | IN(CONVERT),
     .section = SECTION_RUN, HELP("Use no configuration file at all")},
    {NAME("show-config"), .kind = VALUE_FLAG, FIELD(show_config), .commands = IN(CHECK),
     .section = SECTION_RUN,
     HELP("Print the configuration that applies to each PATH, and check nothing")},
    {NAME("today"), TAKES("DATE"), .kind = VALUE_DATE, FIELD(today),
     .commands = IN(CHECK) | IN(CONVERT), .section = SECTION_RUN,
     HELP("The day as YYYY-MM-DD on which suppressions expire or not (default: SOURCE_DATE_EPOCH, "
          "else today)")},
    {NAME("threads"), TAKES("N"), .kind = VALUE_NUMBER, FIELD(threads),
     .commands = IN(CHECK) | IN(CONVERT), .section = SECTION_RUN,
     HELP("How many threads work (default: one for each processor)")},
    {NAME("no-gate"), .kind = VALUE_FLAG, .hidden = true, FIELD(no_gate), .commands = IN(CHECK),
     .section = SECTION_RUN,
     HELP("Parse every document, also those that hold no literal of an active rule")},
    {NAME("output"), .letter = 'o', TAKES("FILE|DIR"), .kind = VALUE_TEXT, FIELD(into),
     .commands = IN(CONVERT), .section = SECTION_OUTPUT,
     HELP("Write to FILE, or to the same paths below DIR; files that are there are replaced, "
          "except those that are read")},
    {NAME("only-converted"), .kind = VALUE_FLAG, FIELD(only_converted), .commands = IN(CONVERT),
     .section = SECTION_OUTPUT,
     HELP("Leave out objects in which nothing is outdated (the default)")},
    {NAME("all"), .kind = VALUE_FLAG, FIELD(all), .commands = IN(CONVERT),
     .section = SECTION_OUTPUT, HELP("Carry along all other objects, too")},
    {NAME("as-is"), .kind = VALUE_FLAG, FIELD(as_is), .commands = IN(CONVERT),
     .section = SECTION_OUTPUT,
     HELP("Convert nothing: write a copy that can be restored, CustomResourceDefinitions and "
          "Namespaces first")},
    {NAME("suspend"), .kind = VALUE_FLAG, FIELD(suspend), .commands = IN(CONVERT),
     .section = SECTION_OUTPUT,
     HELP("Suspend every TrainJob that is written: resume them in waves")},
    {NAME("namespace"), TAKES("NS"), .kind = VALUE_TEXT, FIELD(namespace), .commands = IN(CONVERT),
     .section = SECTION_OUTPUT,
     HELP("Put what is written into namespace NS, as copies beside the originals")},
    {NAME("name-prefix"), TAKES("PREFIX"), .kind = VALUE_TEXT, FIELD(name_prefix),
     .commands = IN(CONVERT), .section = SECTION_OUTPUT,
     HELP("Put PREFIX in front of every name that is written; references between the objects "
          "follow")},
    {NAME("annotate"), .kind = VALUE_FLAG, FIELD(annotate), .commands = IN(CONVERT),
     .section = SECTION_OUTPUT,
     HELP("Write what a conversion assumes and loses as comments above its objects")},
    {NAME("fix"), TAKES("safe|review"), .argument_optional = true, .kind = VALUE_CHOICE,
     .first_choice = FIXING_SAFE, FIELD(fix), .commands = IN(CONVERT), .section = SECTION_OUTPUT,
     HELP("Which conversions are made: safe ones (the default), or also those that a person "
          "should read")},
    {NAME("review"), .kind = VALUE_FLAG, FIELD(review), .commands = IN(CONVERT),
     .section = SECTION_OUTPUT, HELP("The same as --fix=review")},
    {NAME("format"), TAKES("FMT"), .kind = VALUE_FORMAT, FIELD(outputs), .commands = IN(CONVERT),
     .section = SECTION_REPORT,
     HELP("Also print the report of check on what was read, to standard error")},
    {NAME("format"), TAKES("text|json|markdown"), .kind = VALUE_CHOICE,
     .first_choice = LISTING_TEXT, FIELD(listing), .commands = IN(RULES), .section = SECTION_REPORT,
     HELP("How to list the rules (default: text)")},
    {NAME("help"), .letter = 'h', .kind = VALUE_FLAG, FIELD(help), .commands = EVERY_COMMAND,
     .section = SECTION_HELP, HELP("Print help and stop")},
    {NAME("version"), .letter = 'V', .kind = VALUE_FLAG, FIELD(version), .commands = IN(NONE),
     .section = SECTION_HELP, HELP("Print the version and stop")},
};

const size_t options_count = sizeof options_table / sizeof *options_table;

static void add_words(Str words, StrVec *out) {
    Str word;
    while (str_split(&words, '|', &word)) vec_push(out, word);
}

static void add_all(const Str *items, size_t count, StrVec *out) {
    for (size_t i = 0; i < count; i++) vec_push(out, items[i]);
}

void option_choices(const OptionInfo *o, StrVec *out) {
    size_t count = 0;
    const Str *items = NULL;
    if (o->kind == VALUE_CHOICE) add_words(o->argument, out);
    if (o->kind == VALUE_FORMAT) items = format_names(&count);
    if (o->kind == VALUE_TARGET) items = target_examples(&count);
    add_all(items, count, out);
}

void command_choices(Command command, StrVec *out) {
    if (command == COMMAND_SCHEMA) add_words(commands_table[command].arguments, out);
    if (command != COMMAND_HELP) return;
    for (Command c = COMMAND_NONE + 1; c < COMMAND_COUNT; c++)
        vec_push(out, commands_table[c].name);
}
