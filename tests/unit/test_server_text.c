/* Targets and header fields of requests, right and wrong. */
#include <string.h>

#include "check_main.h"
#include "server/request_text.h"

static dro_arena *arena;
static dro_error error;
static srv_target target;

static void setup(void) {
    ck_assert_int_eq(dro_arena_create(&arena, &error), DRO_OK);
}

static void teardown(void) {
    dro_arena_destroy(arena);
}

static dro_status parse(const char *text) {
    return srv_target_parse(text, strlen(text), arena, &target, &error);
}

static const char *canonical(const char *text) {
    ck_assert_msg(parse(text) == DRO_OK, "%s: %s", text, error.message);
    return target.canonical;
}

static void refuses(const char *text, dro_status status, const char *part) {
    target.path = "untouched";
    ck_assert_msg(parse(text) == status, "%s", text);
    ck_assert_msg(strstr(error.message, part) != NULL, "%s", error.message);
    ck_assert_str_eq(target.path, "untouched");
}

START_TEST(a_target_is_decoded) {
    ck_assert_int_eq(parse("/api/route?from=S%C3%A3o+Paulo&to=31.2%2C122&quay&x=a=b"),
                     DRO_OK);
    ck_assert_str_eq(target.path, "/api/route");
    ck_assert_uint_eq(target.parameter_count, 4);
    ck_assert_str_eq(target.parameters[0].value, "S\xC3\xA3o Paulo");
    ck_assert_str_eq(target.parameters[1].value, "31.2,122");
    ck_assert_str_eq(target.parameters[2].name, "quay");
    ck_assert_str_eq(target.parameters[2].value, "");
    ck_assert_str_eq(target.parameters[3].value, "a=b");
}
END_TEST

START_TEST(a_plus_is_a_space_in_the_query_alone) {
    ck_assert_int_eq(parse("/a+b?c+d=e%2Bf"), DRO_OK);
    ck_assert_str_eq(target.path, "/a+b");
    ck_assert_str_eq(target.parameters[0].name, "c d");
    ck_assert_str_eq(target.parameters[0].value, "e+f");
}
END_TEST

START_TEST(empty_pieces_are_nothing) {
    ck_assert_int_eq(parse("/?"), DRO_OK);
    ck_assert_uint_eq(target.parameter_count, 0);
    ck_assert_int_eq(parse("/?&&a=1&"), DRO_OK);
    ck_assert_uint_eq(target.parameter_count, 1);
}
END_TEST

START_TEST(the_absolute_form_is_taken) {
    ck_assert_int_eq(parse("http://host:8080/api?x=1"), DRO_OK);
    ck_assert_str_eq(target.path, "/api");
    ck_assert_uint_eq(target.parameter_count, 1);
    ck_assert_int_eq(parse("http://host"), DRO_OK); /* RFC 3986, 6.2.3 */
    ck_assert_str_eq(target.path, "/");
    ck_assert_str_eq(canonical("http://host?x=1"), "/?x=1");
    refuses("http:", DRO_INVALID, "does not begin");
    refuses("https://host/", DRO_INVALID, "does not begin");
}
END_TEST

START_TEST(what_is_wrong_is_told) {
    refuses("", DRO_INVALID, "does not begin");
    refuses("*", DRO_INVALID, "does not begin");
    refuses("/a%", DRO_INVALID, "hexadecimal");
    refuses("/a%4", DRO_INVALID, "hexadecimal");
    refuses("/a%zz", DRO_INVALID, "\"/a%zz\"");
    refuses("/%00", DRO_INVALID, "NUL");
    refuses("/a?b=c%00d", DRO_INVALID, "NUL");
    refuses("/\xC3", DRO_INVALID, "UTF-8");
    refuses("/a?b=%C3%28", DRO_INVALID, "UTF-8");
    refuses("/a?%ED%A0%80=1", DRO_INVALID, "UTF-8"); /* a surrogate */
    refuses("/a?%C0%AF=1", DRO_INVALID, "UTF-8");    /* an overlong / */
    refuses("/a?=1", DRO_INVALID, "without a name");
}
END_TEST

