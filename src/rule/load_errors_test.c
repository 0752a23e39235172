/* Mistakes in rule files: what each one says, and where. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "rule/load.h"

#include <string.h>

/* What every rule below is made of; `match` stands on line 6. */
#define HEAD                                                                                       \
    "id: KFT900\n"                                                                                 \
    "name: some-rule\n"                                                                            \
    "summary: Something is outdated\n"                                                             \
    "severity: error\n"                                                                            \
    "targets: {trainer: \">=2.0\"}\n"
#define MATCH "match: {resource: {kind: PyTorchJob}}\n"
#define TAIL  "message: fix it\nwhy: because\n"

typedef struct BadRule {
    const char *name, *text, *want; /* behind "r.yaml:" */
} BadRule;

static const BadRule bad_keys[] = {
    {"empty", "", "1:1: the file is empty"},
    {"not a mapping", "- a\n", "1:1: a rule must be a mapping"},
    {"syntax", "id: [a\n", NULL},
    {"a NUL", NULL, NULL},
    {"unknown key, near", HEAD MATCH TAIL "sumary: x\n",
     "9:1: unknown key in a rule 'sumary'; did you mean 'summary'?"},
    {"unknown key, far", HEAD MATCH TAIL "zzzzzzzz: x\n",
     "9:1: unknown key in a rule 'zzzzzzzz'; use one of id, name, summary, severity, targets, "
     "match, "
     "at, message, label, literals, why, before, after, loses, fix, references, instead-of, "
     "silent"},
    {"key twice", HEAD MATCH TAIL "why: x\n", "9:1: duplicate key 'why'"},
    {"no id", "name: a\n", "1:1: missing required key 'id'"},
    {"no why", HEAD MATCH "message: fix it\n", "1:1: missing required key 'why'"},
    {"id is no id", "id: kft1\n", "1:5: 'id' must be capitals and digits as in KFT001, not 'kft1'"},
    {"id is a list", "id: [KFT1]\n", "1:5: 'id' must be a text"},
    {"id is null", "id:\n", "1:4: 'id' must be a text"},
    {"name is no name", "id: KFT1\nname: a_b\n",
     "2:7: 'name' must be words-with-dashes, not 'a_b'"},
    {"name with two dashes", "id: KFT1\nname: a--b\n",
     "2:7: 'name' must be words-with-dashes, not 'a--b'"},
    {"name ends with a dash", "id: KFT1\nname: a-\n",
     "2:7: 'name' must be words-with-dashes, not 'a-'"},
    {"summary with full stop", "id: KFT1\nname: a\nsummary: It is.\n",
     "3:10: 'summary' must be one sentence on one line, without a full stop"},
    {"severity", "id: KFT1\nname: a\nsummary: It is\nseverity: eror\n",
     "4:11: unknown severity 'eror'; did you mean 'error'?"},
    {"severity, far", "id: KFT1\nname: a\nsummary: It is\nseverity: bad\n",
     "4:11: unknown severity 'bad'; use one of note, warning, error"},
    {"template", "id: KFT1\nname: '{{ x }}'\n", "2:7: 'name' must not hold a {{ template }}"},
    {"other pack", "id: KFT1\nname: a\nsummary: It is\nseverity: note\ntargets: {wva: '*'}\n",
     "5:10: 'targets' must name the rule's own pack 'trainer' (the folder of its file)"},
    {"targets", "id: KFT1\nname: a\nsummary: It is\nseverity: note\ntargets: trainer\n",
     "5:10: 'targets' must be a mapping as in {trainer: \">=2.0\"}"},
    {"range",
     "id: KFT1\nname: a\nsummary: It is\nseverity: note\ntargets:\n  trainer: '2.0 or so'\n",
     "6:12: a target must be \"*\", \">=2.0\", \"<=2.3\", \"2.1..2.3\" or a word, not '2.0 or so'"},
    {"open range", "id: KFT1\nname: a\nsummary: It is\nseverity: note\ntargets: {trainer: 2..}\n",
     "5:20: a target must be \"*\", \">=2.0\", \"<=2.3\", \"2.1..2.3\" or a word, not '2..'"},
    {"undefined alias", HEAD MATCH "message: *x\nwhy: y\n", NULL},
};

