"""Reading what was filled in for a step: typed, complete, and named in the refusal by its Chinese label."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from anmin.base.errors import BadValue
from anmin.base.money import format_yuan, parse_yuan
from anmin.ground.accounts.models import Staff
from anmin.ground.cases.casetypes import Need, Step
from anmin.ground.cases.situation import Situation
from anmin.ground.documents.models import Document

LONGEST_TEXT = 200
LONGEST_LONG_TEXT = 4000


def read_answers(step: Step, given: Mapping[str, Any] | None, situation: Situation) -> dict[str, Any]:
    """Plain data for the action: dates as text, money in fen, people and staff as ids with their names beside.

    Refuses: an answer nobody asked for, a required one that is missing, one of the wrong kind.
    """
    given = dict(given or {})
    unknown = sorted(set(given) - {need.name for need in step.needs})
    if unknown:
        raise BadValue(f"“{step.label}”不需要填写：{'、'.join(unknown)}。")
    answers: dict[str, Any] = {}
    for need in step.needs:
        raw = given.get(need.name)
        if _is_empty(raw):
            if need.required:
                raise BadValue(f"“{need.label}”没有填写。")
            continue
        answers[need.name] = _READERS[need.shape](need, raw, situation, answers)
    return answers


def _is_empty(raw: Any) -> bool:
    if raw is None:
        return True
    if isinstance(raw, str):
        return not raw.strip()
    return isinstance(raw, list | tuple | set | frozenset) and not raw


def _date(need: Need, raw: Any, situation: Situation, answers: dict[str, Any]) -> str:
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw.isoformat()
    try:
        return date.fromisoformat(str(raw).strip()).isoformat()
    except ValueError:
        raise BadValue(f"“{need.label}”应为日期，例如 2024-07-01，现在填写的是“{str(raw)[:20]}”。") from None


def _text(need: Need, raw: Any, situation: Situation, answers: dict[str, Any]) -> str:
    said = str(raw).strip()
    longest = LONGEST_TEXT if need.shape == "text" else LONGEST_LONG_TEXT
    if len(said) > longest:
        raise BadValue(f"“{need.label}”最多填写{longest}字，现在有{len(said)}字。")
    return said


def _yuan(need: Need, raw: Any, situation: Situation, answers: dict[str, Any]) -> int:
    # A program gives fen as an int; a form gives text in yuan.
    if isinstance(raw, int) and not isinstance(raw, bool):
        if raw < 0:
            raise BadValue(f"“{need.label}”不能是负数。")
        return raw
    try:
        return parse_yuan(raw)
    except BadValue as fault:
        raise BadValue(f"“{need.label}”：{fault.message}") from None


def _count(need: Need, raw: Any, situation: Situation, answers: dict[str, Any]) -> int:
    try:
        number = int(str(raw).strip())
    except ValueError:
        raise BadValue(f"“{need.label}”应为整数，现在填写的是“{str(raw)[:20]}”。") from None
    if number < 0 or number > 1_000_000:
        raise BadValue(f"“{need.label}”应在 0 到 1000000 之间。")
    return number


def _choice(need: Need, raw: Any, situation: Situation, answers: dict[str, Any]) -> str:
    assert need.choices is not None  # declared with choices
    if str(raw) not in need.choices.values:
        raise BadValue(f"“{need.label}”应为下列之一：{'、'.join(need.choices.labels)}。")
    return str(raw)


def _checklist(need: Need, raw: Any, situation: Situation, answers: dict[str, Any]) -> list[str]:
    chosen = {_choice(need, each, situation, answers) for each in _several(raw)}
    assert need.choices is not None
    if len(chosen) < need.at_least:
        raise BadValue(f"“{need.label}”至少选择{need.at_least}项。")
    return [value for value in need.choices.values if value in chosen]


_YES, _NO = ("1", "true", "yes", "on", "是"), ("0", "false", "no", "off", "否")


def _yes_no(need: Need, raw: Any, situation: Situation, answers: dict[str, Any]) -> bool:
    said = str(raw).strip().lower()
    if said not in _YES + _NO:
        raise BadValue(f"“{need.label}”应填写是或否。")
    return said in _YES


def _people(need: Need, raw: Any, situation: Situation, answers: dict[str, Any]) -> list[int]:
    wanted = _ids(need, raw)
    names = {row.person_id: row.person.name for row in situation.family}
    if strange := [each for each in wanted if each not in names]:
        raise BadValue(f"“{need.label}”中有{len(strange)}人不是该家庭的成员，请重新选择。")
    answers[need.name + "_names"] = [names[each] for each in wanted]
    return wanted


def _staff(need: Need, raw: Any, situation: Situation, answers: dict[str, Any]) -> list[int]:
    wanted = _ids(need, raw)
    key = ("staff", tuple(sorted(wanted)))
    if key not in situation.memo:
        situation.memo[key] = dict(Staff.objects.filter(pk__in=wanted, is_active=True).values_list("pk", "name"))
    names: dict[int, str] = situation.memo[key]
    if len(names) < len(wanted):
        raise BadValue(f"“{need.label}”中有人不是在岗的工作人员，请重新选择。")
    if len(wanted) < need.at_least:
        raise BadValue(f"“{need.label}”至少选择{need.at_least}人。")
    answers[need.name + "_names"] = [names[each] for each in wanted]
    return wanted


def _files(need: Need, raw: Any, situation: Situation, answers: dict[str, Any]) -> list[int]:
    wanted = _ids(need, raw)
    titles = dict(
        Document.objects.filter(pk__in=wanted, area__path__startswith=situation.case.area.path).values_list("pk", "title")
    )
    if len(titles) < len(wanted):
        raise BadValue(f"“{need.label}”中有文件不存在，请重新上传。")
    answers[need.name + "_names"] = [titles[each] for each in wanted]
    return wanted


def _several(raw: Any) -> list[Any]:
    if isinstance(raw, str):
        return [part for part in raw.replace("，", ",").split(",") if part.strip()]
    return list(raw) if isinstance(raw, Iterable) else [raw]


def _ids(need: Need, raw: Any) -> list[int]:
    try:
        # Records themselves may be given as well as their ids.
        found = [int(getattr(each, "pk", each)) for each in _several(raw)]
    except (TypeError, ValueError):
        raise BadValue(f"“{need.label}”应从列表中选择。") from None
    return list(dict.fromkeys(found))


_READERS = {
    "date": _date,
    "text": _text,
    "long_text": _text,
    "yuan": _yuan,
    "count": _count,
    "choice": _choice,
    "checklist": _checklist,
    "yes_no": _yes_no,
    "people": _people,
    "staff": _staff,
    "files": _files,
}


def shown(need: Need, data: Mapping[str, Any]) -> str:
    """An answer as it is read on the page of a case."""
    value = data.get(need.name)
    if need.shape in ("people", "staff", "files"):
        return "、".join(data.get(need.name + "_names") or [])
    if need.shape == "choice":
        assert need.choices is not None
        return str(need.choices(str(value)).label)
    if need.shape == "checklist":
        assert need.choices is not None
        return "；".join(str(need.choices(each).label) for each in value or [])
    if need.shape == "yuan":
        return f"{format_yuan(int(value or 0))}元"
    if need.shape == "yes_no":
        return "是" if value else "否"
    return str(value)
