"""The files that tell what staff did and what the bank answered, written by the plan and read by the player.

`events.csv` is the diary of the offices; `bank_answers.csv` says which payments the bank sends back; `staff.csv` is the staff
list.
"""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from anmin.base.periods import Month
from anmin.base.workdays import add_workdays
from anmin.demo.files import Parcel
from anmin.demo.plan import Plan
from anmin.demo.staff import StaffMember

IMPORT = "导入文件"
STEP = "办理事项"
DECIDE = "审定批量名单"
VISIT, GIFTS, INSURE, INSURED, TASKS = "登门慰问", "登记慰问品", "登记低补保保单", "冻结参保名册", "列出定期事项"
PLAN_VISITS, FIX_VISITS, VISITS, REVIEWS = "拟定入户核查", "确认抽取结果", "入户核查", "核查后启动复核"
RECEIVE, FULL_CHECK, LATE_ANSWER = "接收部门数据", "全量核对", "补充核对"
LOOK_INTO, WATCH = "核实疑点", "动态监测"
FESTIVAL, ALLOCATE = "发放节日补助", "下拨临时救助资金"
GENERATE, CHECK, APPROVE = "生成名册", "复核名册", "审批名册"
SEND, RETURN, RETRY, REPAID = "送银行", "银行回盘", "重发失败款项", "登记退款"

_HEADERS = ("日期", "类别", "对象", "步骤", "户编号", "经办", "填写内容", "备注")


@dataclass(frozen=True)
class Entry:
    """One line of the diary: on a day, somebody does something about something.

    `about` is a file and its form, a kind of case, or a month; `step` names the step of a case.
    """

    on: date
    what: str
    about: str
    step: str = ""
    household: str = ""
    by: str = ""
    answers: Mapping[str, Any] | None = None
    note: str = ""


def diary(plan: Plan, parcels: Sequence[Parcel], money: Sequence[Entry]) -> list[Entry]:
    """Everything that happens, in order: on one day files arrive first, then cases move, then money."""
    files = [Entry(parcel.arrives, IMPORT, f"{parcel.form}|{parcel.path.name}", by=_importer(plan, parcel)) for parcel in parcels]
    decided = [
        Entry(add_workdays(parcel.arrives, 1), DECIDE, parcel.form, by=plan.staff.at_bureau("queren"))
        for parcel in parcels
        if parcel.form.endswith((".grants", ".stops"))
    ]
    steps = [Entry(each.on, STEP, each.kind, each.step, each.household, each.by, each.answers, each.note) for each in plan.events]
    return sorted([*files, *steps, *decided, *money], key=lambda entry: entry.on)


def _importer(plan: Plan, parcel: Parcel) -> str:
    register = parcel.form.endswith(".register")
    return plan.staff.at_bureau("guanli" if register else "shenhe")


def write_diary(entries: Iterable[Entry], path: Path) -> None:
    """The diary lies in the file."""
    rows = (
        (
            str(each.on),
            each.what,
            each.about,
            each.step,
            each.household,
            each.by,
            json.dumps(each.answers, ensure_ascii=False, sort_keys=True) if each.answers else "",
            each.note,
        )
        for each in entries
    )
    _write(path, _HEADERS, rows)


def read_diary(path: Path) -> list[Entry]:
    """The diary as the file tells it."""
    return [
        Entry(
            on=date.fromisoformat(row["日期"]),
            what=row["类别"],
            about=row["对象"],
            step=row["步骤"],
            household=row["户编号"],
            by=row["经办"],
            answers=json.loads(row["填写内容"]) if row["填写内容"] else None,
            note=row["备注"],
        )
        for row in _read(path)
    ]


def write_bank_answers(plan: Plan, path: Path) -> None:
    """Which payments the bank sends back."""
    rows = [(str(each.month), each.payee.name, each.payee.bank_account, each.reason) for each in plan.refusals]
    _write(path, ("月份", "户名", "账号", "原因"), rows)


def read_bank_answers(path: Path) -> dict[tuple[Month, str], str]:
    """The bank's reason by month and account."""
    return {(Month.parse(row["月份"]), row["账号"]): row["原因"] for row in _read(path)}


def write_staff(members: Iterable[StaffMember], path: Path) -> None:
    """The staff list."""
    rows = [(each.username, each.name, each.role, each.area, each.phone) for each in members]
    _write(path, ("账号", "姓名", "岗位", "任职地", "联系电话"), rows)


def read_staff(path: Path) -> list[StaffMember]:
    """The staff list as the file tells it."""
    return [StaffMember(row["账号"], row["姓名"], row["岗位"], row["任职地"], row["联系电话"]) for row in _read(path)]


def _write(path: Path, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(headers)
        writer.writerows(rows)


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
