/*
 * Makes SIGKILL equal to a loss of power, for files below SHIM_ROOT.
 *
 * The kernel keeps what was written when a process dies; a disk that loses power keeps what was synced. So before every
 * change this library appends to SHIM_JOURNAL what is needed to undo it, and notes every sync. The harness reads the
 * journal after the kill and takes back whatever was not synced: bytes and lengths until their file was, names until
 * their directory was.
 *
 * The shared-memory file of a database (-shm) is mapped, never synced and rebuilt by whoever opens next; it is left alone.
 *
 * One entry: a line of text, then raw bytes where the line says how many.
 *   W ino offset oldlen oldsize path\n<oldlen bytes>   bytes from offset on were about to change
 *   T ino newsize oldsize taillen path\n<taillen bytes> the file was about to be cut or grown
 *   S ino path\n                                        the file was synced
 *   C path\n                                            a name was made
 *   M path\n                                            a directory was made
 *   U backup<TAB>path\n                                 a name was removed; the file is kept as the backup
 *   R backup|-<TAB>old<TAB>new\n                        renamed; what stood there is kept as the backup
 *   D path\n                                            a directory was synced
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(ret, name, args)                       \
  static ret(*real) args;                           \
  if (!real) *(void **)&real = dlsym(RTLD_NEXT, #name)

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int journal = -2;
static const char *root;
static size_t root_length;
static unsigned backups;

static int is_on(void) {
  if (journal == -2) {
    const char *file = getenv("SHIM_JOURNAL");
    root = getenv("SHIM_ROOT");
    root_length = root ? strlen(root) : 0;
    journal = file && root ? (int)syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600) : -1;
  }
  return journal >= 0;
}

static int matches(const char *path) {
  size_t length = strlen(path);
  if (strncmp(path, root, root_length) != 0 || (path[root_length] != '/' && path[root_length] != 0)) return 0;
  return !(length > 4 && strcmp(path + length - 4, "-shm") == 0);
}

/* The absolute path of a name relative to a directory, links in its folder resolved. */
static int path_of(int dirfd, const char *name, char *out, size_t size) {
  if (name[0] == '/') {
    if (strlen(name) >= size) return 0;
    strcpy(out, name);
  } else {
    char link[64], base[4096];
    if (dirfd == AT_FDCWD) {
      if (!getcwd(base, sizeof base)) return 0;
    } else {
      snprintf(link, sizeof link, "/proc/self/fd/%d", dirfd);
      ssize_t n = readlink(link, base, sizeof base - 1);
      if (n < 0) return 0;
      base[n] = 0;
    }
    if ((size_t)snprintf(out, size, "%s/%s", base, name) >= size) return 0;
  }
  /* Names through /proc/self/fd/N/name lead where that directory is. */
  int fd;
  int used = 0;
  if (sscanf(out, "/proc/self/fd/%d/%n", &fd, &used) == 1 && used > 0) {
    char link[64], base[4096], rest[4096];
    strncpy(rest, out + used, sizeof rest - 1);
    rest[sizeof rest - 1] = 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, base, sizeof base - 1);
    if (n < 0) return 0;
    base[n] = 0;
    if ((size_t)snprintf(out, size, "%s/%s", base, rest) >= size) return 0;
  }
  return matches(out);
}

static int path_of_fd(int fd, char *out, size_t size) {
  char link[64];
  if (fd <= 2 || !is_on() || fd == journal) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, out, size - 1);
  if (n < 0) return 0;
  out[n] = 0;
  return matches(out);
}

static void put(const char *head, const void *body, size_t length) {
  struct iovec parts[2] = {{(void *)head, strlen(head)}, {(void *)body, length}};
  ssize_t n = syscall(SYS_writev, journal, parts, length > 0 ? 2 : 1);
  if (n != (ssize_t)(parts[0].iov_len + length)) abort();
}

/*
 * The bytes that are there now. Whenever the descriptor can read it does: to open and close the file once more would give
 * up every lock that this process holds on it. What is only written to is never locked.
 */
static void read_old(int fd, const char *path, char *bytes, size_t length, off64_t offset) {
  int flags = fcntl(fd, F_GETFL);
  int again = (flags & O_ACCMODE) == O_WRONLY ? (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC) : fd;
  if (again < 0 || syscall(SYS_pread64, again, bytes, length, offset) != (ssize_t)length) abort();
  if (again != fd) syscall(SYS_close, again);
}

