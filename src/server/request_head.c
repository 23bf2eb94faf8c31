/* What makes a request's head one that two readers may understand differently (RFC
 * 9110, 5; RFC 9112, 3.2, 5.1 and 6.1), or no HTTP at all. libmicrohttpd lets most of
 * it pass, or closes the connection without a word. */
#include <string.h>
#include <strings.h>

#include "server/state.h"

typedef struct head {
    unsigned hosts, codings, lengths;
    bool chunked; /* the last of the codings is */
    const char *fault;
} head;

static bool has_space(const char *text, size_t length) {
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)text[i] <= ' ' || text[i] == 0x7f) {
            return true;
        }
    }
    return false;
}

static bool is_named(const char *name, size_t length, const char *wanted) {
    return length == strlen(wanted) && strncasecmp(name, wanted, length) == 0;
}

static enum MHD_Result look(void *context, enum MHD_ValueKind kind, const char *name,
                            size_t name_length, const char *value,
                            size_t value_length) {
    head *of = context;
    (void)kind;
    (void)value_length;
    if (name_length == 0 || has_space(name, name_length)) {
        of->fault = "a header field's name has a space in it, or is none";
    } else if (is_named(name, name_length, "Host")) {
        of->hosts++;
    } else if (is_named(name, name_length, "Content-Length")) {
        of->lengths++;
    } else if (is_named(name, name_length, "Transfer-Encoding")) {
        of->codings++;
        of->chunked = value != NULL && strcasecmp(value, "chunked") == 0;
    }
    return of->fault == NULL ? MHD_YES : MHD_NO;
}

srv_head_fault srv_head_check(struct MHD_Connection *connection, const char *address,
                              const char *version) {
    head of = {0};
    bool old = strcmp(version, "HTTP/1.0") == 0;
    (void)MHD_get_connection_values_n(connection, MHD_HEADER_KIND, look, &of);
    srv_head_fault found = {.text = of.fault};
    if (of.codings > 0) {
        found.endless = of.codings > 1 || !of.chunked || old;
    }
    if (found.text == NULL && (found.endless || (of.codings > 0 && of.lengths > 0))) {
        found.text =
            "a body has a Content-Length, or the Transfer-Encoding chunked, not both";
    }
    if (found.text == NULL && has_space(address, strlen(address))) {
        found.text = "the address has a space or a control character in it";
    }
    if (found.text == NULL && (of.hosts > 1 || (of.hosts == 0 && !old))) {
        found.text = "a request has one Host";
    }
    return found;
}
