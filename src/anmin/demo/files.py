"""Writes the files a county would send: as departments and towns send them, in their formats and under their headers.

CSV comes with and without a mark and in GBK, as offices save it; some departments send workbooks. The same plan gives the same
bytes.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from anmin.base.money import format_yuan
from anmin.demo import claims, consents
from anmin.demo.county import Citizen, Family, Known, Support
from anmin.demo.holders import lists
from anmin.demo.plan import Plan
from anmin.demo.scenario import Published
from anmin.demo.sheets import Line, Sheet
from anmin.ground.people.vocabulary import FACT_KINDS, ChildCategory, ChildPlacement, ParentState

_HUKOU = {"urban": "城镇", "rural": "农村"}
_SEX = {"male": "男", "female": "女"}
_RELATION = {"head": "户主", "spouse": "配偶", "child": "子女", "parent": "父母", "grandchild": "孙子女"}
_DISABILITY = {
    "visual": "视力", "hearing": "听力", "speech": "言语", "physical": "肢体",
    "intellectual": "智力", "mental": "精神", "multiple": "多重",
}  # fmt: skip
_GRADE = ("", "一级", "二级", "三级", "四级")
_WORK = {
    "employed": "在业", "unemployed": "登记失业", "able_idle": "有劳动能力未就业",
    "unable": "无劳动能力", "student": "在校", "retired": "退休",
}  # fmt: skip
_SCHOOL = {"primary": "小学", "middle": "初中", "high": "高中", "bachelor": "本科"}
_INCOMES = {
    "income.wage": "工资性收入",
    "income.business": "经营净收入",
    "income.farming": "其中自给自足种养",
    "income.property": "财产净收入",
    "income.pension": "养老金",
    "income.pension_central": "其中中央基础养老金",
    "income.support_received": "实收赡养抚养扶养费",
    "income.exempt": "不计入的转移收入",
    "income.transfer_other": "其他转移净收入",
}
_CIRCUMSTANCES = (
    "income.fixed", "obligor.none", "care.items_lost", "land.contracted", "residence.institution",
)  # fmt: skip
_EXPENSES = ("expense.medical",)
_CHILDREN = ("child.father", "child.mother", "child.placement")
_RECOGNISED = ("child.category", "child.benefit_chosen")
_ASSETS = {"assets.financial": "金融资产", "assets.homes": "住房套数", "assets.vehicles": "机动车数"}
_CHILD_WORDS = {str(each.value): str(each.label) for each in (*ParentState, *ChildPlacement)}
_PERIOD = ("起始日期", "截止日期", "来源")


@dataclass(frozen=True)
class Parcel:
    """A file on disk with the day it arrives and the form it is for."""

    arrives: date
    form: str
    path: Path


def write_files(plan: Plan, folder: Path) -> list[Parcel]:
    """Every file of the plan lies in the folder; they are returned in the order in which they must be brought in."""
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Parcel] = []
    by_day: dict[date, list[Family]] = {}
    for family in (*plan.families, *plan.holders.families):
        for day in set(_arrivals(family)):
            by_day.setdefault(day, []).append(family)
    claimed = claims.sheets(plan)
    for day in sorted({*by_day, *lists.days(plan.holders), *claimed}):
        place = 0
        held = lists.sheets(plan.holders, day, plan.scenario.opens_on)
        for sheet in (*_sheets(plan, day, by_day.get(day, [])), *held, *claimed.get(day, [])):
            if sheet.lines:
                place += 1
                path = folder / f"{day}_{place:02d}_{sheet.title}{_SUFFIX[sheet.saved_as]}"
                path.write_bytes(_saved(sheet))
                made.append(Parcel(day, sheet.form, path))
    return made


def _arrivals(family: Family) -> Iterable[date]:
    yield family.arrives
    for member in family.members:
        yield member.arrives
        if member.end_arrives:
            yield member.end_arrives
        if member.person.death_arrives:
            yield member.person.death_arrives
        for known in member.person.known:
            yield known.arrives


def _sheets(plan: Plan, day: date, families: Sequence[Family]) -> Iterable[Sheet]:
    people = [person for family in families for person in family.people()]
    new = [family for family in families if family.arrives == day]
    yield _persons([person for person in people if person.arrives == day])
    yield _households(new)
    yield _members(families, day)
    yield _supporters([(p, s) for family in new for m in family.members for p in (m.person,) for s in p.supporters])
    yield _told("people.incomes", "家庭收入申报表", "gbk", people, day, _INCOMES, _yuan)
    yield _told("people.assets", "家庭财产核对表", "utf-8-sig", people, day, _ASSETS, _assets)
    disability = {"disability.kind": "残疾类别", "disability.grade": "残疾等级"}
    yield _told("people.disabilities", "残联持证名单", "xlsx", people, day, disability, _disability)
    yield _told("people.illnesses", "重特大疾病名单", "gbk", people, day, {"illness.severe": "患重特大疾病"}, _yes_no)
    yield _told("people.schooling", "在校学生名单", "xlsx", people, day, {"schooling.level": "就学阶段"}, _school)
    yield _told("people.work", "就业状况表", "utf-8", people, day, {"work.status": "就业状况"}, _work)
    yield _told("people.statuses", "退役军人名单", "xlsx", people, day, {"status.veteran": "退役军人"}, _yes_no)
    circumstances = {kind: FACT_KINDS[kind].label for kind in _CIRCUMSTANCES}
    yield _told("people.circumstances", "收入劳动能力和照料", "utf-8", people, day, circumstances, _plain)
    expenses = {kind: FACT_KINDS[kind].label for kind in _EXPENSES}
    yield _told("people.expenses", "近十二个月刚性支出", "utf-8", people, day, expenses, _yuan)
    children = {kind: FACT_KINDS[kind].label for kind in _CHILDREN}
    yield _told("people.children", "儿童和父母情况", "gbk", people, day, children, _in_words)
    recognised = {kind: FACT_KINDS[kind].label for kind in _RECOGNISED}
    yield _told("people.children", "困境儿童认定名单", "utf-8-sig", people, day, recognised, _recognised)
    yield _deaths(people, day)
    yield consents.letters(plan, families, day)
    yield _register([family for family in new if family.register is not None])
    if day == plan.scenario.opens_on and plan.scenario.published is not None:
        yield _printed(plan.scenario.published)


# ── one sheet after another ──────────────────────────────────────────────────────────────────────────────────────────


def _persons(people: Sequence[Citizen]) -> Sheet:
    headers = ("身份证号", "姓名", "性别", "户籍性质", "镇街", "村居", "住址", "联系电话", "开户银行", "银行账号")
    lines = [
        (
            each.identity_number,
            each.name,
            _SEX[each.sex],
            _HUKOU[each.hukou],
            each.village.town,
            each.village.name,
            each.address,
            each.phone,
            "演示虚构银行",
            each.bank_account,
        )
        for each in people
    ]
    return Sheet("people.persons", "人员登记表", "utf-8-sig", headers, lines)


def _households(families: Sequence[Family]) -> Sheet:
    headers = ("户编号", "户主身份证号", "镇街", "村居", "住址", "户籍性质", "立户日期")
    lines = [
        (f.number, f.head.identity_number, f.village.town, f.village.name, f.address, _HUKOU[f.hukou], str(f.opened_on))
        for f in families
    ]
    return Sheet("people.households", "家庭登记表", "gbk", headers, lines)


def _members(families: Sequence[Family], day: date) -> Sheet:
    headers = ("户编号", "身份证号", "与户主关系", "同户籍", "共同生活", "起始日期", "截止日期")
    lines = []
    for family in families:
        for member in family.members:
            ends = member.end_arrives == day
            if member.arrives == day or ends:
                until = str(member.until) if ends else ""
                line = (family.number, member.person.identity_number, _RELATION[member.relation])
                lines.append((*line, "是", "是", str(member.since), until))
    return Sheet("people.members", "家庭成员表", "utf-8", headers, lines)


def _supporters(pairs: Sequence[tuple[Citizen, Support]]) -> Sheet:
    headers = (
        "被赡养扶养人身份证号", "义务人身份证号", "义务人姓名", "类型", "义务人家庭月收入", "义务人家庭人数",
        "被赡养扶养人数", "无给付能力", "起始日期", "截止日期",
    )  # fmt: skip
    lines = [
        (
            person.identity_number,
            each.obligor.identity_number,
            each.obligor.name,
            "赡养",
            _yuan(each.household_income),
            str(each.household_size),
            str(each.dependants),
            "是" if each.exempt else "否",
            str(each.since),
            "",
        )
        for person, each in pairs
    ]
    return Sheet("people.supporters", "赡养抚养扶养义务人表", "xlsx", headers, lines)


def _told(form: str, title: str, saved_as: str, people: Sequence[Citizen], day: date, kinds: dict[str, str], shown: Any) -> Sheet:
    """Facts of some kinds: a line for each person and period, a column for each kind."""
    lines: list[Line] = []
    for person in people:
        periods: dict[tuple[date, date | None, str], dict[str, Known]] = {}
        for known in person.known:
            if known.arrives == day and known.kind in kinds:
                periods.setdefault((known.since, known.until, known.source), {})[known.kind] = known
        for (since, until, source), told in periods.items():
            cells = [shown(told[kind].value) if kind in told else "" for kind in kinds]
            lines.append((person.identity_number, person.name, *cells, str(since), str(until or ""), source))
    return Sheet(form, title, saved_as, ("身份证号", "姓名", *kinds.values(), *_PERIOD), lines)


def _deaths(people: Sequence[Citizen], day: date) -> Sheet:
    lines = [(p.identity_number, p.name, str(p.died_on), "殡仪馆") for p in people if p.death_arrives == day]
    return Sheet("people.deaths", "殡葬死亡信息", "gbk", ("身份证号", "姓名", "死亡日期", "来源"), lines)


def _register(families: Sequence[Family]) -> Sheet:
    headers = (
        "户编号",
        "保障对象代表身份证号",
        "保障方式",
        "保障成员身份证号",
        "复核类别",
        "下次复核日期",
        "审核确认日期",
        "享受起始日期",
    )
    lines = []
    for family in families:
        register = family.register
        assert register is not None
        covered = [family.single] if family.single else [m.person for m in family.members if m.arrives == family.arrives]
        lines.append(
            (
                family.number,
                family.applicant.identity_number,
                "单人保" if family.single else "整户保",
                "、".join(person.identity_number for person in covered),
                f"{family.review_class}类",
                str(register.review_due_on),
                str(register.decided_on),
                str(register.since),
            )
        )
    return Sheet("assistance.dibao.register", "低保在享名册", "gbk", headers, lines)


def _printed(published: Published) -> Sheet:
    headers = ("期间", "指标编号", "印发数", "文件名称", "印发日期")
    lines = [
        (str(published.period), figure, str(value), published.document, str(published.published_on))
        for figure, value in published.figures.items()
    ]
    return Sheet("reports.published", "往期已印发指标", "utf-8-sig", headers, lines)


# ── cells ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _yuan(value: int | str) -> str:
    return format_yuan(int(value), grouped=False)


def _assets(value: int | str) -> str:
    # Sums are held in fen, counts are small.
    return _yuan(value) if int(value) >= 100 else str(value)


def _yes_no(value: int | str) -> str:
    return "是" if value else "否"


def _disability(value: int | str) -> str:
    return _DISABILITY[value] if isinstance(value, str) else _GRADE[value]


def _plain(value: int | str) -> str:
    # Only the count of what somebody cannot do themselves is no yes or no, and 1 and 0 are read as those.
    return str(value)


def _in_words(value: int | str) -> str:
    return _CHILD_WORDS[str(value)]


def _recognised(value: int | str) -> str:
    return str(ChildCategory(value).label) if isinstance(value, str) else _yes_no(value)


def _school(value: int | str) -> str:
    return _SCHOOL[str(value)]


def _work(value: int | str) -> str:
    return _WORK[str(value)]


# ── formats ──────────────────────────────────────────────────────────────────────────────────────────────────────────

_SUFFIX = {"utf-8": ".csv", "utf-8-sig": ".csv", "gbk": ".csv", "xlsx": ".xlsx"}


def _saved(sheet: Sheet) -> bytes:
    if sheet.saved_as == "xlsx":
        return workbook(sheet)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(sheet.headers)
    writer.writerows(sheet.lines)
    return text.getvalue().encode(sheet.saved_as)


def workbook(sheet: Sheet) -> bytes:
    """The bytes of a workbook with one sheet, every cell a text."""
    made = io.BytesIO()
    # Everything is written as text: a spreadsheet rounds a number of eighteen digits.
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False})
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001  the library writes it as it stands; the hour must not show
    page = book.add_worksheet(sheet.title[:31])
    page.set_column(0, len(sheet.headers) - 1, 20)
    page.freeze_panes(1, 0)
    for row, line in enumerate((sheet.headers, *sheet.lines)):
        for column, cell in enumerate(line):
            if cell:
                page.write_string(row, column, cell)
    book.close()
    return made.getvalue()
