#include "chart/image.h"

#include <string.h>

#define CHECK_THREADS 4u /* one section is a third of what is read */

static const char *const NAMES[] = {
#define IMAGE_NAME(name, type, meaning) #name,
    IMAGE_SECTIONS(IMAGE_NAME)
#undef IMAGE_NAME
};

static const size_t SIZES[] = {
#define IMAGE_SIZE(name, type, meaning) sizeof(type),
    IMAGE_SECTIONS(IMAGE_SIZE)
#undef IMAGE_SIZE
};

static uint64_t header_checksum(const image_header *h) {
    return dro_hash64(h, offsetof(image_header, checksum), IMAGE_FORMAT);
}

static dro_status stale(const char *path, const char *why, dro_error *error) {
    return dro_fail(error, DRO_STALE, "%s: %s; rebuild it with `derrotero chart build`",
                    path, why);
}

static dro_status check_header(const image_header *h, size_t length, const char *path,
                               dro_error *error) {
    if (length < sizeof *h || memcmp(h->magic, IMAGE_MAGIC, sizeof h->magic) != 0) {
        return stale(path, "not a chart file", error);
    }
    if (h->byte_order != IMAGE_BYTE_ORDER) {
        return stale(path, "made on a machine of another byte order", error);
    }
    if (h->format != IMAGE_FORMAT || h->section_count != IMAGE_SECTION_COUNT) {
        return stale(path, "made by another version", error);
    }
    if (h->checksum != header_checksum(h)) {
        return stale(path, "its header is damaged", error);
    }
    if (h->bytes != length) {
        return stale(path, "its length is not what its header says (truncated?)",
                     error);
    }
    return DRO_OK;
}

static dro_status check_section(const image_header *h, size_t i, const char *path,
                                dro_error *error) {
    const image_section *s = &h->sections[i];
    if (strncmp(s->name, NAMES[i], sizeof s->name) != 0 || s->offset > h->bytes ||
        s->bytes > h->bytes - s->offset || s->offset % 64 || s->bytes % SIZES[i]) {
        return stale(path, "its section table is damaged", error);
    }
    return DRO_OK;
}

