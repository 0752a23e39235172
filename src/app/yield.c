/* From a judge's sink to the scan's tables. */
#include "app/yield.h"

void yield_clear(Yield *y) {
    arena_reset(&y->arena);
    y->objects.len = y->sightings.len = y->subjects.len = y->comments.len = 0;
    y->broken_lists.len = 0;
    y->has_kustomization = false;
    y->piece = NULL;
    y->hashed = false;
}

void yield_release(Yield *y) {
    arena_release(&y->arena);
    arena_release(&y->kept);
    vec_release(&y->objects);
    vec_release(&y->sightings);
    vec_release(&y->subjects);
    vec_release(&y->comments);
    vec_release(&y->broken_lists);
}

/* ---- filling ---- */

static Str keep(Yield *y, Str text) {
    return text.len ? str_copy(&y->arena, text) : (Str){0};
}

static Identity keep_identity(Yield *y, const Identity *id) {
    if (!id) return (Identity){0};
    return (Identity){.group = keep(y, id->group),
                      .version = keep(y, id->version),
                      .kind = keep(y, id->kind),
                      .namespace = keep(y, id->namespace),
                      .name = keep(y, id->name),
                      .uid = keep(y, id->uid),
                      .owner_kind = keep(y, id->owner_kind),
                      .owner_name = keep(y, id->owner_name),
                      .owner_uid = keep(y, id->owner_uid)};
}

/* Only pieces with something to show are hashed, each once. */
static uint64_t piece_hash(Yield *y) {
    if (!y->hashed) y->piece_hash = hash64(y->piece->text);
    y->hashed = true;
    return y->piece_hash;
}

static uint32_t see_object(void *context, const Identity *id, Offset offset, bool listed) {
    Yield *y = context;
    vec_push(&y->objects, (SeenObject){keep_identity(y, id), offset, y->piece->document, listed});
    return (uint32_t)y->objects.len - 1;
}

static void see_sighting(void *context, const Sighting *s) {
    Yield *y = context;
    SeenSighting seen = {.s = *s,
                         .resource = keep_identity(y, s->resource),
                         .carrier = keep_identity(y, s->carrier),
                         .piece = *y->piece,
                         .piece_hash = piece_hash(y)};
    seen.has_resource = s->resource != NULL;
    seen.has_carrier = s->carrier != NULL;
    seen.s.resource = seen.s.carrier = NULL; /* they die with the tree */
    seen.s.carrier_title = keep(y, s->carrier_title);
    seen.s.title = keep(y, s->title);
    seen.s.carrier_path = keep(y, s->carrier_path);
    seen.s.path = keep(y, s->path);
    seen.s.value = keep(y, s->value);
    seen.s.holes = keep(y, s->holes);
    seen.s.ignored_because = keep(y, s->ignored_because);
    vec_push(&y->sightings, seen);
}

static void see_subject(void *context, const SightedSubject *subject) {
    Yield *y = context;
    SeenSubject seen = {*subject, keep_identity(y, subject->id), *y->piece};
    seen.s.id = NULL; /* it dies with the tree */
    seen.s.named = keep(y, subject->named);
    seen.s.instead = keep(y, subject->instead);
    vec_push(&y->subjects, seen);
}

static void see_comment(void *context, const FoundComment *comment, Place place) {
    Yield *y = context;
    SeenComment seen = {*comment, place, *y->piece, piece_hash(y)};
    seen.comment.text = keep(y, comment->text);
    vec_push(&y->comments, seen);
}

static void see_kustomization(void *context, const Document *doc) {
    Yield *y = context;
    y->has_kustomization = kustomization_read(&y->kept, y->path, doc, &y->kustomization);
}

static void see_broken_list(void *context, uint32_t document) {
    Yield *y = context;
    if (!y->broken_lists.len || *vec_last(&y->broken_lists) != document)
        vec_push(&y->broken_lists, document);
}

Sink yield_sink(Yield *y) {
    return (Sink){.context = y,
                  .object = see_object,
                  .sighting = see_sighting,
                  .subject = see_subject,
                  .suppression = see_comment,
                  .kustomization = see_kustomization,
                  .list_broken = see_broken_list};
}

void yield_tell(Yield *y, const Rule *rule, Str value) {
    if (!rule) return;
    SeenSighting seen = {.s = {.rule = rule,
                               .severity = rule->severity,
                               .object = NO_OBJECT,
                               .place = {.line = 1, .column = 1, .end_line = 1, .end_column = 1},
                               .value = keep(y, value)}};
    vec_push(&y->sightings, seen);
}

/* ---- absorbing ---- */

static uint32_t intern(Scan *s, Str text) {
    return names_intern(&s->index.names, text);
}

static void note_owner(Scan *s, Finding *f, const Identity *id) {
    if (!id->owner_kind.len) return;
    Str text = str_format(&s->arena, "managed by " STR_FMT " '" STR_FMT "': change that one",
                          STR_ARG(id->owner_kind), STR_ARG(id->owner_name));
    scan_add_remark(s, f, (Remark){.text = intern(s, text), .source = MAP_NONE});
}

static void note_carrier(Scan *s, Finding *f, const SeenSighting *seen) {
    const char *where = span_empty(seen->s.carrier_document) ? "in " : "in the text of ";
    Str text = str_format(&s->arena, "%s" STR_FMT " '" STR_FMT "'", where,
                          STR_ARG(seen->carrier.kind), STR_ARG(seen->s.carrier_title));
    scan_add_remark(s, f,
                    (Remark){.text = intern(s, text),
                             .source = f->source,
                             .place = seen->s.carrier_place,
                             .piece = f->piece,
                             .piece_length = f->piece_length,
                             .piece_line = f->piece_line,
                             .piece_column = f->piece_column});
}

