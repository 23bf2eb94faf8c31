/*
 * The endpoints: thin over src/ask. A query string or the fields of a JSON body become
 * a question, its answer the body.
 */
#ifndef DRO_SERVER_API_H
#define DRO_SERVER_API_H

#include "ask/ask.h"
#include "atlas/json.h"
#include "server/http.h"

/* Pairs of one matrix, cells of one grid: an answer is held in memory. */
#define SRV_PAIRS_MAX 250000
#define SRV_CELLS_MAX 50000

/* A case that is served, with what is in its claims file. */
typedef struct srv_api_case {
    const dro_case *of;
    dro_ask_text claims; /* bytes NULL: it has none */
    char *owned;
} srv_api_case;

struct srv_api {
    dro_session *session;
    dro_store *store;    /* with the cases that are served, the default first */
    srv_api_case *cases; /* as many as the store has */
    size_t case_count;
    dro_land *land; /* or NULL */
    uint64_t data;
};

/* A question by its query string; call->data is the dro_ask_question. */
dro_status srv_api_ask(srv_call *call, dro_error *error);
/* POST /api/compare and /api/matrix. */
dro_status srv_api_compare(srv_call *call, dro_error *error);
dro_status srv_api_matrix(srv_call *call, dro_error *error);
dro_status srv_api_audit(srv_call *call, dro_error *error);
dro_status srv_api_health(srv_call *call, dro_error *error);
dro_status srv_api_openapi(srv_call *call, dro_error *error);
/* May it take more than 1 ms? */
bool srv_api_slow_route(const srv_request *request);
bool srv_api_slow_ports(const srv_request *request);

/* ---- what they are made of ----------------------------------------------------- */

/* The parameters of the address into a request. */
dro_status srv_api_set(const srv_call *call, dro_ask_request *request,
                       dro_error *error);
/* Checks, answers, and says of what type the answer is. */
dro_status srv_api_answer(srv_call *call, dro_ask_request *request, dro_error *error);

/* A field of a JSON body that is no option: takes its value. */
typedef struct srv_api_field {
    const char *name;
    dro_status (*take)(void *context, const dro_json *body, const char *value,
                       dro_error *error);
} srv_api_field;

/* The members of a JSON object into a request, each of its option's type: a number, a
 * string, true or false; a list is a string or an array of strings, areas are objects
 * too. The texts are in the call's arena. DRO_PARSE with "body:line:column". */
dro_status srv_api_set_body(const srv_call *call, dro_ask_request *request,
                            const srv_api_field *fields, size_t field_count,
                            void *context, dro_error *error);
/* The body's media type is `type`, whatever comes after a semicolon. */
bool srv_api_body_is(const srv_call *call, const char *type);
/* Is there a U+0000 in a JSON string that was checked? It would end a text early. */
bool srv_api_has_nul(const char *string);

/* Of the tables, the chart, the cases and the program. */
dro_status srv_api_hash(dro_session *session, dro_store *store, uint64_t *out,
                        dro_error *error);

#endif
