// A process of known memory, processor time and start, which then stands still.
//
// steady <megabytes> <milliseconds>
//     touches that much memory, burns that much processor time, says when it was started (milliseconds since the
//     epoch), and waits for the end of its standard input
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static double clock_ms(clockid_t clock) {
	struct timespec time;
	clock_gettime(clock, &time);
	return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

int main(int argc, char** argv) {
	if (argc != 3) return 1;
	const double started = clock_ms(CLOCK_REALTIME);
	const size_t bytes = strtoul(argv[1], NULL, 10) * 1024 * 1024;
	if (bytes > 0) {
		volatile char* memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (memory == MAP_FAILED) return 2;
		for (size_t offset = 0; offset < bytes; offset += 4096) memory[offset] = 1;
	}
	const double burn = strtod(argv[2], NULL);
	while (clock_ms(CLOCK_PROCESS_CPUTIME_ID) < burn) continue;
	printf("%.3f\n", started);
	fflush(stdout);
	char byte;
	while (read(0, &byte, 1) > 0) continue;
	return 0;
}
