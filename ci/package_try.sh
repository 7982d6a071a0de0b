#!/usr/bin/env bash
# On a machine that has nothing but Debian: installs the packages of a folder, uses what they bring, builds a domain and
# the template driver with them, and removes them. Needs root, and leaves that machine changed: use a container.
#
#   ci/package_try.sh FOLDER
set -euo pipefail
[[ $# == 1 && -d $1 && $(id -u) == 0 ]] || { sed -n '2,5p' "$0" >&2; exit 2; }
packages=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
say() { printf '\n== %s\n' "$*"; }
has() { grep -qF -e "$1" <<<"$2" || { printf 'package_try: no "%s" in:\n%s\n' "$1" "$2" >&2; exit 1; }; }
apt_install() {
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" >apt.log 2>&1 || { cat apt.log; exit 1; }
}
apt-get update -qq

say "the program alone"
apt_install "$packages"/dbctl_*.deb
dbctl --version
has "No plugin was found" "$(dbctl plugin list 2>&1)"

say "with a driver, without development files: a folder of SQL"
apt_install "$packages"/dbctl-driver-sqlite_*.deb
has sqlite "$(dbctl plugin list)"
dbctl -u sqlite:app.db create
dbctl -u sqlite:app.db ping
dbctl -u sqlite:app.db status
! dpkg-query -W libpq5 libmariadb3 g++ 2>/dev/null || { echo "package_try: more was installed than SQLite needs" >&2; exit 1; }

say "all drivers"
apt_install "$packages"/dbctl-driver-*.deb
dbctl plugin list
dbctl plugin test
for driver in mysql postgresql; do dbctl plan --driver "$driver"; done

say "man pages and completions"
apt_install man-db bash-completion
has "dbctl migrate" "$(man dbctl-migrate)"
has "dbctl-migrate(1)" "$(MANWIDTH=1000 man dbctl)"
# shellcheck disable=SC2016 # it is bash's own line
has status "$(bash -c 'source /usr/share/bash-completion/bash_completion; _completion_loader dbctl
  COMP_WORDS=(dbctl stat) COMP_CWORD=1; _dbctl; echo "${COMPREPLY[@]}"')"
ls /usr/share/zsh/vendor-completions/_dbctl /usr/share/fish/vendor_completions.d/dbctl.fish

say "a project of its own: what its README says"
apt_install "$packages"/libdbctl-dev_*.deb g++ cmake ninja-build make libgtest-dev
dbctl init shop
# shellcheck disable=SC2016 # they are the page's own
sed -n '/^```bash/,/^```/p' shop/README.md | grep -v '^```' >commands
(cd shop && bash -exuo pipefail ../commands)
(cd shop/seeders && dbctl status --exit-code && has "0 inserted, 0 updated" "$(dbctl seed)")
(cd shop && make migrate-rollback && make migrate && make db-info && make help)

say "the template driver, from the examples"
cp -r /usr/share/doc/libdbctl-dev/examples/null null
{
  printf 'cmake_minimum_required(VERSION 3.25)\nproject(null LANGUAGES CXX)\nfind_package(dbctl REQUIRED)\n'
  cat /usr/share/doc/libdbctl-dev/examples/null/CMakeLists.txt
} >null/CMakeLists.txt
cmake -S null -B built-null -G Ninja -DCMAKE_INSTALL_PREFIX=/usr >cmake.log 2>&1 || { cat cmake.log; exit 1; }
cmake --build built-null
cmake --install built-null
has null "$(dbctl plugin list)"
rm /usr/lib/dbctl/libdbctl_driver_null.so

say "removed again"
mapfile -t names < <(for file in "$packages"/*.deb; do dpkg-deb -f "$file" Package; done)
apt-get purge -qq -y "${names[@]}" >apt.log 2>&1 || { cat apt.log; exit 1; }
left=$(find /etc /opt /usr /var -path /var/cache -prune -o -path "$packages" -prune -o -iname '*dbctl*' -print)
[[ -z $left ]] || { echo "package_try: left behind: $left" >&2; exit 1; }
echo "package_try: OK"
