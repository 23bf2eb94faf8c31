/* Case files: what is read, where each value stands, and what each mistake is told. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check_main.h"
#include "scenario/yaml.h"

static dro_arena *arena;
static dro_error error;
static const dro_yaml *root;

static void begin(void) {
    ck_assert_int_eq(dro_arena_create(&arena, NULL), DRO_OK);
    error = (dro_error)DRO_ERROR_INIT;
    root = NULL;
}

static void finish(void) {
    dro_arena_destroy(arena);
}

static dro_status parse(const char *text) {
    root = NULL;
    return dro_yaml_parse(text, strlen(text), "case.yaml", arena, &root, &error);
}

static void expect_error(const char *text, dro_status status, const char *message) {
    ck_assert_int_eq(parse(text), status);
    ck_assert_str_eq(error.message, message);
    ck_assert_ptr_null(root);
}

static const char *const case_text = "# a case\n"
                                     "name: Chancay\n"
                                     "country: NO\n"
                                     "draught_m: 15.5\n"
                                     "quoted: \"15.5\"\n"
                                     "open: yes\n"
                                     "nothing:\n"
                                     "ports: [PECHY, PECLL]\n"
                                     "scenarios:\n"
                                     "  - id: before\n"
                                     "    edits:\n"
                                     "      - close: {port: PECHY}\n"
                                     "  - id: after\n"
                                     "ñandú: |\n"
                                     "  two\n"
                                     "  lines\n";

START_TEST(a_case_is_read) {
    begin();
    ck_assert_int_eq(parse(case_text), DRO_OK);
    ck_assert_int_eq(root->kind, DRO_YAML_MAPPING);
    ck_assert_uint_eq(root->count, 9);
    const char *text = NULL;
    ck_assert_int_eq(
        dro_yaml_text(dro_yaml_get(root, "country"), "country", &text, &error), DRO_OK);
    ck_assert_str_eq(text, "NO");
    double draught = 0;
    ck_assert_int_eq(
        dro_yaml_number(dro_yaml_get(root, "draught_m"), "draught", &draught, &error),
        DRO_OK);
    ck_assert_double_eq(draught, 15.5);
    bool open = false;
    ck_assert_int_eq(dro_yaml_flag(dro_yaml_get(root, "open"), "open", &open, &error),
                     DRO_OK);
    ck_assert(open);
    ck_assert(dro_yaml_empty(dro_yaml_get(root, "nothing")));
    ck_assert_str_eq(dro_yaml_get(root, "ñandú")->text, "two\nlines\n");
    ck_assert_ptr_null(dro_yaml_get(root, "absent"));
    ck_assert_ptr_null(dro_yaml_get(dro_yaml_get(root, "name"), "x"));
    finish();
}
END_TEST

START_TEST(every_value_knows_its_place) {
    begin();
    ck_assert_int_eq(parse(case_text), DRO_OK);
    const dro_yaml *ports = dro_yaml_get(root, "ports");
    ck_assert_uint_eq(ports->line, 8);
    ck_assert_uint_eq(ports->column, 8);
    ck_assert_uint_eq(ports->entries[1].value.line, 8);
    ck_assert_uint_eq(ports->entries[1].value.column, 16);
    const dro_yaml *scenarios = dro_yaml_get(root, "scenarios");
    const dro_yaml *before = &scenarios->entries[0].value;
    ck_assert_uint_eq(before->line, 10);
    ck_assert_uint_eq(before->column, 5);
    const dro_yaml *edit = &dro_yaml_get(before, "edits")->entries[0].value;
    const dro_yaml *port = dro_yaml_get(dro_yaml_get(edit, "close"), "port");
    ck_assert_str_eq(port->text, "PECHY");
    ck_assert_uint_eq(port->line, 12);
    ck_assert_uint_eq(port->column, 23);
    ck_assert_uint_eq(root->entries[8].line, 14);
    ck_assert_uint_eq(root->entries[8].column, 1);
    ck_assert_uint_eq(root->entries[8].value.line, 15); /* a block's text */
    ck_assert_int_eq(parse("ñandú: x\n"), DRO_OK);
    ck_assert_uint_eq(root->entries[0].value.column, 8); /* ñ and ú count once */
    finish();
}
END_TEST

