/*
 * ports.csv, and ports_wide.csv with further ports whose places are less certain.
 */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "atlas/table.h"
#include "base/quote.h"

static const char *const statuses[] = {"open", "planned", "closed", NULL};

#define DEPTH(member) DRO_NUMBER(#member, dro_port, member, DRO_UNKNOWN, 0, 200)

static const dro_field fields[] = {
    DRO_ID(dro_port, code),
    DRO_NAME(dro_port, name),
    DRO_PROSE(dro_port, aliases),
    DRO_CLASS(dro_port, country),
    DRO_FIGURE("lat", dro_port, at.lat_deg, -1e9, 1e9),
    DRO_FIGURE("lon", dro_port, at.lon_deg, -1e9, 1e9),
    DEPTH(alongside_m),
    DEPTH(channel_m),
    DRO_NUMBER("ukc_m", dro_port, ukc_m, DRO_UNKNOWN, 0, 10),
    DRO_NUMBER("max_draft_m", dro_port, max_draft_m, DRO_UNKNOWN, 0, 40),
    DRO_NUMBER("max_loa_m", dro_port, max_loa_m, DRO_UNKNOWN, 5, 600),
    DRO_NUMBER("max_beam_m", dro_port, max_beam_m, DRO_UNKNOWN, 2, 150),
    DRO_NUMBER("crane_rows", dro_port, crane_rows, DRO_UNKNOWN, 0, 40),
    DRO_TEXT(dro_port, kind),
    DRO_WORD(dro_port, status, statuses),
    DRO_TEXT(dro_port, as_of),
    DRO_SOURCE(dro_port, source),
    DRO_WORD(dro_port, mark, dro_mark_words),
    DRO_PROSE(dro_port, note),
};

/* UN/LOCODE, or a code of the same form: two letters, three letters or digits. */
static bool is_code(const char *code) {
    for (size_t i = 0; i < 5; i++) {
        unsigned char c = (unsigned char)code[i];
        if (!isupper(c) && !(i >= 2 && isdigit(c))) {
            return false;
        }
    }
    return code[5] == '\0';
}

static bool is_country(const char *country) {
    return isupper((unsigned char)country[0]) && isupper((unsigned char)country[1]) &&
           country[2] == '\0';
}

static dro_status finish(dro_atlas *atlas, const dro_record *record, void *row,
                         bool *skip, dro_error *error) {
    (void)atlas;
    (void)skip;
    const dro_port *port = row;
    char quoted[DRO_QUOTE_MAX];
    if (!is_code(port->code)) {
        return dro_record_fail(record, "code", error,
                               "%s is not a UN/LOCODE (like PECLL)",
                               dro_quote(port->code, quoted));
    }
    if (!is_country(port->country)) {
        return dro_record_fail(record, "country", error,
                               "%s is not a country's two letters (like PE)",
                               dro_quote(port->country, quoted));
    }
    return dro_record_point(record, "lat", port->at, error);
}

/* Those of ports.csv come first, so that a code there is the better row. */
static dro_status finish_wide(dro_atlas *atlas, const dro_record *record, void *row,
                              bool *skip, dro_error *error) {
    DRO_TRY(finish(atlas, record, row, skip, error));
    dro_port *port = row;
    port->wide = true;
    const dro_rows *rows = &atlas->tables[DRO_TABLE_PORTS];
    const dro_name_slot *slot = dro_names_find(&rows->ids, port->code);
    *skip = slot != NULL && !((const dro_port *)rows->items)[slot->value].wide;
    return DRO_OK;
}

const dro_table dro_table_ports_wide = {
    .file = "ports_wide.csv",
    .id = DRO_TABLE_PORTS,
    .row_size = sizeof(dro_port),
    .fields = fields,
    .field_count = sizeof fields / sizeof fields[0],
    .finish = finish_wide,
};

/* ---- where the wide table is -------------------------------------------------- */

