#!/usr/bin/env bash
# Looks into the Debian packages of a folder: the right files and no others, the right links and dependencies, nothing of
# the machine that built them, man pages without warnings, no error by Debian's policy (lintian).
#
#   ci/package_check.sh [FOLDER]    build/package/packages
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
folder=$(realpath "${1:-build/package/packages}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
findings=0
finding() { echo "package_check: $*" >&2; findings=$((findings + 1)); }

# What each package has to hold, and may hold.
required() {
  printf '%s\n' "usr/share/doc/$1/copyright" "usr/share/doc/$1/changelog.Debian.gz"
  case $1 in
    dbctl)
      printf '%s\n' usr/bin/dbctl usr/lib/libdbctl.so.0 usr/share/man/man1/dbctl.1.gz usr/share/man/man1/dbctl-migrate.1.gz \
        usr/share/bash-completion/completions/dbctl usr/share/zsh/vendor-completions/_dbctl \
        usr/share/fish/vendor_completions.d/dbctl.fish
      ;;
    dbctl-driver-*) echo "usr/lib/dbctl/libdbctl_driver_${1#dbctl-driver-}.so" ;;
    libdbctl-dev)
      printf '%s\n' usr/lib/libdbctl.so usr/lib/cmake/dbctl/dbctl-config.cmake usr/include/dbctl/migration.hpp \
        usr/share/doc/libdbctl-dev/examples/null/plugin.cpp
      ;;
  esac
}
allowed() {
  required "$1"
  case $1 in
    dbctl) printf '%s\n' 'usr/share/man/man1/dbctl-*.1.gz' 'usr/share/doc/dbctl/*.md' 'usr/share/doc/dbctl/json/*.json' ;;
    libdbctl-dev)
      printf '%s\n' 'usr/include/dbctl/*.[hd]*' 'usr/lib/cmake/dbctl/*.cmake' usr/lib/cmake/dbctl/plugin.map \
        'usr/share/doc/libdbctl-dev/examples/null/*'
      ;;
  esac
}

check_files() { # PACKAGE FOLDER
  local file pattern known
  for file in $(required "$1"); do
    [[ -e $2/$file || -L $2/$file ]] || finding "$1: $file is missing"
  done
  while IFS= read -r file; do
    known=
    # shellcheck disable=SC2053 # a pattern
    while IFS= read -r pattern; do [[ $file != $pattern ]] || known=1; done < <(allowed "$1")
    [[ $known ]] || finding "$1: $file is not known to belong there"
  done < <(cd "$2" && find . ! -type d -printf '%P\n')
}

check_traces() { # PACKAGE FOLDER: nothing of where and by whom it was built
  local trace where
  for trace in "$PWD/" /home/ /root/ 'PRIVATE KEY-----'; do
    where=$(cd "$2" && grep -rlaF -e "$trace" .) || continue
    finding "$1: $trace is in" "$where"
  done
}

check_binaries() { # PACKAGE FOLDER
  local file dynamic soname=
  while IFS= read -r file; do
    dynamic=$(readelf -d "$file" 2>/dev/null) || continue
    [[ $dynamic == *NEEDED* ]] || continue
    ! grep -qE '\((RPATH|RUNPATH)\)' <<<"$dynamic" || finding "$1: ${file##*/} says where libraries are"
    [[ $file == *libdbctl.so.0 ]] || grep -q '\[libdbctl.so.0\]' <<<"$dynamic" || finding "$1: ${file##*/} is not linked to libdbctl.so.0"
    [[ $file != *libdbctl.so.0 ]] || soname=$(sed -n 's/.*(SONAME).*\[\(.*\)\]/\1/p' <<<"$dynamic")
    ! readelf -SW "$file" | grep -q '\.debug_info\|\.symtab' || finding "$1: ${file##*/} is not stripped"
  done < <(find "$2" -type f -name '*.so*' -o -type f -path '*/bin/*')
  [[ $1 != dbctl || $soname == libdbctl.so.0 ]] || finding "$1: the library calls itself ${soname:-nothing}"
  [[ $1 != libdbctl-dev || $(readlink "$2/usr/lib/libdbctl.so") == libdbctl.so.0 ]] || finding "$1: libdbctl.so is no link to libdbctl.so.0"
}

check_control() { # PACKAGE FILE
  local depends version modes
  depends=$(dpkg-deb -f "$2" Depends) version=$(dpkg-deb -f "$2" Version)
  # C++ objects pass between the packages: another version is another library.
  [[ $1 == dbctl || ", $depends," == *", dbctl (= $version),"* ]] || finding "$1: depends on $depends, not on dbctl $version alone"
  [[ $1 == libdbctl-dev || $depends == *"libc6 (>= "*"libstdc++6 (>= "* ]] || finding "$1: libraries are not among its dependencies: $depends"
  [[ $1 != dbctl-driver-mysql || $depends == *libmysqlcppconn* ]] || finding "$1: does not depend on the client library: $depends"
  modes=$(dpkg-deb -c "$2" | awk '$2 != "root/root" || $1 !~ /^(drwxr-xr-x|-rw-r--r--|-rwxr-xr-x|lrwxrwxrwx)$/ {print $1, $2, $6}')
  [[ -z $modes ]] || finding "$1: owner or mode: $modes"
}

check_pages() { # FOLDER
  local page said
  gunzip "$1"/*.gz # mandoc reads no other
  if command -v mandoc >/dev/null; then
    said=$(mandoc -T lint -W warning "$1"/*.1) || finding "man pages: $(head -n 5 <<<"$said")"
  fi
  if command -v man >/dev/null; then
    for page in "$1"/*.1; do
      said=$(man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>&1 >/dev/null)
      [[ -z $said ]] || finding "${page##*/}: $(head -n 5 <<<"$said")"
    done
  fi
}

ci/packages.sh install lint || echo "package_check: SKIPPED: what could not be installed is not asked" >&2
shopt -s nullglob
files=("$folder"/*.deb) names=()
for file in "${files[@]}"; do
  name=$(dpkg-deb -f "$file" Package)
  names+=("$name")
  mkdir "$work/$name"
  dpkg-deb -x "$file" "$work/$name"
  check_files "$name" "$work/$name"
  check_traces "$name" "$work/$name"
  check_binaries "$name" "$work/$name"
  check_control "$name" "$file"
done
expected="dbctl dbctl-driver-mysql dbctl-driver-postgresql dbctl-driver-sqlite libdbctl-dev"
[[ "$(printf '%s\n' "${names[@]}" | sort | xargs)" == "$expected" ]] || finding "packages: ${names[*]:-none}"
[[ ! -d $work/dbctl ]] || check_pages "$work/dbctl/usr/share/man/man1"
if command -v lintian >/dev/null; then lintian --allow-root --fail-on error -L =error "${files[@]}" || finding "lintian"; fi

[[ $findings == 0 ]] || exit 1
echo "package_check: OK, ${#files[@]} packages: $(du -cbh "${files[@]}" | tail -n 1 | cut -f 1)"
