/* maintain.c - backup, restore, verify, rebuild, export, erase. */
#include "store/maintain.h"
#include "app/upkeep/erasures.h"
#include "app/upkeep/export.h"
#include "base/json.h"
#include "base/merge.h"
#include "cli/cli.h"
#include "cli/client.h"
#include "cli/offline.h"
#include "cli/options.h"
#include "core/record/apply.h"
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define NO_BOX (-1)

struct simple {
    const char *usage, *about;
    int n_words;
    bool makes_box; /* works on a folder that holds none */
};

/* Reads --data and the words; 0 to go on, else `end` says what to exit with. */
static int begin(const struct simple *s, int *argc, char **argv, const char **dir)
{
    const char *data = NULL;
    const struct option_spec specs[] = {{"--data", "DIR", "the box's data folder", &data, NULL},
                                        {NULL, NULL, NULL, NULL, NULL}};
    const struct options o = {s->usage, s->about, specs};
    int status = options_read(&o, argc, argv);
    *dir = client_dir(data);
    if (status != 0)
        return status;
    if (*argc != 1 + s->n_words)
        return options_wrong(&o, s->n_words == 0 ? "takes no arguments" : "expected one argument");
    return s->makes_box || client_has_box(*dir) ? 0 : NO_BOX;
}

static int end(int status)
{
    return status == 1 ? 0 : status == NO_BOX ? 1 : status;
}

static int say(const struct store_error *e)
{
    fprintf(stderr, "atalaya: %s\n", e->message);
    return 1;
}

static bool absolute(const char *path, char out[PATH_MAX])
{
    char folder[PATH_MAX];
    if (path[0] == '/') {
        snprintf(out, PATH_MAX, "%s", path);
        return true;
    }
    return realpath(".", folder) != NULL &&
           snprintf(out, PATH_MAX, "%s/%s", folder, path) < PATH_MAX;
}

static bool is_there(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0;
}

int cli_backup(int argc, char **argv)
{
    static const struct simple s = {
        "backup FILE [--data DIR]",
        "Backs up the box, running or stopped, to FILE, which must not exist.  The copy\n"
        "is whole and compact and holds the box's keys: keep it as safe as the box.",
        1, false};
    const char *dir;
    char path[PATH_MAX];
    struct store *store;
    struct store_error e;
    int status = begin(&s, &argc, argv, &dir);
    if (status != 0)
        return end(status);
    if (!absolute(argv[1], path))
        return 2;
    if (is_there(path)) {
        fprintf(stderr, "atalaya: %s already exists; remove it or choose another name\n", path);
        return 1;
    }
    if (offline_is_running(dir)) {
        status = client_do(dir, NULL, "backup", "argument", path, NULL);
    } else {
        const struct store_options o = {.dir = dir};
        if (store_open(&o, &store, &e) != ERR_OK)
            return say(&e);
        status = maintain_backup(store, path, &e) == ERR_OK ? 0 : say(&e);
        store_close(store);
    }
    if (status == 0)
        printf("Backed up to %s\n", path);
    return status;
}

/* Opening repeats the erasures that are known here. */
static int erase_again(const char *dir)
{
    struct offline o;
    int status = offline_open(&o, dir);
    if (status != 0)
        return status;
    if (o.n_erased > 0)
        printf("%u erasures repeated.\n", o.n_erased);
    offline_close(&o);
    return 0;
}

int cli_restore(int argc, char **argv)
{
    static const struct simple s = {
        "restore FILE [--data DIR]",
        "Replaces the box's file with a backup; the box must be stopped.  Reads every\n"
        "record first, keeps the old file, and repeats the erasures since the backup.",
        1, true};
    const char *dir;
    char before[PATH_MAX];
    struct store_error e;
    int status = begin(&s, &argc, argv, &dir);
    if (status != 0)
        return end(status);
    if (offline_is_running(dir)) {
        fprintf(stderr, "atalaya: the box on %s is running; stop it first\n", dir);
        return 1;
    }
    snprintf(before, sizeof before, "%s/atalaya.mdb", dir);
    bool had_box = is_there(before);
    if (maintain_restore(dir, argv[1], &e) != ERR_OK)
        return say(&e);
    status = erase_again(dir);
    if (status == 0)
        printf(had_box ? "Restored.  The previous file was kept as atalaya.mdb.before-restore; "
                         "remove it once you are satisfied.\n"
                       : "Restored.\n");
    return status;
}

static int print_diff(uint64_t events, uint64_t records, uint64_t different, const char *first)
{
    printf("%llu events replayed, %llu records compared, %llu different\n",
           (unsigned long long)events, (unsigned long long)records, (unsigned long long)different);
    if (different > 0)
        printf("first: %s\nStop the box and run `atalaya rebuild`.\n", first);
    return different > 0 ? 1 : 0;
}

