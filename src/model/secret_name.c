/* The words that name secrets, and those that take it back. */
#include "model/secret_name.h"

typedef enum {
    ENDS,      /* anywhere in a name, also as the end of a longer word: `authtoken` */
    IS,        /* anywhere, as a word of its own */
    IS_TEXT,   /* likewise, and a number is none: `seed: 42` is for random numbers */
    LAST,      /* the last word only: DB_PASS, but not pass-through */
    LAST_TEXT, /* likewise, and then only texts are secret: `auth: {type: x}` is none */
} WordPlace;

typedef struct SecretWord {
    Str text; /* without a plural's `s` */
    WordPlace place;
} SecretWord;

/* Most words of a manifest are none, and their last letter tells that for half of them. */
static const SecretWord words_c[] = {{STR_INIT("mnemonic"), ENDS}};
static const SecretWord words_d[] = {
    {STR_INIT("password"), ENDS}, {STR_INIT("passwd"), ENDS}, {STR_INIT("pwd"), ENDS},
    {STR_INIT("seed"), IS_TEXT},  {STR_INIT("cred"), IS},
};
static const SecretWord words_e[] = {{STR_INIT("passphrase"), ENDS},
                                     {STR_INIT("seedphrase"), ENDS},
                                     {STR_INIT("cookie"), LAST_TEXT}};
static const SecretWord words_g[] = {{STR_INIT("dockercfg"), ENDS},
                                     {STR_INIT("connectionstring"), ENDS}};
static const SecretWord words_h[] = {{STR_INIT("auth"), LAST_TEXT}};
static const SecretWord words_l[] = {{STR_INIT("credential"), ENDS}};
static const SecretWord words_n[] = {
    {STR_INIT("token"), ENDS},
    {STR_INIT("dockerconfigjson"), ENDS},
    {STR_INIT("dsn"), LAST},
    {STR_INIT("authorization"), LAST_TEXT},
};
static const SecretWord words_r[] = {{STR_INIT("bearer"), LAST_TEXT}};
static const SecretWord words_s[] = {
    {STR_INIT("pass"), LAST},
    {STR_INIT("dbpass"), LAST},
    {STR_INIT("rootpass"), LAST},
    {STR_INIT("sas"), LAST},
};
static const SecretWord words_t[] = {{STR_INIT("secret"), ENDS}, {STR_INIT("jwt"), LAST_TEXT}};
static const SecretWord words_w[] = {{STR_INIT("pw"), LAST}, {STR_INIT("rootpw"), LAST}};
static const SecretWord words_y[] = {
    {STR_INIT("apikey"), ENDS},     {STR_INIT("accesskey"), ENDS},  {STR_INIT("secretkey"), ENDS},
    {STR_INIT("privatekey"), ENDS}, {STR_INIT("privkey"), ENDS},    {STR_INIT("masterkey"), ENDS},
    {STR_INIT("sessionkey"), ENDS}, {STR_INIT("signingkey"), ENDS}, {STR_INIT("hotkey"), LAST},
    {STR_INIT("coldkey"), LAST},    {STR_INIT("sshkey"), ENDS},     {STR_INIT("authkey"), ENDS},
};

/* A name that ends so tells where a secret is, or about it: not what it is. */
static const Str pointing_ends[] = {
    STR_INIT("name"),      STR_INIT("ref"),      STR_INIT("path"),      STR_INIT("file"),
    STR_INIT("dir"),       STR_INIT("mount"),    STR_INIT("type"),      STR_INIT("second"),
    STR_INIT("minute"),    STR_INIT("hour"),     STR_INIT("audience"),  STR_INIT("namespace"),
    STR_INIT("stdin"),     STR_INIT("ttl"),      STR_INIT("count"),     STR_INIT("limit"),
    STR_INIT("length"),    STR_INIT("size"),     STR_INIT("policy"),    STR_INIT("class"),
    STR_INIT("provider"),  STR_INIT("store"),    STR_INIT("generator"), STR_INIT("template"),
    STR_INIT("object"),    STR_INIT("request"),  STR_INIT("enabled"),   STR_INIT("expiration"),
    STR_INIT("algorithm"), STR_INIT("duration"), STR_INIT("interval"),  STR_INIT("distribution"),
};

/* With these a final `key` is the name of something in the open: matchLabelKeys, cacheKey, and
 * sloClassRef.key in a path. */
