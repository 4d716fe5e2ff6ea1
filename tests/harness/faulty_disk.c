/* Fails chosen system calls on a SQLite database, as a full or broken disk does.
 *
 * Loaded before the C library (LD_PRELOAD). The file named by FAULTY_DISK_PLAN says
 * which: "write 28 3" lets three more writes succeed and then fails each with errno
 * 28 until the file says something else. "sync" stands for fsync and fdatasync. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static int is_database(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return strstr(path, "tintype.db") != NULL;
}

/* The errno with which this call fails, or 0. */
static int fault(int fd, const char *call) {
    static char last[64];
    static long passed;
    const char *plan_path = getenv("FAULTY_DISK_PLAN");
    if (plan_path == NULL || !is_database(fd)) return 0;
    char plan[64] = "", planned[16] = "";
    int code = 0;
    long after = 0;
    int file = open(plan_path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    ssize_t length = read(file, plan, sizeof plan - 1);
    close(file);
    if (length <= 0 || sscanf(plan, "%15s %d %ld", planned, &code, &after) != 3) return 0;
    if (strcmp(planned, call) != 0) return 0;
    pthread_mutex_lock(&lock);
    if (strcmp(plan, last) != 0) {
        strcpy(last, plan);
        passed = 0;
    }
    int failing = passed++ >= after;
    pthread_mutex_unlock(&lock);
    return failing ? code : 0;
}

#define NEXT(call) static __typeof__(&call) next; if (!next) next = (__typeof__(&call))dlsym(RTLD_NEXT, #call)
#define FAIL_IF(fd, call) do { int code = fault(fd, call); if (code) { errno = code; return -1; } } while (0)

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
    NEXT(pwrite64);
    FAIL_IF(fd, "write");
    return next(fd, bytes, count, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
    NEXT(pwrite);
    FAIL_IF(fd, "write");
    return next(fd, bytes, count, at);
}

int fdatasync(int fd) {
    NEXT(fdatasync);
    FAIL_IF(fd, "sync");
    return next(fd);
}

int fsync(int fd) {
    NEXT(fsync);
    FAIL_IF(fd, "sync");
    return next(fd);
}

int ftruncate64(int fd, off64_t length) {
    NEXT(ftruncate64);
    FAIL_IF(fd, "write");
    return next(fd, length);
}
