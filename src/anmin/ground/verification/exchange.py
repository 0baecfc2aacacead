"""The provincial verification platform by its exchange files: a list of persons goes out, a bundle of answers comes in.

Out goes one CSV (`BATCH`), one line a person: who, in which capacity, which sources the letter of consent names. In comes a ZIP:
the table `答复.csv` (`ANSWER`) says of every person and source whether there are records, none, or no answer; `<label>.csv`,
named after its source, holds the records, with the columns of the source after 序号. A bundle that contradicts itself or
names somebody else is refused whole, by line; what it does not answer is not answered, and never "nothing found".
Fields bear the names of `sources.py`.
"""

import csv
import hashlib
import io
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings

from anmin.base.errors import BadValue
from anmin.base.identity import normalise_identity_number
from anmin.base.names import match_key
from anmin.ground.imports.reading import decoded
from anmin.ground.verification.asking import Asked as Question
from anmin.ground.verification.asking import asked_in, still_asked
from anmin.ground.verification.deliveries import TYPES, Grid, check_mapping, proposed_mapping, read_grid, read_rows
from anmin.ground.verification.freshness import freshness, freshness_limits
from anmin.ground.verification.models import Inquiry
from anmin.ground.verification.persons import persons_table
from anmin.ground.verification.registry_interface import Answer
from anmin.ground.verification.sources import SOURCES
from anmin.ground.verification.vocabulary import Capacity, Freshness

BATCH = (
    "批次号", "序号", "姓名", "公民身份号码", "出生日期", "性别", "核对身份", "家庭编号", "核对内容", "核对依据", "委托日期",
)  # fmt: skip
"""The columns of the list that goes out; 核对内容 are labels of sources, joined by 、."""

ANSWER = ("批次号", "序号", "姓名", "公民身份号码", "数据源", "结果", "数据截至日期", "说明")
"""The columns of the table that comes back."""

TABLE = "答复.csv"
FOUND, NOTHING, NO_ANSWER = "有记录", "无记录", "未能核对"
WAY = "省核对平台"
MOST_FILES = 40
_SHOWN = 20


@dataclass(frozen=True)
class Asked:
    """A person of a batch by their number in it, with the sources that are asked about them."""

    person_id: int
    name: str
    identity_number: str | None
    sources: frozenset[str]


def batch(inquiry: Inquiry, sources: Sequence[str], *, on: date) -> tuple[bytes, int]:
    """The list of an inquiry for these sources, and how many persons stand in it: who has consented to one, and has a number."""
    people = _people(inquiry)
    table = {row["person_id"]: row for row in persons_table({each.person_id: each.household_id for each in people}).to_pylist()}
    wanted = _asked_of(people, sources)
    homes: dict[int | None, str] = dict(inquiry.persons.order_by().values_list("household__id", "household__number").distinct())
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(BATCH)
    count = 0
    for number, each in enumerate(people, 1):
        person = table[each.person_id]
        named = [SOURCES[source].label for source in sources if each.person_id in wanted[source]]
        if not named or not person["identity_number"]:
            continue
        count += 1
        writer.writerow(
            (
                inquiry.number, number, person["name"], person["identity_number"], person["birth_date"], person["sex"],
                Capacity(each.capacity).label, homes[each.household_id] or "", "、".join(named), inquiry.ground, on.isoformat(),
            )
        )  # fmt: skip
    return b"\xef\xbb\xbf" + text.getvalue().encode(), count


def read_answers(content: bytes, inquiry: Inquiry, sources: Sequence[str], *, on: date) -> dict[str, Answer]:
    """The answers of a bundle by source, as those of a register are. Refuses what is no bundle of this inquiry, whole."""
    files = _unpacked(content)
    asked = _asked(inquiry, sources)
    results = _results(files[TABLE], inquiry, asked, on)
    digest = hashlib.sha256(content).hexdigest()
    answers = {}
    for source in sources:
        persons = {number: each for number, each in asked.items() if source in each.sources}
        if persons:
            mine = {number: result for (number, name), result in results.items() if name == source}
            answers[source] = _answer(source, persons, mine, files.get(f"{SOURCES[source].label}.csv"), digest, on)
    return answers


