#!/usr/bin/env bash
# Makes the expected outputs of run programs, and of the blocks of the language reference, with the real Scala 3 compiler.
#
#   golden.sh [PATH...]          what is not up to date below PATH (default: tests/run, tests/spec and tests/refused)
#   golden.sh -all [PATH...]     every program
#   golden.sh -check [PATH...]   writes nothing; fails when a recorded output differs
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
mode=write
case "${1:-}" in
  -all) mode=all; shift ;;
  -check) mode=check; shift ;;
  -*) echo "golden.sh: unknown option $1" >&2; exit 2 ;;
esac
jars=$("$here/fetch-scala.sh")
scratch="$root/target/scala/golden"
mkdir -p "$scratch/driver"
if [ ! "$scratch/driver/Golden.class" -nt "$here/Golden.java" ] ||
  [ ! "$scratch/driver/Pages.class" -nt "$here/Pages.java" ]; then
  javac -cp "$jars/*" -d "$scratch/driver" "$here/Golden.java" "$here/Pages.java"
fi
[ $# -gt 0 ] || set -- "$root/tests/run" "$root/tests/spec" "$root/tests/refused"
work=$(mktemp -d "$scratch/work.XXXXXX")
trap 'rm -rf "$work"' EXIT
java -XX:+UseSerialGC -Dfile.encoding=UTF-8 -cp "$scratch/driver:$jars/*" Golden "$mode" "$work" "$root/stdlib/stub" "$@"
