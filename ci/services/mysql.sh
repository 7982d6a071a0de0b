# shellcheck shell=bash disable=SC2154
# MySQL, which Debian's stable suites lack: unpacked into a folder of its own, see fetch_mysql.sh.
mysql_root=$root/mysql-server

mysql_available() {
  local why
  why=$(flock "$root/fetch.lock" "$here/fetch_mysql.sh" "$mysql_root" 2>&1 >/dev/null) && return
  echo "SKIPPED: $name: $why" >&2
  return 3
}
mysql_client() { echo "$mysql_root/bin/mysql"; }
mysql_socket() { mysql_family_socket; }
mysql_configure() {
  local share=$mysql_root/root/usr/share/mysql
  mysql_family_configure "basedir = $mysql_root/root/usr
lc-messages-dir = $share
character-sets-dir = $share/charsets
plugin-dir = $mysql_root/root/usr/lib/mysql/plugin
mysqlx = OFF
secure-file-priv =
innodb-redo-log-capacity = 128M
$(! plain || echo 'tls-version =')"
}
mysql_create() { "${as_user[@]}" "$mysql_root/bin/mysqld" --defaults-file="$home/my.cnf" --initialize-insecure; }
mysql_command() { printf '%s\n' "$mysql_root/bin/mysqld" --defaults-file="$home/my.cnf"; }
mysql_query() { "${as_user[@]}" "$mysql_root/bin/mysql" --no-defaults --protocol=socket -S "$home/sock" -u root "$@"; }
mysql_ping() { mysql_query -e 'select 1'; }
mysql_accounts() { mysql_family_accounts | mysql_query; }
