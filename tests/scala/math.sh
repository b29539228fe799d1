#!/usr/bin/env bash
# Compares the library's functions of floating point with Java's, on the Java virtual machine.
#
#   math.sh [ARGUMENTS]    so many random arguments for each function (a million unless told), and edge cases
#
# Fails when a function of StrictMath differs in a single bit; prints how often Math differs from ours.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
jars=$("$here/fetch-scala.sh")
classes="$root/target/scala/math"
mkdir -p "$classes"
java -XX:+UseSerialGC -cp "$jars/*" dotty.tools.dotc.Main -usejavacp -d "$classes" "$here/FloatingPoint.scala" \
  "$root/stdlib/fvm/internal/Fdlibm.scala" "$root/stdlib/fvm/internal/Rounded.scala"
java -XX:+UseSerialGC -cp "$classes:$jars/*" compareFloatingPoint "${1:-1000000}"
