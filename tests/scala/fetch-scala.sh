#!/usr/bin/env bash
# Fetches the real Scala 3 compiler named in pom.xml into target/scala/VERSION and prints that folder.
# Needs Java 17 or newer and Maven; does nothing when the folder is already complete.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
version=$(sed -n 's:.*<scala.version>\(.*\)</scala.version>.*:\1:p' "$here/pom.xml")
jars="$root/target/scala/$version"
if [ ! -e "$jars/complete" ]; then
  for tool in java mvn; do
    command -v "$tool" > /dev/null || { echo "fetch-scala.sh: '$tool' not found; install Java 17 and Maven" >&2; exit 3; }
  done
  mkdir -p "$jars"
  mvn -q -B -Dstyle.color=never -f "$here/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies \
    -DincludeScope=runtime -DoutputDirectory="$jars" >&2
  touch "$jars/complete"
fi
echo "$jars"
