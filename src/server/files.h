/*
 * The files of the web folder, read whole when the server starts. A request's path is
 * looked up among their names and never becomes one of the file system.
 */
#ifndef DRO_SERVER_FILES_H
#define DRO_SERVER_FILES_H

#include "server/stored.h"

typedef struct srv_files srv_files;

#define SRV_FILES_MAX       4096
#define SRV_FILES_BYTES_MAX ((size_t)256 << 20)

/* Regular files only: no links, nothing whose name begins with a dot. `folder` "" gives
 * a note at "/" in place of a page. DRO_IO names what cannot be read, DRO_LIMIT what is
 * too much. */
dro_status srv_files_read(const char *folder, srv_files **out, dro_error *error);
void srv_files_destroy(srv_files *files);
size_t srv_files_count(const srv_files *files);

/* By its path ("/assets/a.js", "/" for the page), borrowed; NULL: there is none. */
srv_stored *srv_files_find(const srv_files *files, const char *path);

#endif