static const BadRule bad_matches[] = {
    {"not a mapping", HEAD "match: text\n" TAIL, "6:8: 'match' must be a mapping"},
    {"unknown key", HEAD "match: {resorce: {kind: X}}\n" TAIL,
     "6:9: unknown key in 'match' 'resorce'; did you mean 'resource'?"},
    {"nothing", HEAD "match: {files: [a]}\n" TAIL,
     "6:8: 'match' needs exactly one of 'resource', 'document', 'text', 'command' and "
     "'builtin'"},
    {"two", HEAD "match: {text: a, builtin: true}\n" TAIL,
     "6:8: 'match' needs exactly one of 'resource', 'document', 'text', 'command' and "
     "'builtin'"},
    {"each beside text", HEAD "match: {text: a, files: b, each: c}\n" TAIL,
     "6:28: 'each' has no meaning beside 'text'"},
    {"unknown key of a resource", HEAD "match: {resource: {kinds: X}}\n" TAIL,
     "6:20: unknown key in 'resource' 'kinds'; did you mean 'kind'?"},
    {"empty list", HEAD "match: {resource: {kind: []}}\n" TAIL,
     "6:26: 'kind' must not be an empty list"},
    {"list in a list", HEAD "match: {resource: {kind: [[a]]}}\n" TAIL,
     "6:27: 'kind' must be a text"},
    {"regular expression", HEAD "match: {text: 'ab(c', files: a}\nliterals: a\n" TAIL, NULL},
    {"text without files", HEAD "match: {text: a}\nliterals: a\n" TAIL,
     "6:8: missing required key 'files' beside 'text'"},
    {"text without literals", HEAD "match: {text: a, files: b}\n" TAIL,
     "6:8: a text rule needs 'literals': one of them stands in every line that it can match"},
    {"glob with an open class", HEAD "match: {text: a, files: ['*.sh', '[ab']}\nliterals: a\n" TAIL,
     "6:34: '[ab' is no glob: a '[' is not closed"},
    {"glob with a final backslash", HEAD "match: {text: a, files: 'a\\'}\nliterals: a\n" TAIL,
     "6:25: 'a\\' is no glob: it ends with a backslash"},
    {"empty glob", HEAD "match: {resource: {kind: X, name: ''}}\n" TAIL,
     "6:35: '' is no glob: it is empty"},
    {"builtin: false", HEAD "match: {builtin: false}\n" TAIL, "6:18: 'builtin' can only be true"},
    {"refers without each", HEAD "match: {resource: {kind: X}, refers: {to: {kind: Y}}}\n" TAIL,
     "6:38: 'refers' needs 'each': the paths of the names"},
    {"refers without to", HEAD "match: {resource: {kind: X}, each: a, refers: {}}\n" TAIL,
     "6:47: missing required key 'to' in 'refers'"},
    {"refers, any-namespace",
     HEAD "match: {resource: {kind: X}, each: a, refers: {to: {kind: Y}, any-namespace: 1}}\n" TAIL,
     "6:78: 'any-namespace' must be true or false"},
    {"refers, none",
     HEAD "match: {resource: {kind: X}, each: a, refers: {to: {kind: Y}, none: 1}}\n" TAIL,
     "6:69: 'none' must be true or false"},
    {"refers, literals beside none",
     HEAD "match: {resource: {kind: X}, each: a, refers: {to: {kind: Y}, none: true, literals: "
          "z}}\n" TAIL,
     "6:85: 'literals' has no meaning beside 'none: true'"},
    {"refers, an empty literal",
     HEAD "match: {resource: {kind: X}, each: a, refers: {to: {kind: Y}, literals: ['']}}\n" TAIL,
     "6:73: a literal must be a text on one line"},
    {"refers, unseen beside no none",
     HEAD "match: {resource: {kind: X}, each: a, refers: {to: {kind: Y}, unseen: note}}\n" TAIL,
     "6:71: 'unseen' has a meaning beside 'none: true' only"},
    {"refers, unseen is an error",
     HEAD "match: {resource: {kind: X}, each: a, refers: {to: {kind: Y}, none: true, unseen: "
          "error}}\n" TAIL,
     "6:83: unknown unseen 'error'; use one of note, nothing"},
    {"refers, instead beside no none",
     HEAD "match: {resource: {kind: X}, each: a, refers: {to: {kind: Y}, instead: b}}\n" TAIL,
     "6:72: 'instead' has a meaning beside 'none: true' only"},
    {"promql without metrics",
     HEAD "match: {resource: {kind: X}, each: {path: a, promql: {label: b}}}\n" TAIL,
     "6:54: missing required key 'metrics' in 'promql'"},
    {"files for what refers",
     HEAD "match: {resource: {kind: X}, each: a, files: b, refers: {to: {kind: Y}}}\n" TAIL,
     "6:46: 'files' has no meaning beside 'refers'"},
    {"an expression for metrics",
     HEAD "match: {resource: {kind: X}, each: {path: a, find: b, promql: {metrics: c}}}\n" TAIL,
     "6:63: 'find' asks for the names of a 'label'"},
    {"promql and each",
     HEAD "match: {resource: {kind: X}, each: {path: a, each: b, promql: {metrics: c}}}\n" TAIL,
     "6:63: 'each' leads on, 'promql' does not"},
    {"document without files",
     HEAD "match: {document: {where: {path: a, exists: true}}, each: b}\n" TAIL,
     "6:19: missing required key 'files' in 'document'"},
    {"document without each", HEAD "match: {document: {files: a.json}}\n" TAIL,
     "6:8: missing required key 'each' beside 'document'"},
    {"document without words", HEAD "match: {document: {files: a.json}, each: b}\n" TAIL,
     "6:8: a resource without 'kind' or 'group' needs 'literals'"},
    {"each is no path", HEAD "match: {resource: {kind: X}, each: [a, 'b..c']}\n" TAIL, NULL},
    {"each without a path",
     HEAD "match: {resource: {kind: X}, each: [a, {where: {path: b}}]}\n" TAIL,
     "6:40: missing required key 'path' in 'each'"},
    {"each of nothing", HEAD "match: {resource: {kind: X}, each: {path: a, each: []}}\n" TAIL,
     "6:52: 'each' must not be an empty list"},
    {"unknown key of each", HEAD "match: {resource: {kind: X}, each: {path: a, at: b}}\n" TAIL,
     "6:46: unknown key in 'each' 'at'; use one of path, where, each, find, promql"},
    {"find beside each",
     HEAD "match: {resource: {kind: X}, each: {path: a, find: b, each: c}}\n" TAIL,
     "6:52: 'find' has no meaning beside 'each'"},
    {"find is no expression",
     HEAD "match: {resource: {kind: X}, each: {path: a, find: 'b('}}\n" TAIL, NULL},
    {"question of each",
     HEAD "match: {resource: {kind: X}, each: {path: a, where: {path: b}}}\n" TAIL,
     "6:53: a question needs exactly one of 'exists', 'equals', 'matches', 'less', 'greater', "
     "'count', 'type', 'joins', 'key', 'where', 'all', 'any' and 'not'"},
    {"no words", HEAD "match: {resource: {version: v1}}\n" TAIL,
     "6:8: a resource without 'kind' or 'group' needs 'literals'"},
    {"the core group is no word", HEAD "match: {resource: {group: ''}}\n" TAIL,
     "6:8: a resource without 'kind' or 'group' needs 'literals'"},
    {"refers, certain beside none",
     HEAD "match: {resource: {kind: X}, each: a, refers: {to: {kind: Y}, none: true, certain: "
          "true}}\n" TAIL,
     NULL},
    {"refers, unread beside no none",
     HEAD "match: {resource: {kind: X}, each: a, refers: {to: {kind: Y, group: g}, unread: "
          "true}}\n" TAIL,
     NULL},
    {"refers, unread without a group",
     HEAD "match: {resource: {kind: X}, each: a, refers: {to: {kind: Y}, none: true, unread: "
          "true}}\n" TAIL,
     NULL},
    {"refers, unread by something else",
     HEAD "match: {resource: {kind: X}, each: a, refers: {to: {kind: Y, group: g}, by: c, none: "
          "true, unread: true}}\n" TAIL,
     NULL},
    {"refers to no words",
     HEAD "match: {resource: {kind: X}, each: a, refers: {to: {version: v1}}}\n" TAIL,
     "6:8: a resource without 'kind' or 'group' needs 'literals'"},
};

