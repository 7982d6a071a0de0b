#!/usr/bin/env bash
# From a bare Debian to a migrated and seeded SQLite database: packages, build, migrate, seed, status. May be run again.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
database=ecommerce_dev.db
step() { printf '\n== %s\n' "$*"; "$@"; }

ci/packages.sh install build
step cmake --preset release -DDBCTL_TESTS=OFF
step cmake --build --preset release

export PATH=$PWD/build/release/bin:$PATH DBCTL_ENV=development
step dbctl migrate
step dbctl seed
step dbctl status
step sqlite3 -box "$database" "select name, price from products order by name limit 5"

printf '\nThe database is %s; dbctl is %s.\nNext: dbctl plan --driver postgresql --sql, dbctl rollback, dbctl --help.\n' \
  "$PWD/$database" build/release/bin/dbctl
