"""A wrong or missing setting stops the start with one sentence that names it."""

import stat
from pathlib import Path

import pytest

from prepare_portal import environment
from prepare_portal.mail_server import mail_server
from tests.site.processes import PRODUCTION, run, setup

LONG_KEY = "a-key-of-more-than-fifty-characters-for-the-tests-0123456789"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch):
    for name in (*environment.VARIABLES, "PGHOST", "PGSSLMODE"):
        monkeypatch.delenv(name, raising=False)


def refusal(read, *args, **options):
    """The sentence with which reading a setting stops the start."""
    with pytest.raises(SystemExit) as stopped:
        read(*args, **options)
    sentence = str(stopped.value.code)
    assert sentence.startswith("The portal did not start: ")
    assert "\n" not in sentence
    return sentence.removeprefix("The portal did not start: ")


def test_port_for_prometheus_is_none_or_one_that_the_portal_does_not_have(monkeypatch):
    assert environment.metrics_port(8000) == 0
    monkeypatch.setenv("METRICS_PORT", "9400")
    assert environment.metrics_port(8000) == 9400
    assert refusal(environment.metrics_port, 9400) == "METRICS_PORT is 9400, and so is PORT. Set it to another one."


@pytest.mark.parametrize("token", ["a" * 31, "é" * 40, "a" * 40 + "\x7f"])
def test_token_that_can_be_guessed_or_not_be_sent_is_refused_and_not_repeated(monkeypatch, token):
    assert environment.metrics_token() == ""
    monkeypatch.setenv("METRICS_TOKEN", token)
    assert refusal(environment.metrics_token).startswith("METRICS_TOKEN is too easy to guess or cannot be sent.")
    monkeypatch.setenv("METRICS_TOKEN", "a" * 32)
    assert environment.metrics_token() == "a" * 32


@pytest.mark.parametrize(("value", "on"), [("on", True), ("1", True), ("ON", True), ("off", False), ("0", False)])
def test_switch_is_on_or_off(monkeypatch, value, on):
    monkeypatch.setenv("DEBUG", value)
    assert environment.switch("DEBUG") is on


def test_switch_is_off_when_unset_or_empty(monkeypatch):
    assert environment.switch("DEBUG") is False
    monkeypatch.setenv("DEBUG", " ")
    assert environment.switch("DEBUG") is False


def test_switch_refuses_anything_else(monkeypatch):
    monkeypatch.setenv("DEBUG", "maybe")
    assert refusal(environment.switch, "DEBUG") == "DEBUG is “maybe”. Set it to on or off."


def test_data_folder_is_made(monkeypatch, tmp_path):
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "a" / "b"))
    assert environment.data_dir(tmp_path) == tmp_path / "a" / "b"
    assert (tmp_path / "a" / "b").is_dir()


def test_data_folder_is_var_when_none_is_named(tmp_path):
    assert environment.data_dir(tmp_path) == tmp_path / "var"


def test_data_folder_that_cannot_be_made_is_refused(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "file" / "folder"))
    assert refusal(environment.data_dir, tmp_path).startswith(f"DATA_DIR is “{tmp_path}/file/folder”")


@pytest.mark.parametrize("url", ["https://pilots.example.org", "https://pilots.example.org/", "https://a.org:8443"])
def test_site_address_is_https_and_a_host(monkeypatch, url):
    monkeypatch.setenv("SITE_URL", url)
    assert environment.site_url() == url.rstrip("/")


@pytest.mark.parametrize(
    "url", ["http://a.org", "a.org", "https://", "https://a.org/path", "https://a.org?x", "https://[a", "ftp://a.org"]
)
def test_other_site_addresses_are_refused(monkeypatch, url):
    monkeypatch.setenv("SITE_URL", url)
    assert refusal(environment.site_url).startswith(f"SITE_URL is “{url.rstrip('/')}”. Set it to https://")


