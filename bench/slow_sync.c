/* A disk whose every sync takes SYNC_US longer, by LD_PRELOAD: what fdatasync costs differs a hundredfold
 * between machines, and on the same one between hours. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

static void linger(void) {
    static int us = -1;
    if (us < 0) us = getenv("SYNC_US") ? atoi(getenv("SYNC_US")) : 0;
    if (us) usleep(us);
}

int fdatasync(int fd) {
    static int (*real)(int);
    if (!real) real = dlsym(RTLD_NEXT, "fdatasync");
    linger();
    return real(fd);
}

int fsync(int fd) {
    static int (*real)(int);
    if (!real) real = dlsym(RTLD_NEXT, "fsync");
    linger();
    return real(fd);
}