START_TEST(dots_stay_as_they_are) {
    ck_assert_int_eq(parse("/a/%2e%2e/../b//"), DRO_OK);
    ck_assert_str_eq(target.path, "/a/../../b//");
}
END_TEST

START_TEST(parameters_have_a_limit) {
    char text[3 * SRV_PARAMETERS_MAX + 8] = "/?a";
    for (size_t i = 1; i < SRV_PARAMETERS_MAX; i++) {
        memcpy(text + strlen(text), "&a", 3);
    }
    ck_assert_int_eq(parse(text), DRO_OK);
    ck_assert_uint_eq(target.parameter_count, SRV_PARAMETERS_MAX);
    memcpy(text + strlen(text), "&a", 3);
    refuses(text, DRO_LIMIT, "parameters");
}
END_TEST

START_TEST(one_request_has_one_canonical_form) {
    ck_assert_str_eq(canonical("/r?to=b&from=a"), "/r?from=a&to=b");
    ck_assert_str_eq(canonical("/r?%66rom=%61&&to=b&"), "/r?from=a&to=b");
    ck_assert_str_eq(canonical("http://x/r?to=b&from=a"), "/r?from=a&to=b");
    ck_assert_str_eq(canonical("/r?quay"), "/r?quay=");
    ck_assert_str_eq(canonical("/r"), "/r");
    ck_assert_str_eq(canonical("/r?a=%26b%3D1"), "/r?a=%26b%3D1");
    ck_assert_str_eq(canonical("/r?a=&b=1"), "/r?a=&b=1");
    /* The order of scenarios is their meaning. */
    ck_assert_str_eq(canonical("/r?s=b&a=1&s=a"), "/r?a=1&s=b&s=a");
}
END_TEST

static unsigned weight(const char *accept, const char *type) {
    bool named = false;
    return srv_accept_weight(accept, type, &named);
}

START_TEST(accept_has_weights) {
    ck_assert_uint_eq(weight("", "text/html"), 1000);
    ck_assert_uint_eq(weight(" ", "text/html"), 1000);
    ck_assert_uint_eq(weight("text/html", "text/html"), 1000);
    ck_assert_uint_eq(weight("TEXT/HTML;q=0.5", "text/html"), 500);
    ck_assert_uint_eq(weight("text/*;q=0.25, */*;q=0.1", "text/html"), 250);
    ck_assert_uint_eq(weight("text/*, text/html ; charset=x ; Q=0.001", "text/html"),
                      1);
    ck_assert_uint_eq(weight("image/png, */*;q=0.1", "text/html"), 100);
    ck_assert_uint_eq(weight("image/png", "text/html"), 0);
    ck_assert_uint_eq(weight("text/html;q=2, text/html;q=x, ;, ,", "text/html"), 0);
    ck_assert_uint_eq(weight("text/html;q=1.001", "text/html"), 0);
}
END_TEST

START_TEST(events_have_to_be_asked_for) {
    ck_assert(srv_accepts_events("text/event-stream"));
    ck_assert(srv_accepts_events("text/event-stream, */*;q=0.5"));
    ck_assert(!srv_accepts_events(""));
    ck_assert(!srv_accepts_events("*/*"));
    ck_assert(!srv_accepts_events("text/*"));
    ck_assert(!srv_accepts_events("text/event-stream;q=0"));
    ck_assert(!srv_accepts_events("application/json, text/event-stream;q=0.5"));
}
END_TEST

START_TEST(gzip_has_to_be_accepted) {
    ck_assert(srv_accepts_gzip("gzip"));
    ck_assert(srv_accepts_gzip("deflate, GZIP;q=0.1, br"));
    ck_assert(srv_accepts_gzip("*"));
    ck_assert(srv_accepts_gzip("identity, *;q=0.5"));
    ck_assert(!srv_accepts_gzip(""));
    ck_assert(!srv_accepts_gzip("identity"));
    ck_assert(!srv_accepts_gzip("gzip;q=0, *"));
    ck_assert(!srv_accepts_gzip("gzip;q=0.000"));
    ck_assert(!srv_accepts_gzip("notgzip"));
}
END_TEST

