/* scratch.c - see the header. */
#include "store/scratch.h"
#include "base/file.h"
#include "store/env.h"
#include <stdio.h>
#include <string.h>

#define KEY_MAX 511

enum err scratch_failed(struct store_error *e, enum err code, const char *what, const char *where)
{
    store_fail(e, code, "%s %.150s: %s", what, where, err_word(code));
    return code;
}

enum err scratch_read_everything(struct store *s, uint64_t *n)
{
    struct store_txn *txn;
    uint8_t from[KEY_MAX + 1];
    enum err e = store_read(s, &txn);
    *n = 0;
    for (int t = 0; t < TABLE_N && e == ERR_OK; t++) {
        struct slice key = {(const char *)from, 0}, k, v;
        while ((e = store_seek(txn, (enum table)t, key, &k, &v)) == ERR_OK) {
            memcpy(from, k.p, k.n);
            from[k.n] = 0;
            key.n = k.n + 1;
            ++*n;
        }
        e = e == ERR_NOT_FOUND ? ERR_OK : e;
    }
    if (txn != NULL)
        store_read_end(txn);
    return e;
}

enum err scratch_open(const char *dir, struct store **out, struct store_error *e)
{
    file_remove_folder(dir);
    const struct store_options o = {.dir = dir};
    return store_open(&o, out, e);
}
