/*
 * What a file is, by its name.
 */
#ifndef DRO_SERVER_MEDIA_TYPE_H
#define DRO_SERVER_MEDIA_TYPE_H

#include <stdbool.h>

/* Never NULL. `text`: worth compressing. */
const char *srv_media_type(const char *name, bool *text);
/* "/assets/index-DiwrgTda.js": a build gives another name to another content. */
bool srv_name_has_hash(const char *path);

#endif
