/* Standard output, or a file that is there whole or not at all. */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/fail_io.h"
#include "cli/cli.h"

dro_status cli_output_open(const cli *all, cli_output *out, dro_error *error) {
    const char *path = all->globals.output;
    if (path == NULL || strcmp(path, "-") == 0) {
        *out = (cli_output){stdout, NULL, "standard output"};
        return DRO_OK;
    }
    dro_outfile *file = NULL;
    DRO_TRY(dro_outfile_create(path, &file, error));
    *out = (cli_output){dro_outfile_stream(file), file, path};
    return DRO_OK;
}

static bool reader_is_gone(FILE *stream) {
    struct pollfd pipe = {.fd = fileno(stream), .events = POLLOUT};
    return poll(&pipe, 1, 0) == 1 && (pipe.revents & POLLERR) != 0;
}

static dro_status complain(const cli_output *out, int number, dro_error *error) {
    if (number == EPIPE || reader_is_gone(out->stream)) {
        return dro_fail(error, DRO_IO, "%s", "");
    }
    return dro_fail_io(error, number, "write", out->name);
}

/* errno of an earlier failure is gone: what is left in the buffer, or one byte more
 * where nothing is, fails for the same reason again. */
static dro_status flush(const cli_output *out, dro_error *error) {
    errno = 0;
    bool failed = fflush(out->stream) != 0;
    if (!failed && ferror(out->stream)) {
        errno = 0;
        failed = fputc('\n', out->stream) == EOF || fflush(out->stream) != 0;
    }
    int number = errno;
    return failed || ferror(out->stream) ? complain(out, number, error) : DRO_OK;
}

dro_status cli_output_check(const cli_output *out, dro_error *error) {
    return ferror(out->stream) ? flush(out, error) : DRO_OK;
}

dro_status cli_output_close(cli_output *out, dro_status status, dro_error *error) {
    if (status == DRO_OK) {
        status = flush(out, error);
    }
    if (out->file == NULL) {
        return status;
    }
    if (status == DRO_OK) {
        return dro_outfile_commit(out->file, error);
    }
    dro_outfile_abort(out->file);
    return status;
}
