"""Matching of two files into a third: what `anmin verification match` does."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from anmin.base.errors import BadValue
from anmin.ground.verification.matching.columns import EXTRACT, PERSONS
from anmin.ground.verification.matching.matching import ENGINES, prepare
from anmin.ground.verification.matching.reading import read_side
from anmin.ground.verification.matching.vocabulary import Tier
from anmin.ground.verification.matching.writing import refuse_ending, write_hits
from anmin.ground.verification.sources import SOURCES


def match_files(persons: Path, extract: Path, source: str, out: Path, *, engine: str = "duckdb", memory: str = "2GB") -> str:
    """The hits are in the file `out`; returns a sentence that says how many.

    Refuses an engine or a source that nobody knows before anything is read, and whatever the files must not hold.
    """
    if engine not in ENGINES:
        raise BadValue(f"没有名为“{engine}”的计算引擎，可选：{'、'.join(ENGINES)}。")
    refuse_ending(out)
    if not re.fullmatch(r"[1-9][0-9]*(\.[0-9]+)? ?[KMGT]i?B", memory):
        raise BadValue(f"内存大小应写成 2GB、800MB 这样，现在是“{memory}”。")
    if persons.exists() and extract.exists() and persons.samefile(extract):
        raise BadValue(f"人员名单和数据是同一个文件“{persons.name}”，请检查两个路径。")
    if out.exists() and any(each.exists() and out.samefile(each) for each in (persons, extract)):
        raise BadValue(f"结果会覆盖要比对的文件“{out.name}”，请换一个文件名。")
    label = _source(source)
    with TemporaryDirectory(prefix="anmin-matching-") as beside:
        ours, theirs = read_side(persons, PERSONS, Path(beside)), read_side(extract, EXTRACT, Path(beside))
        with prepare(ours, memory=memory, engine=engine) as prepared:
            counts = write_hits(out, prepared.parts(theirs), label)
    parts = "，".join(f"{tier.label} {counts[tier]} 条" for tier in Tier)
    return f"{ours.rows} 行人员与 {theirs.rows} 行数据比对：{parts}。比对结果只是线索，须经人工核实。结果已写入 {out}。"


def _source(named: str) -> str:
    for known in SOURCES.values():
        if named in (known.id, known.label):
            return known.label
    raise BadValue(f"没有名为“{named}”的数据源，可选：{'、'.join(f'{each.id}（{each.label}）' for each in SOURCES.values())}。")
