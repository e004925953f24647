/* any_command.h - what people, networks and time may want next, at random: sensible often enough
 * that cases live through everything. */
#ifndef TESTS_ANY_COMMAND_H
#define TESTS_ANY_COMMAND_H
#include "bench/world.h"

#define ANY_PEOPLE 4 /* persons 1 .. 4 have to be known */

struct command any_command(struct world *w);
/* Cases that the last verdict opened are acted on from now on. */
void any_remember(struct world *w);
#endif
