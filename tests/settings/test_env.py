"""A value that cannot be right stops the platform at its start, and says what is expected."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from anmin.settings import env


def refusal(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> str:
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured) as refused:
        env.read(name)
    return str(refused.value)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("ANMIN_DEMO", "perhaps", "expected one of 1, 0, true, false"),
        ("ANMIN_UPLOAD_LIMIT_MB", "0", "expected a whole number above zero"),
        ("ANMIN_UPLOAD_LIMIT_MB", "-5", "expected a whole number above zero"),
        ("ANMIN_UPLOAD_LIMIT_MB", "５０", "expected a whole number above zero"),
        ("ANMIN_ALLOWED_HOSTS", " , ", "expected host names"),
        ("ANMIN_TRUSTED_ORIGINS", "minzheng.example", "expected origins such as https://host"),
        ("ANMIN_TODAY", "2024-02-30", "expected a date such as 2024-07-01"),
        ("ANMIN_COUNTY_DIR", "/nowhere/at/all", "does not exist"),
        ("ANMIN_POLICY_DIR", "/nowhere/at/all", "does not exist"),
        ("ANMIN_LOG_LEVEL", "chatty", "expected DEBUG, INFO, WARNING or ERROR"),
        ("ANMIN_DATABASE_URL", "mysql://x/y", "starts with sqlite:/// or postgresql://"),
        ("ANMIN_DATABASE_URL", "sqlite://", "expected sqlite:///path"),
        ("ANMIN_DATABASE_URL", "postgresql://user@host", "the database name is missing"),
        ("ANMIN_IDENTITY_KEY", "abc", "expected 32 hexadecimal digits"),
        ("ANMIN_SECRET_KEY", "short", "expected at least 32 characters"),
    ],
)
def test_a_wrong_value_is_refused_with_what_is_expected(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, expected: str
) -> None:
    sentence = refusal(monkeypatch, name, value)
    assert sentence.startswith(f"{name}=")
    assert expected in sentence


@pytest.mark.parametrize("name", [name for name, variable in env.VARIABLES.items() if variable.secret])
def test_a_secret_is_never_shown(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    assert "tell-nobody" not in refusal(monkeypatch, name, "tell-nobody")


@pytest.mark.parametrize("name", [name for name, variable in env.VARIABLES.items() if variable.default is None])
def test_what_has_no_default_must_be_given(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.delenv(name, raising=False)
    with pytest.raises(ImproperlyConfigured, match=f"{name} is not set"):
        env.read(name)


@pytest.mark.parametrize("name", [name for name, variable in env.VARIABLES.items() if variable.default])
def test_every_default_is_accepted(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.delenv(name, raising=False)
    assert env.read(name) is not None


def test_a_value_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("00112233445566778899aabbccddeeff\n")
    monkeypatch.delenv("ANMIN_AUDIT_KEY", raising=False)
    monkeypatch.setenv("ANMIN_AUDIT_KEY_FILE", str(tmp_path / "key"))
    assert env.read("ANMIN_AUDIT_KEY") == bytes.fromhex("00112233445566778899aabbccddeeff")


def test_a_file_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("ANMIN_AUDIT_KEY", raising=False)
    monkeypatch.setenv("ANMIN_AUDIT_KEY_FILE", str(tmp_path / "absent"))
    with pytest.raises(ImproperlyConfigured, match="ANMIN_AUDIT_KEY_FILE: cannot read"):
        env.read("ANMIN_AUDIT_KEY")


def test_sqlite_takes_its_write_lock_at_the_start_of_a_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANMIN_DATABASE_URL", "sqlite:////tmp/x.sqlite3")
    database = env.read("ANMIN_DATABASE_URL")
    assert (database["NAME"], database["OPTIONS"]["transaction_mode"]) == ("/tmp/x.sqlite3", "IMMEDIATE")  # noqa: S108  not opened


def test_postgresql_takes_odd_characters_in_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANMIN_DATABASE_URL", "postgresql://an%40min:p%2Fw@db:5433/anmin")
    database = env.read("ANMIN_DATABASE_URL")
    assert [database[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == ["an@min", "p/w", "db", "5433", "anmin"]


def test_a_real_bureau_does_not_start_without_its_secrets() -> None:
    bare = {name: value for name, value in os.environ.items() if not name.startswith("ANMIN_")}
    started = subprocess.run(
        [sys.executable, "-c", "import anmin.settings.production"], env=bare, capture_output=True, text=True, check=False
    )
    assert started.returncode != 0
    assert "ANMIN_SECRET_KEY is not set" in started.stderr


def test_keys_known_to_all_serve_one_machine_only() -> None:
    started = [
        subprocess.run(
            [sys.executable, "-c", "import anmin.settings.dev"],
            env={**os.environ, "ANMIN_ALLOWED_HOSTS": hosts, "ANMIN_DEMO": demo},
            capture_output=True,
            text=True,
        )
        for hosts, demo in (("127.0.0.1", "0"), ("minzheng.example", "1"), ("minzheng.example", "0"))
    ]
    assert [each.returncode for each in started] == [0, 0, 1]
    assert "their keys are known to all" in started[2].stderr
