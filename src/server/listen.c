/* A socket that listens. */
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/quote.h"
#include "server/state.h"

#define BACKLOG 4096

static int open_one(const struct addrinfo *at) {
    const int yes = 1;
    int file = socket(at->ai_family, at->ai_socktype, at->ai_protocol);
    if (file < 0) {
        return -1;
    }
    (void)setsockopt(file, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (fcntl(file, F_SETFD, FD_CLOEXEC) != 0 ||
        fcntl(file, F_SETFL, O_NONBLOCK) != 0 ||
        bind(file, at->ai_addr, at->ai_addrlen) != 0 || listen(file, BACKLOG) != 0) {
        int why = errno;
        (void)close(file);
        errno = why;
        return -1;
    }
    return file;
}

static unsigned port_of(int listener) {
    struct sockaddr_storage at;
    socklen_t length = sizeof at;
    if (getsockname(listener, (struct sockaddr *)&at, &length) != 0) {
        return 0;
    }
    return at.ss_family == AF_INET6
               ? ntohs(((const struct sockaddr_in6 *)(const void *)&at)->sin6_port)
               : ntohs(((const struct sockaddr_in *)(const void *)&at)->sin_port);
}

dro_status srv_listen(const char *text, int *listener, char *url, size_t url_size,
                      dro_error *error) {
    srv_address address;
    char quoted[DRO_QUOTE_MAX];
    struct addrinfo *found = NULL;
    const struct addrinfo wish = {.ai_flags = AI_PASSIVE | AI_NUMERICSERV,
                                  .ai_socktype = SOCK_STREAM};
    DRO_TRY(srv_address_parse(text, &address, error));
    int failure = getaddrinfo(address.host, address.port, &wish, &found);
    if (failure != 0) {
        return dro_fail(error, DRO_INVALID, "--listen %s: %s", dro_quote(text, quoted),
                        gai_strerror(failure));
    }
    int file = -1;
    errno = 0;
    for (const struct addrinfo *at = found; at != NULL && file < 0; at = at->ai_next) {
        file = open_one(at);
    }
    int why = errno;
    freeaddrinfo(found);
    if (file < 0) {
        return dro_fail(error, DRO_IO, "cannot listen on %s: %s",
                        dro_quote(text, quoted),
                        strerror(why)); /* NOLINT(concurrency-mt-unsafe) */
    }
    (void)snprintf(url, url_size, "http://%s%s%s:%u/", address.bracketed ? "[" : "",
                   address.host, address.bracketed ? "]" : "", port_of(file));
    *listener = file;
    return DRO_OK;
}