#define WHERE(text) HEAD "match: {resource: {kind: X, where: " text "}}\n" TAIL

static const BadRule bad_asks[] = {
    {"not a mapping", WHERE("a"), "6:36: a question must be a mapping"},
    {"unknown key", WHERE("{path: a, exist: true}"),
     "6:46: unknown key in a question 'exist'; did you mean 'exists'?"},
    {"key is no expression", WHERE("{path: a, key: 'b('}"), NULL},
    {"no question", WHERE("{path: a}"),
     "6:36: a question needs exactly one of 'exists', 'equals', 'matches', 'less', 'greater', "
     "'count', 'type', 'joins', 'key', 'where', 'all', 'any' and 'not'"},
    {"two questions", WHERE("{path: a, less: 1, greater: 2}"),
     "6:36: a question needs exactly one of 'exists', 'equals', 'matches', 'less', 'greater', "
     "'count', 'type', 'joins', 'key', 'where', 'all', 'any' and 'not'"},
    {"type of no kind", WHERE("{path: a, type: numbr}"),
     "6:52: unknown type 'numbr'; did you mean 'number'?"},
    {"joins no list", WHERE("{path: a, joins: b}"), "6:53: 'joins' must be a list of paths"},
    {"joins nothing", WHERE("{path: a, joins: []}"), "6:53: 'joins' must be a list of paths"},
    {"with without joins", WHERE("{path: a, equals: b, with: '-'}"),
     "6:63: 'with' has a meaning beside 'joins' only"},
    {"no path", WHERE("{exists: true}"), "6:36: 'exists' needs a 'path'"},
    {"path beside all", WHERE("{path: a, all: [{path: b, exists: true}]}"),
     "6:36: 'all' takes no 'path'"},
    {"not a path", WHERE("{path: a..b, exists: true}"), NULL},
    {"exists", WHERE("{path: a, exists: 'yes'}"), "6:54: 'exists' must be true or false"},
    {"equals", WHERE("{path: a, equals: {b: c}}"), "6:54: 'equals' must be a text"},
    {"matches", WHERE("{path: a, matches: '['}"), NULL},
    {"less", WHERE("{path: a, less: few}"), "6:52: 'less' must be a number"},
    {"count", WHERE("{path: a, count: 2}"), "6:53: 'count' must be \">=N\" with N from 1, not '2'"},
    {"count from 1", WHERE("{path: a, count: '>=0'}"),
     "6:53: 'count' must be \">=N\" with N from 1, not '>=0'"},
    {"all is no list", WHERE("{all: {path: a, exists: true}}"),
     "6:42: 'all' must be a list of questions"},
    {"any is empty", WHERE("{any: []}"), "6:42: 'any' must be a list of questions"},
    {"deep inside", WHERE("[{not: {any: [{path: a, exist: true}]}}]"),
     "6:60: unknown key in a question 'exist'; did you mean 'exists'?"},
};

