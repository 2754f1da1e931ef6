/* steps.c: preloaded into a tool, it counts the calls that change something on the disk or on the wire, and at the chosen one lets
 * happen what can happen there.
 *
 *   TANDEM_STEP=kill:N   the process dies before the Nth call
 *   TANDEM_STEP=half:N   the Nth call, where it writes, writes half; then the process dies
 *   TANDEM_STEP=full:N   from the Nth call on the disk is full: that one writes half, the rest nothing
 *   TANDEM_STEP=count    at the end the number of calls is written to the file TANDEM_STEPS
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_long steps;
static long chosen;
static char how;
static char counted[4096];

__attribute__((constructor)) static void begin(void) {
  const char *step = getenv("TANDEM_STEP");
  const char *path = getenv("TANDEM_STEPS");
  if (path) strncpy(counted, path, sizeof counted - 1);
  if (!step) return;
  how = step[0];
  const char *colon = strchr(step, ':');
  chosen = colon ? atol(colon + 1) : 0;
  /* A tool that the tool runs is none of ours. */
  unsetenv("LD_PRELOAD");
}

__attribute__((destructor)) static void end(void) {
  if (how != 'c' || !counted[0]) return;
  FILE *out = fopen(counted, "w");
  if (out) { fprintf(out, "%ld\n", (long)steps); fclose(out); }
}

enum { PASS, HALF, FAIL };

static int step(int changes_disk) {
  long now = atomic_fetch_add(&steps, 1) + 1;
  if (how == 'k' && now == chosen) { raise(SIGKILL); for (;;) pause(); }
  if (how == 'h' && now == chosen) return HALF;
  if (how == 'f' && now >= chosen && changes_disk) return now == chosen ? HALF : FAIL;
  return PASS;
}

static int is_file(int descriptor) {
  struct stat status;
  return descriptor > 2 && fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
}

static int is_socket(int descriptor) {
  struct stat status;
  return fstat(descriptor, &status) == 0 && S_ISSOCK(status.st_mode);
}

#define REAL(type, name, ...) static type (*real)(__VA_ARGS__); if (!real) real = dlsym(RTLD_NEXT, name)

static int full(void) { errno = ENOSPC; return -1; }

ssize_t write(int descriptor, const void *bytes, size_t count) {
  REAL(ssize_t, "write", int, const void *, size_t);
  int file = is_file(descriptor);
  if (!file && !is_socket(descriptor) && descriptor != 1) return real(descriptor, bytes, count);
  int fate = step(file);
  if (fate == FAIL) return full();
  if (fate == HALF) {
    if (how == 'f' && count < 2) return full();
    ssize_t written = real(descriptor, bytes, count / 2);
    if (how == 'h') { raise(SIGKILL); for (;;) pause(); }
    return written;
  }
  return real(descriptor, bytes, count);
}

ssize_t send(int descriptor, const void *bytes, size_t count, int flags) {
  REAL(ssize_t, "send", int, const void *, size_t, int);
  if (step(0) == HALF) {
    ssize_t written = real(descriptor, bytes, count / 2, flags);
    if (how == 'h') { raise(SIGKILL); for (;;) pause(); }
    return written;
  }
  return real(descriptor, bytes, count, flags);
}

/* Of these none is done by half. */
#define WHOLE(changes_disk) \
  do { \
    int fate = step(changes_disk); \
    if (fate == HALF && how == 'h') { raise(SIGKILL); for (;;) pause(); } \
    if (fate != PASS && changes_disk) return full(); \
  } while (0)

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    REAL(int, #name, const char *, int, ...); \
    mode_t mode = 0; \
    if (flags & (O_CREAT | O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); } \
    if ((flags & O_CREAT) && strncmp(path, "/dev/", 5)) WHOLE(access(path, F_OK) != 0); \
    return real(path, flags, mode); \
  }
OPEN(open)
OPEN(open64)

int rename(const char *from, const char *to) {
  REAL(int, "rename", const char *, const char *);
  WHOLE(0);
  return real(from, to);
}

int unlink(const char *path) {
  REAL(int, "unlink", const char *);
  WHOLE(0);
  return real(path);
}

int mkdir(const char *path, mode_t mode) {
  REAL(int, "mkdir", const char *, mode_t);
  WHOLE(access(path, F_OK) != 0);
  return real(path, mode);
}

int fsync(int descriptor) {
  REAL(int, "fsync", int);
  WHOLE(is_file(descriptor));
  return real(descriptor);
}

int truncate(const char *path, off_t length) {
  REAL(int, "truncate", const char *, off_t);
  WHOLE(0);
  return real(path, length);
}

int ftruncate(int descriptor, off_t length) {
  REAL(int, "ftruncate", int, off_t);
  WHOLE(0);
  return real(descriptor, length);
}
