/* The question ports [QUERY]. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "ask/job.h"
#include "base/quote.h"

typedef struct ports_values {
    const char *near, *country;
    long limit;
} ports_values;

static const ports_values defaults = {.limit = 0};

static const dro_ask_option options[] = {
    {"near", '\0', DRO_ASK_TEXT, offsetof(ports_values, near), "LAT,LON", 0, 0,
     "nearest first, with the distance"},
    {"country", '\0', DRO_ASK_TEXT, offsetof(ports_values, country), "PE", 0, 0,
     "ISO 3166 code of two letters"},
    {"limit", '\0', DRO_ASK_COUNT, offsetof(ports_values, limit), "N", 0, 1e6,
     "at most so many (default: 10 with QUERY or --near, else all)"},
};

typedef struct selection {
    const dro_ask_context *context;
    const ports_values *asked;
    const char *query;
    dro_place near; /* if asked->near */
    size_t *rows;
    double *distance_nm;
    size_t count, total;
} selection;

static bool in_country(const selection *chosen, size_t row) {
    size_t count = 0;
    const dro_port *port =
        &dro_atlas_ports(dro_ask_atlas(chosen->context), &count)[row];
    return chosen->asked->country == NULL ||
           strcasecmp(port->country, chosen->asked->country) == 0;
}

/* All matches of the query, or all ports, nearest first if that is asked. */
static void match(selection *chosen) {
    const dro_atlas *atlas = dro_ask_atlas(chosen->context);
    if (chosen->query != NULL) {
        chosen->count =
            dro_atlas_search_ports(atlas, chosen->query, chosen->total, chosen->rows);
        for (size_t i = 0; chosen->asked->near != NULL && i < chosen->count; i++) {
            size_t all = 0;
            dro_point at = dro_atlas_ports(atlas, &all)[chosen->rows[i]].at;
            chosen->distance_nm[i] = dro_geo_distance_nm(chosen->near.at, at);
        }
    } else if (chosen->asked->near != NULL) {
        chosen->count = dro_atlas_nearest_ports(atlas, chosen->near.at, chosen->total,
                                                chosen->rows, chosen->distance_nm);
    } else {
        for (size_t i = 0; i < chosen->total; i++) {
            chosen->rows[chosen->count++] = i;
        }
    }
}

static void narrow(selection *chosen) {
    bool few = chosen->query != NULL || chosen->asked->near != NULL;
    size_t most = chosen->asked->limit > 0 ? (size_t)chosen->asked->limit
                  : few                    ? 10
                                           : chosen->total;
    size_t kept = 0;
    for (size_t i = 0; i < chosen->count && kept < most; i++) {
        if (in_country(chosen, chosen->rows[i])) {
            chosen->rows[kept] = chosen->rows[i];
            chosen->distance_nm[kept++] = chosen->distance_nm[i];
        }
    }
    chosen->count = kept;
}

static dro_status check(const dro_ask_asked *asked, dro_error *error) {
    const char *country = ((const ports_values *)asked->values)->country;
    if (country == NULL ||
        (strlen(country) == 2 && isalpha((unsigned char)country[0]) &&
         isalpha((unsigned char)country[1]))) {
        return DRO_OK;
    }
    return dro_fail(error, DRO_INVALID,
                    "%s '%.40s' is not a code of two letters, as PE",
                    dro_ask_label(asked, "--country"), country);
}

static dro_status nothing_matches(const selection *chosen, dro_error *error) {
    char quoted[DRO_QUOTE_MAX];
    if (chosen->query == NULL) {
        return dro_fail(error, DRO_NO_ANSWER, "no port matches");
    }
    return dro_fail(error, DRO_NO_ANSWER, "no port matches %s",
                    dro_quote(chosen->query, quoted));
}

static dro_status read(dro_ask_job *job, dro_error *error) {
    const ports_values *values = job->values;
    const dro_ask_operands *given = job->asked->given;
    selection *chosen = job->state;
    *chosen = (selection){.context = job->context, .asked = values};
    chosen->query = given->count > 0 ? given->items[0] : NULL;
    return values->near != NULL
               ? dro_ask_place(job->context, values->near, &chosen->near, error)
               : DRO_OK;
}

static dro_status find(dro_ask_job *job, dro_error *error) {
    selection *chosen = job->state;
    (void)dro_atlas_ports(dro_ask_atlas(job->context), &chosen->total);
    chosen->rows = dro_arena_alloc(job->arena, chosen->total, sizeof *chosen->rows);
    chosen->distance_nm =
        dro_arena_alloc(job->arena, chosen->total, sizeof *chosen->distance_nm);
    if (chosen->rows == NULL || chosen->distance_nm == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for a list of ports");
    }
    match(chosen);
    narrow(chosen);
    return chosen->count > 0 ? DRO_OK : nothing_matches(chosen, error);
}

static dro_status write(dro_ask_job *job, dro_error *error) {
    const selection *chosen = job->state;
    return dro_report_ports(
        job->out, job->asked->format, dro_ask_atlas(job->context), chosen->rows,
        chosen->asked->near != NULL ? chosen->distance_nm : NULL, chosen->count, error);
}

const dro_ask_question dro_ask_ports = {
    .name = "ports",
    .usage = "[QUERY] [options]",
    .summary = "look up and list ports",
    .text =
        "QUERY is a code, a name or part of one, accents and typing mistakes aside.",
    DRO_ASK_VALUES(options, defaults),
    .formats = DRO_ASK_FORMS_OF_ROWS | 1u << DRO_FORMAT_GEOJSON,
    .format = DRO_FORMAT_TABLE,
    .least = 0,
    .most = 1,
    .named = {"q"},
    .check = check,
    .state_size = sizeof(selection),
    .read = read,
    .find = find,
    .write = write,
};
