/* Scripts by family, and blocks of code in prose. */
#include "model/scripts.h"

#include "model/script_text.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool is_one_of(Str word, const Str *texts, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (str_eq(word, texts[i])) return true;
    return false;
}

bool scripts_shebang(Str text) {
    static const Str shells[] = {STR_INIT("sh"), STR_INIT("bash"), STR_INIT("dash"),
                                 STR_INIT("ash"), STR_INIT("ksh")};
    size_t next;
    Str line = script_line(text, 0, &next), word;
    if (!str_starts(line, STR("#!"))) return false;
    for (line = str_from_offset(line, 2); str_split(&line, ' ', &word);) {
        size_t slash = str_find_last_char(word, '/');
        Str name = slash == STR_NONE ? word : str_from_offset(word, slash + 1);
        if (is_one_of(name, shells, COUNT(shells))) return true;
    }
    return false;
}

/* Another interpreter's text is none of ours, whatever the name of the file. */
static void visit_file(const ScriptSearch *s, const Script *file) {
    if (str_starts(file->text, STR("#!")) && !scripts_shebang(file->text)) return;
    s->visit(s->context, file);
}

void scripts_each(Arena *a, const Script *file, Family family, ScriptVisit visit, void *context) {
    ScriptSearch search = {a, visit, context};
    switch (family) {
    case FAMILY_SHELL: visit_file(&search, file); break;
    case FAMILY_MAKE: scripts_in_makefile(&search, file); break;
    case FAMILY_DOCKER: scripts_in_dockerfile(&search, file); break;
    case FAMILY_JUST: scripts_in_justfile(&search, file); break;
    case FAMILY_JENKINS: scripts_in_jenkinsfile(&search, file); break;
    case FAMILY_RST: scripts_in_rst(&search, file); break;
    default: break;
    }
}

/* ---- blocks of code ---- */

typedef enum { BLOCK_OTHER, BLOCK_SHELL, BLOCK_CONSOLE } BlockKind;

static BlockKind kind_of(Str language) {
    static const Str shells[] = {STR_INIT("bash"),  STR_INIT("sh"),  STR_INIT("shell"),
                                 STR_INIT("zsh"),   STR_INIT("ksh"), STR_INIT("shell-script"),
                                 STR_INIT("{bash}")};
    static const Str consoles[] = {STR_INIT("console"),         STR_INIT("shell-session"),
                                   STR_INIT("bash-session"),    STR_INIT("sh-session"),
                                   STR_INIT("shellsession"),    STR_INIT("terminal"),
                                   STR_INIT("bash-interactive")};
    if (is_one_of(language, shells, COUNT(shells))) return BLOCK_SHELL;
    return is_one_of(language, consoles, COUNT(consoles)) ? BLOCK_CONSOLE : BLOCK_OTHER;
}

static size_t count_blanks(Str line) {
    size_t count = 0;
    while (count < line.len && (line.data[count] == ' ' || line.data[count] == '\t')) count++;
    return count;
}

/* How much of a line is `$ `, `user@host:~$ ` and the like; 0: nothing. */
static size_t prompt_length(Str line, bool root) {
    size_t from = count_blanks(line), at = from;
    while (at < line.len && !(line.data[at] == ' ' || line.data[at] == '$')) at++;
    Str host = str_slice(line, from, at);
    bool plain = at == from;
    if (plain || str_find_char(host, '@') != STR_NONE)
        if (at + 1 < line.len && line.data[at] == '$' && line.data[at + 1] == ' ') return at + 2;
    return root && str_starts(str_from_offset(line, from), STR("# ")) ? from + 2 : 0;
}

static bool has_prompt(Str text, bool root) {
    Str line;
    for (size_t at = 0, next; at < text.len; at = next) {
        line = script_line(text, at, &next);
        if (prompt_length(line, root)) return true;
    }
    return false;
}

