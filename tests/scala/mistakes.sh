#!/usr/bin/env bash
# Records what the real Scala 3 compiler prints about the programs of tests/mistakes: NAME.scalac beside NAME.scala.
# The programs about contracts are compiled against the stub of the fvm library. Needs Java 17 and Maven.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
jars=$("$here/fetch-scala.sh")
out="$root/target/scala/mistakes"
rm -rf "$out"
mkdir -p "$out/stub" "$out/driver" "$out/classes"
java -XX:+UseSerialGC -cp "$jars/*" dotty.tools.dotc.Main -usejavacp -d "$out/stub" \
  $(find "$root/stdlib/stub" -name '*.scala' | sort)
javac -cp "$jars/*" -d "$out/driver" "$here/Mistakes.java"
cd "$root"
java -XX:+UseSerialGC -Dfile.encoding=UTF-8 -cp "$out/driver:$jars/*" Mistakes "$out/stub" "$out/classes" tests/mistakes
