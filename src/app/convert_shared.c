/* Volumes outside of the cluster's objects, URLs of buckets, and of Services by their full name. */
#include "app/convert_shared.h"

typedef struct Sharing {
    Arena *arena;
    SharedVisit visit;
    void *context;
} Sharing;

static const struct {
    Str source, name, server; /* keys: of the volume, of what tells it, of where that is */
} volumes[] = {
    {STR_INIT("hostPath"), STR_INIT("path"), STR_INIT("")},
    {STR_INIT("nfs"), STR_INIT("path"), STR_INIT("server")},
    {STR_INIT("cephfs"), STR_INIT("path"), STR_INIT("")},
    {STR_INIT("glusterfs"), STR_INIT("path"), STR_INIT("endpoints")},
    {STR_INIT("azureFile"), STR_INIT("shareName"), STR_INIT("")},
    {STR_INIT("awsElasticBlockStore"), STR_INIT("volumeID"), STR_INIT("")},
    {STR_INIT("gcePersistentDisk"), STR_INIT("pdName"), STR_INIT("")},
};

static const Str schemes[] = {
    STR_INIT("s3://"),  STR_INIT("s3a://"),  STR_INIT("gs://"),    STR_INIT("gcs://"),
    STR_INIT("az://"),  STR_INIT("abfs://"), STR_INIT("abfss://"), STR_INIT("wasbs://"),
    STR_INIT("oss://"), STR_INIT("cos://"),  STR_INIT("hdfs://"),
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* ---- volumes ---- */

static bool is_below(Str path, Str directory) {
    return str_starts(path, directory) &&
           (path.len == directory.len || path.data[directory.len] == '/');
}

static bool is_of_the_node(Str path) {
    static const Str roots[] = {STR_INIT("/dev"), STR_INIT("/sys"),     STR_INIT("/proc"),
                                STR_INIT("/run"), STR_INIT("/var/run"), STR_INIT("/etc")};
    for (size_t i = 0; i < COUNT(roots); i++)
        if (is_below(path, roots[i])) return true;
    return false;
}

static void visit_volume(Sharing *s, const Node *volume) {
    for (size_t i = 0; i < COUNT(volumes); i++) {
        const Node *source = node_child(volume, volumes[i].source);
        const Node *at = node_child(source, volumes[i].name);
        Str name = node_text(at), server = node_text(node_child(source, volumes[i].server));
        if (!name.len || (i == 0 && is_of_the_node(name))) continue;
        if (server.len)
            name = str_format(s->arena, STR_FMT ":" STR_FMT, STR_ARG(server), STR_ARG(name));
        s->visit(s->context, at, volumes[i].source, name);
    }
}

/* ---- buckets ---- */

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool ends_bucket(char c) {
    return !is_letter(c) && c != '.' && c != '-' && c != '_' && c != '@' && c != ':';
}

/* "s3://models/run-7" -> "s3://models". One that a variable or a template tells is nobody's yet. */
static Str bucket_at(Str text, size_t at, Str scheme) {
    size_t end = at + scheme.len;
    while (end < text.len && !ends_bucket(text.data[end])) end++;
    bool empty = end == at + scheme.len;
    bool inside = at && is_letter(text.data[at - 1]); /* gs:// in imgs:// */
    return empty || inside ? (Str){0} : str_slice(text, at, end);
}

/* `http://store.ml.svc:9000`: the namespace in it is that of the originals. */
static bool is_full_name(Str url) {
    size_t at = str_find(url, STR(".svc"));
    Str behind = at == STR_NONE ? STR("-") : str_from_offset(url, at + 4);
    return !behind.len || behind.data[0] == '.' || behind.data[0] == ':';
}

static void visit_services(Sharing *s, const Node *n, Str text) {
    static const Str mark = STR_INIT("://");
    for (size_t from = 0, at; (at = str_find(str_from_offset(text, from), mark)) != STR_NONE;) {
        size_t start = from + at;
        while (start > from && is_letter(text.data[start - 1])) start--;
        Str scheme = str_slice(text, start, from + at + mark.len);
        Str url = scheme.len > mark.len ? bucket_at(text, start, scheme) : (Str){0};
        if (url.len && is_full_name(url)) s->visit(s->context, n, STR("Service"), url);
        from += at + mark.len;
    }
}

static void visit_text(Sharing *s, const Node *n) {
    Str text = node_text(n);
    if (str_find(text, STR("://")) == STR_NONE) return;
    visit_services(s, n, text);
    for (size_t i = 0; i < COUNT(schemes); i++)
        for (size_t from = 0, at;
             (at = str_find(str_from_offset(text, from), schemes[i])) != STR_NONE;
             from += at + schemes[i].len) {
            Str bucket = bucket_at(text, from + at, schemes[i]);
            if (bucket.len) s->visit(s->context, n, STR("bucket"), bucket);
        }
}

/* ---- the walk ---- */

static void walk(Sharing *s, const Node *n) {
    if (n->kind == NODE_SCALAR) visit_text(s, n);
    if (n->key && n->key->kind == NODE_SCALAR && str_eq(n->key->value, STR("volumes")))
        NODE_EACH (volume, n) visit_volume(s, volume);
    if (n->kind == NODE_MAP || n->kind == NODE_SEQ)
        NODE_EACH (child, n) walk(s, child);
}

void shared_each(Arena *a, const Node *resource, SharedVisit visit, void *context) {
    Sharing s = {a, visit, context};
    NODE_EACH (child, resource)
        if (child->key && !str_eq(child->key->value, STR("metadata"))) walk(&s, child);
}
