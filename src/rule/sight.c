/* One resource, all rules that may want it. */
#include "rule/sight_inside.h"

#include "base/buf.h"
#include "base/glob.h"
#include "model/scripts.h"
#include "rule/finding.h"
#include "rule/suppress.h"

/* Bytes of a value that a message shows, and of one by which a reference is known: as many as the
 * name of an object may have. */
enum { LONGEST_VALUE = 160, LONGEST_NAME = 253 };

void sighter_release(Sighter *s) {
    vec_release(&s->secrets);
}

SightResource *sight_carrier(SightResource *resources, size_t count, const Node *scalar) {
    for (size_t i = 0; i < count; i++)
        if (!resources[i].bare && node_inside(scalar, resources[i].node)) return &resources[i];
    return NULL;
}

bool sight_is_secret(Sighter *s, Span span) {
    if (!s->secrets_known) secret_spans(s->doc, &s->secrets);
    s->secrets_known = true;
    for (size_t i = 0; i < s->secrets.len; i++)
        if (s->secrets.items[i].start < span.end && span.start < s->secrets.items[i].end)
            return true;
    return false;
}

/* As the file spells it, without quotes. */
static Str raw_text(const Sighter *s, const Node *n) {
    bool quoted = n->style == STYLE_SINGLE || n->style == STYLE_DOUBLE;
    return span_text(s->doc->text, (Span){n->span.start + quoted, n->span.end - quoted});
}

static Str on_one_line(Arena *a, Str text) {
    Str line = str_copy(a, text);
    for (size_t i = 0; i < line.len; i++)
        if (line.data[i] == '\n' || line.data[i] == '\r' || line.data[i] == '\0')
            ((char *)line.data)[i] = ' ';
    return line;
}

/* Covered first: half a secret is not recognised by those who cover the message. */
static Str cut_short(Arena *a, Str text, size_t longest) {
    Buf safe = {0};
    mask_text(on_one_line(a, text), &safe);
    bool cut = safe.len > longest;
    size_t len = cut ? longest : safe.len;
    while (cut && len && ((unsigned char)safe.data[len] & 0xC0) == 0x80) len--;
    Str shown = str_format(a, "%.*s%s", (int)len, safe.data, cut ? "…" : "");
    buf_release(&safe);
    return shown;
}

/* A text as a message may show it: on one line. */
static Str shown_text(Sighter *s, Str text, size_t longest) {
    return text.len > longest ? cut_short(s->arena, text, longest) : on_one_line(s->arena, text);
}

/* What the file says at a node, unless it is a secret. */
static Str shown_up_to(Sighter *s, const Node *n, size_t longest) {
    n = node_resolve(n);
    if (!n || n->kind != NODE_SCALAR) return (Str){0};
    if (s->all_secret || sight_is_secret(s, n->span)) return STR("***");
    return shown_text(s, n->templated ? raw_text(s, n) : n->value, longest);
}

static Str shown(Sighter *s, const Node *n) {
    return shown_up_to(s, n, LONGEST_VALUE);
}

/* What a reference says is compared with names. */
static size_t longest_value(const Rule *rule) {
    return rule->match == MATCH_REFERS ? LONGEST_NAME : LONGEST_VALUE;
}

static Str path_of(const Sight *t, const Node *n) {
    Buf path = {0};
    path_write(&path, t->resource->node, n);
    Str copy = str_copy(t->s->arena, buf_str(&path));
    buf_release(&path);
    return copy;
}

/* "namespace/name" for people: templates as they are written, generated names with a star. */
static Str title_of(Sighter *s, const SightResource *r) {
    const Node *metadata = node_child(r->node, STR("metadata"));
    Str namespace = shown(s, node_child(metadata, STR("namespace")));
    Str name = shown(s, node_child(metadata, STR("name"))), star = {0};
    if (!name.len) {
        name = shown(s, node_child(metadata, STR("generateName")));
        star = name.len ? STR("*") : STR("(unnamed)");
    }
    return str_format(s->arena, STR_FMT "%s" STR_FMT STR_FMT, STR_ARG(namespace),
                      namespace.len ? "/" : "", STR_ARG(name), STR_ARG(star));
}

