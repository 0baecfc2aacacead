"""What a person gives a check besides the text: readings put right, and rules switched off with a reason."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from anmin.base.errors import BadValue
from anmin.ground.reports.checking.findings import Correction
from anmin.ground.reports.checking.vocabulary import RULES

CORRECTIONS_AT_MOST = 2_000
REASON_AT_MOST = 200
_FIGURE = re.compile(r"-?\d{1,30}(?:\.\d{1,12})?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_FIELDS = {"key", "figure", "unit", "subject", "measure"}


def rule_set_aside(rule: str, reason: str) -> tuple[str, str]:
    """The rule by its name, given by name or title, and why it is not to be used. Refuses an unknown rule and no reason."""
    rule, reason = rule.strip(), " ".join(_CONTROL.sub(" ", reason).split())
    named = rule if rule in RULES else next((name for name, title in RULES.items() if title == rule), None)
    if named is None:
        known = "、".join(f"{name}（{title}）" for name, title in RULES.items())
        raise BadValue(f"没有“{rule[:40]}”这条规则。可以停用的规则有：{known}。")
    if not reason:
        raise BadValue(f"停用规则“{RULES[named]}”需要写明理由，理由会随结果一起显示。")
    if len(reason) > REASON_AT_MOST:
        raise BadValue(f"停用规则“{RULES[named]}”的理由请不要超过 {REASON_AT_MOST} 个字。")
    return named, reason


def rules_set_aside(pairs: Iterable[str]) -> dict[str, str]:
    """The rules switched off on a command line, each as `rule=reason`."""
    found = {}
    for pair in pairs:
        rule, _, reason = pair.partition("=")
        named, why = rule_set_aside(rule, reason)
        found[named] = why
    return found


def corrections_of(text: str) -> list[Correction]:
    """The corrections in a JSON list of objects with `key` and any of `figure`, `unit`, `subject`, `measure`.

    Refuses what is no such list, naming the entry.
    """
    try:
        given = json.loads(text)
        # Half a character can be written in JSON and nowhere else.
        json.dumps(given, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise BadValue("更正内容不是有效的 JSON，请检查括号和引号是否成对。") from None
    if not isinstance(given, list) or len(given) > CORRECTIONS_AT_MOST:
        raise BadValue(f"更正内容应是一个列表，不超过 {CORRECTIONS_AT_MOST} 项。")
    return [_correction(f"第 {number} 项更正", each) for number, each in enumerate(given, start=1)]


def correction_of(given: Mapping[str, Any]) -> Correction:
    """One correction, as a form sends it: what is left empty stays as it was read."""
    return _correction("更正", given)


def correction_as_json(correction: Correction) -> dict[str, Any]:
    """A correction as `corrections_of` reads it, without what was not corrected."""
    said: dict[str, Any] = {"key": correction.key}
    for name in ("figure", "unit", "subject"):
        if getattr(correction, name) is not None:
            said[name] = getattr(correction, name)
    if not correction.measure:
        said["measure"] = False
    return said


def _correction(which: str, given: object) -> Correction:
    if not isinstance(given, Mapping) or not isinstance(given.get("key"), str) or not given["key"]:
        raise BadValue(f"{which}缺少 key（数字的编号，见 --json 的 numbers）。")
    if unknown := sorted(str(each)[:20] for each in set(given) - _FIELDS):
        raise BadValue(f"{which}有不认识的内容“{unknown[0]}”，可以写 figure、unit、subject、measure。")
    for name in ("figure", "unit", "subject"):
        said = given.get(name)
        # A machine that writes {"figure": 12} means the same as {"figure": "12"}.
        if said is not None and (isinstance(said, bool) or not isinstance(said, str | int | float) or len(str(said)) > 100):
            raise BadValue(f"{which}的 {name} 应是不超过 100 字的文字。")
    if not isinstance(given.get("measure", True), bool):
        raise BadValue(f"{which}的 measure 只能是 true 或 false。")
    figure = _text(given.get("figure"))
    if figure is not None:
        figure = figure.replace(",", "").replace("，", "")
        if not _FIGURE.fullmatch(figure):
            raise BadValue(f"{which}的数值“{figure[:20]}”请写成数字，例如 2738 或 14.2，单位另写。")
    return Correction(
        key=given["key"],
        figure=figure,
        unit=_text(given.get("unit")),
        subject=_text(given.get("subject")),
        measure=given.get("measure", True),
    )


def _text(said: object) -> str | None:
    return None if said is None or not str(said).strip() else str(said).strip()
