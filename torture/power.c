/* Writes down what a program does to files whose names contain CMO_WATCHED, so that a loss of power can be played after it.
 *
 * Each record: kind (w write, t truncate, s sync, u unlink), length of the name, offset, length of the data; name; data.
 * Loaded with LD_PRELOAD. The records go to the file CMO_RECORD, in the order in which the calls came back.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int record = -1;

static const char *watched(int file, char *name, size_t room) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, name, room - 1);
    if (length <= 0) return NULL;
    name[length] = 0;
    const char *part = getenv("CMO_WATCHED");
    return part && strstr(name, part) ? name : NULL;
}

static void note(char kind, const char *name, int64_t offset, const void *data, int64_t length) {
    static ssize_t (*real_write)(int, const void *, size_t);
    if (!real_write) real_write = dlsym(RTLD_NEXT, "write");
    pthread_mutex_lock(&lock);
    if (record < 0) record = open(getenv("CMO_RECORD"), O_WRONLY | O_CREAT | O_APPEND, 0600);
    int64_t head[4] = {kind, (int64_t)strlen(name), offset, length};
    real_write(record, head, sizeof head);
    real_write(record, name, strlen(name));
    if (length && data) real_write(record, data, length);
    pthread_mutex_unlock(&lock);
}

static ssize_t noted_write(int file, const void *data, ssize_t done, int64_t offset) {
    char name[4096];
    if (done > 0 && watched(file, name, sizeof name)) note('w', name, offset, data, done);
    return done;
}

ssize_t pwrite64(int file, const void *data, size_t length, off64_t offset) {
    static ssize_t (*real)(int, const void *, size_t, off64_t);
    if (!real) real = dlsym(RTLD_NEXT, "pwrite64");
    return noted_write(file, data, real(file, data, length, offset), offset);
}

ssize_t pwrite(int file, const void *data, size_t length, off_t offset) {
    static ssize_t (*real)(int, const void *, size_t, off_t);
    if (!real) real = dlsym(RTLD_NEXT, "pwrite");
    return noted_write(file, data, real(file, data, length, offset), offset);
}

static int noted_sync(int file, int done) {
    char name[4096];
    if (done == 0 && watched(file, name, sizeof name)) note('s', name, 0, NULL, 0);
    return done;
}

int fsync(int file) {
    static int (*real)(int);
    if (!real) real = dlsym(RTLD_NEXT, "fsync");
    return noted_sync(file, real(file));
}

int fdatasync(int file) {
    static int (*real)(int);
    if (!real) real = dlsym(RTLD_NEXT, "fdatasync");
    return noted_sync(file, real(file));
}

int ftruncate64(int file, off64_t length) {
    static int (*real)(int, off64_t);
    if (!real) real = dlsym(RTLD_NEXT, "ftruncate64");
    int done = real(file, length);
    char name[4096];
    if (done == 0 && watched(file, name, sizeof name)) note('t', name, length, NULL, 0);
    return done;
}

int ftruncate(int file, off_t length) {
    static int (*real)(int, off_t);
    if (!real) real = dlsym(RTLD_NEXT, "ftruncate");
    int done = real(file, length);
    char name[4096];
    if (done == 0 && watched(file, name, sizeof name)) note('t', name, length, NULL, 0);
    return done;
}