def test_database_is_a_file_in_the_data_folder_unless_named(tmp_path):
    config = environment.database(tmp_path)
    assert config["ENGINE"] == "django.db.backends.sqlite3"
    assert Path(config["NAME"]) == tmp_path / "portal.sqlite3"
    assert config["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert config["OPTIONS"]["timeout"] >= 20


def test_database_over_a_socket_keeps_checked_connections(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgres://user:pass@%2Frun%2Fpostgresql/portal")
    config = environment.database(tmp_path)
    assert (config["ENGINE"], config["HOST"]) == ("django.db.backends.postgresql", "/run/postgresql")
    assert config["CONN_HEALTH_CHECKS"] is True
    assert config["CONN_MAX_AGE"] > 0


@pytest.mark.parametrize(
    ("url", "mode"),
    [
        *[("postgres://u:p@db.example.org/portal", "require"), ("postgres://u:p@10.0.0.9:5433/portal", "require")],
        *[("postgres://u:p@[2001:db8::1]/portal", "require"), ("postgres://u:p@localhost.example.org/x", "require")],
        *[("postgres://u:p@/portal?host=db.example.org", "require"), ("postgres://u:p@a,b/portal", "require")],
        *[("postgres://u:p@db.example.org/portal?sslmode=verify-full", "verify-full")],
        *[("postgres://u:p@db/portal?sslmode=disable", "disable"), ("postgres://u:p@localhost/portal", None)],
        *[("postgres://u:p@127.0.0.1/portal", None), ("postgres://u:p@[::1]/portal", None)],
        *[("postgres://u:p@%2Frun%2Fpostgresql/portal", None), ("postgres:///portal", None)],
    ],
)
def test_database_on_another_machine_is_spoken_to_in_tls_unless_the_address_says_how(monkeypatch, tmp_path, url, mode):
    monkeypatch.setenv("DATABASE_URL", url)
    assert environment.database(tmp_path)["OPTIONS"].get("sslmode") == mode


def test_variables_of_postgresql_itself_are_heeded(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgres:///portal")
    monkeypatch.setenv("PGHOST", "db.example.org")
    assert environment.database(tmp_path)["OPTIONS"]["sslmode"] == "require"
    monkeypatch.setenv("PGSSLMODE", "disable")
    assert "sslmode" not in environment.database(tmp_path)["OPTIONS"]


@pytest.mark.parametrize("end", ["", "-wal", "-shm"])
def test_database_file_that_others_could_read_is_closed_to_them(tmp_path, end):
    file = tmp_path / f"portal.sqlite3{end}"
    file.touch()
    file.chmod(0o644)
    environment.database(tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_database_file_in_a_folder_that_is_not_there_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/none/portal.sqlite3")
    assert refusal(environment.database, tmp_path).startswith(f"the database file “{tmp_path}/none/portal.sqlite3”")


def test_database_in_memory_needs_no_file(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", "sqlite://:memory:")
    environment.database(tmp_path)
    assert list(tmp_path.iterdir()) == []


WRITE = """
import os; os.umask(0)
import django
django.setup()
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
connection.cursor().execute("CREATE TABLE more (id integer)")
default_storage.save("folder/upload.txt", ContentFile(b"x"))
import pathlib
for path in sorted(pathlib.Path(os.environ["DATA_DIR"]).rglob("*")):
    print(path.name, oct(path.stat().st_mode & 0o777))
"""


def test_nothing_that_the_portal_writes_can_be_read_by_others(tmp_path):
    done = run(WRITE, tmp_path / "data")
    assert (done.returncode, done.stderr) == (0, "")
    modes = dict(line.split() for line in done.stdout.splitlines())
    assert {"portal.sqlite3", "portal.sqlite3-wal", "portal.sqlite3-shm", "secret_key", "upload.txt"} <= set(modes)
    assert {mode for name, mode in modes.items() if name not in {"media", "folder"}} == {"0o600"}
    assert (modes["media"], modes["folder"]) == ("0o700", "0o700")
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "url",
    [
        "nonsense-hunter2",
        "mysql://user:hunter2@host/name",
        "postgres://user:hunter2@host:port/name",
        "://hunter2",
        "postgres://user:hunter2@[host/name",
    ],
)
def test_other_databases_are_refused_without_repeating_the_password(monkeypatch, tmp_path, url):
    monkeypatch.setenv("DATABASE_URL", url)
    sentence = refusal(environment.database, tmp_path)
    assert sentence.startswith("DATABASE_URL cannot be read. Set it to postgres://")
    assert "hunter2" not in sentence


def test_key_is_taken_from_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", LONG_KEY)
    assert environment.secret_key(tmp_path, shared=True) == LONG_KEY
    assert list(tmp_path.iterdir()) == []


def test_short_key_is_refused_and_not_repeated(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "hunter2")
    sentence = refusal(environment.secret_key, tmp_path, shared=False)
    assert sentence == "SECRET_KEY is too short. Set it to at least 50 random characters."


def test_key_that_machines_must_share_is_missed(tmp_path):
    assert refusal(environment.secret_key, tmp_path, shared=True).startswith("SECRET_KEY is missing.")


def test_key_is_made_once_for_its_owner_only(tmp_path):
    key = environment.secret_key(tmp_path, shared=False)
    assert len(key) >= 50
    assert environment.secret_key(tmp_path, shared=False) == key
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    (tmp_path / "secret_key").chmod(0o644)
    environment.secret_key(tmp_path, shared=False)
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_servers_that_start_at_once_read_the_same_key_and_never_a_part_of_it(monkeypatch, tmp_path):
    def other_server_is_quicker(_bytes):
        with (tmp_path / "secret_key").open("x") as file:  # there is none yet
            file.write(LONG_KEY)
        return "k" * 80

    monkeypatch.setattr("secrets.token_urlsafe", other_server_is_quicker)
    assert environment.secret_key(tmp_path, shared=False) == LONG_KEY
    assert [file.name for file in tmp_path.iterdir()] == ["secret_key"]


def test_kept_key_that_is_too_short_is_refused(tmp_path):
    (tmp_path / "secret_key").write_text("")
    assert "the next start makes a new one" in refusal(environment.secret_key, tmp_path, shared=False)


def test_contact_is_read_and_has_a_local_default(monkeypatch):
    assert environment.contact_email(required=False) == "editors@portal.localhost"
    monkeypatch.setenv("CONTACT_EMAIL", "editors@example.org")
    assert environment.contact_email(required=True) == "editors@example.org"


def test_contact_is_missed_in_production():
    assert refusal(environment.contact_email, required=True).startswith("CONTACT_EMAIL is missing.")


@pytest.mark.parametrize("address", ["editors", "a@b@c", "a b@example.org", "editors@example.org\nBcc: x@example.org"])
def test_contact_that_is_no_address_is_refused(monkeypatch, address):
    monkeypatch.setenv("CONTACT_EMAIL", address)
    with pytest.raises(SystemExit, match="CONTACT_EMAIL is"):
        environment.contact_email(required=False)


def test_sender_of_mails_is_the_contact_unless_named(monkeypatch):
    assert environment.email_address("EMAIL_FROM", "editors@example.org") == "editors@example.org"
    monkeypatch.setenv("EMAIL_FROM", "nobody")
    sentence = refusal(environment.email_address, "EMAIL_FROM", "editors@example.org")
    assert sentence == "EMAIL_FROM is “nobody”, which is no e-mail address."


def test_mails_go_to_the_standard_output_unless_a_server_is_named():
    assert mail_server().backend == "django.core.mail.backends.console.EmailBackend"


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://me:p%40ss@mail.example.org:2525", ("mail.example.org", 2525, "me", "p@ss", True, False)),
        (
            "smtp://me%40example.org:pass@mail.example.org",
            ("mail.example.org", 587, "me@example.org", "pass", True, False),
        ),
        ("smtps://me:pass@mail.example.org", ("mail.example.org", 465, "me", "pass", False, True)),
        ("smtp://localhost", ("localhost", 25, "", "", False, False)),
        ("smtp://[::1]:1025/", ("::1", 1025, "", "", False, False)),
    ],
)
def test_mail_server_is_read_and_a_password_never_travels_in_plain_words(monkeypatch, url, server):
    monkeypatch.setenv("EMAIL_URL", url)
    read = mail_server()
    assert (read.host, read.port, read.user, read.password, read.use_tls, read.use_ssl) == server
    assert read.backend == "django.core.mail.backends.smtp.EmailBackend"


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org",
        "https://me:hunter2@mail.example.org",
        "smtp://",
        "smtp://me:hunter2@",
        "smtp://me:hunter2@host:port",
        "smtp://me:hunter2@host:0",
        "smtp://me:hunter2@host:99999",
        "smtp://me:hunter2@[host",
        "smtp://me:hunter2@host/path",
        "smtp://me:hunter2@host?tls=on",
        "smtp://me@host",
    ],
)
def test_other_mail_servers_are_refused_without_repeating_the_password(monkeypatch, url):
    monkeypatch.setenv("EMAIL_URL", url)
    sentence = refusal(mail_server)
    assert sentence.startswith("EMAIL_URL cannot be read. Set it to smtp://")
    assert "hunter2" not in sentence


