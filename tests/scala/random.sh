#!/usr/bin/env bash
# Makes tests/random/outputs.txt: what random programs print under the real Scala 3 compiler, as
# fingerprints. All programs go through one JVM process.
#
#   random.sh FROM TO     the seeds, e.g. 0 5000
#
# The sources and full outputs stay in target/scala/random; what fscc does otherwise is listed at
# the end.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
[ $# -eq 2 ] || { sed -n 2,8p "$0" >&2; exit 2; }
folder="$root/target/scala/random"
rm -rf "$folder"
cd "$root"
random() { cargo run --quiet --release -p fscc-tests --example random -- "$@"; }
random batches "$folder" "$1" "$2" 25
"$here/golden.sh" "$folder"
random record "$folder" >tests/random/outputs.txt
random compare "$folder"
