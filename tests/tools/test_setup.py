"""What ``run`` makes before Django starts: secrets, steps done once, and honest words about what is missing."""

import base64
import os
import stat

import pytest

from mentoring import env as settings_environment
from tools import environment, prepare, system
from tools.terminal import CannotRun


def test_secrets_are_made_once_for_this_user_alone(tmp_path, monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.delenv("DATA_KEY", raising=False)

    environment.make_data_dir(tmp_path / "data")

    made = {name: (tmp_path / "data" / name).read_bytes() for name in ("secret_key", "data_key")}
    assert made["secret_key"] != made["data_key"]
    for name, value in made.items():
        assert len(base64.urlsafe_b64decode(value)) == 32
        assert stat.S_IMODE((tmp_path / "data" / name).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700

    environment.make_data_dir(tmp_path / "data")
    assert made == {name: (tmp_path / "data" / name).read_bytes() for name in made}, "a second start must keep the keys"


def test_a_secret_from_the_environment_gets_no_file(tmp_path, monkeypatch):
    monkeypatch.setenv("DATA_KEY", "from-elsewhere")
    environment.make_data_dir(tmp_path)
    assert not (tmp_path / "data_key").exists()


def test_data_dir_counts_from_where_the_person_stands(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATA_DIR", "here")
    assert environment.for_children()["DATA_DIR"] == str(tmp_path / "here")


def test_a_step_is_done_once_for_what_it_was_done_from(tmp_path):
    done = []
    stamps = prepare.Stamps(tmp_path / "stamps")
    stamps.once("database", "two migrations", lambda: done.append("first"))
    again = prepare.Stamps(tmp_path / "stamps")
    again.once("database", "two migrations", lambda: done.append("needless"))
    again.once("database", "three migrations", lambda: done.append("second"))
    again.forget("database")
    again.once("database", "three migrations", lambda: done.append("third"))
    assert done == ["first", "second", "third"]


def test_what_is_remembered_of_a_servers_database_holds_no_password_and_is_this_users_alone(tmp_path, monkeypatch):
    called = []
    monkeypatch.setattr(prepare.manage, "call", lambda *words, **_env: called.append(words[0]))
    env = {"DATA_DIR": str(tmp_path), "DATABASE_URL": "postgres://web:PASSWORD@db.example/one", "DEMO": "yes"}
    path = tmp_path / "prepared.json"
    path.write_text("{}")
    path.chmod(0o644)
    prepare._database(prepare.Stamps(path), env)
    assert called == ["migrate", "demo"]
    written = path.read_text()
    assert "PASSWORD" not in written
    assert "db.example" not in written
    assert '"database"' in written
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_step_that_failed_is_tried_again(tmp_path):
    stamps = prepare.Stamps(tmp_path / "stamps")

    def fail() -> None:
        raise CannotRun("no")

    with pytest.raises(CannotRun):
        stamps.once("database", "x", fail)
    done = []
    prepare.Stamps(tmp_path / "stamps").once("database", "x", lambda: done.append(1))
    assert done == [1]


def test_a_fingerprint_follows_names_and_contents(tmp_path, monkeypatch):
    monkeypatch.setattr(prepare, "ROOT", tmp_path)
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("a")
    prints = [prepare.contents([one])]
    one.write_text("b")
    prints.append(prepare.contents([one]))
    one.rename(two)
    prints.append(prepare.contents([two]))
    assert len(set(prints)) == 3


@pytest.mark.parametrize("production", ["", "yes", "no", "1", "FALSE"])
@pytest.mark.parametrize("demo", ["", "yes", "off", "0", "True"])
def test_the_demo_is_loaded_where_the_settings_show_it(production, demo, monkeypatch):
    monkeypatch.setenv("PRODUCTION", production)
    monkeypatch.setenv("DEMO", demo)
    by_settings = settings_environment.flag("DEMO", not settings_environment.flag("PRODUCTION"))
    assert prepare.is_demo({"PRODUCTION": production, "DEMO": demo}) == by_settings


ABSENT = (
    system.Need("libfoo1", lambda: False, "PDF documents"),
    system.Need("foo", lambda: True, "nothing"),
    system.Need("bar", lambda: False, "browser tests"),
    system.Need("foo-fonts", lambda: False, "PDF documents"),
)
SENTENCE = (
    "Missing on this system and not installable by this user: libfoo1, foo-fonts (for PDF documents); bar (for browser "
    "tests): ask for 'apt-get install libfoo1 bar foo-fonts'."
)


def test_what_is_missing_and_needed_is_named_in_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotRun) as caught:
        system.ensure(ABSENT)
    assert str(caught.value) == SENTENCE


def test_what_is_missing_and_only_useful_is_said_and_no_more(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    system.ensure(ABSENT, required=False)
    assert capsys.readouterr().err.strip() == SENTENCE


def test_root_has_only_what_is_missing_installed(tmp_path, monkeypatch):
    for name in ("apt-get", "env"):
        (tmp_path / name).write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\n')
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(CannotRun):
        system.ensure(ABSENT)
    last = (tmp_path / "asked").read_text().splitlines()[-1]
    assert last.endswith("install -y --no-install-recommends libfoo1 bar foo-fonts")