#define TEXT_MATCH "match: {text: a, files: b}\nliterals: a\n"

static const BadRule bad_words[] = {
    {"unknown hole", HEAD MATCH "message: a {knd}\nwhy: b\n",
     "7:12: unknown hole {knd} for this kind of rule"},
    {"unknown hole in quotes", HEAD MATCH "message: \"a {knd}\"\nwhy: b\n",
     "7:13: unknown hole {knd} for this kind of rule"},
    {"unknown hole behind an escape", HEAD MATCH "message: \"a\\t{knd}\"\nwhy: b\n",
     "7:10: unknown hole {knd} for this kind of rule"},
    {"open hole", HEAD MATCH "message: 'a {kind'\nwhy: b\n",
     "7:13: a '{' is not closed; write '{{' for a brace"},
    {"empty hole", HEAD MATCH "message: a {} b\nwhy: b\n",
     "7:12: unknown hole {} for this kind of rule"},
    {"bad path in a hole", HEAD MATCH "message: 'a {path:a..b}'\nwhy: b\n",
     "7:13: unknown hole {path:a..b} for this kind of rule"},
    {"a resource has no match", HEAD MATCH "message: a {match}\nwhy: b\n",
     "7:12: unknown hole {match} for this kind of rule"},
    {"a resource refers to nothing", HEAD MATCH "message: a {to.name}\nwhy: b\n",
     "7:12: unknown hole {to.name} for this kind of rule"},
    {"a text has no kind", HEAD TEXT_MATCH "message: a {kind}\nwhy: b\n",
     "8:12: unknown hole {kind} for this kind of rule"},
    {"in the label", HEAD MATCH TAIL "label: a {knd}\n",
     "9:10: unknown hole {knd} for this kind of rule"},
    {"at for text", HEAD TEXT_MATCH TAIL "at: kind\n",
     "10:5: 'at' has a meaning for resources only"},
    {"at and each", HEAD "match: {resource: {kind: X}, each: a}\n" TAIL "at: kind\n",
     "9:5: 'at' and 'each' both say where to point"},
    {"literals of a builtin", HEAD "match: {builtin: true}\n" TAIL "literals: a\n",
     "9:11: a built-in rule has no 'literals'"},
    {"empty literal", HEAD MATCH TAIL "literals: ['']\n",
     "9:11: a literal must be a text on one line"},
};

