# Functions for the cases: conditions that take more than a redirection to bring about.

skip() {
  echo "$1"
  exit 77
}

needs() {
  command -v "$1" >/dev/null || skip "$1 is not installed"
}

is_root() {
  [ "$(id -u)" = 0 ]
}

# Runs a program that can't raise limits.
limited() {
  if ! is_root; then "$@"
  elif setpriv --bounding-set=-sys_resource true 2>/dev/null; then
    setpriv --bounding-set=-sys_resource --inh-caps=-sys_resource -- "$@"
  else skip "setpriv can't take the right to raise limits away"
  fi
}

# Runs a program as a user who can't read what belongs to the caller.
as_other() {
  is_root || skip "only root can become another user"
  setpriv --reuid=65534 --regid=65534 --clear-groups --bounding-set=-all true 2>/dev/null ||
    skip "setpriv can't become another user"
  setpriv --reuid=65534 --regid=65534 --clear-groups --bounding-set=-all -- "$@"
}

# Runs a command line of sh that may mount what it likes.
with_mounts() {
  if unshare -m true 2>/dev/null; then unshare -m sh -c "$@"
  elif unshare -rm true 2>/dev/null; then unshare -rm sh -c "$@"
  else skip "no mount namespace can be had"
  fi
}

# Runs a program without /proc.
without_proc() {
  if unshare -m true 2>/dev/null || unshare -rm true 2>/dev/null; then
    with_mounts 'mount -t tmpfs none /proc && exec "$@"' sh "$@"
  elif strace -qq -o /dev/null true 2>/dev/null; then
    strace -qq -o /dev/null -P /proc/self/fd -e trace=openat -e inject=openat:error=ENOENT "$@"
  else skip "/proc can't be hidden"
  fi
}

# Runs the tested shell by another name: the first argument is its argv[0].
named() {
  [ -x /usr/bin/bash ] || skip "bash is not installed"
  /usr/bin/bash -c 'exec -a "$0" "$TESTED" "$@"' "$@"
}
