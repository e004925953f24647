/* ram_tables.h - the ram twin of the store's derived tables: a sorted array a table. */
#ifndef TESTS_RAM_TABLES_H
#define TESTS_RAM_TABLES_H
#include "core/record/table.h"

struct ram;
struct ram *ram_new(void);
void ram_free(struct ram *r);
struct tables ram_tables(struct ram *r);
/* Savepoint: what is put and deleted after ram_begin can be undone. */
void ram_begin(struct ram *r);
void ram_commit(struct ram *r);
void ram_abort(struct ram *r);
size_t ram_count(const struct ram *r, enum table t);
/* The first table and key at which two differ, as text; NULL when equal. */
const char *ram_difference(const struct ram *a, const struct ram *b, char out[200]);
#endif
