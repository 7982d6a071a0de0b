"""Passwords that break quoting, the ways they reach dbctl, and all that can be done wrong with them."""
import json
import urllib.parse

# Of real users. Every word between special characters is one that occurs nowhere else.
RIGHT = {
    "e2e_heron": "t4uchente@kormoran:haubenk4uz/steinad1er%41rotmilan'neunt0eter\"wendeha1s gartenb4umlaeufer\nwald0hreule"
                 "\\zieg3nmelker$HOMEturmf4lke€fl1egenschnäpper",
    "e2e_stork": " ${kr4nichzug}$(b1rkhuhn)`auerh4hn`%zz%20{seiden5chwanz}:[zaunk0enig]#r0hrdommel,w4chtel: kernbe1sser 漢字 ",
}
# Of nobody: what fails is said, the password is not.
WRONG = ["w4nderfalke@schwarzspe0ht:m1schwitz/f1scherei%2Fhab1chtig'uferschwa1be\"he1delerche br4chpieper\nw1esenpieper\\$PATH",
         "zwergt4ucher#brands3eschwalbe,loeff1er: p4piageie?kuckuck5ei=sperber&geier5pinne",
         "d0rngrasmücke漢字klapp3rgrasmücke€gelbspötter99"]
EVERY = [*RIGHT.values(), *WRONG]
# For lines of files. There ${NAME} is a reference, whose name is told, and no part of a password.
ON_ONE_LINE = [password.replace("\n", "").replace("${", "{$") for password in EVERY]


def encoded(password):
    return urllib.parse.quote(password, safe="")


def in_yaml(password):
    return json.dumps(password, ensure_ascii=False).replace("${", "$${")


def in_dotenv(password):
    for special, written in (("\\", "\\\\"), ('"', '\\"'), ("$", "\\$"), ("\n", "\\n")):
        password = password.replace(special, written)
    return f'"{password}"'


def environment(driver, password="${SHOP_PASSWORD:?export it}"):
    """A file whose connection is given by variables that it names, so that it stays disposable."""
    return f"""driver: {driver}
domains: [ecommerce]
disposable: true
connection:
  host: "${{SHOP_HOST:-127.0.0.1}}"
  port: "${{SHOP_PORT:-1}}"
  name: "${{SHOP_DATABASE:-shop}}"
  user: "${{SHOP_USER:-u}}"
  ssl_mode: "${{SHOP_SSL_MODE:-prefer}}"
""" + (f"  password: {password}\n" if password else "")


# What each command is tried with. A command that `dbctl --help` knows and this does not is an error of the test.
RECIPES = {
    "migrate": [["migrate", "-v"], ["migrate", "--dry-run"], ["migrate", "--seed"]],
    "rollback": [["rollback", "-v"], ["rollback", "--all"]],
    "redo": [["redo", "-v"]],
    "fresh": [["fresh", "-v"]],
    "status": [["status", "-v"]],
    "plan": [["plan", "-v"], ["plan", "--sql"]],
    "validate": [["validate"]],
    "history": [["history"], ["history", "--verify"]],
    "test": [["test", "roundtrip", "--migrations", "create_users"]],
    "repair": [["repair", f"--mark-{state}", "tune_product_search", "-y"] for state in ("reverted", "applied")],
    "seed": [["seed", "-v"], ["seed", "--status"]],
    "init": [["init", "new_shop"]],
    "dev": [["dev", "--once", "-v"]],
    "make": [["make", "migration", "tidy_up"], ["make", "model", "User"]],
    "create": [["create"]],
    "drop": [["drop"]],
    "wait": [["wait", "--wait=200ms"]],
    "ping": [["ping", "-v"]],
    "doctor": [["doctor", "-v"]],
    "env": [["env", "show"], ["env", "list"], ["env", "check"]],
    "plugin": [["plugin", "list"], ["plugin", "info", "postgresql"], ["plugin", "test", "mysql"]],
    "errors": [["errors", "DBCTL-CON-002"]],
    "completion": [["completion", "bash"]],
}
WITHOUT_SERVER = {"validate", "init", "make", "env", "plugin", "errors", "completion"}
# From no database to no database: what a command that works does and prints.
STORY = ["create", "ping", "wait", "migrate", "status", "plan", "validate", "history", "seed", "redo", "repair",
         "rollback", "migrate", "fresh", "dev", "doctor", "env", "plugin", "errors", "completion"]


