"""A department's file between its upload and the word of the person who looks at its columns: encrypted, for a day at most."""

import secrets
import time
from pathlib import Path

from django.conf import settings

from anmin.base.errors import BadValue
from anmin.ground.people import secrecy

KEPT_SECONDS = 24 * 3600


def _folder() -> Path:
    folder: Path = settings.DATA_DIR / "waiting"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def sweep() -> int:
    """Whatever waited for more than a day is gone; how many files."""
    late = [each for each in _folder().iterdir() if _is_late(each)]
    for each in late:
        each.unlink(missing_ok=True)
    return len(late)


def _is_late(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > KEPT_SECONDS
    except FileNotFoundError:
        return True


def wait(content: bytes) -> str:
    """The key under which the file waits. Whatever waited for more than a day is gone."""
    sweep()
    key = secrets.token_hex(16)
    (_folder() / key).write_bytes(secrecy.encrypt_bytes(content))
    return key


def waiting(key: str) -> bytes:
    """The file that waits under the key. Refuses one that waits no more."""
    path = _folder() / key
    if len(key) != 32 or not key.isalnum() or _is_late(path):
        raise BadValue("上传的文件已超过一天未处理，系统已删除，请重新上传。")
    return secrecy.decrypt_bytes(path.read_bytes())


def forget(key: str) -> None:
    """The file waits no more."""
    if len(key) == 32 and key.isalnum():
        (_folder() / key).unlink(missing_ok=True)
