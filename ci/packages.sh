#!/usr/bin/env bash
# The Debian packages that dbctl needs: the one place where they are named.
#
#   ci/packages.sh SET            prints them; SET: build (dbctl), test (it: build's and more), run (a built one), package
#                                 (make Debian packages: build's and more), lint (examine those)
#   ci/packages.sh install SET    installs those that are missing, with sudo where needed; starts no server
#   ci/packages.sh missing SET    prints those that are missing
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
test   make                 the short forms: make migrate, make db-seed
test   python3              ci/check_*.py
test   postgresql           a server and its extensions, started by ci/services.sh
test   pgbouncer            a pooler, started by ci/services.sh
test   mariadb-server-core  a server, started by ci/services.sh; without the system service
test   mariadb-client       mariadb, mariadb-dump
test   openssl              certificates for the servers
test   util-linux           setpriv, flock
test   procps               ps, pgrep for the crash tests
test   clang                ci/fuzz.sh: libFuzzer is its own
test   libclang-rt-dev      libFuzzer and its sanitizers
test   binutils             nm, readelf: what a plugin exports
test   ccache               builds again, faster
package  dpkg-dev           dpkg-shlibdeps: what the binaries depend on; dpkg-buildflags
package  file               CPack tells binaries from others with it
lint     lintian            Debian's policy
lint     mandoc             man pages: what other systems read them with
lint     man-db             man
X
}
packages() {
  local dev
  case $1 in
    build | lint) list | awk -v set="$1" '$1 == set {print $2}' ;;
    test | package) list | awk -v set="$1" '$1 == "build" || $1 == set {print $2}' ;;
    run)
      mapfile -t dev < <(packages build | grep -- '-dev$')
      apt-cache show "${dev[@]}" >/dev/null 2>&1 || apt_get update
      apt-cache depends --important "${dev[@]}" | awk '$1 == "Depends:" && $2 ~ /^lib/ && $2 !~ /-dev$/ {print $2}' | sort -u
      ;;
  esac
}
missing() {
  local package
  for package in $(packages "$1"); do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q ' installed$' || echo "$package"
  done
}

fail() { echo "packages: $*" >&2; exit 1; }
as_root=()
[[ $(id -u) == 0 ]] || as_root=(sudo)
apt_get() { # quiet unless it fails
  local log
  log=$("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 "$@" </dev/null 2>&1) ||
    fail "failed: apt-get $*"$'\n'"$log"
}
policy=/usr/sbin/policy-rc.d clusters=/etc/postgresql-common/createcluster.conf undo=()
tidy() { for step in "${undo[@]}"; do "${as_root[@]}" sh -c "$step"; done; }
install_missing() {
  local wanted
  command -v apt-get >/dev/null || fail "there is no apt-get: install what \`ci/packages.sh $1\` prints by other means"
  mapfile -t wanted < <(missing "$1")
  [[ ${#wanted[@]} -gt 0 ]] || return 0
  echo "packages: installing ${wanted[*]}" >&2
  trap tidy EXIT
  apt_get update
  if [[ ! -e $policy ]]; then # an installed server is not a started server
    undo+=("rm -f $policy")
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" install -m 755 /dev/stdin "$policy"
  fi
  if [[ " ${wanted[*]} " == *" postgresql "* && ! -e $clusters ]]; then # nor does it get a database cluster
    apt_get install --no-install-recommends postgresql-common
    undo+=("sed -i 's/^create_main_cluster = false/#create_main_cluster = true/' $clusters")
    "${as_root[@]}" sed -i 's/^#create_main_cluster = true/create_main_cluster = false/' "$clusters"
  fi
  apt_get install --no-install-recommends "${wanted[@]}"
}

usage() { sed -n '2,7p' "$0" >&2; exit 2; }
[[ ${*: -1} =~ ^(build|test|run|package|lint)$ ]] || usage
case $#$1 in
  1*) packages "$1" ;;
  2missing) missing "$2" ;;
  2install) install_missing "$2" ;;
  *) usage ;;
esac