def broken_yaml(driver, password):
    """The line of the password, and its neighbours, written wrong in every way that comes to mind."""
    lines = [f"password: {password}", f'password: "{password}', f"password: '{password}", f"password: [{password}]",
             f"password: [{password}", f"password: {{{password}}}", f"password: {{ {password}", f"password:{password}",
             f"password {password}", f"password: !{password}", f"password: !!{password} x", f"password: *{password}",
             f"password: &{password}", f"password: |\n{password}", f"password: >9{password}", f"password: @{password}",
             f"password: %{password}", f"password: `{password}", f"password: x{password}: y", f"password: - {password}",
             f"password: ? {password}", f"password: \"{password}\" y", f"password: ${{{password}}}",
             f"password: \"${{{password}\"", f"password: '${{X:?}}{password.replace(chr(39), '')}'",
             f"password: {in_yaml(password)}\n  pasword: x", f"password: {in_yaml(password)}\n  password: x",
             f"password: {in_yaml(password)}\n  port", f"password: {in_yaml(password)}\n\tport: 1",
             f"password: {in_yaml(password)}\n  ssl_mode: never", f"password: {in_yaml(password)}\n---\na: b",
             f"password: {in_yaml(password)}\n port: 1", f"passwort: {in_yaml(password)}"]
    head = f"driver: {driver}\nconnection:\n  host: 127.0.0.1\n  port: 1\n  name: n\n  user: u\n"
    texts = [f"{head}  {line}\n" for line in lines]
    flow = f"driver: {driver}\nconnection: {{ host: 127.0.0.1, port: 1, name: n, user: u, password: "
    return texts + [f"{flow}{password} }}\n", f"{flow}{password}\n", f"{flow}'{password} }}\n",
                    f"driver: {driver}\nconnection: {password}\n", f"driver: {driver}\npassword: {in_yaml(password)}\n",
                    f"driver: {driver}\nconnection:\n  - password: {in_yaml(password)}\n"]


def broken_dotenv(variable, password):
    return [f"{variable}={password}", f'{variable}="{password}', f"{variable}='{password}", f'{variable}="{password}"x',
            f"{variable} {password}", f'{variable}="\\q{password}"', f"{variable}: {password}", f"{variable}=${{{password}",
            f"{variable}={in_dotenv(password)}\n{variable}=x", f"export {variable} {password}",
            f"{variable}={in_dotenv(password)}\x07", f"{variable}=${{X:?{variable}}}{password}", f"{variable}\n={password}",
            f"{variable[:-1]}={in_dotenv(password)}"]


def broken_urls(scheme, password):
    good = encoded(password)
    return [f"{scheme}://u:{password}@127.0.0.1:1/n", f"{scheme}://u:{password}@127.0.0.1:port/n",
            f"{scheme}://u:{good}@127.0.0.1:port/n", f"{scheme}://u:{good}@127.0.0.1:99999/n",
            f"{scheme}://u:{good}@127.0.0.1:1", f"{scheme}://u:{good}@", f"{scheme}://u:{good}", f"{scheme}://u:{password}",
            f"{scheme}://u:{good}@127.0.0.1:1/n?nonsense=1", f"{scheme}://u:{good}@127.0.0.1:1/n?password={good}",
            f"{scheme}://u@127.0.0.1:1/n?password={good}&password={good}", f"{scheme}://u@127.0.0.1:1/n?passwort={good}",
            f"{scheme}://u@127.0.0.1:1/n?{good}", f"{scheme}://u:{good}@127.0.0.1:1/n?ssl_mode=no",
            f"{scheme}://u:{good}@[::1:1/n", f"{scheme}://u:{good}@127.0.0.1:1:2/n", f"{scheme}://u:{good}%00@127.0.0.1:1/n",
            f"{scheme}://u:{good}%@127.0.0.1:1/n", f"{scheme}:/u:{good}@127.0.0.1:1/n", f"{scheme}:u:{good}@127.0.0.1:1/n",
            f"{scheme}//u:{good}@127.0.0.1:1/n", f"nonsense://u:{good}@127.0.0.1:1/n", f"://u:{good}@127.0.0.1:1/n"]


def misplaced(url):
    """A URL where none belongs."""
    flags = ["--env", "--environments", "--confirm", "--domain", "--plugin-dir", "--lock-timeout", "--wait", "--format",
             "--color", "--nonsense", "--password"]
    own = [("migrate", "--to"), ("migrate", "--steps"), ("rollback", "--to"), ("repair", "--mark-applied"),
           ("seed", "--only"), ("plan", "--driver"), ("history", "-n"), ("validate", "--driver"), ("plan", "-o")]
    lines = [["status", url], [url, "status"], [url], ["help", url], ["errors", url], ["completion", url], ["env", url],
             ["plugin", "info", url], ["plugin", "test", url], ["status", f"-e{url}"], ["status", f"-p{url}"],
             [f"-p{url}", "status"], ["status", "-d", url], ["status", f"-url={url}"], ["status", "--", url]]
    for flag in flags:
        lines += [["status", flag, url], ["status", f"{flag}={url}"], [flag, url, "status"]]
    for command, flag in own:
        lines += [[command, flag, url], [command, f"{flag}={url}"]]
    return lines
