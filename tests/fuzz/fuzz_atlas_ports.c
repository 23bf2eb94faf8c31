/*
 * The fact tables as bytes: the first byte chooses the table, the rest is the file.
 * Whatever is accepted is then looked up.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "atlas/table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char sources[] = "id,title,publisher,year,licence,note\ntest,T,,,,\n";
static const char fuels[] = "id,name,price_usd_t,price_low_usd_t,price_high_usd_t,co2_"
                            "t_per_t,as_of,source,mark\n"
                            "vlsfo,F,470,430,515,3.151,2025,test,press\n";

static const dro_table *const tables[] = {
    &dro_table_ports,    &dro_table_ports_wide, &dro_table_passages, &dro_table_vessels,
    &dro_table_fuels,    &dro_table_sources,    &dro_table_barriers, &dro_table_lakes,
    &dro_table_channels, &dro_table_shoals,
};

static void look_up(const dro_atlas *atlas) {
    size_t count = 0, item = 0, found[3];
    const dro_port *ports = dro_atlas_ports(atlas, &count);
    for (size_t i = 0; i < count && i < 8; i++) {
        assert(dro_atlas_find_port(atlas, ports[i].code, &item, NULL) == DRO_OK);
        (void)dro_atlas_find_port(atlas, ports[i].name, &item, NULL);
        (void)dro_atlas_search_ports(atlas, ports[i].aliases, 3, found);
    }
    const dro_passage *passages = dro_atlas_passages(atlas, &count);
    for (size_t i = 0; i < count && i < 8; i++) {
        (void)dro_atlas_find_passage(atlas, passages[i].id, &item, NULL);
        (void)dro_atlas_find_passage(atlas, passages[i].name, &item, NULL);
    }
}

static dro_atlas *empty_atlas(void) {
    dro_atlas *atlas = dro_calloc(1, sizeof *atlas);
    if (atlas == NULL || dro_arena_create(&atlas->arena, NULL) != DRO_OK ||
        dro_table_read_memory(atlas, &dro_table_sources, sources, sizeof sources - 1,
                              NULL) != DRO_OK ||
        dro_table_read_memory(atlas, &dro_table_fuels, fuels, sizeof fuels - 1, NULL) !=
            DRO_OK) {
        abort();
    }
    return atlas;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0) {
        return 0;
    }
    (void)setenv("DERROTERO_PORTS_WIDE", "", 1);
    const dro_table *table = tables[data[0] % (sizeof tables / sizeof tables[0])];
    char *bytes = malloc(size);
    if (bytes == NULL) {
        return 0;
    }
    memcpy(bytes, data + 1, size - 1);
    bytes[size - 1] = '\0';
    dro_atlas *atlas = empty_atlas();
    dro_error error = DRO_ERROR_INIT;
    dro_status status = dro_table_read_memory(atlas, table, bytes, size - 1, &error);
    bool ports = table->id == DRO_TABLE_PORTS;
    const dro_table *last = ports ? &dro_table_ports : table;
    if (status == DRO_OK && last->after != NULL) {
        status = last->after(atlas, ".", &error);
    }
    if (status == DRO_OK) {
        look_up(atlas);
    } else {
        assert(error.message[0] != '\0' && strchr(error.message, '\n') == NULL);
        assert(status == DRO_PARSE || status == DRO_LIMIT);
    }
    dro_atlas_destroy(atlas);
    free(bytes);
    return 0;
}