@pytest.mark.parametrize("value", ["0", "65536", "-1", "80.0", "eighty", "9" * 30, "٣"])
def test_number_outside_its_range_is_refused(monkeypatch, value):
    monkeypatch.setenv("PORT", value)
    sentence = refusal(environment.whole_number, "PORT", 8000, at_least=1, at_most=65535)
    assert sentence == f"PORT is “{value}”. Set it to a whole number from 1 to 65535."


def test_number_is_read_and_has_a_default(monkeypatch):
    assert environment.whole_number("PORT", 8000, at_least=1, at_most=65535) == 8000
    monkeypatch.setenv("PORT", " 65535 ")
    assert environment.whole_number("PORT", 8000, at_least=1, at_most=65535) == 65535


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"DEBUG": "on"}, "DEBUG"),
        ({"DEBUG": "yes"}, "DEBUG"),
        ({"SITE_URL": "http://pilots.example.org"}, "SITE_URL"),
        ({"CONTACT_EMAIL": ""}, "CONTACT_EMAIL"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": "", "DATABASE_URL": "postgres://u:hunter2@localhost/x"}, "SECRET_KEY"),
        ({"DATABASE_URL": "oracle://u:hunter2@localhost/x"}, "DATABASE_URL"),
        ({"EMAIL_URL": "smtp://u:hunter2@host:port"}, "EMAIL_URL"),
        ({"EMAIL_FROM": "editors"}, "EMAIL_FROM"),
        ({"PORT": "http"}, "PORT"),
        ({"DATA_DIR": "/dev/null/portal"}, "DATA_DIR"),
    ],
    ids=str,
)
def test_wrong_setting_stops_every_command_with_one_sentence(tmp_path, changed, named):
    stopped = setup(tmp_path, **(PRODUCTION | {"DATA_DIR": str(tmp_path)} | changed))
    assert stopped.returncode == 1
    assert stopped.stdout == ""
    (line,) = stopped.stderr.splitlines()
    assert line.startswith("The portal did not start: ")
    assert named in line
    assert "hunter2" not in line


def test_portal_starts_with_nothing_set_and_as_production(tmp_path):
    for settings in ({}, PRODUCTION, PRODUCTION | {"SECRET_KEY": ""}):
        started = setup(tmp_path, **settings)
        assert (started.returncode, started.stderr) == (0, "")
