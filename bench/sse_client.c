/* N event-stream listeners on one epoll: the client of fan_out.py, compiled when the bench runs.
 *
 * usage: sse_client HOST PORT PATH N
 * It connects N times, a window at a time, prints "ready N" once each has had its first event, and then
 * for every line on stdin (a needle to look for) prints, when all have had it or 20 s have passed:
 *   "got COUNT FIRST_NS LAST_NS MEDIAN_NS DROPPED"   (CLOCK_MONOTONIC, as Python's time.monotonic_ns)
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { WINDOW = 256, BUFFER = 65536, KEPT = 96 };

struct listener {
    int fd;
    char state; /* 0 connecting, 1 waiting for its first event, 2 listening, 3 gone */
    char got;
    int kept;
    char tail[KEPT]; /* the end of what came before, for a needle cut in two */
};

static struct listener *all;
static int epfd, ready_count, gone_count, opened;
static const char *host, *path;
static int port, wanted;

static int64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void open_one(int i) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct listener *l = &all[i];
    char from[32];
    inet_pton(AF_INET, host, &to.sin_addr);
    l->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (l->fd < 0) { perror("socket"); exit(1); }
    /* Many local addresses: the local ports never run out, and none of them has more streams than one may. */
    struct sockaddr_in local = {.sin_family = AF_INET};
    snprintf(from, sizeof from, "127.0.0.%d", 1 + i % 200);
    inet_pton(AF_INET, from, &local.sin_addr);
    bind(l->fd, (struct sockaddr *)&local, sizeof local);
    connect(l->fd, (struct sockaddr *)&to, sizeof to);
    struct epoll_event e = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.u32 = i};
    epoll_ctl(epfd, EPOLL_CTL_ADD, l->fd, &e);
    opened++;
}

static void ask(struct listener *l) {
    char request[512];
    int size = snprintf(request, sizeof request,
                        "GET %s HTTP/1.1\r\nHost: %s:%d\r\nAccept: text/event-stream\r\n\r\n", path, host, port);
    if (send(l->fd, request, size, MSG_NOSIGNAL) == size) l->state = 1;
}

static void lose(struct listener *l) {
    if (l->state == 3) return;
    if (l->state == 2) ready_count--;
    l->state = 3;
    gone_count++;
    close(l->fd);
}

/* 1 when the needle came. */
static int drink(struct listener *l, const char *needle) {
    static char buffer[KEPT + BUFFER + 1];
    int found = 0;
    for (;;) {
        memcpy(buffer, l->tail, l->kept);
        ssize_t n = recv(l->fd, buffer + l->kept, BUFFER, 0);
        if (n == 0 || (n < 0 && errno != EAGAIN)) { lose(l); return found; }
        if (n < 0) return found;
        int size = l->kept + n;
        buffer[size] = 0;
        if (l->state == 1 && strstr(buffer, "data:")) { l->state = 2; ready_count++; }
        if (needle && memmem(buffer, size, needle, strlen(needle))) found = 1;
        l->kept = size < KEPT ? size : KEPT;
        memmove(l->tail, buffer + size - l->kept, l->kept);
    }
}

static void connect_all(void) {
    struct epoll_event events[512];
    int64_t until = now_ns() + 120 * 1000000000LL;
    while (ready_count + gone_count < wanted && now_ns() < until) {
        while (opened < wanted && opened - ready_count - gone_count < WINDOW) open_one(opened);
        int n = epoll_wait(epfd, events, 512, 100);
        for (int i = 0; i < n; i++) {
            struct listener *l = &all[events[i].data.u32];
            if (l->state == 0 && events[i].events & EPOLLOUT) ask(l);
            if (l->state == 1 || l->state == 2) drink(l, NULL);
        }
    }
}

static int by_size(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void await_needle(const char *needle, int64_t *times) {
    struct epoll_event events[1024];
    int count = 0, had = gone_count;
    int64_t until = now_ns() + 20 * 1000000000LL;
    for (int i = 0; i < wanted; i++) all[i].got = 0;
    while (count < ready_count && now_ns() < until) {
        int n = epoll_wait(epfd, events, 1024, 50);
        for (int i = 0; i < n; i++) {
            struct listener *l = &all[events[i].data.u32];
            if (l->state != 2) continue;
            if (drink(l, needle) && !l->got) { l->got = 1; times[count++] = now_ns(); }
        }
    }
    qsort(times, count, sizeof *times, by_size);
    printf("got %d %lld %lld %lld %d\n", count, count ? (long long)times[0] : 0,
           count ? (long long)times[count - 1] : 0, count ? (long long)times[count / 2] : 0, gone_count - had);
    fflush(stdout);
}

int main(int argc, char **argv) {
    if (argc != 5) return 2;
    host = argv[1]; port = atoi(argv[2]); path = argv[3]; wanted = atoi(argv[4]);
    all = calloc(wanted, sizeof *all);
    int64_t *times = calloc(wanted, sizeof *times);
    epfd = epoll_create1(0);
    connect_all();
    printf("ready %d\n", ready_count);
    fflush(stdout);
    char line[256];
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = 0;
        await_needle(line, times);
    }
    return 0;
}
