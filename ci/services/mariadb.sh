# shellcheck shell=bash disable=SC2154
# MariaDB from the installed packages.
mariadb_available() { command -v mariadbd mariadb-install-db mariadb >/dev/null || fail "not installed: ci/packages.sh install test"; }
mariadb_client() { command -v mariadb; }
mariadb_socket() { mysql_family_socket; }
mariadb_configure() {
  mysql_family_configure "character-set-server = utf8mb4
innodb-log-file-size = 64M
$(! plain || echo 'ssl = 0')"
}
mariadb_create() {
  "${as_user[@]}" mariadb-install-db --defaults-file="$home/my.cnf" --auth-root-authentication-method=normal --skip-test-db
}
mariadb_command() { printf '%s\n' mariadbd --defaults-file="$home/my.cnf"; }
mariadb_query() { "${as_user[@]}" mariadb --no-defaults --protocol=socket -S "$home/sock" -u root --skip-ssl "$@"; }
mariadb_ping() { mariadb_query -e 'select 1'; }
mariadb_accounts() { mysql_family_accounts | mariadb_query; }
