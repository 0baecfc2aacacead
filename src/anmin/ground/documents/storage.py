"""Files in the data folder under the hash of their content: the same bytes once, never half a file."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

from anmin.base.errors import BadValue


def _folder() -> Path:
    folder: Path = settings.DATA_DIR / "documents"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def keep(content: bytes) -> str:
    """The bytes lie on disk and can be found by the hash that is returned.

    Written before the row that names them: after a rollback an unnamed file remains, which harms nobody.
    """
    name = hashlib.sha256(content).hexdigest()
    target = _folder() / name
    if not target.exists():
        handle, passing = tempfile.mkstemp(dir=target.parent, prefix=".writing-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(passing).replace(target)
        except BaseException:
            Path(passing).unlink(missing_ok=True)
            raise
    return name


def read(sha256: str) -> bytes:
    """The bytes that were kept. Refuses a file that is gone, or is no longer what it was."""
    target = _folder() / sha256
    if not target.exists():
        raise BadValue("文件已不在数据目录中，请联系系统管理员从备份恢复。")
    content = target.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise BadValue("文件内容与登记的校验值不一致，可能已损坏，请联系系统管理员从备份恢复。")
    return content


def forget(sha256: str) -> None:
    """The bytes are gone from the disk; for what may be kept only so long."""
    (_folder() / sha256).unlink(missing_ok=True)
