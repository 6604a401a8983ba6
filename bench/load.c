/* A keep-alive HTTP/1.1 load on one epoll: the client of hot_get.py and durable_post.py, compiled there.
 *
 * usage: load PORT CONNECTIONS SECONDS FIRST < request
 * Each "{N}" in the request becomes a six-digit number, rising from FIRST with every request sent;
 * each "{W}" six letters that follow from that number and the place.
 * prints "done SENT OK WRONG P50_US P99_US" (OK: status 200, 201, 202 or 304).
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { REQUEST = 16384, ANSWER = 1 << 20, SAMPLES = 1 << 22, SLOTS = 128 };

struct connection {
    int fd, size;
    int64_t asked_ns;
    long body_left; /* -1 while the head is read */
    char *head;
};

static char request[REQUEST];
static int slots[SLOTS], is_word[SLOTS], slot_count, request_size, number, sent, ok, wrong, samples;
static int32_t *times_us;

static int64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void read_request(void) {
    request_size = fread(request, 1, REQUEST - 1, stdin);
    /* "{N}" and "{W}" are three characters wide: they are widened to six in place. */
    for (char *at = request; at + 3 <= request + request_size; at++) {
        if (memcmp(at, "{N}", 3) && memcmp(at, "{W}", 3)) continue;
        is_word[slot_count] = at[1] == 'W';
        memmove(at + 6, at + 3, request + request_size - (at + 3));
        memset(at, '0', 6);
        slots[slot_count++] = at - request;
        request_size += 3;
    }
}

static void ask(struct connection *c) {
    char digits[7];
    snprintf(digits, sizeof digits, "%06d", number++ % 1000000);
    unsigned long long dice = number * 0x9E3779B97F4A7C15ULL;
    for (int i = 0; i < slot_count; i++) {
        if (!is_word[i]) memcpy(request + slots[i], digits, 6);
        else for (int n = 0; n < 6; n++) {
            dice = dice * 6364136223846793005ULL + 1442695040888963407ULL;
            request[slots[i] + n] = "bcdfghklmnprstvz"[(dice >> 33) % 16];
        }
    }
    c->asked_ns = now_ns();
    c->body_left = -1;
    c->size = 0;
    if (send(c->fd, request, request_size, MSG_NOSIGNAL) != request_size) { perror("send"); exit(1); }
    sent++;
}

static void answered(struct connection *c) {
    if (samples < SAMPLES) times_us[samples++] = (now_ns() - c->asked_ns) / 1000;
}

static void judge(const char *head) {
    int status = atoi(head + 9);
    if (status == 200 || status == 201 || status == 202 || status == 304) ok++;
    else if (wrong++ == 0) fprintf(stderr, "%.300s\n", head);
}

/* 1 when a whole answer has come. */
static int take(struct connection *c, int size) {
    c->size += size;
    if (c->body_left < 0) {
        c->head[c->size] = 0;
        char *end = strstr(c->head, "\r\n\r\n");
        if (!end) return 0;
        char *length = strcasestr(c->head, "\r\ncontent-length:");
        judge(c->head);
        c->body_left = (length && length < end ? atol(length + 17) : 0) - (c->head + c->size - (end + 4));
    } else {
        c->body_left -= size;
    }
    return c->body_left <= 0;
}

static void listen_to(struct connection *c, int more) {
    static char sink[ANSWER];
    for (;;) {
        char *to = c->body_left < 0 ? c->head + c->size : sink;
        int room = c->body_left < 0 ? REQUEST - 1 - c->size : ANSWER;
        ssize_t n = recv(c->fd, to, room, MSG_DONTWAIT);
        if (n < 0 && errno == EAGAIN) return;
        if (n <= 0) { fprintf(stderr, "connection lost\n"); exit(1); }
        if (take(c, n)) {
            answered(c);
            if (more) ask(c);
            return;
        }
    }
}

static int by_size(const void *a, const void *b) { return *(const int32_t *)a - *(const int32_t *)b; }

int main(int argc, char **argv) {
    if (argc != 5) return 2;
    int port = atoi(argv[1]), count = atoi(argv[2]);
    int64_t seconds = atof(argv[3]) * 1e9;
    number = atoi(argv[4]);
    read_request();
    times_us = malloc(sizeof *times_us * SAMPLES);
    struct connection *all = calloc(count, sizeof *all);
    int epfd = epoll_create1(0);
    for (int i = 0; i < count; i++) {
        struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
        inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
        all[i].fd = socket(AF_INET, SOCK_STREAM, 0);
        all[i].head = malloc(REQUEST);
        if (connect(all[i].fd, (struct sockaddr *)&to, sizeof to)) { perror("connect"); return 1; }
        setsockopt(all[i].fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
        struct epoll_event e = {.events = EPOLLIN, .data.u32 = i};
        epoll_ctl(epfd, EPOLL_CTL_ADD, all[i].fd, &e);
        ask(&all[i]);
    }
    int64_t until = now_ns() + seconds, last = until + 10 * 1000000000LL;
    struct epoll_event events[256];
    while (samples < sent && now_ns() < last) {
        int n = epoll_wait(epfd, events, 256, 100);
        for (int i = 0; i < n; i++) listen_to(&all[events[i].data.u32], now_ns() < until);
    }
    qsort(times_us, samples, sizeof *times_us, by_size);
    printf("done %d %d %d %d %d\n", sent, ok, wrong, samples ? times_us[samples / 2] : 0,
           samples ? times_us[samples * 99L / 100] : 0);
    return 0;
}
