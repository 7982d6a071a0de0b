#!/usr/bin/env bash
# A driver copied from plugins/drivers/null to a folder outside the tree builds against an installed dbctl, which was
# moved after it was installed, and is listed by it.
# Usage: outside_test.sh SOURCE_DIR BUILD_DIR COMPILER [COMPILER_FLAGS]
set -euo pipefail
source=$1 build=$2 compiler=$3 flags=${4:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
quietly() { "$@" >"$work/log" 2>&1 || { cat "$work/log"; echo "failed: $*"; exit 1; }; }

quietly cmake --install "$build" --prefix "$work/installed"
mv "$work/installed" "$work/moved"

cp -r "$source/plugins/drivers/null" "$work/copied"
cd "$work/copied"
sed -i 's/DBCTL_DRIVER_PLUGIN(null,/DBCTL_DRIVER_PLUGIN(copied,/' plugin.cpp
sed -i 's/"null"/"copied"/g' driver.cpp dialect.cpp connection.cpp
sed -i 's/NAME null/NAME copied/' CMakeLists.txt
{
  echo 'cmake_minimum_required(VERSION 3.25)'
  echo 'project(copied LANGUAGES CXX)'
  echo 'find_package(dbctl REQUIRED)'
  cat CMakeLists.txt
} >with_package.txt
mv with_package.txt CMakeLists.txt

quietly cmake -S . -B build -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_PREFIX_PATH="$work/moved" \
  -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_CXX_FLAGS="$flags" -DCMAKE_INSTALL_PREFIX="$work/moved"
quietly cmake --build build
exported=$(nm -D --defined-only build/libdbctl_driver_copied.so | cut -d' ' -f3)
[[ $exported == dbctl_plugin ]] || { echo "exports: $exported"; exit 1; }

list() { env -u DBCTL_PLUGIN_PATH "$work/moved/bin/dbctl" "$@" plugin list --format json; }
listed() { # NAME, output
  grep -q "\"name\": *\"$1\"" <<<"$2" || { printf 'no "%s" in:\n%s\n' "$1" "$2"; exit 1; }
}
listed null "$(list)"
listed copied "$(list --plugin-dir build)"
quietly cmake --install build
listed copied "$(list)"
"$work/moved/bin/dbctl" plugin info copied >/dev/null
echo "built outside the tree, installed and listed"
