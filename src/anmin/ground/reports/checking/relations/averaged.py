"""Which total and which count an average is of, where its words say so or its place does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.naming import core_of, likeness

# What is done with the things that an average counts: 管护里程, 载货, 日处理快件.
DONE_WITH = re.compile(
    r"^(?:每?[日月年]|日均|月均|管护|处理|承载|载|接种|销售|服务|补助|上报|发放|使用|用|收|检查|办理|审理|完成|参加|带动|产出|产|"
    r"支出|支付|清运|陪餐|参训|培训|接待|拥有|配备|占有|实现|平均|分担|负担)+"
)
_BY = re.compile(r"按(?P<of>[^，。；\d]{2,14}?)(?:计|计算|统计|测算)，[^，。；\d]*$")


def meant_counts(average: Number, sentence: Sentence, counts: Sequence[Number]) -> list[Number]:
    """按调解成功件数计，件均1100元: of those called so, where it is said; not of those told later, where some stand before."""
    by = _BY.search(sentence.text[: average.start - sentence.start])
    if by is not None and (called := [n for n in counts if likeness(core_of(by["of"]), n) >= 0.6]):
        return called
    before = any(
        n.place.block == average.place.block and n.sentence == average.sentence and n.start < average.start for n in counts
    )
    later = [n for n in counts if n.place.block == average.place.block and n.sentence > average.sentence]
    return [n for n in counts if n not in later] if before else list(counts)


def meant_totals(average: Number, noun: str, totals: Sequence[Number]) -> list[Number]:
    """审执结6914件。法官人均结案203件: where one is called by the very word, it is of that one."""
    core = DONE_WITH.sub("", core_of(noun))
    near = [n for n in totals if n.place.block == average.place.block and 0 <= average.sentence - n.sentence <= 1]
    called = [n for n in near if len(core) > 1 and likeness(core, n) >= 0.9 and not re.search("[未不无待]", n.before[-6:])]
    return [n for n in totals if likeness(core, n) >= 0.4] if len({n.value for n in called}) == 1 else list(totals)


def is_left_behind(count: Number, average: Number, sentence: Sentence) -> bool:
    """公务用车186辆，其中新能源74辆；运行费用446.4万元，车均2.4万元: behind a semicolon 其中 is spoken of no more."""
    return count.sentence != average.sentence or "；" in sentence.between(count, average)
