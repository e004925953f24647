/* mailbox.c - a ring under a mutex. */
#include "base/mailbox.h"
#include "base/mono.h"
#include <stdbool.h>
#include <stdlib.h>

struct mailbox {
    pthread_mutex_t lock;
    pthread_cond_t filled;
    size_t capacity, first, n;
    bool is_closed, is_poked;
    void *items[];
};

struct mailbox *mailbox_new(size_t capacity)
{
    struct mailbox *m = calloc(1, sizeof *m + capacity * sizeof m->items[0]);
    if (m == NULL)
        return NULL;
    m->capacity = capacity;
    (void)pthread_mutex_init(&m->lock, NULL); /* cannot fail with default attributes */
    mono_cond_init(&m->filled);
    return m;
}

void mailbox_free(struct mailbox *m)
{
    if (m == NULL)
        return;
    (void)pthread_cond_destroy(&m->filled);
    (void)pthread_mutex_destroy(&m->lock);
    free(m);
}

enum err mailbox_put(struct mailbox *m, void *item)
{
    enum err e = ERR_OK;
    pthread_mutex_lock(&m->lock);
    if (m->is_closed) {
        e = ERR_CLOSED;
    } else if (m->n == m->capacity) {
        e = ERR_BUSY;
    } else {
        m->items[(m->first + m->n++) % m->capacity] = item;
        pthread_cond_signal(&m->filled);
    }
    pthread_mutex_unlock(&m->lock);
    return e;
}

static bool has_reason_to_wake(const struct mailbox *m)
{
    return m->n > 0 || m->is_closed || m->is_poked;
}

static void wait_for_item(struct mailbox *m, int64_t wait_ms)
{
    struct timespec deadline = mono_deadline(wait_ms > 0 ? wait_ms : 0);
    int status = 0;
    while (!has_reason_to_wake(m) && status == 0 && wait_ms != 0)
        status = wait_ms < 0 ? pthread_cond_wait(&m->filled, &m->lock)
                             : pthread_cond_timedwait(&m->filled, &m->lock, &deadline);
    m->is_poked = false;
}

size_t mailbox_take(struct mailbox *m, void **out, size_t max, int64_t wait_ms)
{
    size_t n = 0;
    pthread_mutex_lock(&m->lock);
    wait_for_item(m, wait_ms);
    for (; n < max && m->n > 0; m->n--) {
        out[n++] = m->items[m->first];
        m->first = (m->first + 1) % m->capacity;
    }
    pthread_mutex_unlock(&m->lock);
    return n;
}

void mailbox_close(struct mailbox *m)
{
    pthread_mutex_lock(&m->lock);
    m->is_closed = true;
    pthread_cond_broadcast(&m->filled);
    pthread_mutex_unlock(&m->lock);
}

void mailbox_poke(struct mailbox *m)
{
    pthread_mutex_lock(&m->lock);
    m->is_poked = true;
    pthread_cond_signal(&m->filled);
    pthread_mutex_unlock(&m->lock);
}

size_t mailbox_count(struct mailbox *m)
{
    pthread_mutex_lock(&m->lock);
    size_t n = m->n;
    pthread_mutex_unlock(&m->lock);
    return n;
}
