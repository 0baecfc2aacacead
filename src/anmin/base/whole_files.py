"""A file that is written whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from anmin.base.errors import BadValue


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A file beside this one to write into, which takes its place at the end; whatever goes wrong before, the old one stands.

    Refuses a place where nothing can be written.
    """
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        yield unfinished
        unfinished.replace(path)
    except OSError as error:
        raise BadValue(f"结果写不到“{path}”（{error.strerror}），请检查权限和剩余空间。") from None
    finally:
        unfinished.unlink(missing_ok=True)
