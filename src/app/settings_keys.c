/* Every key of .unstale.yaml, once. */
#include "app/settings.h"

#include <arpa/inet.h>
#include <stddef.h>
#include <string.h>

/* The bits of an address, 0 when the text is none. */
static unsigned address_bits(Str text) {
    char copy[INET6_ADDRSTRLEN];
    unsigned char bytes[sizeof(struct in6_addr)];
    if (text.len >= sizeof copy) return 0;
    memcpy(copy, text.data, text.len);
    copy[text.len] = '\0';
    if (inet_pton(AF_INET, copy, bytes) == 1) return 32;
    return inet_pton(AF_INET6, copy, bytes) == 1 ? 128 : 0;
}

static bool is_address(Str text) {
    return address_bits(text) != 0;
}

static bool is_cidr(Str text) {
    size_t slash = str_find_char(text, '/');
    uint64_t prefix;
    return slash != STR_NONE && str_to_u64(str_from_offset(text, slash + 1), &prefix) &&
           is_address(str_slice(text, 0, slash)) &&
           prefix <= address_bits(str_slice(text, 0, slash));
}

static bool is_version_range(Str text) {
    if (str_starts(text, STR(">="))) text = str_from_offset(text, 2);
    int order;
    return version_compare(str_trim(text), STR("0"), &order);
}

#define KEY(text, of)      .name = STR_INIT(text), .field = offsetof(Settings, of)
#define WORDS(text)        .kind = KEY_CHOICE, .words = STR_INIT(text)
#define CHECK(check, want) .valid = check, .expected = want
#define COUNT(table)       (sizeof(table) / sizeof *(table))
#define KEYS(table)        .kind = KEY_MAP, .keys = table, .key_count = COUNT(table)

static const SettingKey trainer_keys[] = {
    {KEY("keep-image-pull-policy", trainer_keep_image_pull_policy), WORDS("true|false")},
    {KEY("runtime", trainer_runtime), .kind = KEY_TEXT},
    {KEY("finished", trainer_finished), WORDS("skip|suspend|convert")},
};

static const SettingKey wva_keys[] = {
    {KEY("mode", wva_mode), WORDS("active|fan-out")},
};

static const SettingKey calico_keys[] = {
    {KEY("dns", calico_dns), WORDS("standard|openshift|nodelocal|external")},
    {KEY("dns-servers", calico_dns_servers), .kind = KEY_TEXTS, CHECK(is_address, "an IP address")},
    {KEY("pod-cidrs", calico_pod_cidrs), .kind = KEY_TEXTS,
     CHECK(is_cidr, "an address range such as 10.0.0.0/8")},
    {KEY("service-cidrs", calico_service_cidrs), .kind = KEY_TEXTS,
     CHECK(is_cidr, "an address range such as 10.0.0.0/8")},
};

const SettingKey settings_keys[] = {
    {KEY("required-version", required_version), .kind = KEY_TEXT,
     CHECK(is_version_range, "a version, or the least one: '>=1.2'")},
    {KEY("targets", targets), .kind = KEY_TARGETS},
    {KEY("select", select), .kind = KEY_TEXTS},
    {KEY("ignore", ignore), .kind = KEY_TEXTS},
    {KEY("extend-ignore", extend_ignore), .kind = KEY_TEXTS, .adds = true},
    {KEY("exclude", exclude), .kind = KEY_TEXTS},
    {KEY("extend-exclude", extend_exclude), .kind = KEY_TEXTS, .adds = true},
    {KEY("extend-safe-fixes", extend_safe_fixes), .kind = KEY_TEXTS, .adds = true},
    {KEY("extend-unsafe-fixes", extend_unsafe_fixes), .kind = KEY_TEXTS, .adds = true},
    {KEY("suppress", suppress), .kind = KEY_SUPPRESS},
    {.name = STR_INIT("trainer"), KEYS(trainer_keys)},
    {.name = STR_INIT("wva"), KEYS(wva_keys)},
    {.name = STR_INIT("calico"), KEYS(calico_keys)},
    {.name = STR_INIT("chutes"), .kind = KEY_MAP},
    {.name = STR_INIT("charmed"), .kind = KEY_MAP},
    {.name = STR_INIT("kubernetes"), .kind = KEY_MAP},
    {KEY("inventory", inventory), .kind = KEY_PATHS, .at_root_only = true},
    {KEY("crds", crds), .kind = KEY_PATHS, .at_root_only = true},
    {KEY("rules", rules), .kind = KEY_PATHS, .at_root_only = true},
    {KEY("fail-on", fail_on), WORDS("error|warning|note|never"), .at_root_only = true},
    {KEY("cluster-domain", cluster_domain), .kind = KEY_TEXT, .at_root_only = true},
};

const size_t settings_key_count = COUNT(settings_keys);
