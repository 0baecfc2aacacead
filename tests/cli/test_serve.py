"""A real bureau's server: production settings, keys in files, a proxy in front that says the connection is encrypted."""

import os
import re
import socket
import subprocess
import sys
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest


def asked(port: int, path: str, **headers: str) -> tuple[int, str]:
    with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("GET", path, headers={name.replace("_", "-"): said for name, said in headers.items()})
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")


def waited_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            asked(port, "/health")
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("the server never answered")


def test_serve_in_production_answers_with_its_pages_and_their_files(tmp_path: Path) -> None:
    keys = {"SECRET_KEY": "s" * 40, "IDENTITY_KEY": "a" * 32, "INDEX_KEY": "b" * 32, "AUDIT_KEY": "c" * 32}
    settings = {"DJANGO_SETTINGS_MODULE": "anmin.settings.production", "ANMIN_DATA_DIR": str(tmp_path)}
    settings["ANMIN_DATABASE_URL"] = f"sqlite:///{tmp_path}/anmin.sqlite3"
    for name, value in keys.items():
        (tmp_path / name).write_text(f"{value}\n", encoding="utf-8")
        settings[f"ANMIN_{name}_FILE"] = str(tmp_path / name)
    mine = {name: value for name, value in os.environ.items() if not name.startswith(("ANMIN_", "DJANGO_"))} | settings
    command = [sys.executable, "-m", "anmin.cli"]
    subprocess.run([*command, "migrate"], env=mine, check=True, capture_output=True)  # noqa: S603  our own words
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    with subprocess.Popen([*command, "serve", "--port", str(port)], env=mine) as server:  # noqa: S603  likewise
        try:
            waited_for(port, server)
            plain, _ = asked(port, "/sign-in")
            status, page = asked(port, "/sign-in", X_Forwarded_Proto="https")
            files = re.findall(r'(?:href|src)="(/static/[^"#]+)', page)
            statuses = {asked(port, path, X_Forwarded_Proto="https")[0] for path in files}
        finally:
            server.terminate()
    assert (plain, status, len(files) > 3, statuses) == (301, 200, True, {200})


def test_migrate_where_there_is_no_folder_says_so(tmp_path: Path) -> None:
    mine = {name: value for name, value in os.environ.items() if not name.startswith(("ANMIN_", "DJANGO_"))}
    mine["ANMIN_DATABASE_URL"] = f"sqlite:///{tmp_path}/absent/anmin.sqlite3"
    command = [sys.executable, "-m", "anmin.cli", "migrate"]
    said = subprocess.run(command, env=mine, check=False, capture_output=True, text=True)  # noqa: S603  our own words
    assert (said.returncode, said.stderr) == (
        1,
        "数据库打不开，请检查 ANMIN_DATABASE_URL：文件夹是否已建立、可写，服务和口令是否正确。（unable to open database file）\n",
    )
