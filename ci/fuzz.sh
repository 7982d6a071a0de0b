#!/usr/bin/env bash
# Builds the fuzzers (clang, libFuzzer; a build of its own) and lets each search for SECONDS (60), two at a time.
#
#   ci/fuzz.sh [SECONDS] [TARGET…]      the targets are named in tests/fuzz/targets.def
#
# Prints a line for each target. Fails when an input crashes one, takes more than 5 s or breaks a property, and says how
# to see that again.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
seconds=${1:-60} build=build/fuzz
shift $(($# > 0 ? 1 : 0))
[[ $seconds =~ ^[1-9][0-9]*$ ]] || { sed -n '2,7p' "$0" >&2; exit 2; }
declare -A kinds
while IFS=' (,)' read -r _ target kind; do kinds[$target]=$kind; done < <(grep '^DBCTL_FUZZ_TARGET' tests/fuzz/targets.def)
targets=("$@")
((${#targets[@]} > 0)) || mapfile -t targets < <(printf '%s\n' "${!kinds[@]}" | sort)
for target in "${targets[@]}"; do
  [[ -n ${kinds[$target]:-} ]] || { echo "fuzz: there is no target $target: ${!kinds[*]}" >&2; exit 2; }
done

log=$(mktemp)
trap 'rm -f "$log"' EXIT
{ cmake --preset fuzz && cmake --build --preset fuzz; } >"$log" 2>&1 || { cat "$log"; exit 1; }
rm -rf "$build/seeds"
python3 tests/fuzz/seeds.py "$build/seeds" >"$log"

fuzz() { # target: from the seeds and from what was found before
  local target=$1 found=$build/found/$1 output=$build/$1.log executions coverage status=0
  mkdir -p "$found/corpus" "$found/inputs" "tests/fuzz/regressions/$target"
  "$build/bin/fuzz_$target" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=2048 -max_len=4096 -use_value_profile=1 \
    -print_final_stats=1 -dict="tests/fuzz/dictionaries/${kinds[$target]}.dict" -artifact_prefix="$found/inputs/" \
    "$found/corpus" "$build/seeds/${kinds[$target]}" "tests/fuzz/regressions/$target" >"$output" 2>&1 || status=$?
  executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$output")
  coverage=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$output" | tail -n 1)
  printf '%-18s %9s executions  coverage %5s  %s\n' "$target" "${executions:-?}" "${coverage:-?}" \
    "$([[ $status == 0 ]] && echo ok || echo BROKEN)"
  [[ $status == 0 ]] || explain "$target" "$output"
  return "$status"
}
explain() { # target log
  local input
  input=$(sed -n 's/.*Test unit written to //p' "$2" | tail -n 1)
  grep -aE '^BROKEN:|ERROR: |SUMMARY: |runtime error:' "$2" | head -n 5 | sed 's/^/    /'
  echo "    again:    $build/bin/fuzz_$1 $input"
  echo "    smaller:  $build/bin/fuzz_$1 -minimize_crash=1 -max_total_time=60 $input"
  echo "    then put it into tests/fuzz/regressions/$1/, under a name that says what it was"
}

echo "fuzz: ${#targets[@]} targets, $seconds s each"
broken=0 running=0
for target in "${targets[@]}"; do
  if ((running == 2)); then
    wait -n || broken=1
    running=1
  fi
  fuzz "$target" &
  running=$((running + 1))
done
for ((; running > 0; running--)); do wait -n || broken=1; done
exit "$broken"
