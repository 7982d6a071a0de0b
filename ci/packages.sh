#!/usr/bin/env bash
# The Debian packages that dbctl needs: the one place where they are named.
#
#   ci/packages.sh build|test|run            prints them: to build dbctl; to test it (build's and more); to run a built one
#   ci/packages.sh install build|test|run    installs those that are missing, with sudo where needed; starts no server
#   ci/packages.sh missing build|test|run    prints those that are missing
set -euo pipefail

list() { # set package reason; `run` takes the libraries that these -dev packages of `build` depend on
  cat <<'X'
build  cmake                configures
build  ninja-build          builds
build  g++                  compiles, C++20
build  pkg-config           finds libpqxx, nettle, SQLite
build  libboost-dev         Boost.DLL: loads the plugins
build  libcli11-dev         the command line
build  libyaml-cpp-dev      environments/*.yaml
build  libfmt-dev           text
build  nlohmann-json3-dev   seed data, --format json
build  nettle-dev           checksums, uuid5
build  libsqlite3-dev       the SQLite driver
build  libpqxx-dev          the PostgreSQL driver
build  libpq-dev            the PostgreSQL driver: what libpqxx is made of
build  libmysqlcppconn-dev  the MySQL driver
build  sqlite3              a look into the quickstart's database
test   libgtest-dev         unit tests
test   libgmock-dev         their matchers
test   librapidcheck-dev    property tests
test   libbenchmark-dev     benchmarks
test   python3              ci/check_*.py
test   postgresql           a server, started by ci/services.sh
test   postgresql-contrib   its extensions
test   mariadb-server-core  a server, started by ci/services.sh; without the system service
test   mariadb-client       mariadb, mariadb-dump
test   openssl              certificates for the servers
test   util-linux           setpriv, flock
test   procps               ps, pgrep for the crash tests
test   binutils             nm, readelf: what a plugin exports
test   ccache               builds again, faster
X
}
packages() {
  case $1 in
    build) list | awk '$1 == "build" {print $2}' ;;
    test) list | awk '{print $2}' ;;
    run) apt-cache depends --important $(packages build | grep -- '-dev$') |
      awk '$1 == "Depends:" && $2 ~ /^lib/ && $2 !~ /-dev$/ {print $2}' | sort -u ;;
    *) sed -n '2,6p' "$0" >&2; exit 2 ;;
  esac
}
missing() { for p in $(packages "$1"); do dpkg-query -W -f '${Status}' "$p" 2>/dev/null | grep -q ' installed$' || echo "$p"; done; }

as_root=()
[[ $(id -u) == 0 ]] || as_root=(sudo)
log=$(mktemp) policy=/usr/sbin/policy-rc.d clusters=/etc/postgresql-common/createcluster.conf
ours=0
tidy() { rm -f "$log"; ((!ours)) || "${as_root[@]}" rm -f "$policy"; }
trap tidy EXIT
root_runs() { # quiet unless it fails
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive "$@" </dev/null >"$log" 2>&1 && return
  { cat "$log"; echo "packages: failed: $*"; } >&2
  exit 1
}
apt_get() { root_runs apt-get -q -y -o DPkg::Lock::Timeout=300 "$@"; }
install() {
  local wanted
  mapfile -t wanted < <(missing "$1")
  [[ ${#wanted[@]} -gt 0 ]] || return 0
  echo "packages: installing ${wanted[*]}" >&2
  apt_get update
  if [[ ! -e $policy ]]; then # an installed server is not a started server
    ours=1
    root_runs sh -c "printf '#!/bin/sh\nexit 101\n' >$policy && chmod 755 $policy"
  fi
  if [[ " ${wanted[*]} " == *" postgresql "* && ! -e $clusters ]]; then # nor does it get a database cluster
    apt_get install --no-install-recommends postgresql-common
    root_runs sed -i 's/^#*create_main_cluster.*/create_main_cluster = false/' "$clusters"
  fi
  apt_get install --no-install-recommends "${wanted[@]}"
}

case ${1:-} in
  install) install "${2:-}" ;;
  missing) missing "${2:-}" ;;
  *) packages "${1:-}" ;;
esac
