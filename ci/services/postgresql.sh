# shellcheck shell=bash disable=SC2154
# PostgreSQL from the installed packages, the newest one.
postgresql_bin=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)

postgresql_available() { [[ -x $postgresql_bin/postgres ]] || fail "not installed: ci/packages.sh install test"; }
postgresql_client() { command -v psql; }
postgresql_socket() { echo "$home"; }
postgresql_configure() {
  echo dbctl >"$home/password"
  cat >"$home/postgresql.conf" <<X
hba_file = '$home/pg_hba.conf'
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = '$home'
shared_buffers = 64MB
max_wal_size = 1GB
$(plain || cat <<TLS
ssl = on
ssl_cert_file = '$certificates/server.crt'
ssl_key_file = '$certificates/server.key'
TLS
)
$(durable || cat <<RELAXED
fsync = off
full_page_writes = off
RELAXED
)
X
  cat >"$home/pg_hba.conf" <<X
local     all tlsonly              reject
hostnossl all tlsonly 127.0.0.1/32 reject
local     all all                  scram-sha-256
host      all all     127.0.0.1/32 scram-sha-256
X
}
postgresql_create() {
  "${as_user[@]}" "$postgresql_bin/initdb" -D "$home/data" -U dbctl --pwfile="$home/password" -A scram-sha-256 \
    -E UTF8 --locale=C.UTF-8 --no-sync --no-instructions
}
postgresql_command() { printf '%s\n' "$postgresql_bin/postgres" -D "$home/data" -c "config_file=$home/postgresql.conf"; }
postgresql_query() { "${as_user[@]}" env PGPASSWORD=dbctl psql -qXAt -v ON_ERROR_STOP=1 -h "$home" -p "$port" -U dbctl -d postgres "$@"; }
postgresql_ping() { postgresql_query -c 'select 1'; }
postgresql_accounts() {
  postgresql_query -c 'create database dbctl' -c "create role tlsonly login password 'tlsonly'" \
    -c 'grant all on database dbctl to tlsonly'
}
