#!/usr/bin/env bash
# Type-checks the stub library (stdlib/stub) and every example with the real Scala 3 compiler, runs their suites in the
# stub's simulated world, and records the result in RESULT.md beside this script. Any warning counts as a failure. Needs
# Java 17 and Maven.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
jars=$("$here/fetch-scala.sh") || exit 3
out="$root/target/scala/examples"
rm -rf "$out"
mkdir -p "$out/stub"
failures=0

# check NAME CLASSPATH OUTPUT FILE...: one line of the table; the compiler's messages go to standard error.
check() {
  local name=$1 path=$2 classes=$3 messages verdict=ok
  shift 3
  messages=$(java -XX:+UseSerialGC -cp "$jars/*" dotty.tools.dotc.Main -usejavacp -color:never -deprecation -feature \
    -unchecked -Werror ${path:+-classpath "$path"} -d "$classes" "$@" 2>&1) || verdict=FAIL
  if [ "$verdict" = FAIL ]; then
    failures=$((failures + 1))
    printf '%s\n' "$messages" >&2
  fi
  echo "| $name | $# | $verdict | $(suites "$path" "$classes") |"
}

# suites CLASSPATH CLASSES: how many tests of the compiled suites pass on the JVM.
suites() {
  local names report
  names=$(cd "$2" && find examples -name '*Suite.class' 2> /dev/null | sort | sed 's/\.class$//; s:/:.:g')
  [ -n "$names" ] || return 0
  report=$(java -XX:+UseSerialGC -cp "$jars/*:$1:$2" fvm.testing.Runner $names 2>&1) || printf '%s\n' "$report" | grep -v '^ok' >&2
  echo "$(grep -c '^ok' <<< "$report") of $(grep -c '^ok\|^FAILED' <<< "$report")"
}

table=$(
  check "stdlib/stub" "" "$out/stub" $(find "$root/stdlib/stub" -name '*.scala' | sort)
  for folder in "$root"/examples/*/; do
    name=$(basename "$folder")
    sources=$(find "$folder" -name '*.scala' | sort)
    [ -n "$sources" ] || continue
    mkdir -p "$out/$name"
    check "examples/$name" "$out/stub" "$out/$name" $sources
  done
  exit $failures
)
failures=$?
{
  echo "# Last check with real Scala"
  echo
  echo "Written by \`check-examples.sh\`: the stub of the \`fvm\` library and every example, type-checked by the real compiler,"
  echo "warnings counted as errors, and the suites run in the stub's simulated world."
  echo
  echo "* compiler: Scala $(basename "$jars")"
  echo "* Java: $(java -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p')"
  echo "* date: $(date -u +%F)"
  echo
  echo "| what | files | types | tests that pass on the JVM |"
  echo "|---|---|---|---|"
  echo "$table"
} > "$here/RESULT.md"
echo "$table"
[ "$failures" -eq 0 ]
