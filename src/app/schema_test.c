/* The schemas parse, and the one of the configuration says what the table of keys says. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "app/schema.h"
#include "app/settings.h"
#include "yaml/parse.h"

/* JSON is YAML: our own parser reads it. */
static const Node *open_schema(Arena *a, Str name) {
    Document d;
    Str text = schema_find(name);
    assert_true(text.len > 0);
    if (!document_parse(a, text, &d))
        fail_msg(STR_FMT ": " STR_FMT, STR_ARG(name), STR_ARG(d.error.message));
    assert_null(d.faults);
    return d.root;
}

static void test_each_command_word_has_a_schema(void **state) {
    (void)state;
    StrVec names = {0};
    command_choices(COMMAND_SCHEMA, &names);
    assert_int_equal(names.len, 3);
    for (size_t i = 0; i < names.len; i++) {
        Arena a = {0};
        const Node *root = open_schema(&a, names.items[i]);
        Str id = node_text(node_child(root, STR("$id")));
        assert_true(str_ends(id, names.items[i]));
        arena_release(&a);
    }
    vec_release(&names);
    assert_int_equal(schema_find(STR("other")).len, 0);
}

static void check_words(const SettingKey *key, const Node *schema) {
    const Node *words = node_child(schema, STR("enum"));
    Str rest = key->words, word;
    uint32_t count = 0;
    /* A YAML file says true and false without quotes. */
    if (node_is(node_child(schema, STR("type")), STR("boolean"))) return;
    while (str_split(&rest, '|', &word)) {
        if (!node_is(node_item(words, count++), word))
            fail_msg(STR_FMT ": no " STR_FMT, STR_ARG(key->name), STR_ARG(word));
    }
    assert_int_equal(words->count, count);
}

/* The same keys in both, and the same words for each choice. */
static void check_keys(const SettingKey *keys, size_t count, const Node *schema) {
    const Node *properties = node_child(schema, STR("properties"));
    assert_true(node_is(node_child(schema, STR("additionalProperties")), STR("false")));
    for (size_t i = 0; i < count; i++) {
        const Node *property = node_child(properties, keys[i].name);
        if (!property) fail_msg("the schema has no " STR_FMT, STR_ARG(keys[i].name));
        if (keys[i].kind == KEY_CHOICE) check_words(&keys[i], property);
        if (keys[i].kind == KEY_MAP) check_keys(keys[i].keys, keys[i].key_count, property);
    }
    assert_int_equal(properties->count, count);
}

static void test_config_has_the_keys(void **state) {
    (void)state;
    Arena a = {0};
    check_keys(settings_keys, settings_key_count, open_schema(&a, STR("config")));
    arena_release(&a);
}

/* What the schema allows can be migrated to, and the standard targets are its defaults. */
static void test_config_has_the_targets(void **state) {
    (void)state;
    Arena a = {0};
    const Node *root = open_schema(&a, STR("config"));
    const Node *targets = node_child(node_child(root, STR("properties")), STR("targets"));
    const Node *packs = node_child(targets, STR("properties"));
    assert_int_equal(packs->count, PACK_COUNT);
    for (Pack p = 0; p < PACK_COUNT; p++) {
        const Node *pack = node_child(packs, pack_names[p]);
        assert_non_null(pack);
        assert_true(str_eq(node_text(node_child(pack, STR("default"))), target_default(p)));
        Error err;
        NODE_EACH (version, node_child(pack, STR("enum")))
            assert_true(target_check(p, version->value, &err));
    }
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_command_word_has_a_schema),
        cmocka_unit_test(test_config_has_the_keys),
        cmocka_unit_test(test_config_has_the_targets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
