/* crc32c.h - CRC-32C (Castagnoli, RFC 3720 appendix B.4), in hardware where the CPU has it. */
#ifndef BASE_CRC32C_H
#define BASE_CRC32C_H
#include <stddef.h>
#include <stdint.h>

/* Continue from `crc` (0 to begin).  crc32c(0, "123456789", 9) == 0xE3069283. */
uint32_t crc32c(uint32_t crc, const void *p, size_t n);
#endif
