# shellcheck shell=bash disable=SC2034,SC2154 # variables cross the files: services.sh sources them all
# What the servers have in common: where they live, as whom they run, how they are started, awaited and stopped.
root=$(realpath -m "${DBCTL_SERVICES_DIR:-${TMPDIR:-/tmp}/dbctl-services}")
certificates=$root/certificates
declare -A default_port=([postgresql]=25432 [mariadb]=23306 [mysql]=29706 [pgbouncer]=26543)
PATH=$PATH:/usr/sbin:/sbin
umask 022

user=$(id -un)
drop=()
if [[ $user == root ]]; then
  user=nobody
  drop=(setpriv --reuid="$user" --regid="$(id -gn "$user")" --clear-groups --)
fi
hand_over() { [[ $(id -un) == "$user" ]] || chown -R "$user" "$@"; }

say() { echo "services: ${name:+$name: }$*" >&2; }
fail() { say "$@"; exit 1; }
fail_with() { fail "failed; the end of $home/$1:"$'\n'"$(tail -n 8 "$home/$1")"; }
usage() { name='' say "$1"; sed -n '3,/^set/{/^set/!p}' "$0" >&2; exit 2; }

select_service() { # NAME: all functions below speak of this one
  local test_port
  name=$1 kind=${1%-plain} home=$root/$1 prefix=${1^^}
  prefix=${prefix//-/_} test_port=${prefix}_TEST_PORT
  as_user=(env -i PATH="$PATH" LANG=C.UTF-8 HOME="$home" "${drop[@]}") # nothing of the caller's environment leaks in
  port=${!test_port:-$((default_port[$kind] + ($(plain && echo 1 || echo 0))))}
}
plain() { [[ $name != "$kind" ]]; }
durable() { [[ $(cat "$home/durability") == durable ]]; }
mark() { if [[ $kind == pgbouncer ]]; then echo "$home/pgbouncer.ini"; else echo "file=$home/"; fi; } # in its command line
running() { [[ -s $home/pid ]] && grep -qzF "$(mark)" "/proc/$(cat "$home/pid")/cmdline" 2>/dev/null; }

prepare_root() {
  mkdir -p "$root"
  [[ -w $root ]] || fail "$root belongs to $(stat -c %U "$root"): set DBCTL_SERVICES_DIR"
  exec 9>"$root/lock" && flock 9 # one `up` at a time
  make_certificates
}
prepare_home() {
  mkdir -p "$home/tmp" "$home/data" && chmod 700 "$home/data"
  [[ $durability == keep && -e $home/durability ]] || echo "${durability/keep/relaxed}" >"$home/durability"
  echo "$port" >"$home/port"
  hand_over "$home"
}

launch() {
  if (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then fail "port $port is taken: set ${prefix}_TEST_PORT"; fi
  kill_all_processes # what a postmaster killed by others leaves behind
  rm -f "$home"/{data/postmaster.pid,.s.*,sock*,server.pid}
  local command
  mapfile -t command < <("${kind}_command")
  "${as_user[@]}" setsid "${command[@]}" </dev/null >>"$home/server.log" 2>&1 9>&- &
  echo $! >"$home/pid"
}
wait_until_ready() {
  local _
  for _ in {1..1200}; do
    "${kind}_ping" >/dev/null 2>&1 && return
    kill -0 "$!" 2>/dev/null || break
    sleep 0.05
  done
  fail_with server.log
}
stop() {
  running || return 0
  local pid _
  pid=$(cat "$home/pid")
  kill -"$([[ $kind == postgresql ]] && echo INT || echo TERM)" "$pid"
  for _ in {1..1200}; do running || return 0; sleep 0.05; done
  say "does not stop: killed"
  kill_all_processes
}
kill_all_processes() {
  local pids
  while pids=$(processes) && [[ -n $pids ]]; do
    # shellcheck disable=SC2086
    kill -KILL $pids 2>/dev/null || true
    sleep 0.02
  done
}
processes() { # the server and its children, orphaned ones too: they work in its data folder
  local cwd process
  { find /proc/[0-9]*/cwd -maxdepth 0 -user "$user" -lname "$home/data" 2>/dev/null || true; } | while read -r cwd; do
    process=${cwd%/cwd}
    if grep -qaE "^postgres: |file=$home/" "$process/cmdline" 2>/dev/null; then echo "${process#/proc/}"; fi
  done
}

with_each() { # FUNCTION NAME...: side by side; $status is 0, 3 when one was skipped, 1 when one failed
  local function=$1 jobs=() job one
  shift
  for one in "$@"; do (select_service "$one" && "$function") & jobs+=($!); done
  for job in "${jobs[@]}"; do
    one=0; wait "$job" || one=$?
    [[ $one == 0 || $status == 1 ]] || status=$one
  done
}
status=0 name=''
