#!/usr/bin/env bash
# Everything that has to pass: packages, the database servers, the debug build (sanitizers, warnings are errors), the
# checks ci/check_*.py, all tests, and the fuzzers for a minute each. Servers that ran before are left running. The last
# line is ctest's verdict.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
servers=(postgresql mariadb mysql postgresql-plain mariadb-plain mysql-plain pgbouncer)
say() { printf '\n== %s\n' "$*"; }

ci/packages.sh install test

say "database servers"
started=() log=$(mktemp)
for server in "${servers[@]}"; do [[ -n $(ci/services.sh env "$server") ]] || started+=("$server"); done
trap 'rm -f "$log"; ((${#started[@]} == 0)) || ci/services.sh down "${started[@]}"' EXIT
ci/services.sh up "${servers[@]}" || [[ $? == 3 ]] # 3: one cannot be had here
variables=$(ci/services.sh env)
eval "$variables"
missing=()
for server in "${servers[@]}"; do [[ -n $(ci/services.sh env "$server") ]] || missing+=("$server"); done

say "build"
cmake --preset debug
cmake --build --preset debug

failed=()
for check in ci/check_*.py; do
  [[ -e $check ]] || continue
  say "$check"
  python3 "$check" || failed+=("$check")
done

say "tests"
ctest --preset debug --output-on-failure --parallel "${CTEST_PARALLEL_LEVEL:-2}" 2>&1 | tee "$log" || failed+=(ctest)

say "fuzzers"
ci/fuzz.sh || failed+=(ci/fuzz.sh)

for server in "${missing[@]}"; do say "SKIPPED: NO SERVER: $server: what needs it was not tested"; done
for what in "${failed[@]}"; do say "FAILED: $what"; done
echo
grep -aE '^[0-9]+% tests passed' "$log" | tail -n 1 || echo "ctest did not finish"
[[ ${#failed[@]} == 0 ]]