#define COMMAND(text) HEAD "match: {" text "}\nliterals: a\n" TAIL
#define COMMAND_FIX(text)                                                                          \
    HEAD "match: {command: a, where: [{word: '(b)c'}]}\nliterals: a\n" TAIL text

static const BadRule bad_commands[] = {
    {"no program", COMMAND("command: []"), "6:18: 'command' must not be an empty list"},
    {"files", COMMAND("command: a, files: b"), "6:21: 'files' has no meaning beside 'command'"},
    {"holds and names",
     COMMAND("command: a, where: [{word: b}], holds: {group: g, kind: K}, names: "
             "{kind: K}"),
     NULL},
    {"any without a question", COMMAND("command: '*'"),
     "6:18: any command needs a question in 'where' to point at"},
    {"except without any", COMMAND("command: a, except: b"),
     "6:29: 'except' has a meaning beside 'command: \"*\"' only"},
    {"where is no list", COMMAND("command: a, where: {word: b}"),
     "6:28: 'where' of a command must be a list of questions"},
    {"unknown question", COMMAND("command: a, where: [{wrd: b}]"),
     "6:30: unknown key in a question about a command 'wrd'; did you mean 'word'?"},
    {"no question", COMMAND("command: a, where: [{absent: true}]"),
     "6:29: it needs exactly one of 'word', 'resource', 'flag', 'any', 'line', 'into', 'script' "
     "and 'file'"},
    {"two questions", COMMAND("command: a, where: [{word: b, any: c}]"),
     "6:29: it needs exactly one of 'word', 'resource', 'flag', 'any', 'line', 'into', 'script' "
     "and 'file'"},
    {"matches without a flag", COMMAND("command: a, where: [{word: b, matches: c}]"),
     "6:29: 'matches' has a meaning beside 'flag' and 'into' only"},
    {"same without another command", COMMAND("command: a, where: [{word: b, same: 1}]"),
     "6:45: 'same' has a meaning beside 'script' and 'file' only"},
    {"no group", COMMAND("command: a, where: [{script: b, same: 10}]"),
     "6:47: 'same' must be the number of a group, 1 to 9"},
    {"silent commands", COMMAND("command: a") "silent: true\n",
     "10:9: 'silent' has a meaning for resources only"},
    {"instead of itself", COMMAND("command: a") "instead-of: KFT900\n",
     "10:13: 'instead-of' takes ids of other rules"},
    {"objects without a group", COMMAND("command: a, holds: {kind: b}"),
     "6:28: missing required key 'group' in 'holds'"},
    {"a flag without dashes", COMMAND("command: a, where: [{flag: all}]"),
     "6:36: a flag is written with its dashes: -l, --selector"},
    {"empty expression", COMMAND("command: a, where: [{word: ''}]"),
     "6:36: the expression must not be empty"},
    {"no expression", COMMAND("command: a, where: [{word: 'b('}]"), NULL},
    {"at", COMMAND("command: a, at: word"),
     "6:25: unknown place 'word'; use one of where, subcommand, program"},
    {"at of resources", COMMAND("command: a") "at: kind\n",
     "10:5: 'at' has a meaning for resources only"},
    {"no literals", HEAD "match: {command: a}\n" TAIL,
     "6:8: a rule about commands needs 'literals': one of them stands in every command that it can "
     "match"},
    {"unknown hole", HEAD "match: {command: a}\nliterals: a\nmessage: a {kind}\nwhy: b\n",
     "8:12: unknown hole {kind} for this kind of rule"},
    {"no such group", COMMAND_FIX("fix: {safety: safe, title: a, replace: '{2}'}\n"),
     "10:41: unknown hole {2} for this kind of rule"},
    {"only for resources", HEAD MATCH TAIL "fix: {convert: a, only: {}}\n",
     "9:25: 'only' has a meaning beside 'replace' only"},
    {"unknown key in only",
     COMMAND_FIX("fix: {safety: safe, title: a, replace: b, only: {wher: []}}\n"),
     "10:50: unknown key in 'only' 'wher'; did you mean 'where'?"},
};