START_TEST(a_list_may_be_one_value_or_none) {
    begin();
    ck_assert_int_eq(parse("a: [1, 2]\nb: suez\nc:\nd: {x: 1}\n"), DRO_OK);
    dro_yaml_list list;
    ck_assert_int_eq(dro_yaml_list_of(dro_yaml_get(root, "a"), arena, &list, &error),
                     DRO_OK);
    ck_assert_uint_eq(list.count, 2);
    ck_assert_int_eq(dro_yaml_list_of(dro_yaml_get(root, "b"), arena, &list, &error),
                     DRO_OK);
    ck_assert_uint_eq(list.count, 1);
    ck_assert_str_eq(list.items[0].value.text, "suez");
    ck_assert_int_eq(dro_yaml_list_of(dro_yaml_get(root, "c"), arena, &list, &error),
                     DRO_OK);
    ck_assert_uint_eq(list.count, 0);
    ck_assert_int_eq(dro_yaml_list_of(dro_yaml_get(root, "d"), arena, &list, &error),
                     DRO_OK);
    ck_assert_uint_eq(list.count, 1);
    finish();
}
END_TEST

START_TEST(what_is_not_read_is_said) {
    begin();
    expect_error("a: 1\nb: &x 2\n", DRO_PARSE,
                 "case.yaml:2:4: anchors (&) are not read; write the value where it is "
                 "used");
    expect_error("a: *x\n", DRO_PARSE,
                 "case.yaml:1:4: aliases (*) are not read; write the value again");
    expect_error("a: !!str 2\n", DRO_PARSE,
                 "case.yaml:1:4: tags (!) are not read; write the value as it is");
    expect_error("a: 1\n---\nb: 2\n", DRO_PARSE,
                 "case.yaml:2:1: a second document; one is read");
    expect_error("[a, b]: 1\n", DRO_PARSE,
                 "case.yaml:1:1: a key is a list or a mapping");
    expect_error("a: 1\n  ? b: c\n", DRO_PARSE,
                 "case.yaml:2:3: explicit keys (?) are not read; write key: value");
    expect_error("a: 1\n\tb: 2\n", DRO_PARSE, "case.yaml:2:1: a tab; write spaces");
    expect_error("a: 1\rb: 2\n", DRO_PARSE,
                 "case.yaml:1:5: a carriage return without a line feed");
    expect_error("%YAML 9.9\n---\na: 1\n", DRO_PARSE,
                 "case.yaml:1:1: directives (%) are not read");
    expect_error("", DRO_PARSE, "case.yaml has nothing in it");
    expect_error("# only this\n", DRO_PARSE, "case.yaml has nothing in it");
    expect_error("a: \x01\n", DRO_PARSE, "case.yaml:1:4: a control character");
    expect_error("a: \xff\n", DRO_PARSE, "case.yaml is not UTF-8");
    expect_error("a: \"\\0\"\n", DRO_PARSE,
                 "case.yaml:1:4: a text that cannot be read");
    finish();
}
END_TEST

/* libfyaml 0.7.12 frees memory twice on these (found by fuzz_yaml, 2026-11-22). */
START_TEST(explicit_keys_with_tabs_do_not_crash) {
    begin();
    ck_assert_int_eq(parse("? b: \t- 1"), DRO_PARSE);
    ck_assert_int_eq(parse("? b]folde4'e=\" : \t: 1"), DRO_PARSE);
    ck_assert_int_eq(parse("a: so ? yes\nb: what?\n"), DRO_OK);
    ck_assert_str_eq(dro_yaml_get(root, "a")->text, "so ? yes");
    finish();
}
END_TEST

START_TEST(a_key_that_is_there_twice) {
    begin();
    expect_error("a: 1\nb: 2\n\"a\": 3\n", DRO_PARSE,
                 "case.yaml:3:1: the key \"a\" is there twice");
    expect_error("x: {p: 1, q: 2, p: 3, q: 4}\n", DRO_PARSE,
                 "case.yaml:1:17: the key \"p\" is there twice");
    finish();
}
END_TEST

/* The message is libfyaml's, the place is ours to keep. */
START_TEST(syntax_errors_have_a_place) {
    begin();
    expect_error("a: [1, 2\nb: 3\n", DRO_PARSE,
                 "case.yaml:3:1: flow sequence without a closing bracket");
    expect_error("a: 1\nb: c: d\n", DRO_PARSE,
                 "case.yaml:2:5: invalid nested block mapping on the same line");
    expect_error("a: \"no end\n", DRO_PARSE,
                 "case.yaml:1:5: double-quoted scalar without closing quote");
    finish();
}
END_TEST

