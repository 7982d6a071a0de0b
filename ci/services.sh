#!/usr/bin/env bash
# shellcheck disable=SC2154,SC2317 # variables and functions cross the files
# Private PostgreSQL, MariaDB and MySQL servers for the tests: on loopback, with TLS, unprivileged, on ports of their own.
#
#   ci/services.sh up [--durable] [NAME...]   starts them and waits until they answer; one that runs is left alone
#   ci/services.sh down [NAME...]             stops them (without a name: all, the twins too)
#   ci/services.sh env [NAME...]              eval "$(ci/services.sh env)": <NAME>_HOST _PORT _SOCKET _USER _PASSWORD _DATABASE
#                                             _CA _OTHER_CA _PID _CLIENT of each one that runs
#   ci/services.sh kill NAME...               SIGKILL to all its processes at once, as in a crash
#   ci/services.sh restart [NAME...]          stops and starts, or starts again after a kill
#
# NAME: postgresql mariadb mysql (the default), and the same with -plain: a twin without TLS, e.g. MYSQL_PLAIN_PORT. Also
# pgbouncer: a pooler before postgresql, which must run, that gives each transaction another session. The user is dbctl
# with the password dbctl and all rights; tlsonly/tlsonly is refused without TLS; _OTHER_CA has signed nothing.
# What was committed survives `kill`, but not a power cut: --durable leaves fsync and its like on, until `down`.
# All files are in DBCTL_SERVICES_DIR (default: dbctl-services in TMPDIR); other ports: <NAME>_TEST_PORT.
# Exit: 0 done, 1 a server failed, 2 usage, 3 a server that was asked for by name cannot be had here (SKIPPED and why).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/services
# shellcheck source=/dev/null
for part in common certificates postgresql pgbouncer mysql_family mariadb mysql; do source "$here/$part.sh"; done

up() {
  if running; then
    [[ -e $home/complete && ($durability == keep || $durability == "$(cat "$home/durability")") ]] && return
    stop
  fi
  "${kind}_available" || return
  [[ -e $home/complete ]] || rm -rf "${home:?}"
  prepare_home
  "${kind}_configure"
  [[ -e $home/complete ]] || "${kind}_create" >"$home/create.log" 2>&1 || fail_with create.log
  launch
  wait_until_ready
  [[ -e $home/complete ]] || "${kind}_accounts" >"$home/accounts.log" 2>&1 || fail_with accounts.log
  touch "$home/complete"
}
down() { stop; rm -f "$home/durability"; }
restart() { stop; up; }
crash() { running || fail "it does not run"; kill_all_processes; }
print_env() {
  running || return 0
  printf "export ${prefix}_%s=%q\n" HOST 127.0.0.1 PORT "$(cat "$home/port")" SOCKET "$("${kind}_socket")" USER dbctl \
    PASSWORD dbctl DATABASE dbctl CA "$certificates/ca.crt" OTHER_CA "$certificates/other-ca.crt" \
    PID "$(cat "$home/pid")" CLIENT "$("${kind}_client")"
}

verb=${1:-} durability=keep
shift || true
if [[ $verb == up && ${1:-} == --durable ]]; then durability=durable; shift; fi
for name in "$@"; do [[ $name =~ ^((postgresql|mariadb|mysql)(-plain)?|pgbouncer)$ ]] || usage "no such server: $name"; done
named=$# three=(postgresql mariadb mysql)
((named)) || case $verb in
  up | restart) set -- "${three[@]}" ;;
  down | env) set -- pgbouncer "${three[@]}" "${three[@]/%/-plain}" ;;
esac
case $verb in
  up | restart)
    prepare_root
    poolers=() servers=()
    for one in "$@"; do if [[ $one == pgbouncer ]]; then poolers+=("$one"); else servers+=("$one"); fi; done
    with_each "$verb" "${servers[@]}"
    with_each "$verb" "${poolers[@]}" # what they stand before runs by now
    ;;
  down) [[ ! -d $root ]] || with_each down "$@" ;;
  kill) ((named)) || usage "kill: which server?"; with_each crash "$@" ;;
  env) for name in "$@"; do select_service "$name"; print_env; done ;;
  *) usage "which command?" ;;
esac
((named || status != 3)) || status=0
exit "$status"