static void note_write(int fd, off64_t offset, size_t length) {
  char path[4096], head[4400];
  struct stat st;
  if (!path_of_fd(fd, path, sizeof path) || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) return;
  size_t old = offset >= st.st_size ? 0 : (size_t)(st.st_size - offset) < length ? (size_t)(st.st_size - offset) : length;
  char *bytes = malloc(old + 1);
  read_old(fd, path, bytes, old, offset);
  snprintf(head, sizeof head, "W %lu %lld %zu %lld %s\n", (unsigned long)st.st_ino, (long long)offset, old, (long long)st.st_size, path);
  put(head, bytes, old);
  free(bytes);
}

static void note_truncate(int fd, off64_t size) {
  char path[4096], head[4400];
  struct stat st;
  if (!path_of_fd(fd, path, sizeof path) || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) return;
  size_t tail = size < st.st_size ? (size_t)(st.st_size - size) : 0;
  char *bytes = malloc(tail + 1);
  read_old(fd, path, bytes, tail, size);
  snprintf(head, sizeof head, "T %lu %lld %lld %zu %s\n", (unsigned long)st.st_ino, (long long)size, (long long)st.st_size, tail, path);
  put(head, bytes, tail);
  free(bytes);
}

static void note_sync(int fd) {
  char path[4096], head[4400];
  struct stat st;
  if (!path_of_fd(fd, path, sizeof path) || fstat(fd, &st) != 0) return;
  if (S_ISDIR(st.st_mode)) snprintf(head, sizeof head, "D %s\n", path);
  else snprintf(head, sizeof head, "S %lu %s\n", (unsigned long)st.st_ino, path);
  put(head, NULL, 0);
}

/* Keeps a file alive under another name outside of the root; "-" where there is none. */
static void backup_of(const char *path, char *out, size_t size) {
  struct stat st;
  if (lstat(path, &st) != 0 || !S_ISREG(st.st_mode)) {
    strcpy(out, "-");
    return;
  }
  snprintf(out, size, "%s.%d.%u", getenv("SHIM_JOURNAL"), (int)getpid(), backups++);
  if (link(path, out) != 0) abort();
}

static void note_made(char kind, const char *path) {
  char head[4400];
  snprintf(head, sizeof head, "%c %s\n", kind, path);
  put(head, NULL, 0);
}

#define LOCK pthread_mutex_lock(&lock)
#define UNLOCK pthread_mutex_unlock(&lock)

/* ---- bytes ---- */

ssize_t write(int fd, const void *bytes, size_t length) {
  REAL(ssize_t, write, (int, const void *, size_t));
  if (fd <= 2 || !is_on()) return real(fd, bytes, length);
  LOCK;
  off64_t at = lseek64(fd, 0, SEEK_CUR);
  int flags = fcntl(fd, F_GETFL);
  struct stat st;
  if (at >= 0 && flags >= 0 && (flags & O_APPEND) && fstat(fd, &st) == 0) at = st.st_size;
  if (at >= 0) note_write(fd, at, length);
  ssize_t n = real(fd, bytes, length);
  UNLOCK;
  return n;
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  REAL(ssize_t, writev, (int, const struct iovec *, int));
  if (fd <= 2 || !is_on()) return real(fd, parts, count);
  size_t length = 0;
  for (int i = 0; i < count; i++) length += parts[i].iov_len;
  LOCK;
  off64_t at = lseek64(fd, 0, SEEK_CUR);
  if (at >= 0) note_write(fd, at, length);
  ssize_t n = real(fd, parts, count);
  UNLOCK;
  return n;
}

#define PWRITE(name)                                                        \
  ssize_t name(int fd, const void *bytes, size_t length, off64_t offset) {  \
    REAL(ssize_t, name, (int, const void *, size_t, off64_t));              \
    if (!is_on()) return real(fd, bytes, length, offset);                   \
    LOCK;                                                                   \
    note_write(fd, offset, length);                                         \
    ssize_t n = real(fd, bytes, length, offset);                            \
    UNLOCK;                                                                 \
    return n;                                                               \
  }
PWRITE(pwrite)
PWRITE(pwrite64)

#define TRUNCATE(name)                              \
  int name(int fd, off64_t size) {                  \
    REAL(int, name, (int, off64_t));                \
    if (!is_on()) return real(fd, size);            \
    LOCK;                                           \
    note_truncate(fd, size);                        \
    int n = real(fd, size);                         \
    UNLOCK;                                         \
    return n;                                       \
  }