START_TEST(depth_and_size_have_limits) {
    begin();
    char deep[200];
    memset(deep, '[', 33);
    memset(deep + 33, ']', 33);
    deep[66] = '\0';
    expect_error(deep, DRO_LIMIT, "case.yaml:1:33: nested deeper than 32 levels");
    memmove(deep, deep + 1, 64);
    deep[64] = '\0';
    ck_assert_int_eq(parse(deep), DRO_OK);
    static char large[DRO_YAML_BYTES_MAX + 2];
    memset(large, 'a', DRO_YAML_BYTES_MAX + 1);
    expect_error(large, DRO_LIMIT, "case.yaml is larger than 1048576 bytes");
    finish();
}
END_TEST

START_TEST(unknown_keys_name_the_nearest) {
    static const char *const known[] = {"close", "open", "scale"};
    begin();
    ck_assert_int_eq(parse("open: 1\nclsoe: 2\n"), DRO_OK);
    ck_assert_int_eq(dro_yaml_keys(root, known, 3, "an edit", &error), DRO_PARSE);
    ck_assert_str_eq(error.message, "case.yaml:2:1: an edit has an unknown key "
                                    "\"clsoe\"; did you mean \"close\"?");
    ck_assert_int_eq(parse("  colour: 2\n"), DRO_OK);
    ck_assert_int_eq(dro_yaml_keys(root, known, 3, "an edit", &error), DRO_PARSE);
    ck_assert_str_eq(error.message, "case.yaml:1:3: an edit has an unknown key "
                                    "\"colour\"; known are close, open, scale");
    ck_assert_int_eq(parse("open: 1\n"), DRO_OK);
    ck_assert_int_eq(dro_yaml_keys(root, known, 3, "an edit", &error), DRO_OK);
    finish();
}
END_TEST

static void expect_message(dro_status status, dro_status expected,
                           const char *message) {
    ck_assert_int_eq(status, expected);
    ck_assert_str_eq(error.message, message);
}

START_TEST(wrong_kinds_are_told_with_their_place) {
    begin();
    const char *text = NULL;
    double number = 0;
    bool flag = false;
    const dro_yaml *value = NULL;
    ck_assert_int_eq(parse(case_text), DRO_OK);
    expect_message(
        dro_yaml_text(dro_yaml_get(root, "ports"), "the name", &text, &error),
        DRO_PARSE, "case.yaml:8:8: the name is a list; it must be a single value");
    expect_message(
        dro_yaml_text(dro_yaml_get(root, "nothing"), "the name", &text, &error),
        DRO_INVALID, "case.yaml:7:1: the name is empty");
    expect_message(
        dro_yaml_number(dro_yaml_get(root, "quoted"), "the draught", &number, &error),
        DRO_INVALID,
        "case.yaml:5:9: the draught is a text in quotes; it must be a number");
    expect_message(
        dro_yaml_number(dro_yaml_get(root, "name"), "the draught", &number, &error),
        DRO_INVALID, "case.yaml:2:7: the draught: \"Chancay\" is not a number");
    ck_assert_int_eq(
        dro_yaml_flag(dro_yaml_get(root, "name"), "the state", &flag, &error),
        DRO_INVALID);
    expect_message(dro_yaml_require(root, "vessel", "the case", &value, &error),
                   DRO_PARSE, "case.yaml:2:1: the case has no \"vessel\"");
    expect_message(
        dro_yaml_require(dro_yaml_get(root, "name"), "x", "the case", &value, &error),
        DRO_PARSE,
        "case.yaml:2:7: the case is a single value; it must be a mapping "
        "(key: value)");
    ck_assert_ptr_null(value);
    finish();
}
END_TEST

START_TEST(files_are_read) {
    begin();
    char path[] = "yaml_test_XXXXXX";
    int file = mkstemp(path);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(write(file,
                           "\xEF\xBB\xBF"
                           "a: 1\r\n",
                           9),
                     9);
    ck_assert_int_eq(close(file), 0);
    ck_assert_int_eq(dro_yaml_read(path, arena, &root, &error), DRO_OK);
    ck_assert_str_eq(dro_yaml_get(root, "a")->text, "1");
    ck_assert_str_eq(root->file, path);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(dro_yaml_read(path, arena, &root, &error), DRO_IO);
    finish();
}
END_TEST

