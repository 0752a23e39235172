/* Scripts in YAML and JSON: which keys hold them depends on what the tree is for. */
#include "model/script_text.h"

#include "base/glob.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* How the value of a key is run. */
typedef enum {
    RUN_SHELL, /* a script, or a list of lines of one */
    RUN_TASK,  /* Ansible: a text, or a map with `cmd` or `argv` */
    RUN_STEP,  /* a script, unless a `shell` beside it names something else */
} RunKind;

typedef struct Carrier {
    Str path; /* glob of paths; empty: a list of tasks, which is known by its form */
    RunKind run;
    Str keys[12];
} Carrier;

static const Carrier carriers[] = {
    {STR_INIT("**/.github/**"), RUN_STEP, {STR_INIT("run")}},
    {STR_INIT(".github/**"), RUN_STEP, {STR_INIT("run")}},
    {STR_INIT("action.y*ml"), RUN_STEP, {STR_INIT("run")}},
    {STR_INIT("*gitlab-ci*.y*ml"),
     RUN_SHELL,
     {STR_INIT("script"), STR_INIT("before_script"), STR_INIT("after_script")}},
    {STR_INIT("**/.gitlab/**"),
     RUN_SHELL,
     {STR_INIT("script"), STR_INIT("before_script"), STR_INIT("after_script")}},
    {STR_INIT(".travis.yml"),
     RUN_SHELL,
     {STR_INIT("script"), STR_INIT("install"), STR_INIT("before_install"),
      STR_INIT("before_script"), STR_INIT("after_script"), STR_INIT("after_success"),
      STR_INIT("after_failure"), STR_INIT("before_deploy"), STR_INIT("after_deploy")}},
    {STR_INIT("**/.circleci/*"), RUN_SHELL, {STR_INIT("run"), STR_INIT("command")}},
    {STR_INIT(".circleci/*"), RUN_SHELL, {STR_INIT("run"), STR_INIT("command")}},
    {STR_INIT("azure-pipelines*.y*ml"), RUN_SHELL, {STR_INIT("script"), STR_INIT("bash")}},
    {STR_INIT("Taskfile.y*ml"), RUN_SHELL, {STR_INIT("cmds"), STR_INIT("cmd")}},
    {{NULL, 0},
     RUN_TASK,
     {STR_INIT("shell"), STR_INIT("command"), STR_INIT("raw"), STR_INIT("ansible.builtin.shell"),
      STR_INIT("ansible.builtin.command"), STR_INIT("ansible.builtin.raw"),
      STR_INIT("ansible.legacy.shell"), STR_INIT("ansible.legacy.command")}},
};

typedef struct TreeSearch {
    ScriptSearch s;
    const Document *doc;
    Str path;
    bool tasks; /* the tree is a list of Ansible's tasks or plays */
} TreeSearch;

/* ---- visiting ---- */

static void visit_scalar(const TreeSearch *t, const Node *n) {
    Script script = script_from_scalar(t->s.arena, t->doc, n);
    if (str_starts(script.text, STR("#!")) && !scripts_shebang(script.text)) return;
    t->s.visit(t->s.context, &script);
}

static void add_lines(const TreeSearch *t, ScriptText *text, const Node *n) {
    if (n->kind == NODE_SCALAR) {
        Script line = script_from_scalar(t->s.arena, t->doc, n);
        script_text_copy(text, &line, 0, line.text.len);
        script_text_put(text, '\n', n->span.end | SHELL_APART);
    } else if (n->kind == NODE_SEQ) {
        NODE_EACH (item, n) add_lines(t, text, item);
    }
}

/* The items of a list are lines of one script. */
static void visit_lines(const TreeSearch *t, const Node *n) {
    ScriptText text = {0};
    add_lines(t, &text, n);
    Script script = script_text_take(&text, t->s.arena);
    script.carrier = n;
    script_text_release(&text);
    t->s.visit(t->s.context, &script);
}

static void visit_shell(const TreeSearch *t, const Node *n) {
    if (n->kind == NODE_SCALAR)
        visit_scalar(t, n);
    else if (n->kind == NODE_SEQ)
        visit_lines(t, n);
}

static void add_words(const TreeSearch *t, ScriptText *text, const Node *list) {
    NODE_EACH (item, list) {
        const Node *n = node_resolve(item);
        if (text->text.len) script_text_put(text, ' ', item->span.start | SHELL_APART);
        if (!n || n->kind != NODE_SCALAR) {
            script_text_unknown(text, item->span.start);
            continue;
        }
        Script word = script_from_scalar(t->s.arena, t->doc, n);
        word.start = n->span.start;
        script_text_quote(text, &word);
    }
}

/* A program and what it is given, as lists of words. */
static void visit_words(const TreeSearch *t, const Node *command, const Node *args) {
    ScriptText text = {0};
    add_words(t, &text, command);
    add_words(t, &text, args);
    Script script = script_text_take(&text, t->s.arena);
    script.carrier = command ? command : args;
    script_text_release(&text);
    if (script.text.len) t->s.visit(t->s.context, &script);
}

