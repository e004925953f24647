/* err.h - the one list of error codes; every function that can fail returns one of these. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

enum err {
    ERR_OK = 0,
    ERR_INVALID = -1,    /* malformed or contradictory input */
    ERR_RANGE = -2,      /* well-formed, but outside what is possible or allowed */
    ERR_TOO_LONG = -3,   /* more bytes or elements than the stated limit */
    ERR_TOO_DEEP = -4,   /* nesting beyond the stated limit */
    ERR_NOT_FOUND = -5,  /* no such record; legal everywhere in the vault ("erased") */
    ERR_EXISTS = -6,     /* already there */
    ERR_NO_MEMORY = -7,  /* allocation failed, or a fixed buffer is full */
    ERR_FULL = -8,       /* the disk or the map is full */
    ERR_IO = -9,         /* a read, write or sync failed */
    ERR_READ_ONLY = -10, /* the file system refuses writes */
    ERR_CORRUPT = -11,   /* a checksum or an invariant of stored data does not hold */
    ERR_VERSION = -12,   /* written by a newer program */
    ERR_BUSY = -13,      /* a bounded queue is full, or a lock is held; try again */
    ERR_DENIED = -14,    /* credentials are missing or do not suffice */
    ERR_CLOSED = -15,    /* the other end has gone, or we are stopping */
    ERR_CRYPTO = -16,    /* sealing failed, or sealed bytes do not open */
};

/* A stable lower-case word for logs and JSON: "ok", "invalid", ...; "unknown" for other values.
 * Static storage. */
const char *err_word(enum err e);
#endif
