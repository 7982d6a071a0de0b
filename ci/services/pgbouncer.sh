# shellcheck shell=bash disable=SC2154
# PgBouncer in transaction mode, in front of the postgresql service. It lends out few sessions of the server, so that
# those who need more than that notice.
pgbouncer_available() {
  command -v pgbouncer >/dev/null || fail "not installed: ci/packages.sh install test"
  [[ -s $root/postgresql/port ]] || fail "postgresql does not run: ci/services.sh up postgresql"
}
pgbouncer_client() { command -v psql; }
pgbouncer_socket() { echo "$home"; }
pgbouncer_configure() {
  echo '"dbctl" "dbctl"' >"$home/users.txt"
  cat >"$home/pgbouncer.ini" <<X
[databases]
* = host=127.0.0.1 port=$(cat "$root/postgresql/port") user=dbctl password=dbctl
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $port
unix_socket_dir = $home
auth_type = scram-sha-256
auth_file = $home/users.txt
admin_users = dbctl
pool_mode = transaction
default_pool_size = 4
max_client_conn = 200
server_round_robin = 1
client_tls_sslmode = allow
client_tls_ca_file = $certificates/ca.crt
server_tls_sslmode = prefer
server_tls_ca_file = $certificates/ca.crt
client_tls_cert_file = $certificates/server.crt
client_tls_key_file = $certificates/server.key
ignore_startup_parameters = extra_float_digits,options
X
  hand_over "$home"
}
pgbouncer_create() { :; }
pgbouncer_accounts() { :; }
pgbouncer_command() { printf '%s\n' pgbouncer "$home/pgbouncer.ini"; }
pgbouncer_ping() { "${as_user[@]}" env PGPASSWORD=dbctl psql -qXAt -h 127.0.0.1 -p "$port" -U dbctl -d pgbouncer -c 'show version'; }
