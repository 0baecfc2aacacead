"""Typed settings from the environment: each variable is declared once, refused loudly when wrong, and documented.

`docs/reference/settings.md` is generated from `VARIABLES`; a house test compares the two.
"""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[3]
"""The folder that holds `policy/`, `counties/` and, unless told otherwise, `var/`."""

_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


def as_secret(raw: str) -> str:
    if len(raw) < 32:
        raise ValueError("expected at least 32 characters")
    return raw


def as_flag(raw: str) -> bool:
    if raw.lower() in _TRUE:
        return True
    if raw.lower() in _FALSE:
        return False
    raise ValueError("expected one of 1, 0, true, false, yes, no, on, off")


def as_positive_int(raw: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", raw) or int(raw) == 0:
        raise ValueError("expected a whole number above zero")
    return int(raw)


def as_hosts(raw: str) -> list[str]:
    hosts = [part.strip() for part in raw.split(",") if part.strip()]
    if not hosts:
        raise ValueError("expected host names separated by commas")
    return hosts


def as_origins(raw: str) -> list[str]:
    origins = [part.strip() for part in raw.split(",") if part.strip()]
    for origin in origins:
        if not re.fullmatch(r"https?://[^/]+", origin):
            raise ValueError(f"expected origins such as https://host, separated by commas; got {origin!r}")
    return origins


def as_day(raw: str) -> date | None:
    try:
        return date.fromisoformat(raw) if raw else None
    except ValueError:
        raise ValueError("expected a date such as 2024-07-01") from None


def as_key(raw: str) -> bytes:
    """A 16-byte key written as 32 hexadecimal digits."""
    if not re.fullmatch(r"[0-9a-fA-F]{32}", raw):
        raise ValueError("expected 32 hexadecimal digits (16 bytes); make one with: openssl rand -hex 16")
    return bytes.fromhex(raw)


def as_folder(raw: str) -> Path:
    folder = Path(raw).expanduser()
    if not folder.is_dir():
        raise ValueError(f"the folder {folder} does not exist")
    return folder.resolve()


def as_new_folder(raw: str) -> Path:
    return Path(raw).expanduser().resolve()


def as_signing_key(raw: str) -> ed25519.Ed25519PrivateKey | None:
    """The Ed25519 key in a PEM file that nobody else can read."""
    if not raw:
        return None
    path = Path(raw).expanduser()
    try:
        if path.stat().st_mode & 0o077:
            raise ValueError(f"{path} can be read by others; protect it with: chmod 600 {path}")
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except OSError as error:
        raise ValueError(f"cannot read {path}: {error.strerror}") from None
    except TypeError:
        raise ValueError(f"{path} holds no key that can be read without a password") from None
    if not isinstance(key, ed25519.Ed25519PrivateKey):
        raise ValueError("expected an Ed25519 key; make one with: openssl genpkey -algorithm ed25519")
    return key


def as_optional_file(raw: str) -> Path | None:
    if not raw:
        return None
    path = Path(raw).expanduser()
    if not path.is_file():
        raise ValueError(f"the file {path} does not exist")
    return path.resolve()


def as_system_id(raw: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{2,59}", raw):
        raise ValueError("expected 3 to 60 letters, digits, dots, hyphens or underlines")
    return raw


def as_level(raw: str) -> str:
    if raw.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise ValueError("expected DEBUG, INFO, WARNING or ERROR")
    return raw.upper()


def as_database(raw: str) -> dict[str, Any]:
    """`sqlite:///absolute/or/relative/path` or `postgresql://user:password@host:port/name`."""
    url = urlsplit(raw)
    if url.scheme == "sqlite":
        path = unquote(url.path[1:] if raw.startswith("sqlite:///") else "")
        if not path:
            raise ValueError("expected sqlite:///path/to/file.sqlite3")
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": path if path.startswith("/") else str(ROOT / path),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                # Deferred transactions lose the race between reading and writing: 320 of 1,200 were refused as locked.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;",
            },
        }
    if url.scheme in {"postgresql", "postgres"}:
        name = unquote(url.path.lstrip("/"))
        if not name:
            raise ValueError("the database name is missing: postgresql://user:password@host:port/name")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": name,
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": url.hostname or "",
            "PORT": str(url.port or ""),
            "CONN_MAX_AGE": None,
        }
    raise ValueError("expected an address that starts with sqlite:/// or postgresql://")


@dataclass(frozen=True)
class Variable:
    """One setting: its name in the environment, how it is read, its default (None = must be given), its meaning."""

    name: str
    read: Callable[[str], Any]
    default: str | None
    meaning: str
    secret: bool = False