/* "path:spec.x": the text there. The rule's loader has checked the path. */
static Str text_at(const Sight *t, Str path) {
    Path p;
    Error err;
    if (!path_parse(t->s->arena, path, &p, &err)) return (Str){0};
    return shown(t->s, path_first(&p, t->resource->node));
}

/* The values that the finding cannot tell by itself, with NUL bytes between (rule/finding.h). What
 * begins with "to." is filled in by the join. */
static Str join_holes(const Sight *t, Str path) {
    Buf joined = {0};
    bool first = true;
    for (size_t i = 0; i < t->rule->holes.len; i++) {
        Str hole = t->rule->holes.items[i];
        if (hole_is_own(hole)) continue;
        if (!first) buf_add_char(&joined, '\0');
        first = false;
        if (str_eq(hole, STR("path")))
            buf_add(&joined, path);
        else if (str_starts(hole, STR("path:")))
            buf_add(&joined, text_at(t, str_from_offset(hole, 5)));
    }
    Str copy = str_copy(t->s->arena, buf_str(&joined));
    buf_release(&joined);
    return copy;
}

/* What holds for every place in the resource. */
static Sighting sighting_at(const Sight *t, Span at) {
    Sighter *s = t->s;
    return (Sighting){
        .rule = t->rule,
        .severity = t->rule->severity,
        .place = lines_place(s->lines, (Span){at.start + s->start, at.end + s->start}),
        .resource = t->resource->bare ? NULL : &t->resource->identity,
        .document = {s->start, s->start + (uint32_t)s->doc->text.len},
        .start = t->resource->node->span.start,
        .in_list = s->in_list,
        .typed_list = s->typed_list,
        .form = s->doc->form,
        .object = t->resource->object,
        .title = t->resource->title,
        .carrier = t->resource->outer ? &t->resource->outer->identity : NULL,
        .carrier_document = t->resource->outer_document,
        .carrier_title = t->resource->outer ? t->resource->outer->title : (Str){0},
        .carrier_place = t->resource->carrier,
        .carrier_path = t->resource->carrier_path,
        .ignored_because = t->ignored_because,
    };
}

static void hand_over(const Sight *t, Span at, const Node *node, Str value) {
    Sighting sighting = sighting_at(t, at);
    sighting.path = path_of(t, node);
    sighting.value = value;
    sighting.holes = join_holes(t, sighting.path);
    sighting.refers = t->rule->match == MATCH_REFERS;
    t->s->sink->sighting(t->s->sink->context, &sighting);
}

/* Text that is not written as it is (escapes, folded lines) is pointed at from its first byte. */
void sight_part(SightText *in, Span part) {
    const Sight *t = in->sight;
    const Script *text = &in->text;
    Span place, from = {script_origin(text, part.start) & ~SHELL_APART,
                        (script_origin(text, part.end - 1) & ~SHELL_APART) + 1};
    bool written = script_place(text, part.start, part.end, &place);
    bool secret = t->s->all_secret || sight_is_secret(t->s, from);
    Sighting sighting = sighting_at(t, from);
    sighting.path = path_of(t, text->carrier);
    sighting.value =
        secret ? STR("***") : shown_text(t->s, span_text(text->text, part), longest_value(t->rule));
    sighting.part = in->hits++;
    sighting.holes = join_holes(t, sighting.path);
    sighting.refers = t->rule->match == MATCH_REFERS;
    sighting.replace = written && !secret ? REPLACE_HERE : REPLACE_APART;
    t->s->sink->sighting(t->s->sink->context, &sighting);
}

/* A collection is pointed at by its key: its own span may be pages long. */
static bool point_at(void *context, const Node *found) {
    const Sight *t = context;
    bool long_node =
        found->kind != NODE_SCALAR || found->style == STYLE_LITERAL || found->style == STYLE_FOLDED;
    const Node *at = found->key && (long_node || span_empty(found->span)) ? found->key : found;
    if (t->rule->match == MATCH_REFERS && !node_text(found).len) return true;
    hand_over(t, at->span, found, shown_up_to(t->s, found, longest_value(t->rule)));
    return true;
}

