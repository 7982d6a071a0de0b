# shellcheck shell=bash disable=SC2154
# What MariaDB and MySQL share: configuration and accounts.
mysql_family_socket() { echo "$home/sock"; }
mysql_family_configure() { # EXTRA LINES
  [[ ${#home} -lt 100 ]] || fail "$home/sock is too long for a socket: set DBCTL_SERVICES_DIR"
  cat >"$home/my.cnf" <<X
[mysqld]
datadir = $home/data
socket = $home/sock
pid-file = $home/server.pid
tmpdir = $home/tmp
bind-address = 127.0.0.1
port = $port
skip-name-resolve
skip-log-bin
local-infile = 1
max-allowed-packet = 64M
innodb-use-native-aio = 0
innodb-buffer-pool-size = 128M
$(plain || cat <<TLS
ssl-ca = $certificates/ca.crt
ssl-cert = $certificates/server.crt
ssl-key = $certificates/server.key
TLS
)
$(durable || cat <<RELAXED
innodb-flush-method = nosync
innodb-flush-log-at-trx-commit = 2
innodb-doublewrite = 0
RELAXED
)
$1
X
}
mysql_family_accounts() {
  cat <<'X'
drop user if exists ''@localhost;
create database dbctl character set utf8mb4;
create user dbctl@'%' identified by 'dbctl';
grant all on *.* to dbctl@'%' with grant option;
create user tlsonly@'%' identified by 'tlsonly' require ssl;
grant all on dbctl.* to tlsonly@'%';
X
}