/* libfyaml has a mouth of its own. */
START_TEST(nothing_is_printed) {
    static const char *const bad[] = {"a: [1, 2\nb: 3\n",
                                      "a: 1\n\tb: 2\n",
                                      "a: \"no\n",
                                      "%YAML 9.9\n---\na: 1\n",
                                      "- a\nb\n",
                                      "{a: b: c}",
                                      "!<x",
                                      "&",
                                      "*",
                                      "%TAG ! x\n---\n!a b",
                                      "? ?",
                                      "@a",
                                      "`",
                                      "a: b: c\n",
                                      "'",
                                      "|9\n a",
                                      "--- >1\n\ta"};
    begin();
    char path[] = "yaml_quiet_XXXXXX";
    int file = mkstemp(path), before = dup(STDERR_FILENO);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(dup2(file, STDERR_FILENO), STDERR_FILENO);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        (void)parse(bad[i]);
    }
    ck_assert_int_eq(dup2(before, STDERR_FILENO), STDERR_FILENO);
    struct stat status;
    ck_assert_int_eq(fstat(file, &status), 0);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(close(file), 0);
    ck_assert_int_eq(close(before), 0);
    ck_assert_int_eq(status.st_size, 0);
    finish();
}
END_TEST

static void check_same(const dro_yaml *a, const dro_yaml *b) {
    ck_assert_int_eq(a->kind, b->kind);
    ck_assert_int_eq(a->quoted, b->quoted);
    ck_assert_uint_eq(a->line, b->line);
    ck_assert_uint_eq(a->column, b->column);
    ck_assert_str_eq(a->text, b->text);
    ck_assert_str_eq(a->file, b->file);
    ck_assert_uint_eq(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        const dro_yaml_entry *x = &a->entries[i], *y = &b->entries[i];
        ck_assert_int_eq(x->key == NULL, y->key == NULL);
        if (x->key != NULL) {
            ck_assert_str_eq(x->key, y->key);
            ck_assert_uint_eq(x->line, y->line);
            ck_assert_uint_eq(x->column, y->column);
        }
        check_same(&x->value, &y->value);
    }
}

/* By our own reader of JSON and by that of YAML, the places too. */
START_TEST(json_is_the_same_tree) {
    static const char *const texts[] = {
        "[]",
        " [ ] ",
        "{}",
        "[{\"close\": {\"passage\": \"suez\"}}]",
        "[1, -2.5e3, true, false, null, \"\", \"null\", [], {}]",
        "{\"a\":1,\"b\":[{\"c\":\"d\"},2],\n  \"e\":{\"f\" : \"g\"}\n}\n",
        "[\"ñandú \\u00e9 \\\" \\\\ \\/ \\n\", \"ñ\", 7]",
        "{\"ñ\": {\"x\": [\n\n 3 ]}}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const dro_yaml *own = NULL;
        begin();
        ck_assert_msg(parse(texts[i]) == DRO_OK, "%s: %s", texts[i], error.message);
        ck_assert_int_eq(dro_yaml_parse_json(texts[i], strlen(texts[i]), "case.yaml",
                                             arena, &own, &error),
                         DRO_OK);
        check_same(own, root);
        finish();
    }
}
END_TEST

START_TEST(json_that_is_refused) {
    static const struct {
        const char *text, *message;
    } bad[] = {
        {"[{\"a\": 1, \"b\": 2, \"a\": 3}]",
         "edits:1:19: the key \"a\" is there twice"},
        {"[\"a\\u0000b\"]", "edits:1:2: a text that cannot be read"},
        {"[\"a\",]x", "edits:1:7: "}, /* no JSON: as YAML says */
        {"[1}", "edits:1:"},
        {"[\t1, x]", "edits:1:2: a tab; write spaces"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        begin();
        ck_assert_int_eq(dro_yaml_parse_json(bad[i].text, strlen(bad[i].text), "edits",
                                             arena, &root, &error),
                         DRO_PARSE);
        ck_assert_msg(strncmp(error.message, bad[i].message, strlen(bad[i].message)) ==
                          0,
                      "%s", error.message);
        ck_assert_ptr_null(root);
        finish();
    }
}
END_TEST

int main(void) {
    const TTest *tests[] = {a_case_is_read,
                            every_value_knows_its_place,
                            a_list_may_be_one_value_or_none,
                            what_is_not_read_is_said,
                            explicit_keys_with_tabs_do_not_crash,
                            a_key_that_is_there_twice,
                            syntax_errors_have_a_place,
                            depth_and_size_have_limits,
                            unknown_keys_name_the_nearest,
                            wrong_kinds_are_told_with_their_place,
                            files_are_read,
                            nothing_is_printed,
                            json_is_the_same_tree,
                            json_that_is_refused,
                            NULL};
    return check_main("scenario yaml", tests);
}
