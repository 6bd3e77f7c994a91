// Burns CPU time until its own getrusage says that it is enough.
//
// burn-cpu <user ms> <system ms> <file>
//     writes "<user microseconds> <system microseconds>", its own last reading, to the file
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

typedef struct {
	long user;
	long system;
} Used;

static long microseconds(struct timeval time) {
	return time.tv_sec * 1000000L + time.tv_usec;
}

static Used used(void) {
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	return (Used){microseconds(usage.ru_utime), microseconds(usage.ru_stime)};
}

static void burn_user(long until) {
	volatile unsigned long value = 1;
	// Long rounds, because asking for the usage is itself system time.
	while (used().user < until)
		for (int i = 0; i < 200000; i++) value = value * 6364136223846793005UL + 1;
}

static void burn_system(long until) {
	static char buffer[1 << 20];
	int zero = open("/dev/zero", O_RDONLY);
	while (used().system < until)
		if (read(zero, buffer, sizeof buffer) < 0) _exit(2);
	close(zero);
}

int main(int argc, char** argv) {
	if (argc != 4) return 1;
	burn_user(atol(argv[1]) * 1000);
	burn_system(atol(argv[2]) * 1000);
	int out = open(argv[3], O_WRONLY | O_CREAT | O_TRUNC, 0600);
	Used final = used();
	return dprintf(out, "%ld %ld", final.user, final.system) > 0 ? 0 : 3;
}