/* Programs by which people know that a block without a label is a command. */
static bool is_program(Str word) {
    static const Str names[] = {
        STR_INIT("kubectl"),
        STR_INIT("oc"),
        STR_INIT("helm"),
        STR_INIT("kustomize"),
        STR_INIT("sudo"),
        STR_INIT("microk8s"),
        STR_INIT("microk8s.kubectl"),
        STR_INIT("juju"),
        STR_INIT("snap"),
        STR_INIT("docker"),
        STR_INIT("podman"),
        STR_INIT("git"),
        STR_INIT("curl"),
        STR_INIT("wget"),
        STR_INIT("make"),
        STR_INIT("pip"),
        STR_INIT("pip3"),
        STR_INIT("cd"),
        STR_INIT("export"),
        STR_INIT("echo"),
        STR_INIT("cat"),
        STR_INIT("sed"),
        STR_INIT("grep"),
        STR_INIT("mkdir"),
        STR_INIT("cp"),
        STR_INIT("mv"),
        STR_INIT("rm"),
        STR_INIT("ssh"),
        STR_INIT("scp"),
        STR_INIT("apt"),
        STR_INIT("apt-get"),
        STR_INIT("kind"),
        STR_INIT("minikube"),
        STR_INIT("k3s"),
        STR_INIT("kubeadm"),
        STR_INIT("ansible"),
        STR_INIT("ansible-playbook"),
        STR_INIT("calicoctl"),
        STR_INIT("chutes-miner"),
        STR_INIT("velero"),
        STR_INIT("argocd"),
        STR_INIT("terraform"),
        STR_INIT("source"),
        STR_INIT("karmadactl"),
        STR_INIT("istioctl"),
        STR_INIT("yq"),
    };
    return is_one_of(word, names, COUNT(names));
}

static bool is_assignment(Str word) {
    size_t equals = str_find_char(word, '=');
    for (size_t i = 0; equals != STR_NONE && i < equals; i++) {
        char c = word.data[i];
        bool letter = c == '_' || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9' && i);
        if (!letter) return false;
    }
    return equals != STR_NONE && equals > 0;
}

/* The first line with a word that is no assignment decides. */
static bool looks_like_commands(Str text) {
    for (size_t at = 0, next; at < text.len; at = next) {
        Str line = str_trim(script_line(text, at, &next)), word = {0};
        if (!line.len || line.data[0] == '#') continue;
        while (str_split(&line, ' ', &word) && is_assignment(word))
            if (str_find(word, STR("=$(")) != STR_NONE) return true;
        if (is_assignment(word)) continue;
        return is_program(word) && !str_starts(str_trim(line), STR("="));
    }
    return false;
}

static size_t cut_indent(Str line, uint32_t indent) {
    size_t blanks = count_blanks(line);
    return blanks < indent ? blanks : indent;
}

/* Lines as they are, but for the indentation of the block. */
static void take_lines(ScriptText *t, const Script *block, uint32_t indent) {
    for (size_t at = 0, next; at < block->text.len; at = next) {
        Str line = script_line(block->text, at, &next);
        script_text_copy(t, block, at + cut_indent(line, indent), next);
    }
}

/* Lines behind a prompt, and those that continue them; output is left out. */
static void take_prompts(ScriptText *t, const Script *block, bool root) {
    bool continued = false;
    for (size_t at = 0, next; at < block->text.len; at = next) {
        Str line = script_line(block->text, at, &next);
        size_t prompt = prompt_length(line, root);
        if (continued && !prompt && str_starts(str_trim(line), STR("> ")))
            prompt = count_blanks(line) + 2; /* the prompt of a continued line */
        if (prompt || continued) script_text_copy(t, block, at + prompt, next);
        continued = (prompt || continued) && str_ends(line, STR("\\"));
    }
}

void scripts_in_block(Arena *a, const Script *block, uint32_t indent, Str language,
                      ScriptVisit visit, void *context) {
    BlockKind kind = kind_of(language);
    bool prompts = has_prompt(block->text, false);
    bool root = !prompts && kind == BLOCK_CONSOLE && has_prompt(block->text, true);
    if (!prompts && !root && kind != BLOCK_SHELL && !looks_like_commands(block->text)) return;
    ScriptText text = {0};
    if (prompts || root)
        take_prompts(&text, block, root);
    else if (indent)
        take_lines(&text, block, indent);
    Script script = prompts || root || indent ? script_text_take(&text, a) : *block;
    script_text_release(&text);
    visit(context, &script);
}
