"""Matching of two files into a third: what `anmin verification match` does."""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from anmin.base.errors import BadValue
from anmin.ground.verification.matching.columns import EXTRACT, PERSONS
from anmin.ground.verification.matching.files import ENDINGS, read_side, write_hits
from anmin.ground.verification.matching.matching import ENGINES, match
from anmin.ground.verification.matching.vocabulary import Tier
from anmin.ground.verification.sources import SOURCES


def match_files(persons: Path, extract: Path, source: str, out: Path, *, engine: str = "duckdb", memory: str = "2GB") -> str:
    """The hits are in the file `out`; returns a sentence that says how many.

    Refuses an engine or a source that nobody knows before anything is read, and whatever the files must not hold.
    """
    if engine not in ENGINES:
        raise BadValue(f"没有名为“{engine}”的计算引擎，可选：{'、'.join(ENGINES)}。")
    if out.suffix not in ENDINGS:
        raise BadValue(f"结果文件应以 .csv 或 .parquet 结尾，现在是“{out.name}”。")
    label = _source(source)
    ours, theirs = read_side(persons, PERSONS), read_side(extract, EXTRACT)
    hits = match(ours, theirs, memory=memory, engine=engine)
    write_hits(out, hits, label)
    return _told(len(ours), len(theirs), hits, out)


def _source(named: str) -> str:
    for known in SOURCES.values():
        if named in (known.id, known.label):
            return known.label
    raise BadValue(f"没有名为“{named}”的数据源，可选：{'、'.join(f'{each.id}（{each.label}）' for each in SOURCES.values())}。")


def _told(persons: int, rows: int, hits: pa.Table, out: Path) -> str:
    def count(tier: Tier) -> int:
        return int(pc.sum(pc.equal(hits.column("tier"), tier.value)).as_py() or 0)

    parts = "，".join(f"{tier.label} {count(tier)} 条" for tier in Tier)
    return f"{persons} 行人员与 {rows} 行数据比对：{parts}。比对结果只是线索，须经人工核实。结果已写入 {out}。"
