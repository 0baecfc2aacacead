"""The files in which offices deliver: under their own headers, in CSV (UTF-8, with mark, GBK) or as a workbook.

Some hold columns that nobody asked for. A file is text all through; sums are in yuan, days as each office writes them.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from anmin.demo.county import Citizen, Family
from anmin.demo.departments.rows import REGISTERS, Known, Row, strangers, who
from anmin.demo.files import workbook
from anmin.demo.holders.targets import Verification
from anmin.demo.plan import Plan
from anmin.demo.sheets import Sheet

TEKUN, DIBAO = "assistance.tekun", "assistance.dibao"


@dataclass(frozen=True)
class Office:
    """How one office delivers: its name, the title of its file, how it is saved, its headers with the fields they hold.

    A field of no name is a column that nobody asked for. `day` is how the office writes days.
    """

    source: str
    department: str
    title: str
    saved_as: str
    columns: tuple[tuple[str, str], ...]
    day: str = "%Y-%m-%d"
    strangers: float = 1.0


_OFFICES = (
    Office("vehicles", "海安市公安局车管所", "机动车登记信息", "gbk", (
        ("序号", ""), ("车主", "name"), ("证件号码", "identity_number"), ("住址", "address"), ("车牌号码", "plate"),
        ("车型", "vehicle_kind"), ("使用性质", "use"), ("注册日期", "registered_on"), ("状态", "state"), ("经办人", ""),
    ), "%Y/%m/%d"),
    Office("real_estate", "海安市不动产登记中心", "不动产登记信息", "utf-8-sig", (
        ("权利人", "name"), ("证件号", "identity_number"), ("不动产权证号", "certificate"), ("房屋坐落", "location"),
        ("规划用途", "use"), ("建筑面积", "area_square_metres"), ("登簿日期", "registered_on"),
    )),
    Office("companies", "海安市市场监督管理局", "市场主体登记信息", "utf-8", (
        ("企业名称", "company"), ("统一社会信用代码", "credit_code"), ("姓名", "name"), ("身份证号码", "identity_number"),
        ("职务", "position"), ("认缴出资额", "share"), ("经营状态", "state"),
    ), strangers=0.4),
    Office("social_insurance", "海安市人力资源和社会保障局", "社会保险缴费信息", "gbk", (
        ("参保人", "name"), ("身份证号", "identity_number"), ("性别", "sex"), ("缴费单位", "employer"),
        ("月缴费基数", "wage"), ("开始日期", "from_on"),
    ), "%Y%m%d"),
    Office("pensions", "海安市人力资源和社会保障局", "养老待遇发放信息", "gbk", (
        ("姓名", "name"), ("社会保障号", "card_number"), ("公民身份号码", "identity_number"), ("待遇类型", "scheme"),
        ("月养老金", "pension"),
    )),
    Office("deposits", "海安市银行业协会", "存款余额信息", "utf-8", (
        ("存款人", "name"), ("证件号码", "identity_number"), ("开户银行", "bank"), ("账户余额", "balance"),
    )),
    Office("deaths", "海安市殡仪馆", "死亡火化信息", "gbk", (
        ("死者姓名", "name"), ("身份证号", "identity_number"), ("性别", "sex"), ("家庭住址", "address"),
        ("死亡时间", "died_on"), ("火化时间", "cremated_on"),
    ), "%Y年%m月%d日", 0.3),
    Office("marriages", "海安市婚姻登记处", "婚姻登记信息", "utf-8-sig", (
        ("姓名", "name"), ("身份证号", "identity_number"), ("登记类型", "state"), ("对方姓名", "spouse_name"),
        ("对方身份证号", "spouse_identity_number"), ("登记日期", "registered_on"),
    ), strangers=0.5),
    Office("disability_cards", "海安市残疾人联合会", "残疾人证信息", "xlsx", (
        ("姓名", "name"), ("残疾证号", "card_number"), ("残疾类别", "kind"), ("残疾等级", "grade"), ("有效期", "valid_until"),
        ("证件状态", "state"),
    ), strangers=0.2),
    Office("school_rolls", "海安市教育局", "在校学生学籍信息", "xlsx", (
        ("姓名", "name"), ("身份证号", "identity_number"), ("出生日期", "birth_on"), ("就读学校", "school"), ("学段", "level"),
        ("学籍状态", "state"),
    ), strangers=0.2),
    Office("prison_terms", "海安市司法局", "服刑人员信息", "utf-8", (
        ("姓名", "name"), ("身份证号", "identity_number"), ("类别", "kind"), ("起始日期", "from_on"), ("终止日期", "until_on"),
    ), strangers=0.1),
    Office("institutions", "海安市民政局养老服务科", "养老机构入住信息", "utf-8", (
        ("姓名", "name"), ("身份证号", "identity_number"), ("联系电话", "phone"), ("机构名称", "institution"),
        ("入院日期", "entered_on"),
    ), strangers=0.3),
    Office("fiscal_payroll", "海安市财政局", "财政供养人员信息", "gbk", (
        ("姓名", "name"), ("身份证号", "identity_number"), ("工作单位", "employer"), ("月应发工资", "wage"),
    ), strangers=0.5),
    Office("farm_machinery", "海安市农业农村局", "农机具登记信息", "utf-8", (
        ("姓名", "name"), ("身份证号", "identity_number"), ("地址", "address"), ("机型", "machine"),
        ("登记日期", "registered_on"),
    ), strangers=0.1),
    Office("household_register", "海安市公安局", "户籍人口信息", "gbk", (
        ("户号", "household_number"), ("姓名", "name"), ("公民身份号码", "identity_number"), ("性别", "sex"),
        ("户籍地址", "address"), ("与户主关系", "relation"), ("户别", "hukou_kind"), ("人员状态", "state"),
    ), strangers=0.0),
)  # fmt: skip
OFFICES = {office.source: office for office in _OFFICES}
LATE = "household_register"
"""The office whose answer comes last."""
WATCHED = ("deaths", "prison_terms", "institutions")
"""Those who deliver again before the half-year ends, for the standing watch."""


@dataclass(frozen=True)
class Delivery:
    """A file that lies there: whose, of which source, as of which day, and the day it arrives."""

    source: str
    department: str
    path: Path
    as_of: date
    arrives: date


def write_deliveries(plan: Plan, folder: Path) -> list[Delivery]:
    """Every delivery of the scenario lies in the folder. The last one is whole there: as much of it as is asked for is sent."""
    wanted = plan.scenario.others.verification
    if wanted is None:
        return []
    known = _known(plan, wanted)
    made = []
    for office in _OFFICES:
        dirty = 0 if office.source == LATE else wanted.dirty
        rows = list(_rows(office, known, wanted.as_of, dirty))
        arrives = wanted.late_on if office.source == LATE else wanted.received_on
        made.append(_written(office, rows, folder, wanted.as_of, arrives))
        if office.source in WATCHED:
            since = {str(each): each for each in (*rows, *_rows(office, known, wanted.watch_as_of, dirty))}
            made.append(_written(office, list(since.values()), folder, wanted.watch_as_of, wanted.watched_on))
    return made


def _written(office: Office, rows: Sequence[Row], folder: Path, as_of: date, arrives: date) -> Delivery:
    lines = [_line(office, row, place) for place, row in enumerate(rows, 1)]
    title = f"{as_of:%Y%m%d}{office.title}"
    sheet = Sheet(office.source, title, office.saved_as, [header for header, _ in office.columns], lines)
    path = folder / f"{arrives}_{office.department}_{title}.{'xlsx' if office.saved_as == 'xlsx' else 'csv'}"
    path.write_bytes(saved(sheet))
    return Delivery(office.source, office.department, path, as_of, arrives)


def saved(sheet: Sheet) -> bytes:
    """The bytes of a delivery; what GBK cannot write becomes a question mark, as offices' programs do it."""
    if sheet.saved_as == "xlsx":
        return workbook(sheet)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(sheet.headers)
    writer.writerows(sheet.lines)
    return text.getvalue().encode(sheet.saved_as, errors="replace")