static const Str open_keys[] = {
    STR_INIT("topology"), STR_INIT("label"),  STR_INIT("annotation"), STR_INIT("public"),
    STR_INIT("match"),    STR_INIT("map"),    STR_INIT("merge"),      STR_INIT("authorized"),
    STR_INIT("sort"),     STR_INIT("cache"),  STR_INIT("partition"),  STR_INIT("toleration"),
    STR_INIT("taint"),    STR_INIT("header"), STR_INIT("expression"), STR_INIT("selector"),
    STR_INIT("ref"),
};

/* Words of language models: with these, tokens are numbers. */
static const Str counts[] = {
    STR_INIT("max"),     STR_INIT("maximum"),   STR_INIT("min"),    STR_INIT("minimum"),
    STR_INIT("num"),     STR_INIT("number"),    STR_INIT("total"),  STR_INIT("count"),
    STR_INIT("limit"),   STR_INIT("budget"),    STR_INIT("prompt"), STR_INIT("completion"),
    STR_INIT("input"),   STR_INIT("output"),    STR_INIT("at"),     STR_INIT("avg"),
    STR_INIT("average"), STR_INIT("generated"), STR_INIT("cached"), STR_INIT("new"),
    STR_INIT("context"), STR_INIT("per"),
};

/* What `auth: ` and the like may say in the open. */
static const Str open_values[] = {
    STR_INIT("true"),     STR_INIT("false"),    STR_INIT("yes"),       STR_INIT("no"),
    STR_INIT("on"),       STR_INIT("off"),      STR_INIT("null"),      STR_INIT("~"),
    STR_INIT("none"),     STR_INIT("basic"),    STR_INIT("digest"),    STR_INIT("bearer"),
    STR_INIT("token"),    STR_INIT("password"), STR_INIT("jwt"),       STR_INIT("oauth"),
    STR_INIT("oauth2"),   STR_INIT("oidc"),     STR_INIT("ldap"),      STR_INIT("kerberos"),
    STR_INIT("iam"),      STR_INIT("tls"),      STR_INIT("mtls"),      STR_INIT("cert"),
    STR_INIT("required"), STR_INIT("optional"), STR_INIT("anonymous"), STR_INIT("default"),
    STR_INIT("enabled"),  STR_INIT("disabled"), STR_INIT("rbac"),      STR_INIT("webhook"),
    STR_INIT("plain"),
};

#define IS_ONE_OF(word, table) is_one_of((word), (table), sizeof(table) / sizeof *(table))

static bool is_one_of(Str word, const Str *table, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (word.len == table[i].len && str_eq_nocase(word, table[i])) return true;
    return false;
}

/* ---- words ---- */

static bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_lower(char c) {
    return (c >= 'a' && c <= 'z') || is_digit(c);
}

/* Does a word end before name[i]? At `bP` of dbPassword and at `IKe` of APIKey. */
static bool ends_before(Str name, size_t i) {
    char before = name.data[i - 1], c = name.data[i];
    if (!is_upper(c)) return !is_lower(c);
    if (!is_upper(before)) return true;
    return i + 1 < name.len && name.data[i + 1] >= 'a' && name.data[i + 1] <= 'z';
}

/* `passwords2` is `password`, `class` and `aws` stay. */
static Str stem(Str word) {
    while (word.len > 1 && is_digit(word.data[word.len - 1])) word.len--;
    bool plural = word.len > 3 && (word.data[word.len - 1] | 32) == 's' &&
                  (word.data[word.len - 2] | 32) != 's';
    return str_slice(word, 0, word.len - plural);
}

/* Cuts the next word off *rest; false when there is none. */
static bool next_word(Str *rest, Str *word) {
    size_t start = 0;
    while (start < rest->len && !is_upper(rest->data[start]) && !is_lower(rest->data[start]))
        start++;
    size_t end = start + 1;
    while (end < rest->len && !ends_before(*rest, end)) end++;
    *word = str_slice(*rest, start, end);
    *rest = str_from_offset(*rest, end);
    return word->len > 0;
}

static bool has_word(Str name, const Str *table, size_t count) {
    Str word;
    while (next_word(&name, &word))
        if (is_one_of(stem(word), table, count)) return true;
    return false;
}

/* ---- names ---- */

static const SecretWord *find_in(const SecretWord *words, size_t count, Str word) {
    for (size_t i = 0; i < count; i++) {
        Str text = words[i].text;
        if (word.len < text.len || (word.len > text.len && words[i].place != ENDS)) continue;
        if (str_eq_nocase(str_from_offset(word, word.len - text.len), text)) return &words[i];
    }
    return NULL;
}