typedef struct EachWalk {
    Sight *sight;
    const Each *each;
} EachWalk;

static bool visit_each(void *context, const Node *found);

static void point_each(Sight *t, const Each *each, size_t count, const Node *from) {
    for (size_t i = 0; i < count; i++) {
        EachWalk walk = {t, &each[i]};
        path_each(&each[i].path, from, visit_each, &walk, NULL);
    }
}

/* What is outdated is the key, then, and the value only what it says. */
static bool asks_key(const Ask *ask) {
    bool asks = ask->kind == ASK_KEY;
    for (size_t i = 0; !asks && ask->kind == ASK_ALL && i < ask->part_count; i++)
        asks = ask->parts[i].kind == ASK_KEY;
    return asks;
}

static bool visit_each(void *context, const Node *found) {
    const EachWalk *walk = context;
    const Each *each = walk->each;
    if (each->where && ask_judge(each->where, found, walk->sight->s->matcher) != YES) return true;
    if (!each->part_count && each->where && asks_key(each->where) && found->key)
        hand_over(walk->sight, found->key->span, found, shown(walk->sight->s, found));
    else if (each->find.len || each->metrics.len)
        sight_text(walk->sight, each, found);
    else if (!each->part_count)
        point_at(walk->sight, found);
    point_each(walk->sight, each->parts, each->part_count, found);
    return true;
}

static void point(Sight *t) {
    const Rule *rule = t->rule;
    point_each(t, rule->each, rule->each_count, t->resource->node);
    if (rule->each_count) return;
    const Node *at = path_first(&rule->at, t->resource->node);
    if (!at) at = node_child(t->resource->node, STR("kind"));
    if (!at) at = t->resource->node->first; /* an item of a typed List has no kind of its own */
    if (at) point_at(t, at);
}

/* ---- the annotation that asks for silence ---- */

static void tell_annotation(Sighter *s, const SightResource *r, const Silence *silence,
                            const char *id, Str value) {
    const Rule *rule = rule_find(s->rules, str_from(id));
    if (!rule || s->facts_only) return;
    size_t i = (size_t)(rule - s->rules->rules);
    if (!(s->active[i / 64] >> (i % 64) & 1)) return;
    Sight t = {.s = s, .resource = r, .rule = rule};
    Span span = silence->node->span;
    Sighting sighting = {
        .rule = rule,
        .severity = rule->severity,
        .place = lines_place(s->lines, (Span){span.start + s->start, span.end + s->start}),
        .resource = &r->identity,
        .object = r->object,
        .path = path_of(&t, silence->node),
        .value = str_copy(s->arena, value)};
    s->sink->sighting(s->sink->context, &sighting);
}

static Silence read_silence(Sighter *s, const SightResource *r) {
    const Node *annotations = node_child(node_child(r->node, STR("metadata")), STR("annotations"));
    Silence silence = {.node = node_child(annotations, SUPPRESS_ANNOTATION)};
    if (!silence.node) return silence;
    Error err;
    silence.valid = suppress_parse_annotation(node_text(silence.node), &silence.what, &err) &&
                    suppress_known(&silence.what, s->rules, &err);
    if (!silence.valid) tell_annotation(s, r, &silence, "UNS009", str_from(err.text));
    return silence;
}

static bool fires(Sighter *s, const Rule *rule, const SightResource *r) {
    if (rule->resource.documents != r->bare) return false;
    if (!rule_is_about_file(rule, s->path)) return false;
    return resource_matches(&rule->resource, &r->identity, r->node, s->matcher) == YES;
}

/* Its own annotation, or that of the object whose text it stands in. */
static Silence *silence_for(SightResource *r, const Rule *rule) {
    for (; r; r = r->outer)
        if (r->silence.valid && suppress_means(&r->silence.what, rule)) return &r->silence;
    return NULL;
}

static void hear_silence(Sight *t, SightResource *r) {
    Silence *silence = silence_for(r, t->rule);
    if (!silence) return;
    t->ignored_because = silence->what.reason;
    silence->used = true;
}