START_TEST(tags_are_compared_weakly) {
    const char *tag = "\"a,b\"";
    ck_assert(srv_etag_matches("\"a,b\"", tag));
    ck_assert(srv_etag_matches("W/\"a,b\"", tag));
    ck_assert(srv_etag_matches(" \"x\" , W/\"a,b\"", tag));
    ck_assert(srv_etag_matches("*", tag));
    ck_assert(!srv_etag_matches("", tag));
    ck_assert(!srv_etag_matches("a,b", tag));
    ck_assert(!srv_etag_matches("\"a\", \"b\"", tag));
    ck_assert(!srv_etag_matches("\"a,b", tag));
    ck_assert(!srv_etag_matches("\"a,bc\"", tag));
}
END_TEST

START_TEST(media_types_have_parameters) {
    ck_assert(srv_media_type_is("text/csv", "text/csv"));
    ck_assert(srv_media_type_is(" Text/CSV ; charset=utf-8", "text/csv"));
    ck_assert(!srv_media_type_is("text/csvx", "text/csv"));
    ck_assert(!srv_media_type_is("", "text/csv"));
}
END_TEST

static void address_is(const char *text, const char *host, const char *port) {
    srv_address address;
    ck_assert_msg(srv_address_parse(text, &address, &error) == DRO_OK, "%s", text);
    ck_assert_str_eq(address.host, host);
    ck_assert_str_eq(address.port, port);
}

START_TEST(an_address_is_host_and_port) {
    address_is("127.0.0.1:8080", "127.0.0.1", "8080");
    address_is("[::1]:0", "::1", "0");
    address_is("localhost:65535", "localhost", "65535");
}
END_TEST

START_TEST(a_wrong_address_is_told) {
    static const char *const wrong[] = {
        "",        "8080",  ":8080",    "a:",        "a:b",
        "a:65536", "a:-1",  "a:123456", "::1:80",    "[::1]",
        "[::1]80", "[]:80", "[a]:80",   "[::1:8080", "a:8080x"};
    srv_address address = {.port = "x"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        ck_assert_msg(srv_address_parse(wrong[i], &address, &error) == DRO_INVALID,
                      "%s", wrong[i]);
        ck_assert_str_eq(address.port, "x");
    }
}
END_TEST

START_TEST(what_is_logged_is_one_line) {
    char text[64], small[16];
    (void)srv_log_quote("/a?b=\"c\\d\"", text, sizeof text);
    ck_assert_str_eq(text, "\"/a?b=\\\"c\\\\d\\\"\"");
    (void)srv_log_quote("\n\x1b[31m\x7f\xC3\xA9\xff", text, sizeof text);
    ck_assert_str_eq(text, "\"\\x0a\\x1b[31m\\x7f\xC3\xA9\\xff\"");
    size_t length = srv_log_quote("a long text that is cut", small, sizeof small);
    ck_assert_str_eq(small, "\"a long te...\"");
    ck_assert_uint_eq(length, strlen(small));
}
END_TEST

int main(void) {
    const TTest *tests[] = {a_target_is_decoded,
                            a_plus_is_a_space_in_the_query_alone,
                            empty_pieces_are_nothing,
                            the_absolute_form_is_taken,
                            what_is_wrong_is_told,
                            dots_stay_as_they_are,
                            parameters_have_a_limit,
                            one_request_has_one_canonical_form,
                            accept_has_weights,
                            events_have_to_be_asked_for,
                            gzip_has_to_be_accepted,
                            tags_are_compared_weakly,
                            media_types_have_parameters,
                            an_address_is_host_and_port,
                            a_wrong_address_is_told,
                            what_is_logged_is_one_line,
                            NULL};
    return check_main_with("server text", setup, teardown, tests);
}
