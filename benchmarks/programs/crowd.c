// Many processes that do nothing, for those who look at all processes of a machine.
//
// crowd <count>
//     says "ready" when they are there; all have ended when it ends, which is with its standard input
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char** argv) {
	if (argc != 2) return 1;
	const long count = strtol(argv[1], NULL, 10);
	pid_t* children = calloc((size_t)count + 1, sizeof *children);
	if (children == NULL) return 4;
	for (long i = 0; i < count; ++i) {
		const pid_t child = fork();
		if (child < 0) return 2;
		if (child == 0) {
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			close(0);
			close(1);
			for (;;) pause();
		}
		children[i] = child;
	}
	if (write(1, "ready\n", 6) != 6) return 3;
	char byte;
	while (read(0, &byte, 1) > 0) continue;
	for (long i = 0; i < count; ++i) kill(children[i], SIGKILL);
	while (wait(NULL) > 0) continue;
	return 0;
}
