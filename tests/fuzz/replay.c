/*
 * Replays files through a fuzz target without libFuzzer: each argument is a file or
 * a folder of files. Prints how many ran; a crash is the failure.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned replay_file(const char *path) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        exit(1);
    }
    static uint8_t buffer[1u << 22];
    size_t size = fread(buffer, 1, sizeof buffer, file);
    (void)fclose(file);
    /* A block of its exact size, so that sanitizers see an overread. */
    uint8_t *exact = malloc(size == 0 ? 1 : size);
    if (exact == NULL) {
        exit(1);
    }
    for (size_t i = 0; i < size; i++) {
        exact[i] = buffer[i];
    }
    (void)LLVMFuzzerTestOneInput(exact, size);
    free(exact);
    return 1;
}

static unsigned replay_folder(const char *path) {
    DIR *folder = opendir(path);
    if (folder == NULL) {
        return replay_file(path);
    }
    unsigned count = 0;
    for (struct dirent *entry = readdir(folder); entry != NULL;
         entry = readdir(folder)) {
        char file[4096];
        (void)snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
        struct stat info;
        if (stat(file, &info) == 0 && S_ISREG(info.st_mode)) {
            count += replay_file(file);
        }
    }
    (void)closedir(folder);
    return count;
}

int main(int argc, char **argv) {
    unsigned count = 0;
    for (int i = 1; i < argc; i++) {
        count += replay_folder(argv[i]);
    }
    (void)printf("replayed %u inputs\n", count);
    return 0;
}
