// Touches memory. Neither stdio nor malloc, so that what it uses beside the asked amount stays small and the
// same.
//
// touch-memory <megabytes> <file>
//     writes its own peak (VmHWM, KB) to the file
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void touch(size_t bytes) {
	if (bytes == 0) return;
	volatile char* memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (memory == MAP_FAILED) _exit(2);
	// A huge page would appear whole at its first touched byte and blur the steps.
	madvise((void*)memory, bytes, MADV_NOHUGEPAGE);
	for (size_t offset = 0; offset < bytes; offset += 4096) memory[offset] = 1;
}

static void write_own_peak(const char* path) {
	char status[4096];
	int in = open("/proc/self/status", O_RDONLY);
	ssize_t length = read(in, status, sizeof status - 1);
	if (length <= 0) _exit(3);
	status[length] = '\0';
	const char* peak = strstr(status, "VmHWM:");
	if (peak == NULL) _exit(4);
	peak += strcspn(peak, "0123456789");
	size_t digits = strspn(peak, "0123456789");
	int out = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (write(out, peak, digits) != (ssize_t)digits) _exit(5);
}

int main(int argc, char** argv) {
	if (argc != 3) return 1;
	touch(strtoul(argv[1], NULL, 10) * 1024 * 1024);
	write_own_peak(argv[2]);
	return 0;
}