#define FIX(text)      HEAD MATCH TAIL "fix: " text "\n"
#define TEXT_FIX(text) HEAD "match: {text: '(a)b', files: b}\nliterals: a\n" TAIL "fix: " text "\n"
#define REFERS_FIX(text)                                                                           \
    HEAD "match: {resource: {kind: X}, each: a, refers: {to: {kind: Y}}}\n" TAIL "fix: " text "\n"
#define STEP(text) FIX("{safety: safe, title: a, steps: [" text "]}")

static const BadRule bad_fixes[] = {
    {"of a silent rule", FIX("{convert: trainjob}") "silent: true\n",
     "10:9: a silent rule has no 'fix'"},
    {"not a mapping", FIX("trainjob"), "9:6: 'fix' must be a mapping"},
    {"unknown key", FIX("{convrt: a}"),
     "9:7: unknown key in 'fix' 'convrt'; did you mean 'convert'?"},
    {"no form", FIX("{safety: safe}"),
     "9:6: 'fix' needs exactly one of 'convert', 'steps', 'replace', 'follow' and 'instead'"},
    {"two forms", FIX("{convert: a, follow: A1}"),
     "9:6: 'fix' needs exactly one of 'convert', 'steps', 'replace', 'follow' and 'instead'"},
    {"convert for text", TEXT_FIX("{convert: a}"),
     "10:16: 'convert' has a meaning for resources only"},
    {"steps for text", TEXT_FIX("{steps: []}"), "10:14: 'steps' has a meaning for resources only"},
    {"replace for a resource", FIX("{safety: safe, title: a, replace: a}"),
     "9:40: 'replace' in resources needs 'each': what is pointed at"},
    {"replace for what refers", REFERS_FIX("{replace: a}"),
     "9:16: 'replace' has a meaning for lines, commands and resources only"},
    {"a question about words for text",
     TEXT_FIX("{safety: safe, title: a, replace: b, only: {where: [{word: c}]}}"),
     "10:57: beside lines, 'only' takes 'script' only"},
    {"a subcommand for text",
     TEXT_FIX("{safety: safe, title: a, replace: b, only: {subcommand: c}}"),
     "10:62: 'subcommand' has a meaning for commands only"},
    {"follow without refers", FIX("{follow: A1}"),
     "9:15: 'follow' has a meaning for what 'refers' only"},
    {"a built-in rule", HEAD "match: {builtin: true}\n" TAIL "fix: {convert: a}\n",
     "9:16: 'convert' has a meaning for resources only"},
    {"conversion is no name", FIX("{convert: train_job}"),
     "9:16: 'convert' must be words-with-dashes, not 'train_job'"},
    {"conversion is a list", FIX("{convert: [a]}"), "9:16: 'convert' must be a text"},
    {"safety beside convert", FIX("{convert: a, safety: safe}"),
     "9:19: 'safety' has no meaning beside 'convert'"},
    {"title beside follow", REFERS_FIX("{follow: A1, title: a}"),
     "9:19: 'title' has no meaning beside 'follow'"},
    {"follow is no id", REFERS_FIX("{follow: [A1, pytorchjob]}"),
     "9:20: 'follow' must name rules by their ids, not 'pytorchjob'"},
    {"follows none",
     HEAD "match: {resource: {kind: X}, each: a, refers: {to: {kind: Y}, none: true}}\n" TAIL
          "fix: {follow: A1}\n",
     "9:15: there is nothing to follow: 'refers' says none"},
    {"instead of nothing", REFERS_FIX("{instead: true}"),
     "9:16: 'refers' does not say what is meant instead"},
    {"together beside follow", REFERS_FIX("{follow: A1, together: true}"),
     "9:29: 'together' has a meaning beside 'replace' only"},
    {"follows itself", REFERS_FIX("{follow: KFT900}"), "9:15: a rule cannot follow itself"},
    {"follows nothing", REFERS_FIX("{follow: []}"), "9:15: 'follow' must not be an empty list"},
};

