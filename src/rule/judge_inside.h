/* The inside of rule/judge.c: what its parts share. */
#ifndef RULE_JUDGE_INSIDE_H
#define RULE_JUDGE_INSIDE_H

#include "model/scripts.h"
#include "rule/command.h"
#include "rule/comments.h"
#include "rule/judge.h"
#include "rule/sight.h"
#include "text/lines.h"

struct Judge {
    const RuleSet *rules;
    Matcher matcher;
    Arena arena;
    uint64_t *seen, *wanted; /* bits per literal, per rule */
    const Rule *not_text, *not_parsed, *duplicate_key, *undefined_alias, *too_large, *regex_limit,
        *script_not_read;
    /* The piece at hand. */
    const Task *task;
    const Piece *piece;
    const Sink *sink;
    Lines lines;
    uint8_t *owners;            /* of rule_is_others, for all parts of the piece */
    CommandLines command_lines; /* CommandSearch.file_lines, likewise */
    FoundComments comments;     /* that ask for silence */
};

/* One document: a piece, a part of one, or text inside another document. */
typedef struct Room {
    Judge *judge;
    struct Room *outer;  /* the document whose text this one stands in */
    const Node *carrier; /* … in this scalar */
    Document doc;
    uint32_t start;  /* of the document in the piece */
    bool typed_list; /* … of one kind: PyTorchJobList */
    bool is_list;    /* a List that was not cut */
    /* In a fence of Markdown: no object of any cluster, and allowed to be a fragment. */
    bool example;
    bool secret;  /* nothing of it may be shown */
    uint8_t form; /* bits of DocumentForm */
    unsigned depth;
    Sighter sighter;
    VEC(SightResource) resources;
} Room;

/* rule/judge_objects.c: finds the resources of the document, and whose text they stand in. */
void judge_collect(Room *r);
/* … and those that stand in fields of these. */
void judge_collect_inner(Room *r);

/* A sighting of the program's own, about no resource; the span is one of the piece. */
void judge_tell(Judge *j, const Rule *rule, Severity severity, Span span, Str value);

/* May the rule match in the text that the gate was asked about last? */
bool judge_wants(const Judge *j, size_t rule);

/* rule/judge_lines.c: rules about lines, on a part of the piece. */
void judge_text(Judge *j, Str text, uint32_t start);
/* … on the code of a notebook, as its JSON spells it: what it printed and its prose are none. */
void judge_notebook(Judge *j);

/* rule/judge_commands.c. Is a rule about commands among those that are wanted? */
bool judge_wants_commands(const Judge *j);
/* The piece is a file whose family says where its commands are. */
void judge_command_file(Judge *j, Family family);
/* A block of code in the piece, with the language it is said to have. */
void judge_command_block(Judge *j, Span block, uint32_t indent, Str language);
/* Before the first of them, each one: rules may ask what commands there are in the file. */
void judge_note_block(Judge *j, Span block, uint32_t indent, Str language);
/* A tree that begins at `start` of the piece, and the resources in it. */
void judge_command_tree(Judge *j, Sighter *sighter, const Document *doc, uint32_t start,
                        SightResource *resources, size_t count);

#endif
