"""Hits as a plain file: a CSV with Chinese headings and words for people, a Parquet file for machines."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from anmin.base.errors import BadValue
from anmin.base.identity import mask_identity_number
from anmin.base.whole_files import written_whole
from anmin.ground.verification.matching.evidence import sentences
from anmin.ground.verification.matching.vocabulary import FIELD_LABELS, FIELDS, LEVELS, RESULT_LABELS, SENTENCES, Tier

ENDINGS = (".csv", ".parquet")


def refuse_ending(path: Path) -> None:
    """Refuses a file that would be neither, or whose folder is not there."""
    if path.suffix not in ENDINGS:
        raise BadValue(f"结果文件应以 .csv 或 .parquet 结尾，现在是“{path.name}”。")
    if not path.parent.is_dir():
        raise BadValue(f"放结果的文件夹“{path.parent}”不存在，请先建好或改写路径。")


def write_hits(path: Path, parts: Iterable[pa.Table], source: str) -> Counter[str]:
    """The hits stand in the file, with the source and the evidence in words, identity numbers covered; how many of each tier.

    Part after part, beside the file first: it stands there whole or as it was before.
    """
    refuse_ending(path)
    shaped = _for_machines if path.suffix == ".parquet" else _for_people
    counts: Counter[str] = Counter()
    writer = None
    with written_whole(path) as unfinished, unfinished.open("wb") as file:
        for part in parts:
            table = shaped(part, source)
            if writer is None:
                writer = _writer(path, file, table.schema)
            writer.write_table(table)
            counts.update({each["values"]: each["counts"] for each in part.column("tier").value_counts().to_pylist()})
        if writer is not None:
            writer.close()
    return counts


def _writer(path: Path, file: IO[bytes], schema: pa.Schema) -> Any:
    if path.suffix == ".parquet":
        return pyarrow.parquet.ParquetWriter(file, schema)
    # Spreadsheets take a file without this mark for GBK.
    file.write(b"\xef\xbb\xbf")
    return pyarrow.csv.CSVWriter(file, schema)


def _for_machines(hits: pa.Table, source: str) -> pa.Table:
    table = _covered(hits).append_column("source", _whose(hits, source)).append_column("evidence", sentences(hits))
    return table.replace_schema_metadata(None)


def _for_people(hits: pa.Table, source: str) -> pa.Table:
    covered = _covered(hits)
    shown: dict[str, pa.Array | pa.ChunkedArray] = {
        "source": _whose(hits, source),
        "row": covered.column("row"),
        "person_id": covered.column("person_id"),
        "tier": _worded(covered.column("tier"), {tier.value: f"{tier.value}（{tier.label}）" for tier in Tier}),
        "points": covered.column("points"),
        "evidence": sentences(hits),
    }
    named = {RESULT_LABELS[name]: column for name, column in shown.items()}
    for field in FIELDS:
        label = FIELD_LABELS[field]
        words = {int(level): SENTENCES[field][level] for level in LEVELS[field]}
        named[f"{label}比对"] = _worded(covered.column(f"{field}_level"), words)
        named[f"{label}分值"] = covered.column(f"{field}_points")
        named[f"{label}（本库）"] = _words_only(covered.column(f"{field}_ours"))
        named[f"{label}（来源）"] = _words_only(covered.column(f"{field}_theirs"))
    return pa.table(named)


def _words_only(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """What a spreadsheet would take for a formula is marked as text."""
    return pc.replace_substring_regex(values, r"^([=+@\t\r-])", r"'\1")


def _whose(hits: pa.Table, source: str) -> pa.Array:
    return pa.repeat(pa.scalar(source, pa.string()), len(hits))


def _covered(hits: pa.Table) -> pa.Table:
    for name in ("number_ours", "number_theirs"):
        numbers = hits.column(name)
        hits = hits.set_column(hits.column_names.index(name), name, _masked(numbers))
    return hits


def _masked(numbers: pa.ChunkedArray) -> pa.Array:
    coded = pc.dictionary_encode(numbers.combine_chunks())
    masked = [None if number is None else mask_identity_number(number) for number in coded.dictionary.to_pylist()]
    return pa.array(masked, pa.string()).take(coded.indices)


def _worded(column: pa.ChunkedArray, words: dict[int, str] | dict[str, str]) -> pa.Array:
    coded = pc.dictionary_encode(column.combine_chunks())
    return pa.array([words[value] for value in coded.dictionary.to_pylist()], pa.string()).take(coded.indices)
