"""What a phrase names: 租金收入 is what was called 收取租金, for offices never say a thing twice in the same words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals import subjects
from anmin.ground.reports.checking.relations.directions import BEGINS, ENDS

_NOISE = re.compile(
    r"全[市县区省镇乡州国院校局村]|我[市县区省镇乡院校局]|本[市县区省镇乡院校局级]|[“”\"'《》（）]|全部|全年|同期|当年|本年度?|年度|年末|年底|上半年|下半年|"
    r"今年以来|今年|目前|截至|累计|其中|共有|共计|共|现有|总人数|总户数|总件数|总数量|总规模|总数|总量|总额|总面积|保有量|拥有量|收案|总|的|各类|各项|"
    r"实际|已|均|了|有(?!限)|为|是"
)
_TAIL = re.compile(r"(?:数量|数额|金额|额度|规模|人数|户数|件数|次数|面积(?=$)|数|量|额|(?<![产加])值)$")


@lru_cache(maxsize=4096)
def core_of(phrase: str) -> str:
    """The phrase without what every phrase may have: 全市机动车保有量 → 机动车."""
    bare = _NOISE.sub("", phrase)
    return _TAIL.sub("", bare) or bare


def likeness(core: str, number: Number) -> float:
    """How much of a phrase is in the words around a number, from 0 to 1; nothing where they share no two characters in a row."""
    if len(core) < 2:
        return 0.0
    before = core_of(number.before[-24:] or number.subject)
    after = core_of(subjects.noun_of(number.after))
    label = before + after
    if (trade := _trade(core)) and _trade(label) not in ("", trade):
        return 0.0
    if len(core) == 2 and core[1] == "案" and re.search(f"{core[0]}(?:案件?)?$", before):
        # 结案 is what was 审结 or 执结.
        return 1.0
    if core in (before, after, label):
        return 1.0
    if re.search(f"[进非未不]{re.escape(core)}", label) and label.count(core) == 1:
        # 进出口 is no 出口, 非税收入 no 税收入.
        return 0.0
    if label and (before or after).endswith(core):
        return 1.0
    if len(label) >= 3 and core.startswith(label):
        # 日常养护经费 of what was 日常养护.
        return 0.85
    if core in label:
        return 0.9
    if not any(core[at : at + 2] in label for at in range(len(core) - 1)):
        return 0.0
    shared = sum(character in label for character in core) / len(core)
    return shared * (0.85 if len(label) <= len(core) * 3 else 0.7)


def _trade(words: str) -> str:
    """进出口 is neither 出口 nor 进口."""
    return next((kind for kind in ("进出口", "出口", "进口") if kind in words), "")


def shared_run(left: str, right: str) -> str:
    """The longest run of Chinese characters that both have."""
    best = ""
    for at in range(len(left)):
        size = len(best) + 1
        while at + size <= len(left) and left[at : at + size] in right and "|" not in left[at : at + size]:
            best = left[at : at + size]
            size += 1
    return best if re.fullmatch(r"[\u4e00-\u9fff]*", best) else ""


def only_named(numbers: Sequence[Number], words: str) -> Number | None:
    """Of several the one whose name is taken up: 生活补贴一年需 of 生活补贴对象4216人，护理补贴对象7080人."""
    scored = []
    for number in numbers:
        name = subjects.trimmed(re.sub("^.*其中[:：]?", "", number.before)) or number.subject
        run = len(shared_run(name, words))
        scored.append((run + 0.5 * (run == len(name) > 1), number))
    best = max((score for score, _ in scored), default=0.0)
    close = [number for score, number in scored if score > min(best, 3.5) - 0.5]
    return close[0] if best >= 2.5 and len(close) == 1 else None


_AREA = re.compile(r"全([省市县区镇乡州国])")


def same_area(phrase: str, number: Number) -> bool:
    """全市的 is not what was said of 全县."""
    wanted, said_of = _AREA.search(phrase), _AREA.search(number.before)
    return wanted is None or said_of is None or wanted[1] == said_of[1]


def best_named(phrase: str, numbers: Sequence[Number], at_least: float = 0.6) -> Number | None:
    """The one number that a phrase names; None where two of different value are named as well as each other."""
    core = core_of(phrase)
    scored = [(likeness(core, number), number) for number in numbers if same_area(phrase, number)]
    top = max((score for score, _ in scored), default=0.0)
    if top < at_least:
        return None
    best = [number for score, number in scored if score > top - 0.05]
    return best[-1] if len({number.value for number in best}) == 1 else None


def may_be_one_name(begin: Number, end: Number) -> bool:
    """户籍人口 at the beginning is not 常住人口 at the end; where one of them has no name of its own nothing is said."""
    one, other = (core_of(ENDS.sub("", BEGINS.sub("", re.sub(r"\d+年?", "", n.before)))) for n in (begin, end))
    return len(one) < 3 or len(other) < 3 or one[:2] in other or other[:2] in one