def _rows(office: Office, known: Known, on: date, dirty: int) -> Iterator[Row]:
    rng = known.stream(f"{office.source}/writing")
    rows = [{**who(person, rng, dirty), **row} for person, row in REGISTERS[office.source](known, on)]
    if office.source == LATE:
        yield from rows
        return
    templates = list(rows)
    count = int(known.wanted.strangers * office.strangers) if templates else 0
    rows += [{**rng.choice(templates), "card_number": "", **each} for each in strangers(count, rng, known.numbers)]
    rng.shuffle(rows)
    yield from rows


def _line(office: Office, row: Row, place: int) -> list[str]:
    return [str(place) if header == "序号" else _cell(row.get(name, ""), name, office) for header, name in office.columns]


def _cell(text: str, name: str, office: Office) -> str:
    # A day stands in a field whose name says so; everything else goes as it is.
    if text and (name.endswith("_on") or name == "valid_until"):
        return date.fromisoformat(text).strftime(office.day)
    return text


def _known(plan: Plan, wanted: Verification) -> Known:
    on, ends = wanted.as_of, plan.scenario.period.last_day
    tekun = {id(each.family): each for each in plan.holders.of(TEKUN)}
    asked = [family for family in (*plan.families, *plan.holders.families) if family.register or id(family) in tekun]
    steady = [family for family in plan.on_register if _is_steady(family, ends)]
    steady += [each.family for each in tekun.values() if each.until is None and each.granted_on is None]
    rng = Known(wanted, plan.scenario.seed, (), ()).stream("steady")
    rng.shuffle(steady)
    people = [member.person for family in asked for member in family.members if member.arrives <= on]
    supporters = _supporters(asked)
    everybody = (person for family in (*plan.families, *plan.holders.families) for person in family.people())
    numbers = frozenset(person.identity_number for person in everybody)
    return Known(wanted, plan.scenario.seed, asked, steady, people, supporters, numbers)


def _is_steady(family: Family, ends: date) -> bool:
    """Nothing happens to the family in the half-year: it is not stopped, nobody comes, goes or dies."""
    quiet = family.covered_until is None and family.grace is None and family.learned_late is None and family.single is None
    return quiet and all(
        member.until is None and member.arrives == family.arrives and member.person.died_on is None for member in family.members
    )


def _supporters(families: Iterable[Family]) -> list[tuple[Citizen, int]]:
    found: dict[str, tuple[Citizen, int]] = {}
    for family in families:
        for member in family.members:
            for each in member.person.supporters:
                found.setdefault(each.obligor.identity_number, (each.obligor, each.household_income))
    return list(found.values())
