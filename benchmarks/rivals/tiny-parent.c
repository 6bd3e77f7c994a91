// The smallest parent there can be: it forks, execs and reports what wait4 said.
// Static, so that its own pages hardly reach the job's peak.
//
// tiny-parent <command> [args]
//     prints "<peak KB> <user microseconds> <system microseconds>"
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static long microseconds(struct timeval time) {
	return time.tv_sec * 1000000L + time.tv_usec;
}

int main(int argc, char** argv) {
	if (argc < 2) return 1;
	pid_t pid = fork();
	if (pid == 0) {
		execvp(argv[1], argv + 1);
		_exit(127);
	}
	int status;
	struct rusage usage;
	if (pid < 0 || wait4(pid, &status, 0, &usage) != pid || status != 0) return 2;
	dprintf(1, "%ld %ld %ld\n", usage.ru_maxrss, microseconds(usage.ru_utime), microseconds(usage.ru_stime));
	return 0;
}
