"""What is compared, as it is given: a table in memory, or a Parquet file that is read column by column and never held."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from anmin.ground.verification.matching.columns import WHOLE


@dataclass(frozen=True)
class OnDisk:
    """A Parquet file of texts and whole numbers, with the name of every declared column in it; None where it is not there."""

    path: Path
    rows: int
    named: Mapping[str, str | None]

    def columns(self, *, quote: str, position: str) -> list[str]:
        """`key` and the declared columns, as what is selected.

        Engines quote names differently, and have a word of their own for the position of a row, from 0.
        """
        declared = {name: self._told(name, column, quote, position) for name, column in self.named.items()}
        key = declared.get("row", position)
        return [f"{key} AS key", *(f"{said} AS {name}" for name, said in declared.items())]

    def _told(self, name: str, column: str | None, quote: str, position: str) -> str:
        kind = "BIGINT" if name in WHOLE else "STRING"
        if column is None:
            return f"{position} + 1" if name == "row" else f"CAST(NULL AS {kind})"
        return f"CAST({quote}{column}{quote} AS {kind})"


Given = pa.Table | OnDisk
