// The cheapest job there is: no libc, no start-up, only the exit. What is measured with it is the cost of everything else.
#if defined(__x86_64__)
__asm__(".globl _start\n_start:\n\txor %edi, %edi\n\tmov $231, %eax\n\tsyscall\n");
#elif defined(__aarch64__)
__asm__(".globl _start\n_start:\n\tmov x0, #0\n\tmov x8, #94\n\tsvc #0\n");
#else
#error "exit_group is known for x86_64 and aarch64 only"
#endif