/* A command names objects by their CRD: pytorchjobs.kubeflow.org. */
static Str crd_name(Arena *a, const Identity *id) {
    return str_lower(a, str_format(a, STR_FMT "s." STR_FMT, STR_ARG(id->kind), STR_ARG(id->group)));
}

/* The text by which a reference means the object. */
static Str named_by(const Refers *refers, const SightResource *r) {
    Str text = {0};
    for (size_t i = 0; i < refers->by_count && !text.len; i++)
        text = node_text(path_first(&refers->by[i], r->node));
    return refers->by_count ? text : r->identity.name;
}

static void hand_subject(Sighter *s, const Rule *rule, const SightResource *r) {
    Identity id = r->identity;
    if ((rule->command.holds || rule->refers.certain) && s->example) return;
    if (rule->command.holds) id.name = crd_name(s->arena, &id);
    const Node *name = node_child(node_child(r->node, STR("metadata")), STR("name"));
    Span span = {name->span.start + s->start, name->span.end + s->start};
    const Path *instead = &rule->refers.instead;
    Str named = named_by(&rule->refers, r);
    SightedSubject subject = {.rule = rule,
                              .id = &id,
                              .named = rule->command.holds ? id.name : named,
                              .instead = instead->count ? node_text(path_first(instead, r->node))
                                                        : (Str){0},
                              .place = lines_place(s->lines, span),
                              .start = r->node->span.start};
    if (subject.named.len || (rule->refers.none && name->templated))
        s->sink->subject(s->sink->context, &subject);
}

/* An object whose name a template hides may be the one that is looked for. */
static bool may_be_named(const Rule *rule, const SightResource *r) {
    const Node *name = node_child(node_child(r->node, STR("metadata")), STR("name"));
    return !r->bare && name && (r->identity.name.len || (rule->refers.none && name->templated));
}

static void ask_rule(Sighter *s, const Rule *rule, SightResource *r) {
    if (rule_refers(rule) && !rule->refers.unread && !r->outer && may_be_named(rule, r) &&
        resource_matches(&rule->refers.to, &r->identity, r->node, s->matcher) == YES)
        hand_subject(s, rule, r);
    if (rule->match == MATCH_COMMAND) return;
    bool known = rule->match == MATCH_REFERS || rule->silent;
    if ((s->facts_only && !known) || !fires(s, rule, r)) return;
    Sight t = {.s = s, .resource = r, .rule = rule};
    if (!rule->silent) hear_silence(&t, r);
    point(&t);
    hashmap_release(&t.looked_into);
}

void sight_command(Sighter *s, SightResource *r, const CommandHit *hit) {
    Sight t = {.s = s, .resource = r, .rule = hit->rule};
    bool secret = r->secret || sight_is_secret(s, hit->place);
    hear_silence(&t, r);
    Sighting sighting = sighting_at(&t, hit->place);
    sighting.path = hit->carrier ? path_of(&t, hit->carrier) : (Str){0};
    sighting.value = secret ? STR("***") : hit->match;
    sighting.holes = secret ? STR("***") : hit->holes;
    sighting.replace = secret ? REPLACE_APART : hit->replace;
    sighting.refers = rule_refers(hit->rule);
    s->sink->sighting(s->sink->context, &sighting);
}

void sight_resource(Sighter *s, SightResource *r) {
    s->all_secret = r->secret;
    if (!r->bare) r->title = title_of(s, r);
    r->silence = read_silence(s, r);
    for (size_t i = 0; i < s->rules->count; i++) {
        const Rule *rule = &s->rules->rules[i];
        bool about_resources = rule->match == MATCH_RESOURCE || rule_refers(rule);
        if (about_resources && (s->wanted[i / 64] >> (i % 64) & 1)) ask_rule(s, rule, r);
    }
}

void sight_finish(Sighter *s, SightResource *r) {
    if (r->silence.valid && !r->silence.used &&
        suppress_active(&r->silence.what, s->rules, s->active))
        tell_annotation(s, r, &r->silence, "UNS008", r->silence.what.selectors);
}
