/* Runs commands in turn and prints one line for each run: command, nanoseconds, peak resident
   kilobytes, exit status. Small and static on purpose: until it calls exec, a child is accounted
   the memory of its parent, so that a large parent would hide what a small child needs. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

enum { max_commands = 16 };

int main(int argc, char **argv) {
  char **commands[max_commands];
  int count = 0;
  if (argc < 3) {
    fprintf(stderr, "usage: %s RUNS COMMAND... [-- COMMAND...]\n", argv[0]);
    return 2;
  }
  long runs = strtol(argv[1], NULL, 10);
  commands[count++] = argv + 2;
  for (int i = 2; i < argc; i++) {
    if (strcmp(argv[i], "--") == 0 && count < max_commands) {
      argv[i] = NULL;
      commands[count++] = argv + i + 1;
    }
  }

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  for (long run = 0; run < runs; run++) {
    for (int i = 0; i < count; i++) {
      struct timespec start, end;
      struct rusage usage;
      int status;
      pid_t child;
      clock_gettime(CLOCK_MONOTONIC, &start);
      int problem = posix_spawn(&child, commands[i][0], &actions, NULL, commands[i], environ);
      if (problem != 0) {
        fprintf(stderr, "%s: %s\n", commands[i][0], strerror(problem));
        return 2;
      }
      while (wait4(child, &status, 0, &usage) < 0 && errno == EINTR) {
      }
      clock_gettime(CLOCK_MONOTONIC, &end);
      long long took =
          (end.tv_sec - start.tv_sec) * 1000000000LL + (end.tv_nsec - start.tv_nsec);
#ifdef __APPLE__
      usage.ru_maxrss /= 1024;
#endif
      printf("%d %lld %ld %d\n", i, took, usage.ru_maxrss,
             WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    }
  }
  return 0;
}
