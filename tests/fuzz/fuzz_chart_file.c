/*
 * Bytes as a chart file: opening it must find the fault, or the file must be one that
 * can be looked at. The first byte says how much of the header is put right first, so
 * that what lies behind its checksum is reached: 1 length and checksum, 2 magic,
 * format, byte order and number of sections, 4 the sections' names.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "chart/image.h"

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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static int file = -1;
    dro_chart *chart = NULL;
    dro_error error = DRO_ERROR_INIT;
    if (size < 1 || size > 1u << 20) {
        return 0;
    }
    file = file < 0 ? open_file() : file;
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