VARIABLES = {
    variable.name: variable
    for variable in (
        Variable(
            "ANMIN_SECRET_KEY",
            as_secret,
            None,
            "Signs sessions and forms; at least 32 characters.",
            secret=True,
        ),
        Variable(
            "ANMIN_IDENTITY_KEY",
            as_key,
            None,
            "SM4 key for identity numbers and bank accounts at rest; losing it loses them.",
            secret=True,
        ),
        Variable(
            "ANMIN_INDEX_KEY",
            as_key,
            None,
            "HMAC-SM3 key of the blind index by which identity numbers are found.",
            secret=True,
        ),
        Variable(
            "ANMIN_AUDIT_KEY",
            as_key,
            None,
            "HMAC-SM3 key of the audit chain; kept away from the database it protects.",
            secret=True,
        ),
        Variable(
            "ANMIN_DATABASE_URL",
            as_database,
            "sqlite:///var/anmin.sqlite3",
            "Where the records live: sqlite:///… or postgresql://…",
        ),
        Variable(
            "ANMIN_DATA_DIR",
            as_new_folder,
            str(ROOT / "var"),
            "Folder for generated documents, bank files and uploads.",
        ),
        Variable(
            "ANMIN_COUNTY_DIR",
            as_folder,
            str(ROOT / "counties" / "haian"),
            "The county as data: areas, report template, scenarios.",
        ),
        Variable(
            "ANMIN_POLICY_DIR",
            as_folder,
            str(ROOT / "policy"),
            "The law as data: dated parameters with their documents.",
        ),
        Variable(
            "ANMIN_ALLOWED_HOSTS",
            as_hosts,
            "127.0.0.1,localhost",
            "Host names under which the platform may be reached.",
        ),
        Variable(
            "ANMIN_TRUSTED_ORIGINS",
            as_origins,
            "",
            "Origins allowed to send forms behind a proxy, such as https://minzheng.example.",
        ),
        Variable("ANMIN_DEMO", as_flag, "0", "Marks every page as a demonstration with invented people."),
        Variable(
            "ANMIN_TODAY",
            as_day,
            "",
            "Holds the business day still at this date (demonstrations only); empty means the real day.",
        ),
        Variable(
            "ANMIN_UPLOAD_LIMIT_MB",
            as_positive_int,
            "50",
            "Largest file that an import accepts, in megabytes.",
        ),
        Variable(
            "ANMIN_DELIVERY_LIMIT_MB",
            as_positive_int,
            "150",
            "Largest file of a department that verification accepts, in megabytes; half a million rows have some 60.",
        ),
        Variable(
            "ANMIN_DCI_ID",
            as_system_id,
            "anmin",
            "The name under which other systems know this one on the registry interface.",
        ),
        Variable(
            "ANMIN_DCI_KEY_PATH",
            as_signing_key,
            "",
            "PEM file of the Ed25519 key that signs our messages on the registry interface; without one they are not signed.",
        ),
        Variable(
            "ANMIN_DCI_REQUESTS_PER_MINUTE",
            as_positive_int,
            "600",
            "How many messages a minute one machine may send to the registry interface; the people of a county take 500.",
        ),
        Variable(
            "ANMIN_DCI_ANSWERS_PER_MINUTE",
            as_positive_int,
            "600",
            "How many answers and notices a minute one machine may send back to us; a full check asks for some five hundred.",
        ),
        Variable(
            "ANMIN_DCI_MOST_RECORDS",
            as_positive_int,
            "1000",
            "A question on the registry interface that would find more records than these is rejected.",
        ),
        Variable(
            "ANMIN_REGISTRIES_PATH",
            as_optional_file,
            "",
            "YAML file that says which sources are asked over the registry interface of other offices, and where.",
        ),
        Variable(
            "ANMIN_DCI_CALLBACKS_PATH",
            as_optional_file,
            "",
            "YAML file that says where the token comes from that our call-backs to a system bear; without it they bear none.",
        ),
        Variable("ANMIN_LOG_LEVEL", as_level, "INFO", "DEBUG, INFO, WARNING or ERROR."),
    )
}


def read(name: str, default: str | None = None) -> Any:
    """The value of a declared variable, from the environment, from the file named by `<NAME>_FILE`, or its default.

    Raises ImproperlyConfigured with the variable, what was wrong and what is expected; a secret's value is never shown.
    """
    variable = VARIABLES[name]
    raw = os.environ.get(name)
    if raw is None and (path := os.environ.get(f"{name}_FILE")):
        try:
            raw = Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE: cannot read {path}: {error.strerror}") from error
    if raw is None:
        raw = default if default is not None else variable.default
    if raw is None:
        raise ImproperlyConfigured(f"{name} is not set. {variable.meaning}")
    try:
        return variable.read(raw)
    except ValueError as error:
        shown = "(secret)" if variable.secret else repr(raw)
        raise ImproperlyConfigured(f"{name}={shown} is refused: {error}. {variable.meaning}") from error
