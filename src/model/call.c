/* Words to programs, flags and operands. */
#include "model/call.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* What is known of programs: flags that take the next word for their value, and how they run other
 * programs. */
typedef struct Program {
    Str name;
    Str flags;    /* with a value, blanks between */
    Str switches; /* of those, the ones that have none behind `switch_after` */
    Str switch_after;
    bool runs;     /* what stands behind its flags is a program … */
    unsigned skip; /* … behind so many words … */
    Str verb;      /* … of which the first is this one … */
    Str runs_only; /* … if it is one of these */
    bool shell;    /* … which may be one word for a shell */
    Str behind;    /* what stands behind one of these flags is a program */
} Program;

#define KUBECTL_FLAGS                                                                              \
    STR_INIT("-n --namespace --context --cluster --user --kubeconfig -s --server --token --as "    \
             "--as-group --as-uid --certificate-authority --client-certificate --client-key "      \
             "--request-timeout --tls-server-name --cache-dir --profile --profile-output -v --v "  \
             "--vmodule --username --password -o --output -l --selector -f --filename -k "         \
             "--kustomize --field-selector --sort-by -L --label-columns --template --for "         \
             "--timeout -c --container --tail --since --since-time --limit-bytes "                 \
             "--max-log-requests --grace-period -p --patch --type --patch-file --subresource "     \
             "--replicas --current-replicas --resource-version --chunk-size --raw "                \
             "--field-manager --image --port --target-port --name --overrides --from-file "        \
             "--from-literal --from-env-file --to-revision --revision --env --limits --requests "  \
             "--api-group --api-version --verbs --categories --allow-missing-template-keys "       \
             "--pod-running-timeout --prune-allowlist --docker-server --docker-username "          \
             "--docker-password --docker-email --clusterrole --role --serviceaccount --verb "      \
             "--resource --resource-name --group --duration --audience --from --schedule "         \
             "--hard --annotations --class --rule --default-backend --key --cert")

#define RUNS_BY_VERB .runs = true, .skip = 1, .verb = STR_INIT("run")

static const Program programs[] = {
    {.name = STR_INIT("kubectl"),
     .flags = KUBECTL_FLAGS,
     .switches = STR_INIT("-f -p"),
     .switch_after = STR_INIT("logs")},
    {.name = STR_INIT("oc"),
     .flags = KUBECTL_FLAGS,
     .switches = STR_INIT("-f -p"),
     .switch_after = STR_INIT("logs")},
    {.name = STR_INIT("helm"),
     .flags = STR_INIT("-n --namespace --kube-context --kubeconfig --kube-token --kube-apiserver "
                       "-f --values --set --set-string --set-file --set-json --version --repo "
                       "--timeout -o --output --description --history-max --post-renderer "
                       "--username --password --ca-file --cert-file --key-file -a --api-versions "
                       "--kube-version --show-only -s --name-template -d --destination --max "
                       "--registry-config --repository-cache --repository-config")},
    {.name = STR_INIT("juju"),
     .flags = STR_INIT("-m --model -c --controller --channel --config --constraints --storage "
                       "--to -n --num-units --resource --overlay --revision --switch --path "
                       "--timeout --format -o --output --series --base --bind --attach-storage "
                       "--device --map-machines --unit -u --application --file "
                       "--credential --agent-version")},
    {.name = STR_INIT("sudo"),
     .flags = STR_INIT("-u -g -h -p -C -T -U -r -t -D --user --group --host --chdir"),
     .runs = true},
    {.name = STR_INIT("env"), .flags = STR_INIT("-u -C --unset --chdir"), .runs = true},
    {.name = STR_INIT("time"), .flags = STR_INIT("-o -f --output --format"), .runs = true},
    {.name = STR_INIT("nohup"), .runs = true},
    {.name = STR_INIT("exec"), .flags = STR_INIT("-a"), .runs = true},
    {.name = STR_INIT("command"), .runs = true},
    {.name = STR_INIT("builtin"), .runs = true},
    {.name = STR_INIT("xargs"),
     .flags = STR_INIT("-I -n -P -L -d -E -s -a --max-args --max-procs --delimiter --arg-file"),
     .runs = true},
    {.name = STR_INIT("timeout"),
     .flags = STR_INIT("-s -k --signal --kill-after"),
     .runs = true,
     .skip = 1},
    {.name = STR_INIT("watch"), .flags = STR_INIT("-n --interval"), .runs = true, .shell = true},
    {.name = STR_INIT("ssh"),
     .flags = STR_INIT("-B -b -c -D -E -e -F -I -i -J -L -l -m -O -o -P -p -Q -R -S -W -w"),
     .runs = true,
     .skip = 1,
     .shell = true},
    {.name = STR_INIT("nice"), .flags = STR_INIT("-n --adjustment"), .runs = true},
    {.name = STR_INIT("stdbuf"), .flags = STR_INIT("-i -o -e"), .runs = true},
    {.name = STR_INIT("microk8s"), .runs = true, .runs_only = STR_INIT("kubectl helm helm3")},
    {.name = STR_INIT("k3s"), .runs = true, .runs_only = STR_INIT("kubectl")},
    {.name = STR_INIT("k0s"), .runs = true, .runs_only = STR_INIT("kubectl")},
    {.name = STR_INIT("numactl"),
     .flags = STR_INIT("-i -p -P -N -C -m --interleave --membind --cpunodebind --physcpubind"),
     .runs = true},
    {.name = STR_INIT("tini"), .flags = STR_INIT("-p -e"), .runs = true},
    {.name = STR_INIT("dumb-init"), .flags = STR_INIT("-r --rewrite"), .runs = true},
    {.name = STR_INIT("poetry"), RUNS_BY_VERB},
    {.name = STR_INIT("pipenv"), RUNS_BY_VERB},
    {.name = STR_INIT("pdm"), RUNS_BY_VERB},
    {.name = STR_INIT("uv"),
     .flags = STR_INIT("--with --with-requirements --with-editable --extra --group --python -p "
                       "--project --directory --package --env-file --index --index-url"),
     RUNS_BY_VERB},
    {.name = STR_INIT("conda"), .flags = STR_INIT("-n --name -p --prefix --cwd"), RUNS_BY_VERB},
    {.name = STR_INIT("find"), .behind = STR_INIT("-exec -execdir -ok -okdir")},
};

