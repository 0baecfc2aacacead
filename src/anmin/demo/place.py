"""Where a demonstration lives: a folder and a database of its own, never those of a bureau at work."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Place:
    """The folder of one scenario."""

    folder: Path

    @property
    def files(self) -> Path:
        """What the county sends."""
        return self.folder / "files"

    @property
    def data(self) -> Path:
        """What the platform keeps besides the database."""
        return self.folder / "data"

    @property
    def database(self) -> Path:
        return self.folder / "anmin.sqlite3"

    @property
    def unfinished(self) -> Path:
        """Lies there while a county is built; a build that was stopped leaves one without its later months."""
        return self.folder / "unfinished"

    @property
    def contents(self) -> list[Path]:
        """What a new build would overwrite."""
        beside = [self.database.with_name(self.database.name + suffix) for suffix in ("", "-wal", "-shm")]
        return [path for path in (self.unfinished, self.files, self.data, *beside) if path.exists()]

    def environment(self, today: str) -> Mapping[str, str]:
        """The settings under which this demonstration runs."""
        return {
            "ANMIN_DATABASE_URL": f"sqlite:///{self.database}",
            "ANMIN_DATA_DIR": str(self.data),
            "ANMIN_DEMO": "1",
            "ANMIN_TODAY": today,
            "ANMIN_LOG_LEVEL": os.environ.get("ANMIN_LOG_LEVEL", "WARNING"),
        }
