#!/bin/sh
# Writes the pages for man(1), one for the program and one for each of its commands, from what its own --help says.
# Usage: man_pages.sh PROGRAM FOLDER YYYY-MM-DD
set -eu
program=$1 folder=$2 date=$3
here=$(cd "$(dirname "$0")" && pwd)
rm -rf "$folder"
mkdir -p "$folder"
codes=$folder/codes
trap 'rm -f "$codes"' EXIT

"$program" errors | sort -s -n -k 2,2 >"$codes"
version=$("$program" --version | cut -d ' ' -f 2)
# In the overview a command stands alone, or before the comma of its alias, under the title of its group.
commands=$("$program" --help | sed -n '/^global flags/q; s/^  \([a-z][a-z-]*\).*/\1/p')
pages=dbctl
for command in $commands; do pages="$pages dbctl-$command"; done

for page in $pages; do
  command=${page#dbctl}
  # shellcheck disable=SC2086 # the program's own page is of no command
  "$program" ${command#-} --help |
    awk -v page="$page" -v version="$version" -v date="$date" -v pages="$pages" -v codes="$codes" \
      -f "$here/man_page.awk" >"$folder/$page.1"
done
gzip -9n "$folder"/*.1
