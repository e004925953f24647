/* caught.c - see the header. */
#include "bench/caught.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void must(int is_so)
{
    if (!is_so)
        abort();
}

static void swap(struct caught *c, FILE *stream)
{
    fflush(stream);
    c->stream = stream;
    c->saved = dup(fileno(stream));
    must(c->saved >= 0 && dup2(fileno(c->file), fileno(stream)) >= 0);
}

static void swap_back(struct caught *c)
{
    fflush(c->stream);
    must(dup2(c->saved, fileno(c->stream)) >= 0);
    close(c->saved);
}

void caught_start(struct caught *c, FILE *stream)
{
    c->file = tmpfile();
    must(c->file != NULL);
    swap(c, stream);
}

char *caught_end(struct caught *c)
{
    swap_back(c);
    long n = lseek(fileno(c->file), 0, SEEK_END);
    char *said = calloc((size_t)n + 1, 1);
    must(said != NULL && pread(fileno(c->file), said, (size_t)n, 0) == n);
    fclose(c->file);
    return said;
}

void fed_start(struct caught *c, const char *text)
{
    c->file = tmpfile();
    must(c->file != NULL && fputs(text, c->file) >= 0);
    rewind(c->file);
    swap(c, stdin);
    clearerr(stdin);
}

void fed_end(struct caught *c)
{
    swap_back(c);
    fclose(c->file);
}