# --- our side ------------------------------------------------------------------------------------------------------


def _people(inquiry: Inquiry) -> list[Question]:
    """Each person of the inquiry once, in an order that never changes: their place in it is their number in the batch."""
    seen: dict[int, Question] = {}
    for each in asked_in(inquiry):
        seen.setdefault(each.person_id, each)
    return list(seen.values())


def _asked_of(people: Sequence[Question], sources: Sequence[str]) -> dict[str, frozenset[int]]:
    """By source, the persons who are asked about there."""
    return {source: frozenset(each.person_id for each in still_asked(people, source)) for source in sources}


def _asked(inquiry: Inquiry, sources: Sequence[str]) -> dict[int, Asked]:
    people = _people(inquiry)
    table = {row["person_id"]: row for row in persons_table({each.person_id: each.household_id for each in people}).to_pylist()}
    wanted = _asked_of(people, sources)
    return {
        number: Asked(
            each.person_id,
            table[each.person_id]["name"],
            table[each.person_id]["identity_number"],
            frozenset(source for source in sources if each.person_id in wanted[source]),
        )
        for number, each in enumerate(people, 1)
    }


# --- their side ----------------------------------------------------------------------------------------------------


def _unpacked(content: bytes) -> dict[str, bytes]:
    """The files of the bundle by name. Refuses what is no ZIP, holds no table, or would unpack beyond the limit."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as bundle:
            entries = [each for each in bundle.infolist() if not each.is_dir()]
            if len(entries) > MOST_FILES or sum(each.file_size for each in entries) > settings.UPLOAD_LIMIT_BYTES:
                raise BadValue(f"答复包中的文件超过 {MOST_FILES} 个，或者解开后过大，请分批答复。")
            # Files of Chinese systems name themselves in GBK without saying so; zipfile then reads CP437.
            files = {_named(each): bundle.read(each) for each in entries}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise BadValue("答复包无法打开：应为没有密码的 ZIP 文件。") from None
    if TABLE not in files:
        raise BadValue(f"答复包中没有“{TABLE}”，请核对是否选对了文件。")
    return files


def _named(entry: zipfile.ZipInfo) -> str:
    name = entry.filename
    if not entry.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("gb18030")
        except (UnicodeEncodeError, UnicodeDecodeError):
            name = entry.filename
    return name.rpartition("/")[2]


@dataclass(frozen=True)
class _Result:
    result: str
    as_of: date | None
    note: str


def _results(content: bytes, inquiry: Inquiry, asked: Mapping[int, Asked], on: date) -> dict[tuple[int, str], _Result]:
    """What the table says, by number and source. Refuses, naming up to twenty lines, what cannot be."""
    by_label = {each.label: each.id for each in SOURCES.values()}
    reader = csv.DictReader(io.StringIO(decoded(content)))
    if missing := [name for name in ANSWER[:6] if name not in (reader.fieldnames or ())]:
        raise BadValue(f"“{TABLE}”缺少列：{'、'.join(missing)}。")
    found: dict[tuple[int, str], _Result] = {}
    faults: list[str] = []
    for line, row in enumerate(reader, 2):
        said = {name: (row.get(name) or "").strip() for name in ANSWER}
        source = by_label.get(said["数据源"])
        number = int(said["序号"]) if said["序号"].isdecimal() and len(said["序号"]) < 9 else 0
        person, as_of = asked.get(number), _day(said["数据截至日期"])
        if said["批次号"] != inquiry.number:
            faults.append(f"第 {line} 行的批次号不是 {inquiry.number}")
        elif person is None:
            faults.append(f"第 {line} 行的序号“{said['序号'][:10]}”不在本批次中")
        elif not _same(person, said["姓名"], said["公民身份号码"]):
            faults.append(f"第 {line} 行不是序号 {number} 的人，是其他人的答复")
        elif source is None or source not in person.sources:
            faults.append(f"第 {line} 行的数据源“{said['数据源'][:20]}”没有委托核对这个人，或者已经答复过")
        elif (number, source) in found:
            faults.append(f"第 {line} 行与前面的答复重复")
        elif said["结果"] not in (FOUND, NOTHING, NO_ANSWER):
            faults.append(f"第 {line} 行的结果“{said['结果'][:10]}”应为：{FOUND}、{NOTHING}、{NO_ANSWER}")
        elif said["结果"] != NO_ANSWER and (as_of is None or as_of > on):
            faults.append(f"第 {line} 行的数据截至日期缺失、无法读取或者在将来")
        else:
            found[number, source] = _Result(said["结果"], as_of, said["说明"])
    _refuse(faults)
    return found


def _same(person: Asked, name: str, number: str) -> bool:
    try:
        return match_key(name) == match_key(person.name) and normalise_identity_number(number) == person.identity_number
    except BadValue:
        return False


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.replace("/", "-"))
    except ValueError:
        return None


def _refuse(faults: list[str]) -> None:
    if faults:
        more = f"……共 {len(faults)} 处" if len(faults) > _SHOWN else ""
        raise BadValue(f"答复没有接收，也没有留下任何数据：{'；'.join(faults[:_SHOWN])}{more}。请与省核对平台核实。")


def _answer(
    source: str, persons: Mapping[int, Asked], results: Mapping[int, _Result], content: bytes | None, digest: str, on: date
) -> Answer:
    rows, numbers = _records(source, content, persons, on)
    _refuse(_contradictions(source, results, Counter(numbers)))
    days = [result.as_of for result in results.values() if result.as_of is not None]
    as_of = min(days, default=on)
    stale = freshness((on - as_of).days, freshness_limits(on).get(source)) is Freshness.STALE
    failed: dict[int, str] = {}
    for number, person in persons.items():
        result = results.get(number)
        if result is None:
            failed[person.person_id] = (
                "答复中没有这个人的核对结果" if person.identity_number else "本系统没有身份证号码，无法查询"
            )
        elif result.result == NO_ANSWER:
            failed[person.person_id] = f"对方没有答复：{result.note[:60] or '未说明原因'}"
        elif stale:
            failed[person.person_id] = f"数据截至{as_of}，已过时效"
    good = {number for number, person in persons.items() if person.person_id not in failed}
    kept = rows.filter(pa.array([number in good for number in numbers], pa.bool_()))
    answered = frozenset(persons[number].person_id for number in good)
    return Answer(source, kept, answered, failed, on, f"{digest}:{source}", way=WAY, as_of=as_of)


def _contradictions(source: str, results: Mapping[int, _Result], records: Counter[int]) -> list[str]:
    label = SOURCES[source].label
    found = [f"{label}：序号 {number} 的答复为“{FOUND}”，但没有附记录" for number, each in results.items()
             if each.result == FOUND and not records[number]]  # fmt: skip
    found += [f"{label}：序号 {number} 附有记录，但答复不是“{FOUND}”" for number in sorted(records)
              if number not in results or results[number].result != FOUND]  # fmt: skip
    return found


def _records(source: str, content: bytes | None, persons: Mapping[int, Asked], on: date) -> tuple[pa.Table, list[int]]:
    """The records of one source, read as a department's file is, and of which person of the batch each is."""
    register = SOURCES[source]
    if content is None:
        return pa.table({"row": pa.array([], pa.int64())} | {c.name: pa.array([], TYPES[c.shape]) for c in register.columns}), []
    grid = read_grid(content)
    mapping = proposed_mapping(register, grid.headers)
    check_mapping(register, grid.headers, mapping)
    if "序号" not in grid.headers:
        raise BadValue(f"“{register.label}.csv”缺少列：序号。")
    rows = read_rows(grid, register, mapping, on=on)
    numbers = _numbers(grid)
    faults = []
    columns = (rows.column(name).to_pylist() for name in ("name", "identity_number"))
    for line, number, name, identity in zip(rows.column("row").to_pylist(), numbers, *columns, strict=True):
        person = persons.get(number)
        if person is None or not _same(person, name or "", identity or ""):
            faults.append(f"“{register.label}.csv”第 {line} 行不是所填序号的人")
    _refuse(faults)
    return rows, numbers


def _numbers(grid: Grid) -> list[int]:
    texts = pc.fill_null(grid.columns[grid.headers.index("序号")], "").to_pylist()
    return [int(text) if text.isdecimal() and len(text) < 9 else 0 for text in texts]
