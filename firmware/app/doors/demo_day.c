/* demo_day.c - the day that ships with the program: firmware/app/doors/demo_day.jsonl, byte for
 * byte. */
__asm__(".section .rodata\n"
        ".global demo_day\n"
        ".global demo_day_end\n"
        "demo_day:\n"
        ".incbin \"firmware/app/doors/demo_day.jsonl\"\n"
        "demo_day_end:\n"
        ".byte 0\n"
        ".previous\n");
typedef int demo_day_is_data; /* a file with no declaration is not C */
