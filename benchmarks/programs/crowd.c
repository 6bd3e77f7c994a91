// Many processes that do nothing, for those who look at all processes of a machine.
//
// crowd <count>
//     says "ready" when they are there; all end with its standard input
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

int main(int argc, char** argv) {
	if (argc != 2) return 1;
	const long count = strtol(argv[1], NULL, 10);
	for (long i = 0; i < count; ++i) {
		const pid_t child = fork();
		if (child < 0) return 2;
		if (child == 0) {
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			close(0);
			close(1);
			for (;;) pause();
		}
	}
	if (write(1, "ready\n", 6) != 6) return 3;
	char byte;
	while (read(0, &byte, 1) > 0) continue;
	return 0;
}