static const Program *find_program(Str name) {
    for (size_t i = 0; i < COUNT(programs); i++)
        if (str_eq(programs[i].name, name)) return &programs[i];
    return NULL;
}

static bool has_word(Str list, Str word) {
    Str item;
    while (str_split(&list, ' ', &item))
        if (str_eq(item, word)) return true;
    return false;
}

static bool in_list(const StrList *list, Str text) {
    for (size_t i = 0; list && i < list->len; i++)
        if (str_eq(list->items[i], text)) return true;
    return false;
}

/* ---- programs ---- */

/* `microk8s.kubectl` is what the snap calls `microk8s kubectl`, `k` what people call kubectl. */
bool call_program(const ShellWord *words, size_t count, Str *program) {
    if (!count || !words[0].value.len) return false;
    size_t slash = str_find_last_char(words[0].value, '/');
    *program = slash == STR_NONE ? words[0].value : str_from_offset(words[0].value, slash + 1);
    if (str_find_char(*program, SHELL_UNKNOWN) != STR_NONE) return false;
    if (str_starts(*program, STR("microk8s.")) && program->len > 9)
        *program = str_from_offset(*program, 9);
    if (str_eq(*program, STR("k"))) *program = STR("kubectl");
    return true;
}

static bool is_assignment(Str word) {
    size_t equals = str_find_char(word, '=');
    return equals != STR_NONE && equals > 0 && word.data[0] != '-';
}

/* `find … -exec PROGRAM`. */
static size_t inner_behind(const Program *p, const ShellWord *words, size_t count) {
    for (size_t i = 1; i + 1 < count; i++)
        if (has_word(p->behind, words[i].value)) return i + 1;
    return 0;
}

/* Behind the flags and the words of its own. */
static size_t first_behind(const Program *p, const ShellWord *words, size_t count) {
    unsigned skip = p->skip;
    for (size_t i = 1; i < count; i++) {
        Str word = words[i].value;
        if (word.len > 1 && word.data[0] == '-') {
            if (has_word(p->flags, word)) i++;
            continue;
        }
        if (is_assignment(word)) continue;
        if (skip) {
            if (skip == p->skip && p->verb.len && !str_eq(word, p->verb)) return 0;
            skip--;
            continue;
        }
        return i;
    }
    return 0;
}

size_t call_inner(const ShellWord *words, size_t count) {
    Str name, inner;
    const Program *p = call_program(words, count, &name) ? find_program(name) : NULL;
    if (p && p->behind.len) return inner_behind(p, words, count);
    size_t i = p && p->runs ? first_behind(p, words, count) : 0;
    if (!i || !call_program(&words[i], count - i, &inner)) return 0;
    return !p->runs_only.len || has_word(p->runs_only, inner) ? i : 0;
}

