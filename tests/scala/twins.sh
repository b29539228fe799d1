#!/usr/bin/env bash
# Writes every run program and every example a second and a third time, with braces and with indentation, into
# tests/twins/braces and tests/twins/indented. The real compiler's own -rewrite does it. Files that would be the same as
# the original are left out. All three forms of a program must give the same syntax tree.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
jars=$("$here/fetch-scala.sh")
work="$root/target/scala/twins"
rm -rf "$work"
mkdir -p "$work/driver" "$work/stub"
javac -cp "$jars/*" -d "$work/driver" "$here/Rewrite.java"
java -cp "$jars/*" dotty.tools.dotc.Main -usejavacp -d "$work/stub" $(find "$root/stdlib/stub" -name '*.scala')

# rewrite FOLDER OPTION...: everything below FOLDER, programs one by one, examples by folder.
rewrite() {
  local folder=$1 units=() example
  shift
  mapfile -t units < <(find "$folder/run" -name '*.scala' | sort)
  for example in "$folder"/examples/*/; do
    units+=("$(find "$example" -name '*.scala' | sort | paste -sd,)")
  done
  java -XX:+UseSerialGC -cp "$work/driver:$jars/*:$work/stub" Rewrite "$@" "${units[@]}" > "$work/log"
}

for style in braces indented; do
  copy="$work/$style"
  mkdir -p "$copy"
  cp -r "$root/tests/run" "$root/examples" "$copy/"
  find "$copy" -type f ! -name '*.scala' -delete
  # What is about columns has no other form.
  rm "$copy/run/rules/rule44_layout.scala"
  case $style in
    braces) rewrite "$copy" -no-indent ;;
    indented) rewrite "$copy" -new-syntax && rewrite "$copy" -indent ;;
  esac
  for top in run examples; do
    [ $top = run ] && original="$root/tests/run" || original="$root/examples"
    (cd "$copy/$top" && find . -name '*.scala') | while read -r file; do
      cmp -s "$copy/$top/$file" "$original/$file" && rm "$copy/$top/$file" || true
    done
  done
  # The rewriting turns a block that is a statement into an argument of the line before (a lone `:`): no twin then.
  { grep -rlE '^ *:$' "$copy" || true; } | xargs -r rm
  find "$copy" -type d -empty -delete
  rm -rf "$root/tests/twins/$style"
  mkdir -p "$root/tests/twins"
  cp -r "$copy" "$root/tests/twins/$style"
done
find "$root/tests/twins" -name '*.scala' | wc -l