/* ---- containers ---- */

static bool is_list(const Node *n) {
    return n && n->kind == NODE_SEQ;
}

/* `command` and `args` of a container, of a probe, of a hook. An image's own entry point is not
 * known: `args` alone begin with a program all the same where somebody writes one there. */
static void visit_container(const TreeSearch *t, const Node *map) {
    const Node *command = node_resolve(node_child(map, STR("command")));
    const Node *args = node_resolve(node_child(map, STR("args")));
    bool container = node_child(map, STR("image")) || node_child(map, STR("name")) ||
                     node_is_under(map, STR("exec")) || node_is_under(map, STR("mainContainer"));
    if (container && (is_list(command) || is_list(args)))
        visit_words(t, is_list(command) ? command : NULL, is_list(args) ? args : NULL);
}

static bool is_shell(Str program) {
    static const Str shells[] = {STR_INIT("sh"), STR_INIT("bash"), STR_INIT("dash"),
                                 STR_INIT("ash")};
    size_t slash = str_find_last_char(program, '/');
    if (slash != STR_NONE) program = str_from_offset(program, slash + 1);
    for (size_t i = 0; i < COUNT(shells); i++)
        if (str_eq(program, shells[i])) return true;
    return false;
}

/* `script` of a step of Tekton, `source` of a script of Argo, beside the image that runs it. */
static void visit_image_script(const TreeSearch *t, const Node *map) {
    const Node *script = node_child(map, STR("script"));
    const Node *source = node_child(map, STR("source"));
    const Node *command = node_resolve(node_child(map, STR("command")));
    if (!node_child(map, STR("image"))) return;
    if (script && script->kind == NODE_SCALAR) visit_scalar(t, script);
    bool shell = is_list(command) && command->first && is_shell(node_text(command->first));
    if (source && source->kind == NODE_SCALAR && shell) visit_scalar(t, source);
}

/* ---- keys ---- */

static void visit_task(const TreeSearch *t, const Node *n) {
    const Node *cmd = node_child(n, STR("cmd")), *argv = node_resolve(node_child(n, STR("argv")));
    if (n->kind == NODE_SCALAR) visit_scalar(t, n);
    if (cmd && cmd->kind == NODE_SCALAR) visit_scalar(t, cmd);
    if (is_list(argv)) visit_words(t, argv, NULL);
}

/* GitHub: `shell: pwsh` is another language. */
static bool runs_shell(const Node *step) {
    Str shell = node_text(node_child(step, STR("shell")));
    return !shell.len || is_shell(str_slice(shell, 0, str_find_char(shell, ' ')));
}

static void visit_key(const TreeSearch *t, const Carrier *carrier, const Node *n) {
    switch (carrier->run) {
    case RUN_SHELL: visit_shell(t, n); break;
    case RUN_TASK: visit_task(t, n); break;
    case RUN_STEP:
        if (n->kind == NODE_SCALAR && runs_shell(n->parent)) visit_scalar(t, n);
        break;
    }
}

static bool applies(const TreeSearch *t, const Carrier *carrier) {
    return carrier->path.len ? path_glob_match(carrier->path, t->path) : t->tasks;
}

static void ask_key(const TreeSearch *t, const Node *value) {
    const Node *n = node_resolve(value);
    for (size_t i = 0; n && i < COUNT(carriers); i++) {
        const Carrier *carrier = &carriers[i];
        for (size_t k = 0; k < COUNT(carrier->keys) && carrier->keys[k].len; k++)
            if (str_eq(value->key->value, carrier->keys[k]) && applies(t, carrier)) {
                visit_key(t, carrier, n);
                return;
            }
    }
}

/* Recursion is bounded by LIMIT_DEPTH. */
static void search(const TreeSearch *t, const Node *n) {
    if (n->kind == NODE_MAP) {
        visit_container(t, n);
        visit_image_script(t, n);
    }
    if (n->kind != NODE_MAP && n->kind != NODE_SEQ) return;
    NODE_EACH (child, n) {
        if (child->key && child->key->kind == NODE_SCALAR) ask_key(t, child);
        search(t, child);
    }
}

/* Tasks and plays are items of a list and no objects of a cluster. */
static bool are_tasks(const Node *root) {
    const Node *first = root && root->kind == NODE_SEQ ? node_item(root, 0) : NULL;
    return first && first->kind == NODE_MAP && !node_child(first, STR("apiVersion"));
}

void scripts_in_tree(Arena *a, const Document *doc, Str path, ScriptVisit visit, void *context) {
    TreeSearch t = {{a, visit, context}, doc, path, are_tasks(doc->root)};
    if (!doc->root) return;
    if (path_glob_match(STR("*.ipynb"), path))
        scripts_in_notebook(&t.s, doc);
    else
        search(&t, doc->root);
}