dro_status image_view(const void *data, size_t length, const char *path, image *out,
                      dro_error *error) {
    const image_header *h = data;
    DRO_TRY(check_header(h, length, path, error));
    for (size_t i = 0; i < IMAGE_SECTION_COUNT; i++) {
        DRO_TRY(check_section(h, i, path, error));
    }
    const char *base = data;
    image v = {.header = h};
#define IMAGE_BIND(name, type, meaning)                                             \
    v.name = (const type *)(const void *)(base + h->sections[IMAGE_##name].offset); \
    v.name##_count = h->sections[IMAGE_##name].bytes / sizeof(type);
    IMAGE_SECTIONS(IMAGE_BIND)
#undef IMAGE_BIND
    *out = v;
    return DRO_OK;
}

/* ---- checksums ---------------------------------------------------------------- */

/* What a search cannot be led astray by beyond a longer way (landmarks), what is looked
 * at when it is read (the ports' table). */
static bool may_wait(size_t section) {
    switch (section) {
    case IMAGE_landmarks:
    case IMAGE_shoalmarks:
    case IMAGE_beacons:
    case IMAGE_table:
    case IMAGE_table_class:
    case IMAGE_leaf:
    case IMAGE_tree_node:
    case IMAGE_tree_parent:
        return true;
    default:
        return false;
    }
}

typedef struct inspection {
    const image *view;
    size_t order[IMAGE_SECTION_COUNT]; /* the largest first: threads end together */
    size_t count;
    bool damaged[IMAGE_SECTION_COUNT];
} inspection;

static void list_section(inspection *p, size_t section) {
    const image_section *all = p->view->header->sections;
    size_t at = p->count++;
    for (; at > 0 && all[p->order[at - 1]].bytes < all[section].bytes; at--) {
        p->order[at] = p->order[at - 1];
    }
    p->order[at] = section;
}

static dro_status inspect(void *context, size_t item, unsigned thread,
                          dro_error *error) {
    inspection *p = context;
    size_t i = p->order[item];
    const image_section *s = &p->view->header->sections[i];
    const char *base = (const char *)(const void *)p->view->header;
    (void)thread;
    (void)error;
    p->damaged[i] = dro_hash64(base + s->offset, s->bytes, i) != s->checksum;
    return DRO_OK;
}

static dro_status check(const image *v, bool all, unsigned threads, const char *path,
                        dro_error *error) {
    inspection p = {.view = v};
    for (size_t i = 0; i < IMAGE_SECTION_COUNT; i++) {
        if (all || !may_wait(i)) {
            list_section(&p, i);
        }
    }
    DRO_TRY(dro_parallel(p.count, threads, inspect, &p, NULL, "chart", error));
    for (size_t i = 0; i < IMAGE_SECTION_COUNT; i++) {
        if (p.damaged[i]) {
            return dro_fail(error, DRO_STALE,
                            "%s%ssection %s is damaged; rebuild the chart with "
                            "`derrotero chart build`",
                            path, *path ? ": " : "", v->header->sections[i].name);
        }
    }
    return DRO_OK;
}

dro_status image_check(const image *v, const char *path, dro_error *error) {
    unsigned cores = dro_cores();
    return check(v, false, cores < CHECK_THREADS ? cores : CHECK_THREADS, path, error);
}

dro_status image_verify(const image *v, dro_error *error) {
    return check(v, true, 0, "", error);
}

/* ---- writing ------------------------------------------------------------------ */

typedef struct part {
    const void *data;
    size_t bytes;
} part;

static void list_parts(const image *v, part parts[IMAGE_SECTION_COUNT]) {
#define IMAGE_PART(name, type, meaning) \
    parts[IMAGE_##name] = (part){v->name, v->name##_count * sizeof(type)};
    IMAGE_SECTIONS(IMAGE_PART)
#undef IMAGE_PART
}

static uint64_t aligned(uint64_t offset) {
    return (offset + 63u) & ~UINT64_C(63);
}

static void lay_out(image_header *h, const part parts[IMAGE_SECTION_COUNT]) {
    uint64_t offset = aligned(sizeof *h);
    for (size_t i = 0; i < IMAGE_SECTION_COUNT; i++) {
        image_section *s = &h->sections[i];
        memset(s, 0, sizeof *s);
        memcpy(s->name, NAMES[i], strlen(NAMES[i]));
        s->offset = offset;
        s->bytes = parts[i].bytes;
        s->checksum = dro_hash64(parts[i].data, parts[i].bytes, i);
        offset = aligned(offset + parts[i].bytes);
    }
    h->bytes = offset;
    h->section_count = IMAGE_SECTION_COUNT;
    h->checksum = header_checksum(h);
}

static bool put(FILE *f, const void *data, size_t bytes) {
    return bytes == 0 || fwrite(data, 1, bytes, f) == bytes;
}

static bool pad(FILE *f, size_t bytes) {
    static const char zero[64] = {0};
    return put(f, zero, (size_t)(aligned(bytes) - bytes));
}

dro_status image_write(const image *v, const image_header *like, const char *path,
                       dro_error *error) {
    image_header h = *like;
    part parts[IMAGE_SECTION_COUNT];
    dro_outfile *file = NULL;
    memcpy(h.magic, IMAGE_MAGIC, sizeof h.magic);
    h.format = IMAGE_FORMAT;
    h.byte_order = IMAGE_BYTE_ORDER;
    list_parts(v, parts);
    lay_out(&h, parts);
    DRO_TRY(dro_outfile_create(path, &file, error));
    FILE *f = dro_outfile_stream(file);
    bool good = put(f, &h, sizeof h) && pad(f, sizeof h);
    for (size_t i = 0; good && i < IMAGE_SECTION_COUNT; i++) {
        good = put(f, parts[i].data, parts[i].bytes) && pad(f, parts[i].bytes);
    }
    if (!good) {
        dro_outfile_abort(file);
        return dro_fail(error, DRO_IO, "%s: cannot write the chart (disk full?)", path);
    }
    return dro_outfile_commit(file, error);
}
