/* notified.c - stands where systemd would: binds the socket argv[1] and prints what it is told, a
 * line a message. */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

int main(int argc, char **argv)
{
    struct sockaddr_un a = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
    if (argc != 2 || fd < 0 || strlen(argv[1]) >= sizeof a.sun_path)
        return 2;
    strcpy(a.sun_path, argv[1]);
    if (bind(fd, (struct sockaddr *)&a, sizeof a) != 0)
        return 1;
    puts("bound");
    fflush(stdout);
    for (char text[512];;) {
        ssize_t n = recv(fd, text, sizeof text - 1, 0);
        if (n < 0)
            return 1;
        printf("%.*s\n", (int)n, text);
        fflush(stdout);
    }
}