/* What makes the finding the same one in another copy of the object: its path and value. */
static Hash128 what_hash(const SeenSighting *seen) {
    /* The name tells which of several it is; without one, where it stands. */
    bool embedded = seen->has_carrier, named = seen->resource.name.len > 0;
    const Str texts[] = {seen->carrier.kind, embedded ? seen->resource.kind : (Str){0},
                         !embedded ? (Str){0}
                         : named   ? seen->resource.name
                                   : seen->s.carrier_path,
                         seen->s.path, seen->s.value};
    Hash128 h = {.low = seen->s.part};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        h = hash128_seeded(texts[i], h.low ^ (h.high >> 1) ^ i);
    return h;
}

static void absorb_sighting(Scan *s, const SeenSighting *seen, uint32_t source,
                            uint32_t first_object) {
    const Identity *id = &seen->resource;
    Finding f = {.place = seen->s.place,
                 .piece = seen->piece.offset,
                 .piece_hash = seen->piece_hash,
                 .piece_length = (uint32_t)seen->piece.text.len,
                 .piece_line = seen->piece.line,
                 .piece_column = seen->piece.column,
                 .document = seen->s.document,
                 .carrier = seen->s.carrier_document,
                 .resource = seen->s.start,
                 .in_list = seen->s.in_list,
                 .typed_list = seen->s.typed_list,
                 .joined = MAP_NONE,
                 .assumed = MAP_NONE,
                 .candidates = MAP_NONE,
                 .what = what_hash(seen),
                 .source = source,
                 .object = seen->s.object == NO_OBJECT ? NO_OBJECT : first_object + seen->s.object,
                 .group = intern(s, id->group),
                 .version = intern(s, id->version),
                 .kind = seen->has_resource ? intern(s, id->kind) : MAP_NONE,
                 .namespace = intern(s, id->namespace),
                 .name = intern(s, id->name),
                 .title = intern(s, seen->s.title),
                 .value = intern(s, seen->s.value),
                 .holes = intern(s, seen->s.holes),
                 .remark = MAP_NONE,
                 .rule = (uint16_t)(seen->s.rule - s->rules->rules),
                 .severity = (uint8_t)seen->s.severity,
                 .refers = seen->s.refers,
                 .form = seen->s.form,
                 .replace = (uint8_t)seen->s.replace};
    if (seen->s.ignored_because.len) {
        f.state = FINDING_ANNOTATION;
        f.reason = intern(s, seen->s.ignored_because);
    }
    if (seen->has_carrier) note_carrier(s, &f, seen);
    if (seen->has_resource) note_owner(s, &f, id);
    vec_push(&s->findings, f);
}

/* An inventory is never reported on, but what it does not tell must be known. */
static void absorb_notice(Scan *s, const SeenSighting *seen, uint32_t source) {
    Str message = str_format(&s->arena, "inventory not read: " STR_FMT, STR_ARG(seen->s.value));
    vec_push(&s->unheard, (Problem){scan_path(s, source), seen->s.place.line, message});
}

static void absorb_subject(Scan *s, const SeenSubject *seen, uint32_t source) {
    vec_push(&s->subjects, (Subject){.rule = (uint16_t)(seen->s.rule - s->rules->rules),
                                     .source = source,
                                     .kind = intern(s, seen->id.kind),
                                     .namespace = intern(s, seen->id.namespace),
                                     .name = intern(s, seen->id.name),
                                     .named = intern(s, seen->s.named),
                                     .instead = intern(s, seen->s.instead),
                                     .place = seen->s.place,
                                     .resource = seen->s.start,
                                     .piece = seen->piece.offset,
                                     .piece_length = (uint32_t)seen->piece.text.len,
                                     .piece_line = seen->piece.line,
                                     .piece_column = seen->piece.column});
}

static void absorb_comment(Scan *s, const SeenComment *seen, uint32_t source) {
    vec_push(&s->comments, (SuppressComment){.source = source,
                                             .text = intern(s, seen->comment.text),
                                             .own_line = seen->comment.own_line,
                                             .standing = (uint8_t)seen->comment.standing,
                                             .place = seen->place,
                                             .piece = seen->piece.offset,
                                             .piece_length = (uint32_t)seen->piece.text.len,
                                             .piece_line = seen->piece.line,
                                             .piece_column = seen->piece.column,
                                             .piece_hash = seen->piece_hash});
}

void yield_absorb(Yield *y, Scan *s, uint32_t source) {
    uint32_t first_object = (uint32_t)s->index.objects.len;
    for (size_t i = 0; i < y->objects.len; i++) {
        const SeenObject *o = &y->objects.items[i];
        index_add(&s->index, &o->id, source, o->offset, s->sources.items[source].facts_only);
        if (o->listed) index_add_item(&s->index, source, o->document, &o->id);
    }
    for (size_t i = 0; i < y->sightings.len; i++) {
        const SeenSighting *seen = &y->sightings.items[i];
        bool known = seen->s.refers || seen->s.rule->silent;
        if (s->sources.items[source].facts_only && !known)
            absorb_notice(s, seen, source);
        else
            absorb_sighting(s, seen, source, first_object);
    }
    for (size_t i = 0; i < y->subjects.len; i++) absorb_subject(s, &y->subjects.items[i], source);
    for (size_t i = 0; i < y->comments.len; i++) absorb_comment(s, &y->comments.items[i], source);
    if (!y->has_kustomization) return;
    const ScanSource *read = &s->sources.items[source];
    y->kustomization.apart = read->above || read->source.named;
    kustomizations_add(&s->kustomizations, &y->kustomization);
    vec_push(&s->kept, y->kept);
    y->kept = (Arena){0};
}