int cli_verify(int argc, char **argv)
{
    static const struct simple s = {
        "verify [--data DIR]",
        "Checks every table against the journal, running or stopped: reads every record,\n"
        "replays the journal aside, and compares key by key.  Exit 1 when any differ.",
        0, false};
    const char *dir;
    struct cJSON *answer;
    struct maintain_diff d;
    struct store_error e;
    struct store *store;
    int status = begin(&s, &argc, argv, &dir);
    if (status != 0)
        return end(status);
    if (offline_is_running(dir)) {
        int64_t events = 0, records = 0, different = 0;
        struct slice first = {0};
        char z[200];
        status = client_do(dir, &answer, "verify", NULL);
        if (status != 0)
            return status;
        json_get_int(answer, "events", &events);
        json_get_int(answer, "records", &records);
        json_get_int(answer, "different", &different);
        json_get_string(answer, "first", &first);
        slice_copy_z(first, z, sizeof z);
        json_free(answer);
        return print_diff((uint64_t)events, (uint64_t)records, (uint64_t)different, z);
    }
    const struct store_options o = {.dir = dir};
    if (store_open(&o, &store, &e) != ERR_OK)
        return say(&e);
    enum err err = maintain_verify(store, apply_encoded, &d, &e);
    store_close(store);
    return err == ERR_OK ? print_diff(d.n_events, d.n_records, d.n_different, d.first) : say(&e);
}

int cli_rebuild(int argc, char **argv)
{
    static const struct simple s = {
        "rebuild [--data DIR]",
        "Rebuilds the derived tables from the journal; the box must be stopped.", 0, false};
    const char *dir;
    struct maintain_diff d;
    struct store_error e;
    int status = begin(&s, &argc, argv, &dir);
    if (status != 0)
        return end(status);
    if (maintain_rebuild(dir, apply_encoded, &d, &e) != ERR_OK)
        return say(&e);
    printf("Rebuilt from %llu events; %llu records differed.\n", (unsigned long long)d.n_events,
           (unsigned long long)d.n_different);
    return 0;
}

static void print_line(void *ctx, const struct cJSON *j)
{
    struct buf out;
    struct json_out o;
    (void)ctx;
    buf_init(&out, 0);
    o = json_out_of(&out);
    merge_write(json_get(j, "line"), &o, NULL);
    printf("%.*s\n", (int)out.n, out.p);
    buf_fini(&out);
}

static void print_case(void *ctx, struct slice line)
{
    (void)ctx;
    printf("%.*s\n", (int)line.n, line.p);
}

static int export_stopped(const char *dir)
{
    struct offline o;
    struct export x;
    int status = offline_open(&o, dir);
    if (status != 0)
        return status;
    enum err e = export_begin(&x, &o.box);
    bool is_begun = e == ERR_OK;
    while (e == ERR_OK)
        e = export_some(&x, print_case, NULL);
    if (is_begun)
        export_end(&x);
    offline_close(&o);
    if (e == ERR_NOT_FOUND)
        return 0;
    fprintf(stderr, "atalaya: the export stopped: a record is unreadable; run `atalaya verify`\n");
    return 1;
}

static int export_running(const char *dir)
{
    struct cJSON *answer;
    struct slice error = {0};
    enum err e = client_ask(dir, slice_of("{\"do\":\"export\"}"), print_line, NULL, &answer);
    if (e == ERR_OK && json_get_string(answer, "error", &error) != ERR_OK) {
        json_free(answer);
        return 0;
    }
    if (e == ERR_OK)
        fprintf(stderr, "atalaya: %.*s\n", (int)error.n, error.p);
    else
        fprintf(stderr, "atalaya: the box on %s stopped before it answered\n", dir);
    json_free(answer);
    return 1;
}

int cli_export(int argc, char **argv)
{
    static const struct simple s = {
        "export [--data DIR]",
        "Prints every case as a line of JSON: its state, how it ended, its mentions,\n"
        "replies and notes.  Texts are masked; names and handles are not.",
        0, false};
    const char *dir;
    int status = begin(&s, &argc, argv, &dir);
    if (status != 0)
        return end(status);
    return offline_is_running(dir) ? export_running(dir) : export_stopped(dir);
}

static int erase_stopped(const char *dir, const char *customer)
{
    struct offline o;
    struct id id;
    const char *why = NULL;
    if (id_parse(slice_of(customer), &id) != ERR_OK) {
        fprintf(stderr, "atalaya: not a customer id; copy it from a case, or from "
                        "`export`\n");
        return 1;
    }
    int status = offline_open(&o, dir);
    if (status != 0)
        return status;
    if (erasure_everywhere(&o.box, id, &why) != ERR_OK) {
        fprintf(stderr, "atalaya: %s\n", why);
        status = 1;
    }
    offline_close(&o);
    return status;
}

int cli_erase(int argc, char **argv)
{
    static const struct simple s = {
        "erase CUSTOMER [--data DIR]",
        "Erases a customer: texts, names, handles, identities.  No file of the box holds\n"
        "them afterwards.  CUSTOMER is the id that a case or `export` shows.",
        1, false};
    const char *dir;
    int status = begin(&s, &argc, argv, &dir);
    if (status != 0)
        return end(status);
    status = offline_is_running(dir) ? client_do(dir, NULL, "erase", "argument", argv[1], NULL)
                                     : erase_stopped(dir, argv[1]);
    if (status == 0)
        printf("Erased.\n");
    return status;
}