TRUNCATE(ftruncate)
TRUNCATE(ftruncate64)

#define SYNC(name)                                  \
  int name(int fd) {                                \
    REAL(int, name, (int));                         \
    int n = real(fd);                               \
    if (n == 0 && is_on()) {                        \
      LOCK;                                         \
      note_sync(fd);                                \
      UNLOCK;                                       \
    }                                               \
    return n;                                       \
  }
SYNC(fsync)
SYNC(fdatasync)

/* ---- names ---- */

static int opening(int (*real)(int, const char *, int, ...), int dirfd, const char *name, int flags, mode_t mode) {
  char path[4096];
  if (!(flags & (O_CREAT | O_TRUNC)) || !is_on() || !path_of(dirfd, name, path, sizeof path)) return real(dirfd, name, flags, mode);
  LOCK;
  struct stat st;
  int isNew = lstat(path, &st) != 0;
  /* Emptying is a change of bytes, which is noted on the open file. */
  int fd = real(dirfd, name, isNew ? flags : flags & ~O_TRUNC, mode);
  if (fd >= 0 && isNew) note_made('C', path);
  if (fd >= 0 && !isNew && (flags & O_TRUNC)) {
    note_truncate(fd, 0);
    syscall(SYS_ftruncate, fd, 0);
  }
  UNLOCK;
  return fd;
}

static mode_t mode_in(int flags, va_list rest) { return flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; }

#define OPEN(name, at)                                              \
  int name(const char *file, int flags, ...) {                      \
    REAL(int, at, (int, const char *, int, ...));                   \
    va_list rest;                                                   \
    va_start(rest, flags);                                          \
    mode_t mode = mode_in(flags, rest);                             \
    va_end(rest);                                                   \
    return opening(real, AT_FDCWD, file, flags, mode);              \
  }
OPEN(open, openat)
OPEN(open64, openat64)

#define OPENAT(name)                                                \
  int name(int dirfd, const char *file, int flags, ...) {           \
    REAL(int, name, (int, const char *, int, ...));                 \
    va_list rest;                                                   \
    va_start(rest, flags);                                          \
    mode_t mode = mode_in(flags, rest);                             \
    va_end(rest);                                                   \
    return opening(real, dirfd, file, flags, mode);                 \
  }
OPENAT(openat)
OPENAT(openat64)

int mkdir(const char *name, mode_t mode) {
  REAL(int, mkdir, (const char *, mode_t));
  char path[4096];
  int n = real(name, mode);
  if (n == 0 && is_on() && path_of(AT_FDCWD, name, path, sizeof path)) {
    LOCK;
    note_made('M', path);
    UNLOCK;
  }
  return n;
}

int link(const char *from, const char *to) {
  REAL(int, link, (const char *, const char *));
  char path[4096];
  int n = real(from, to);
  if (n == 0 && is_on() && path_of(AT_FDCWD, to, path, sizeof path)) {
    /* A backup of our own lies outside of the root, so this never locks twice. */
    LOCK;
    note_made('C', path);
    UNLOCK;
  }
  return n;
}

static int removing(int (*real)(const char *), const char *name) {
  char path[4096], backup[4096], head[8800];
  if (!is_on() || !path_of(AT_FDCWD, name, path, sizeof path)) return real(name);
  LOCK;
  backup_of(path, backup, sizeof backup);
  if (backup[0] != '-') {
    snprintf(head, sizeof head, "U %s\t%s\n", backup, path);
    put(head, NULL, 0);
  }
  int n = real(name);
  UNLOCK;
  return n;
}

int unlink(const char *name) {
  REAL(int, unlink, (const char *));
  return removing(real, name);
}

int rename(const char *from, const char *to) {
  REAL(int, rename, (const char *, const char *));
  char old[4096], new[4096], backup[4096], head[13200];
  if (!is_on() || !path_of(AT_FDCWD, from, old, sizeof old) || !path_of(AT_FDCWD, to, new, sizeof new)) return real(from, to);
  LOCK;
  backup_of(new, backup, sizeof backup);
  snprintf(head, sizeof head, "R %s\t%s\t%s\n", backup, old, new);
  put(head, NULL, 0);
  int n = real(from, to);
  UNLOCK;
  return n;
}
