"""The servers that are there, seen by their own clients: users with passwords, what is in tables and in process lists."""
import os
import subprocess


class Server:
    def __init__(self, name, driver):
        self.name, self.driver, self.scheme = name, driver, driver
        self.variables = "DB_POSTGRES_" if driver == "postgresql" else "DB_MYSQL_"
        self.database = f"secrets_{name}"

    def get(self, what):
        return os.environ.get(f"{self.name.upper()}_{what}")

    def is_there(self):
        return self.get("PORT") is not None

    def client(self, database):
        """The command line and the environment of the server's own client."""
        host, port, user = self.get("HOST"), self.get("PORT"), self.get("USER")
        if self.driver == "postgresql":
            words = [self.get("CLIENT"), "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", host, "-p", port, "-U", user, database]
            return words, {"PGPASSWORD": self.get("PASSWORD")}
        words = [self.get("CLIENT"), "--no-defaults", "-nN", "--raw", "--default-character-set=utf8mb4", "-h", host,
                 "-P", port, "-u", user, database]
        return words, {"MYSQL_PWD": self.get("PASSWORD")}

    def start(self, database=None, **settings):
        words, variables = self.client(database or ("postgres" if self.driver == "postgresql" else "mysql"))
        return subprocess.Popen(words, env={**os.environ, **variables}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                text=True, encoding="utf-8", **settings)

    def sql(self, text, database=None):
        client = self.start(database, stderr=subprocess.PIPE)
        out, err = client.communicate(text, timeout=60)
        if client.returncode != 0:
            raise RuntimeError(f"{self.name}: {text}: {err}")
        return out

    def literal(self, text):
        text = text.replace("\\", "\\\\").replace("'", "\\'")
        return f"E'{text}'" if self.driver == "postgresql" else f"'{text}'"

    def make_user(self, user, password):
        """Who may make databases of their own, and so anything in them."""
        self.drop_user(user)
        if self.driver == "postgresql":
            self.sql(f"CREATE ROLE {user} LOGIN CREATEDB PASSWORD {self.literal(password)}")
        else:
            self.sql(f"CREATE USER {user}@'%' IDENTIFIED BY {self.literal(password)};"
                     f"GRANT ALL ON *.* TO {user}@'%'")

    def drop_user(self, user):
        if self.driver == "postgresql":
            self.sql(f"DROP DATABASE IF EXISTS {self.database}_{user}")
            self.sql(f"DROP ROLE IF EXISTS {user}")
        else:
            self.sql(f"DROP DATABASE IF EXISTS {self.database}_{user}; DROP USER IF EXISTS {user}@'%'")

    def own_tables(self, database):
        """All that dbctl's own tables hold."""
        if self.driver == "postgresql":
            of = "table_catalog = current_database() AND table_schema = 'public'"
        else:
            of = f"table_schema = '{database}'"
        tables = self.sql(f"SELECT table_name FROM information_schema.tables WHERE {of} AND table_name LIKE 'dbctl%'",
                          database).split()
        return tables, "".join(self.sql(f"SELECT * FROM {table}", database) for table in tables)

    def sessions(self):
        """What others see of dbctl's sessions while it works."""
        if self.driver == "postgresql":
            return self.sql("SELECT * FROM pg_stat_activity")
        return self.sql("SHOW FULL PROCESSLIST; SELECT * FROM performance_schema.session_connect_attrs")

    def hold_lock(self, database):
        """A session that holds dbctl's lock until `release` is called on it."""
        client = self.start(database)
        if self.driver == "postgresql":
            client.stdin.write(f"SELECT 'held' FROM pg_advisory_lock(hashtextextended('dbctl:{database}', 0));\n")
        else:
            client.stdin.write(f"SELECT IF(GET_LOCK('dbctl:{database}@{database}', 9) = 1, 'held', 'not');\n")
        client.stdin.flush()
        if client.stdout.readline().strip() != "held":
            raise RuntimeError(f"{self.name}: the lock cannot be had")
        return client

    @staticmethod
    def release(client):
        client.communicate(timeout=60)


ALL = [Server("postgresql", "postgresql"), Server("mariadb", "mysql"), Server("mysql", "mysql")]
