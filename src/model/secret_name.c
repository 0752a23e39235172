/* The words that name secrets, and those that take it back. */
#include "model/secret_name.h"

/* Anywhere in a name. As the end of a longer word they count too: `authtoken`, `clientsecret`. */
static const Str secret_words[] = {
    STR_INIT("password"),    STR_INIT("passwd"),    STR_INIT("pwd"),        STR_INIT("passphrase"),
    STR_INIT("passwords"),   STR_INIT("token"),     STR_INIT("secret"),     STR_INIT("apikey"),
    STR_INIT("accesskey"),   STR_INIT("secretkey"), STR_INIT("privatekey"), STR_INIT("credential"),
    STR_INIT("credentials"), STR_INIT("mnemonic"),
};

/* At the end only: DB_PASS, but not pass-through or authorization-mode. */
static const Str last_words[] = {STR_INIT("pass"), STR_INIT("authorization")};

/* A name that ends so tells where a secret is, or about it: not what it is. */
static const Str pointing_ends[] = {
    STR_INIT("name"),     STR_INIT("names"),     STR_INIT("ref"),       STR_INIT("refs"),
    STR_INIT("path"),     STR_INIT("paths"),     STR_INIT("file"),      STR_INIT("files"),
    STR_INIT("dir"),      STR_INIT("mount"),     STR_INIT("type"),      STR_INIT("seconds"),
    STR_INIT("audience"), STR_INIT("audiences"), STR_INIT("namespace"), STR_INIT("stdin"),
    STR_INIT("ttl"),
};

/* With these a final `key` is the name of something in the open. */
static const Str open_keys[] = {
    STR_INIT("topology"),
    STR_INIT("label"),
    STR_INIT("annotation"),
    STR_INIT("public"),
};

#define IS_ONE_OF(word, table) is_one_of((word), (table), sizeof(table) / sizeof *(table))

static bool is_one_of(Str word, const Str *table, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (str_eq_nocase(word, table[i])) return true;
    return false;
}

static bool is_secret_word(Str word) {
    if (str_eq_nocase(word, STR("seed"))) return true;
    for (size_t i = 0; i < sizeof secret_words / sizeof *secret_words; i++) {
        Str end = secret_words[i];
        if (word.len >= end.len && str_eq_nocase(str_from_offset(word, word.len - end.len), end))
            return true;
    }
    return false;
}

static bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Does a word end before name[i]? At `bP` of dbPassword and at `IKe` of APIKey. */
static bool ends_before(Str name, size_t i) {
    char before = name.data[i - 1], c = name.data[i];
    if (!is_upper(c)) return !is_lower(c);
    if (!is_upper(before)) return true;
    return i + 1 < name.len && name.data[i + 1] >= 'a' && name.data[i + 1] <= 'z';
}

/* Cuts the next word off *rest; false when there is none. */
static bool next_word(Str *rest, Str *word) {
    while (rest->len && !is_upper(rest->data[0]) && !is_lower(rest->data[0]))
        *rest = str_from_offset(*rest, 1);
    size_t end = 1;
    while (end < rest->len && !ends_before(*rest, end)) end++;
    *word = str_slice(*rest, 0, end);
    *rest = str_from_offset(*rest, end);
    return word->len > 0;
}

bool secret_name(Str name) {
    bool secret = false, open = false;
    size_t count = 0;
    Str rest = name, word, last = {0}, first = {0};
    while (next_word(&rest, &word)) {
        if (count++ == 0) first = word;
        if (is_secret_word(word)) secret = true;
        if (IS_ONE_OF(word, open_keys)) open = true;
        last = word;
    }
    /* a switch: automountServiceAccountToken */
    if (str_eq_nocase(first, STR("automount")) || IS_ONE_OF(last, pointing_ends)) return false;
    if (str_eq_nocase(last, STR("key")) && count > 1) return !open;
    return secret || IS_ONE_OF(last, last_words);
}