/* `watch 'a b'`, `ssh host 'a b'`. */
static const ShellWord *only_word(const ShellWord *words, size_t count, Str name) {
    const Program *p = find_program(name);
    size_t i = p && p->shell ? first_behind(p, words, count) : 0;
    bool several = i && str_find_char(words[i].value, ' ') != STR_NONE;
    return several && i + 1 == count ? &words[i] : NULL;
}

const ShellWord *call_script(const ShellWord *words, size_t count) {
    static const Str shells[] = {STR_INIT("sh"),  STR_INIT("bash"), STR_INIT("dash"),
                                 STR_INIT("ash"), STR_INIT("zsh"),  STR_INIT("ksh")};
    Str name;
    bool shell = false;
    if (!call_program(words, count, &name)) return NULL;
    for (size_t i = 0; i < COUNT(shells); i++) shell |= str_eq(name, shells[i]);
    if (str_eq(name, STR("eval")) && count == 2) return &words[1];
    for (size_t i = 1; shell && i + 1 < count; i++) {
        Str word = words[i].value;
        if (!word.len || word.data[0] != '-') break;
        bool long_flag = str_starts(word, STR("--"));
        if (!long_flag && word.data[word.len - 1] == 'c') return &words[i + 1];
    }
    return only_word(words, count, name);
}

/* ---- flags and operands ---- */

typedef struct Reading {
    Call *call;
    const Program *program;
    const StrList *flags;
    size_t at;
} Reading;

static bool takes_value(const Reading *r, Str flag) {
    if (in_list(r->flags, flag)) return true;
    if (!r->program || !has_word(r->program->flags, flag)) return false;
    const Call *c = r->call;
    bool after = c->operands.len && str_eq(c->operands.items[0].value, r->program->switch_after);
    return !(after && has_word(r->program->switches, flag));
}

/* The next word is the value. */
static void add_flag(Reading *r, CallFlag flag, bool takes) {
    if (takes && r->at < r->call->count) {
        flag.value = r->call->words[r->at++];
        flag.has_value = true;
    }
    vec_push(&r->call->flags, flag);
}

static void add_flag_with_value(Reading *r, CallFlag flag, const ShellWord *word, size_t value) {
    flag.value = shell_word_part(word, value, word->value.len);
    flag.has_value = true;
    vec_push(&r->call->flags, flag);
}

/* `-it`, `-nfoo`, `-n=foo`: letters, of which the first one with a value takes the rest. */
static void read_short(Reading *r, const ShellWord *word) {
    Str text = word->value;
    for (size_t i = 1; i < text.len; i++) {
        const char letters[2] = {'-', text.data[i]};
        bool last = i + 1 == text.len, takes = takes_value(r, (Str){letters, 2});
        bool equals = !last && text.data[i + 1] == '=';
        CallFlag flag = {.name = shell_word_part(word, text.len == 2 ? 0 : i, i + 1)};
        flag.letter = text.data[i];
        if (equals || (takes && !last)) {
            add_flag_with_value(r, flag, word, i + 1 + equals);
            return;
        }
        add_flag(r, flag, takes);
    }
}

static void read_flag(Reading *r, const ShellWord *word) {
    Str text = word->value;
    size_t equals = str_find_char(text, '=');
    /* Some programs have long flags with one dash: the rule says so. */
    bool whole = text.len > 2 && in_list(r->flags, str_slice(text, 0, equals));
    CallFlag flag = {.name = shell_word_part(word, 0, equals < text.len ? equals : text.len)};
    if (!str_starts(text, STR("--")) && !whole)
        read_short(r, word);
    else if (equals != STR_NONE)
        add_flag_with_value(r, flag, word, equals + 1);
    else
        add_flag(r, flag, takes_value(r, text));
}

bool call_flag_is(const CallFlag *flag, Str name) {
    if (!flag->letter) return str_eq(flag->name.value, name);
    return name.len == 2 && name.data[0] == '-' && name.data[1] == flag->letter;
}

void call_read(Call *call, const ShellWord *words, size_t count, const StrList *flags) {
    *call = (Call){.words = words, .count = count, .rest = count};
    if (!call_program(words, count, &call->program)) return;
    Reading r = {call, find_program(call->program), flags, 1};
    while (r.at < count) {
        const ShellWord *word = &words[r.at++];
        Str text = word->value;
        if (text.len && text.data[0] == SHELL_UNKNOWN && !word->quoted) call->unknown = true;
        if (str_eq(text, STR("--"))) {
            call->rest = r.at;
            return;
        }
        if (text.len > 1 && text.data[0] == '-')
            read_flag(&r, word);
        else
            vec_push(&call->operands, *word);
    }
}

void call_release(Call *call) {
    vec_release(&call->operands);
    vec_release(&call->flags);
}