static const BadRule bad_fix_words[] = {
    {"no safety", FIX("{title: a, steps: []}"), "9:6: missing required key 'safety' in 'fix'"},
    {"unknown safety", FIX("{safety: save, title: a, steps: []}"),
     "9:15: unknown safety 'save'; did you mean 'safe'?"},
    {"no title", FIX("{safety: safe, steps: []}"), "9:6: missing required key 'title' in 'fix'"},
    {"full stop", FIX("{safety: safe, title: Do it., steps: []}"),
     "9:28: 'title' must be one line, without a full stop"},
    {"empty title", FIX("{safety: safe, title: '', steps: []}"),
     "9:28: 'title' must be one line, without a full stop"},
    {"hole in the title", FIX("{safety: safe, title: 'a {knd}', steps: []}"),
     "9:31: unknown hole {knd} for this kind of rule"},
    {"hole in the assumption", FIX("{safety: review, title: a, assumes: 'b {kind}', steps: []}"),
     "9:42: 'assumes' must be one line, without holes and without a full stop"},
    {"two lines", FIX("{safety: review, title: a, assumes: \"b\\nc\", steps: []}"),
     "9:42: 'assumes' must be one line, without holes and without a full stop"},
    {"review without assumption", FIX("{safety: review, title: a, steps: []}"),
     "9:6: a review needs 'assumes': what somebody must check"},
    {"safe with assumption", FIX("{safety: safe, title: a, assumes: b, steps: []}"),
     "9:40: a safe fix assumes nothing: make it a review"},
    {"replace without safety", TEXT_FIX("{replace: a}"),
     "10:6: missing required key 'safety' in 'fix'"},
    {"no such group", TEXT_FIX("{safety: safe, title: a, replace: '{1}{2}'}"),
     "10:44: unknown hole {2}: there is no such group in 'text'"},
    {"group 0", TEXT_FIX("{safety: safe, title: a, replace: '{0}'}"),
     "10:41: unknown hole {0}: a replacement has {match} and {1} to {9}"},
    {"hole of a resource", TEXT_FIX("{safety: safe, title: a, replace: '{kind}'}"),
     "10:41: unknown hole {kind}: a replacement has {match} and {1} to {9}"},
    {"open hole", TEXT_FIX("{safety: safe, title: a, replace: '{1'}"),
     "10:41: a '{' is not closed; write '{{' for a brace"},
};

static const BadRule bad_steps[] = {
    {"no list", FIX("{safety: safe, title: a, steps: {drop: {path: a}}}"),
     "9:38: 'steps' must be a list of steps"},
    {"empty", STEP(""), "9:38: 'steps' must be a list of steps"},
    {"no step", STEP("a"), "9:39: a step must be a mapping"},
    {"unknown step", STEP("{remove: {path: a}}"), NULL},
    {"near step", STEP("{renam: {path: a}}"),
     "9:40: unknown key in a step 'renam'; did you mean 'rename'?"},
    {"two in one", STEP("{drop: {path: a}, move: {path: b}}"),
     "9:39: a step is exactly one of 'set', 'rename', 'move', 'drop', 'replace', 'add' "
     "and 'quote'"},
    {"step without mapping", STEP("{drop: a}"), "9:46: 'drop' must be a mapping"},
    {"key of another step", STEP("{move: {path: a, to: b, because: c}}"),
     "9:63: unknown key in 'move' 'because'; use one of path, to, prune"},
    {"no path", STEP("{set: {to: a}}"), "9:45: missing required key 'path' in 'set'"},
    {"whole resource", STEP("{drop: {path: '', because: b}}"),
     "9:53: a step cannot be about the whole resource"},
    {"many places", STEP("{drop: {path: 'a[*].b', because: b}}"),
     "9:53: the path of a step leads to one place, without '*'"},
    {"each value", STEP("{drop: {path: a.*, because: b}}"),
     "9:53: the path of a step leads to one place, without '*'"},
    {"any depth", STEP("{drop: {path: a.**.b, because: b}}"),
     "9:53: the path of a step leads to one place, without '*'"},
    {"set without to", STEP("{set: {path: a}}"), "9:45: missing required key 'to' in 'set'"},
    {"unknown hole", STEP("{set: {path: a, to: 'b{knd}'}}"),
     "9:61: unknown hole {knd} for this kind of rule"},
    {"unknown type", STEP("{set: {path: a, to: 3, type: plian}}"),
     "9:68: unknown type 'plian'; did you mean 'plain'?"},
    {"number without type", STEP("{set: {path: a, to: 3}}"),
     "9:59: '3' needs 'type: plain', or 'type: string' for quotes"},
    {"plain text", STEP("{set: {path: a, to: abc, type: plain}}"),
     "9:59: 'abc' is a string, so it cannot be plain"},
    {"rename without to", STEP("{rename: {path: a}}"),
     "9:48: missing required key 'to' in 'rename'"},
    {"empty new key", STEP("{rename: {path: a, to: ''}}"), "9:62: the new key is empty"},
    {"rename an item", STEP("{rename: {path: 'a[0]', to: b}}"),
     "9:55: this path must end with a key"},
    {"move without to", STEP("{move: {path: a}}"), "9:46: missing required key 'to' in 'move'"},
    {"move into a list", STEP("{move: {path: a, to: 'b[name=c]'}}"),
     "9:60: this path must end with a key"},
    {"move, no path", STEP("{move: {path: a, to: b..c}}"), NULL},
    {"prune", STEP("{move: {path: a, to: b, prune: 1}}"), "9:70: 'prune' must be true or false"},
    {"drop without reason", STEP("{drop: {path: a}}"),
     "9:46: missing required key 'because' in 'drop'"},
    {"loss in a safe fix", STEP("{drop: {path: a, because: b}}"),
     "9:39: a safe fix drops only what is 'harmless: true'"},
    {"harmless", STEP("{drop: {path: a, because: b, harmless: very}}"),
     "9:78: 'harmless' must be true or false"},
    {"replace without find", STEP("{replace: {path: a, by: b}}"),
     "9:49: missing required key 'find' in 'replace'"},
    {"nothing to find", STEP("{replace: {path: a, find: '', by: b}}"),
     "9:65: there is nothing to find"},
    {"replace without by", STEP("{replace: {path: a, find: b}}"),
     "9:49: missing required key 'by' in 'replace'"},
};