#define FIND_IN(words) find_in((words), sizeof(words) / sizeof *(words), word)

static const SecretWord *find_word(Str word) {
    switch (word.data[word.len - 1] | 32) {
    case 'c': return FIND_IN(words_c);
    case 'd': return FIND_IN(words_d);
    case 'e': return FIND_IN(words_e);
    case 'g': return FIND_IN(words_g);
    case 'h': return FIND_IN(words_h);
    case 'l': return FIND_IN(words_l);
    case 'n': return FIND_IN(words_n);
    case 'r': return FIND_IN(words_r);
    case 's': return FIND_IN(words_s);
    case 't': return FIND_IN(words_t);
    case 'w': return FIND_IN(words_w);
    case 'y': return FIND_IN(words_y);
    default: return NULL;
    }
}

typedef struct Reading {
    Str first, before, last; /* stems; `before` is that before the last */
    size_t count;
    bool secret;              /* a word that counts anywhere was there … */
    bool whole;               /* … that is secret as a number too */
    const SecretWord *ending; /* the last word, when it is in the tables */
} Reading;

static bool is_pair(const Reading *r, Str before, Str last) {
    return r->count > 1 && str_eq_nocase(r->last, last) && str_eq_nocase(r->before, before);
}

static Reading read_words(Str name) {
    Reading r = {0};
    Str word;
    while (next_word(&name, &word)) {
        r.before = r.last;
        r.last = stem(word);
        if (r.count++ == 0) r.first = r.last;
        r.ending = find_word(r.last);
        r.whole |= r.ending && r.ending->place <= IS;
        r.whole |= is_pair(&r, STR("connection"), STR("string")) ||
                   is_pair(&r, STR("string"), STR("data"));
        r.secret |= r.whole || (r.ending && r.ending->place == IS_TEXT);
    }
    return r;
}

/* client-key-data, keyData */
static bool ends_in_key(const Reading *r) {
    static const Str key = STR_INIT("key");
    if (r->count > 1 && str_eq_nocase(r->last, key)) return true;
    return is_pair(r, key, STR("data"));
}

/* imagePullSecrets are names; a pullSecret is none. */
static bool is_pull_secrets(const Reading *r, Str name) {
    return is_pair(r, STR("pull"), STR("secret")) && (name.data[name.len - 1] | 32) == 's';
}

#define HAS_WORD(name, table) has_word((name), (table), sizeof(table) / sizeof *(table))

SecretName secret_name(Str name) {
    Reading r = read_words(name);
    bool key = ends_in_key(&r);
    if (!r.secret && !r.ending && !key) return SECRET_NO;
    /* a switch: automountServiceAccountToken */
    if (str_eq_nocase(r.first, STR("automount")) || IS_ONE_OF(r.last, pointing_ends))
        return SECRET_NO;
    if (key && HAS_WORD(name, open_keys)) return SECRET_NO;
    if (is_pull_secrets(&r, name)) return SECRET_NO;
    if (!r.secret && !key) return r.ending->place == LAST_TEXT ? SECRET_TEXT : SECRET_WHOLE;
    return HAS_WORD(name, counts) || !(r.whole || key) ? SECRET_UNLESS_NUMBER : SECRET_WHOLE;
}

bool secret_bare_key(Str name) {
    return str_eq_nocase(name, STR("key")) || str_eq_nocase(name, STR("keys"));
}

/* ---- values ---- */

/* 4096, 32k, 1_000, and what a template will fill in. */
static bool is_number_like(Str value) {
    if (!value.len || value.data[0] == '{' || value.data[0] == '$') return true;
    size_t i = value.data[0] == '-' || value.data[0] == '+';
    while (i < value.len &&
           (is_digit(value.data[i]) || value.data[i] == '.' || value.data[i] == '_'))
        i++;
    return i + 1 >= value.len && is_digit(value.data[i > 0 ? i - 1 : 0]);
}

bool secret_covers(SecretName kind, Str value) {
    switch (kind) {
    case SECRET_NO: return false;
    case SECRET_WHOLE: return true;
    case SECRET_TEXT: return !IS_ONE_OF(value, open_values);
    case SECRET_UNLESS_NUMBER: return !is_number_like(value);
    }
    return true;
}