static bool is_file(const char *path) {
    struct stat info;
    return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

#if defined(DRO_WIDE_BUILD) && defined(DRO_DATA_BUILD)
static bool same_folder(const char *a, const char *b) {
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev &&
           x.st_ino == y.st_ino;
}
#endif

/* DERROTERO_PORTS_WIDE (empty: none), beside ports.csv, or, for the tables of the
 * source tree, where the build puts it. An empty path: there is none. */
static dro_status locate_wide(const char *directory, char *path, dro_error *error) {
    const char *given = getenv("DERROTERO_PORTS_WIDE"); /* NOLINT(concurrency-*) */
    if (given != NULL) {
        int length = snprintf(path, DRO_PATH_MAX, "%s", given);
        return length < DRO_PATH_MAX
                   ? DRO_OK
                   : dro_fail(error, DRO_LIMIT, "DERROTERO_PORTS_WIDE is too long");
    }
    DRO_TRY(dro_atlas_path(directory, dro_table_ports_wide.file, path, error));
    if (is_file(path)) {
        return DRO_OK;
    }
#if defined(DRO_WIDE_BUILD) && defined(DRO_DATA_BUILD)
    if (same_folder(directory, DRO_DATA_BUILD)) {
        DRO_TRY(dro_atlas_path(DRO_WIDE_BUILD, dro_table_ports_wide.file, path, error));
        if (is_file(path)) {
            return DRO_OK;
        }
    }
#endif
    path[0] = '\0';
    return DRO_OK;
}

static dro_status add_keys(dro_atlas *atlas, dro_error *error) {
    size_t count = 0;
    const dro_port *ports = dro_atlas_ports(atlas, &count);
    for (size_t i = 0; i < count; i++) {
        int rank = ports[i].wide;
        dro_key key = {.item = i, .kind = DRO_KEY_CODE, .rank = rank};
        DRO_TRY(
            dro_lookup_add(&atlas->ports, atlas->arena, ports[i].code, &key, error));
        DRO_TRY(dro_lookup_add_names(&atlas->ports, atlas->arena, ports[i].name,
                                     ports[i].aliases, i, rank, error));
    }
    dro_lookup_sort(&atlas->ports);
    return DRO_OK;
}

static dro_status index_places(dro_atlas *atlas, dro_error *error) {
    size_t count = 0;
    const dro_port *ports = dro_atlas_ports(atlas, &count);
    dro_point *places = dro_malloc(count, sizeof *places);
    if (places == NULL) {
        return dro_fail(error, DRO_NOMEM, "out of memory for the ports' places");
    }
    for (size_t i = 0; i < count; i++) {
        places[i] = ports[i].at;
    }
    dro_status status = dro_index_create(places, count, &atlas->places, error);
    dro_free(places);
    return status;
}

static dro_status prepare(dro_atlas *atlas, const char *directory, dro_error *error) {
    char path[DRO_PATH_MAX];
    DRO_TRY(locate_wide(directory, path, error));
    if (path[0] != '\0') {
        DRO_TRY(dro_table_read(atlas, &dro_table_ports_wide, path, error));
    }
    DRO_TRY(index_places(atlas, error));
    return add_keys(atlas, error);
}

const dro_table dro_table_ports = {
    .file = "ports.csv",
    .id = DRO_TABLE_PORTS,
    .row_size = sizeof(dro_port),
    .fields = fields,
    .field_count = sizeof fields / sizeof fields[0],
    .finish = finish,
    .after = prepare,
};

/* ---- asking --------------------------------------------------------------------- */

static void describe(const dro_atlas *atlas, size_t item, char *buffer, size_t size) {
    size_t count = 0;
    const dro_port *port = &dro_atlas_ports(atlas, &count)[item];
    (void)snprintf(buffer, size, "%s (%s)", port->name, port->code);
}

static const char *country_of(const dro_atlas *atlas, size_t item) {
    size_t count = 0;
    return dro_atlas_ports(atlas, &count)[item].country;
}

static const dro_lookup_about about_ports = {
    .what = "port", .describe = describe, .country_of = country_of};

dro_status dro_atlas_find_port(const dro_atlas *atlas, const char *text, size_t *port,
                               dro_error *error) {
    return dro_lookup_find(atlas, &atlas->ports, &about_ports, text, port, error);
}

bool dro_atlas_names_port(const dro_atlas *atlas, const char *text) {
    return dro_lookup_is_named(atlas, &atlas->ports, &about_ports, text);
}

size_t dro_atlas_nearest_ports(const dro_atlas *atlas, dro_point at, size_t most,
                               size_t *ports, double *distance_nm) {
    size_t found = dro_index_nearest(atlas->places, at, most, ports, distance_nm);
    for (size_t i = 0; i < found; i++) {
        distance_nm[i] /= DRO_M_PER_NM;
    }
    return found;
}

const char *dro_port_status_text(dro_port_status status) {
    return statuses[status];
}
