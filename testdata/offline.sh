#!/bin/bash
# Checks that a check needs nothing but the files: offline.sh PROGRAM
#
# It runs in a network namespace without interfaces, and the trace of its system calls must show one
# program, no second process (threads are fine) and no socket. Exit code 77: cannot be tried here.
set -euo pipefail

program=$(realpath "$1")
here=$(realpath "$(dirname "$0")")
trace=$(mktemp)
trap 'rm -f "$trace"' EXIT

skip() {
    echo "offline: skipped: $1"
    exit 77
}

alone=(unshare --net)
[ "$(id -u)" -eq 0 ] || alone=(unshare --map-root-user --net)
"${alone[@]}" true 2>/dev/null || skip "a network namespace cannot be made"
strace -f -o "$trace" true 2>/dev/null || skip "system calls cannot be traced"

# The leak checker does not work while somebody traces.
export ASAN_OPTIONS=detect_leaks=0
calls=execve,execveat,fork,vfork,clone,clone3,socket,socketpair,connect,sendto,sendmsg
code=0
"${alone[@]}" strace -f -e "trace=$calls" -o "$trace" \
    "$program" check "$here/demo" --threads 4 --format json --output /dev/null || code=$?

faults=0
fault() {
    echo "offline: $1"
    faults=$((faults + 1))
}

[ "$code" -le 1 ] || fault "the check ended with code $code"
[ "$(grep -c 'execve' "$trace")" -eq 1 ] || fault "another program was started"
grep -Eq 'socket|connect|sendto|sendmsg' "$trace" && fault "a socket was used"
grep -E '(fork|clone3?)\(' "$trace" | grep -qv 'CLONE_THREAD' && fault "a process was started"
[ "$faults" -eq 0 ] || cat "$trace"
echo "offline: $faults faults in $(wc -l <"$trace") calls"
[ "$faults" -eq 0 ]
