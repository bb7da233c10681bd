/* Runs a program as often as is asked for, one after the other, as fast as the kernel does it: `vfork_loop PROGRAM COUNT`. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int count, char **arguments) {
  if (count != 3)
    return 2;
  for (int left = atoi(arguments[2]); left > 0; left--) {
    pid_t pid = vfork();
    if (pid == 0) {
      execve(arguments[1], (char *[]){arguments[1], NULL}, environ);
      _exit(127);
    }
    int status;
    if (pid < 0 || waitpid(pid, &status, 0) < 0 || status != 0)
      return 1;
  }
  return 0;
}
