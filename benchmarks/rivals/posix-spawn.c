// What a program without any library reaches: posix_spawn and wait4, and nothing else.
//
// posix-spawn latency <held MB> <launches>
//     prints a line per launch: "<microseconds until exec> <microseconds until exit>"
//
// posix-spawn throughput <held MB> <jobs> <in flight> <workers>
//     prints the seconds
//
// posix-spawn usage <held MB> <command> [args]
//     prints "<peak KB> <user microseconds> <system microseconds>"
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static char* const bin_true[] = {"/bin/true", NULL};

static void die(const char* what, int error) {
	fprintf(stderr, "%s: %s\n", what, strerror(error));
	exit(1);
}

static double now_microseconds(void) {
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1e6 + time.tv_nsec / 1e3;
}

static long microseconds(struct timeval time) {
	return time.tv_sec * 1000000L + time.tv_usec;
}

static void hold(size_t megabytes) {
	size_t bytes = megabytes << 20;
	if (bytes == 0) return;
	char* memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (memory == MAP_FAILED) die("mmap", errno);
	memset(memory, 1, bytes);
}

static pid_t start(char* const argv[]) {
	pid_t pid;
	int error = posix_spawnp(&pid, argv[0], NULL, NULL, argv, environ);
	if (error != 0) die("posix_spawn", error);
	return pid;
}

static struct rusage finish(pid_t pid) {
	int status;
	struct rusage usage;
	if (wait4(pid, &status, 0, &usage) < 0) die("wait4", errno);
	if (status != 0) die("the job failed", 0);
	return usage;
}

static void latency(long launches) {
	for (long i = 0; i < launches; i++) {
		double submitted = now_microseconds();
		pid_t pid = start(bin_true);
		double started = now_microseconds();
		finish(pid);
		printf("%.2f %.2f\n", started - submitted, now_microseconds() - submitted);
	}
}

static void run_jobs(long jobs, long limit) {
	long running = 0;
	for (long begun = 0; begun < jobs || running > 0;) {
		if (begun < jobs && running < limit) {
			start(bin_true);
			begun++;
			running++;
		} else {
			finish(-1);
			running--;
		}
	}
}

// Workers are processes: threads would queue for the one lock of their shared address space.
static void share_jobs(long jobs, long limit, long workers) {
	for (long worker = 0; worker < workers; worker++) {
		pid_t pid = fork();
		if (pid < 0) die("fork", errno);
		if (pid > 0) continue;
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		run_jobs(jobs / workers + (worker < jobs % workers), limit / workers + (worker < limit % workers));
		_exit(0);
	}
	for (long worker = 0; worker < workers; worker++) finish(-1);
}

static void throughput(long jobs, long limit, long workers) {
	double begun = now_microseconds();
	if (workers == 1)
		run_jobs(jobs, limit);
	else
		share_jobs(jobs, limit, workers);
	printf("%.6f\n", (now_microseconds() - begun) / 1e6);
}

static void usage(char* const argv[]) {
	struct rusage used = finish(start(argv));
	printf("%ld %ld %ld\n", used.ru_maxrss, microseconds(used.ru_utime), microseconds(used.ru_stime));
}

int main(int argc, char** argv) {
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (argc < 4) return 2;
	const char* question = argv[1];
	hold(strtoul(argv[2], NULL, 10));
	if (strcmp(question, "latency") == 0)
		latency(atol(argv[3]));
	else if (strcmp(question, "throughput") == 0 && argc == 6)
		throughput(atol(argv[3]), atol(argv[4]), atol(argv[5]));
	else if (strcmp(question, "usage") == 0)
		usage(argv + 3);
	else
		return 2;
	return 0;
}