static void expect_error(const BadRule *row) {
    Arena arena = {0};
    Rule rule;
    Error err = {""};
    Str text = row->text ? str_from(row->text) : STR("id: a\0b\n");
    if (rule_parse(&arena, STR("r.yaml"), STR("trainer"), text, &rule, &err)) {
        fail_msg("%s: was read", row->name);
    }
    if (!str_starts(str_from(err.text), STR("r.yaml:"))) {
        fail_msg("%s: no place in '%s'", row->name, err.text);
    }
    if (row->want && strcmp(err.text + strlen("r.yaml:"), row->want) != 0) {
        fail_msg("%s: got '%s'", row->name, err.text);
    }
    arena_release(&arena);
}

#define EXPECT_ERRORS(rows)                                                                        \
    for (size_t i = 0; i < sizeof(rows) / sizeof *(rows); i++) expect_error(&(rows)[i])

static void refuses(void **state) {
    (void)state;
    EXPECT_ERRORS(bad_keys);
    EXPECT_ERRORS(bad_matches);
    EXPECT_ERRORS(bad_asks);
    EXPECT_ERRORS(bad_words);
    EXPECT_ERRORS(bad_commands);
    EXPECT_ERRORS(bad_fixes);
    EXPECT_ERRORS(bad_fix_words);
    EXPECT_ERRORS(bad_steps);
}

/* Where a library words the message, its place and beginning are ours. */
static void places_inside_texts(void **state) {
    (void)state;
    static const BadRule rows[] = {
        {"expression", HEAD "match: {text: 'ab(c', files: a}\nliterals: a\n" TAIL,
         "r.yaml:6:20: 'text' is no regular expression: "},
        {"path", WHERE("{path: a..b, exists: true}"), "r.yaml:6:43: 'path' is not a path: "},
        {"path of a step", STEP("{move: {path: a, to: b..c}}"),
         "r.yaml:9:60: 'to' is not a path: "},
        {"unknown step", STEP("{remove: {path: a}}"),
         "r.yaml:9:40: unknown key in a step 'remove'"},
        {"syntax", "id: [a\n", "r.yaml:"},
        {"NUL", NULL, "r.yaml:1:6: "},
        {"alias", HEAD MATCH "message: *x\nwhy: y\n", "r.yaml:7:"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Arena arena = {0};
        Rule rule;
        Error err = {""};
        Str text = rows[i].text ? str_from(rows[i].text) : STR("id: a\0b\n");
        assert_false(rule_parse(&arena, STR("r.yaml"), STR("trainer"), text, &rule, &err));
        if (!str_starts(str_from(err.text), str_from(rows[i].want))) {
            fail_msg("%s: got '%s'", rows[i].name, err.text);
        }
        arena_release(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses),
        cmocka_unit_test(places_inside_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
