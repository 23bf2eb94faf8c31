/*
 * Bytes as a chart file: opening it must find the fault, or the file must be one that
 * can be looked at. The first byte says how much of the header is put right first, so
 * that what lies behind its checksum is reached: 1 length and checksum, 2 magic,
 * format, byte order and number of sections, 4 the sections' names. With 8 the rest is
 * damage to a good chart where opening does not look (a byte says which section, four
 * where, two what is written there), and ways are asked for: any answer will do.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "chart/image.h"
#include "support/synthetic_chart.h"

static const char *const names[] = {
#define NAME(name, type, meaning) #name,
    IMAGE_SECTIONS(NAME)
#undef NAME
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char path[512];

static void remove_file(void) {
    (void)unlink(path);
}

static int open_file(void) {
    const char *parent = getenv("TMPDIR");
    (void)snprintf(path, sizeof path, "%s/derrotero-fuzz-XXXXXX",
                   parent && *parent ? parent : "/tmp");
    int file = mkstemp(path);
    if (file < 0 || atexit(remove_file) != 0) {
        abort();
    }
    return file;
}

static void put_right(image_header *h, unsigned how, size_t length) {
    if (how & 2u) {
        memcpy(h->magic, IMAGE_MAGIC, sizeof h->magic);
        h->format = IMAGE_FORMAT;
        h->byte_order = IMAGE_BYTE_ORDER;
        h->section_count = IMAGE_SECTION_COUNT;
    }
    for (size_t i = 0; (how & 4u) && i < IMAGE_SECTION_COUNT; i++) {
        memset(h->sections[i].name, 0, sizeof h->sections[i].name);
        memcpy(h->sections[i].name, names[i], strlen(names[i]));
    }
    if (how & 1u) {
        h->bytes = length;
        h->checksum = dro_hash64(h, offsetof(image_header, checksum), IMAGE_FORMAT);
    }
}

static void write_file(int file, const void *bytes, size_t length) {
    if (ftruncate(file, 0) != 0 || pwrite(file, bytes, length, 0) != (ssize_t)length) {
        abort();
    }
}

static void look_at(dro_chart *chart) {
    dro_chart_info info;
    dro_chart_section sections[IMAGE_SECTION_COUNT];
    const dro_lost_water *lost = NULL;
    dro_error error = DRO_ERROR_INIT;
    dro_chart_get_info(chart, &info);
    if (dro_chart_sections(chart, sections, IMAGE_SECTION_COUNT) !=
        IMAGE_SECTION_COUNT) {
        abort();
    }
    for (size_t i = 0; i < IMAGE_SECTION_COUNT; i++) {
        if (strcmp(sections[i].name, names[i]) != 0) {
            abort();
        }
    }
    (void)dro_chart_lost_waters(chart, &lost);
    dro_status status = dro_chart_verify(chart, &error);
    if (status != DRO_OK && (status != DRO_STALE || error.message[0] == '\0')) {
        abort();
    }
    dro_chart_close(chart);
}

/* ---- damage to a good chart --------------------------------------------------------
 */

static synthetic_chart world;
static char *good; /* its file */
static size_t good_length;

static void remove_world(void) {
    synthetic_chart_destroy(&world);
    dro_free(good);
}

/* The small world: its building counts as the time of the first input. */
static void make_world(void) {
    dro_error error = DRO_ERROR_INIT;
    if (synthetic_chart_create(&synthetic_tiny, 0.0, NULL, &world, &error) != DRO_OK ||
        dro_file_read(world.path, SIZE_MAX / 2, &good, &good_length, &error) !=
            DRO_OK ||
        atexit(remove_world) != 0) {
        abort();
    }
}

static void spoil(char *bytes, const uint8_t *damage, size_t size) {
    static const size_t waiting[] = {IMAGE_landmarks, IMAGE_shoalmarks,  IMAGE_beacons,
                                     IMAGE_table,     IMAGE_table_class, IMAGE_leaf,
                                     IMAGE_tree_node, IMAGE_tree_parent};
    const image_header *h = (const image_header *)(const void *)good;
    for (; size >= 7; damage += 7, size -= 7) {
        const image_section *s =
            &h->sections[waiting[damage[0] % (sizeof waiting / sizeof *waiting)]];
        uint32_t at = 0;
        memcpy(&at, damage + 1, sizeof at);
        if (s->bytes >= 2) {
            memcpy(bytes + s->offset + at % (s->bytes / 2) * 2, damage + 5, 2);
        }
    }
}

static void ask_ways(const dro_chart *chart, uint8_t which) {
    dro_sea_rules_options options = DRO_SEA_RULES_OPTIONS_INIT;
    dro_sea *sea = NULL;
    dro_sea_rules *rules = NULL;
    dro_sea_path way;
    dro_sea_cell cells[8];
    dro_sea_end to[8];
    size_t ports = 0;
    (void)dro_atlas_ports(world.atlas, &ports);
    if (dro_sea_create(chart, &sea, NULL) != DRO_OK ||
        dro_sea_rules_create(chart, &options, &rules, NULL) != DRO_OK) {
        abort();
    }
    dro_sea_end from = {{-40.0, 150.0}, which % ((int)ports + 1) - 1};
    for (int i = 0; i < 8; i++) {
        to[i] = (dro_sea_end){{50.0, -13.5}, (which + i) % ((int)ports + 1) - 1};
        (void)dro_sea_route(sea, rules, from, to[i], &way, NULL);
        (void)dro_sea_route(sea, rules, to[i], from, &way, NULL);
    }
    (void)dro_sea_one_to_many(sea, rules, from, to, 8, cells, NULL);
    dro_sea_rules_destroy(rules);
    dro_sea_destroy(sea);
}

static void damage_good(int file, const uint8_t *data, size_t size) {
    dro_chart *chart = NULL;
    dro_error error = DRO_ERROR_INIT;
    if (!good) {
        make_world();
    }
    char *bytes = malloc(good_length);
    if (!bytes) {
        return;
    }
    memcpy(bytes, good, good_length);
    spoil(bytes, data + 1, size - 1);
    write_file(file, bytes, good_length);
    free(bytes);
    if (dro_chart_open(path, world.atlas, &chart, &error) != DRO_OK) {
        abort();
    }
    ask_ways(chart, data[0] >> 4);
    look_at(chart);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static int file = -1;
    dro_chart *chart = NULL;
    dro_error error = DRO_ERROR_INIT;
    if (size < 1 || size > 1u << 20) {
        return 0;
    }
    file = file < 0 ? open_file() : file;
    if (data[0] & 8u) {
        damage_good(file, data, size);
        return 0;
    }
    size_t length = size - 1;
    uint8_t *bytes = malloc(length ? length : 1);
    if (!bytes) {
        return 0;
    }
    memcpy(bytes, data + 1, length);
    if (length >= sizeof(image_header)) {
        image_header h;
        memcpy(&h, bytes, sizeof h);
        put_right(&h, data[0], length);
        memcpy(bytes, &h, sizeof h);
    }
    write_file(file, bytes, length);
    free(bytes);
    dro_status status = dro_chart_open(path, NULL, &chart, &error);
    if (status == DRO_OK) {
        look_at(chart);
    } else if (chart || error.message[0] == '\0' ||
               (status != DRO_STALE && status != DRO_IO)) {
        abort();
    }
    return 0;
}
