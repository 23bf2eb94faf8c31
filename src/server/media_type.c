/* Media types by the ends of names (IANA's registry); see media_type.h. */
#include "server/media_type.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

static const struct row {
    const char *end, *type;
    bool text;
} rows[] = {
    {".html", "text/html; charset=utf-8", true},
    {".js", "text/javascript; charset=utf-8", true},
    {".mjs", "text/javascript; charset=utf-8", true},
    {".css", "text/css; charset=utf-8", true},
    {".json", "application/json", true},
    {".geojson", "application/geo+json", true},
    {".map", "application/json", true},
    {".csv", "text/csv; charset=utf-8", true},
    {".svg", "image/svg+xml", true},
    {".txt", "text/plain; charset=utf-8", true},
    {".md", "text/markdown; charset=utf-8", true},
    {".yaml", "application/yaml", true},
    {".webmanifest", "application/manifest+json", true},
    {".wasm", "application/wasm", true},
    {".pbf", "application/x-protobuf", true},
    {".ico", "image/vnd.microsoft.icon", true},
    {".png", "image/png", false},
    {".jpg", "image/jpeg", false},
    {".webp", "image/webp", false},
    {".woff", "font/woff", false},
    {".woff2", "font/woff2", false},
    {".ttf", "font/ttf", true},
};

const char *srv_media_type(const char *name, bool *text) {
    const char *end = strrchr(name, '.');
    for (size_t i = 0; end != NULL && i < sizeof rows / sizeof *rows; i++) {
        if (strcasecmp(end, rows[i].end) == 0) {
            *text = rows[i].text;
            return rows[i].type;
        }
    }
    *text = false;
    return "application/octet-stream";
}

/* Vite puts eight characters of base64url between the last - and the end. */
bool srv_name_has_hash(const char *path) {
    const size_t length = 8;
    const char *end = strrchr(path, '.');
    if (strncmp(path, "/assets/", 8) != 0 || end == NULL ||
        (size_t)(end - path) < length + 1 || *(end - length - 1) != '-') {
        return false;
    }
    for (const char *at = end - length; at < end; at++) {
        if (!isalnum((unsigned char)*at) && *at != '-' && *at != '_') {
            return false;
        }
    }
    return true;
}
