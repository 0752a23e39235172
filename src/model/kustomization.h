/* Kustomizations: what one lists, and which namespace a file ends up in because of all of them.
 *
 *     Kustomizations all = {0};
 *     if (kustomization_is(path) && kustomization_read(&arena, path, &doc, &k))
 *         kustomizations_add(&all, &k);
 *     kustomizations_link(&all);                      once, after the last one
 *     Str ns = kustomizations_namespace(&all, STR("base/job.yaml"), &ambiguous);
 *
 * Paths are as users see them (relative to where they stand, '/' between parts). Remote resources
 * are kept as text and never resolved. Everything in a Kustomization lives in the arena that it
 * was read into, but for the spans, which are bytes of its document. */
#ifndef MODEL_KUSTOMIZATION_H
#define MODEL_KUSTOMIZATION_H

#include "base/map.h"
#include "yaml/parse.h"

typedef struct KustomizePatch {
    Str path; /* of the patch's file as written; empty when it is inline */
    Str text; /* of an inline patch, decoded */
    /* Of an inline patch in a literal block scalar: whole lines of the document, YAML at their own
     * indentation; else empty. */
    Span lines;
    Str group, version, kind, name, namespace; /* the target; empty when not said */
    Str labels, annotations;                   /* … by selectors */
    bool targeted;                             /* it has a target */
    bool metadata;                             /* all that it touches is metadata */
    bool json;                                 /* listed under patchesJson6902 */
} KustomizePatch;

typedef struct Kustomization {
    Str path, directory; /* normalised; the directory of "kustomization.yaml" is "." */
    Str namespace;
    const Str *resources; /* as written: resources, bases and components, in this order */
    size_t resource_count;
    const KustomizePatch *patches; /* patches, patchesStrategicMerge, patchesJson6902 */
    size_t patch_count;
    const KustomizePatch *picks; /* targets alone: what replacements and vars read and write */
    size_t pick_count;
    const Str *images; /* names of images that get another name or tag */
    size_t image_count;
    bool renames; /* by a prefix or a suffix */
    bool labels;  /* sets labels or annotations */
    bool apart;   /* was read for a file that it lists, not as a part of a folder; the reader's */
} Kustomization;

/* By its last part: kustomization.yaml, kustomization.yml, Kustomization. */
bool kustomization_is(Str path);

/* False when the document is no map. Entries of a wrong kind, or under a template, are left out. */
bool kustomization_read(Arena *a, Str path, const Document *doc, Kustomization *out);

/* `path` seen from `directory`, without "." and, where possible, without "..". "." for nothing. */
Str path_join(Arena *a, Str directory, Str path);

typedef struct KustomizeListing { /* a kustomization lists a path */
    uint32_t path;                /* number of its text in `paths` */
    uint32_t kustomization;       /* index into `items` */
} KustomizeListing;

typedef struct KustomizeResult {
    Str namespace;
    bool known, busy, ambiguous;
} KustomizeResult;

typedef struct Kustomizations {
    VEC(Kustomization) items;
    Names paths;
    VEC(KustomizeListing) listings; /* sorted when linked */
    KustomizeResult *results;       /* one per item */
} Kustomizations;

void kustomizations_add(Kustomizations *all, const Kustomization *one);
void kustomizations_link(Kustomizations *all);

/* The namespace that the kustomizations give the objects of a file. One that lists the file (as a
 * resource or a patch) decides, and whoever lists that one's directory decides over it: the
 * outermost namespace wins. Empty when nobody says; empty and *ambiguous when several roads lead
 * to different namespaces. Cycles, which kustomize refuses, are cut where they close. */
Str kustomizations_namespace(const Kustomizations *all, Str path, bool *ambiguous);

/* Each kustomization that lists the file, or stands above one that does, once, the nearest ones
 * first. Ends with the one for which the visit says true: that one; else NULL. */
typedef bool KustomizationVisit(void *context, const Kustomization *k);
const Kustomization *kustomizations_above(const Kustomizations *all, Str path,
                                          KustomizationVisit *visit, void *context);

/* May the patch mean what is asked about? */
typedef bool PatchMeans(void *context, const Kustomization *k, const KustomizePatch *p);

/* The first of them with such a patch; NULL when there is none. */
const Kustomization *kustomizations_patching(const Kustomizations *all, Str path, PatchMeans *means,
                                             void *context);

void kustomizations_release(Kustomizations *all);

#endif
