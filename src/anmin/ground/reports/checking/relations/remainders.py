"""What was done and what remains: 排查412项，已整改367项，其余45项; what was asked for, granted and cut."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.ledger import Ledger, amount, said
from anmin.ground.reports.checking.relations.misprints import is_one_slip, weight_of_equation
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity

RULE = "subtotal"
_UNDONE = re.compile(
    r"^(?:期末|年末|月末)?(?:尚|仍|还)?(?:有)?(?:未结|未办结|未审结|未执结|未整改|未完成|未处置|未化解|未销号|在办|正在(?:办理|整改|处理|审理|处置)|待整改|待办|结存)(?:的|案件|到位)?$"
)
_NEEDED = re.compile(r"(?:还|尚|仍)[需差](?:再)?(?:完成|征收|投入|实施|建设|组织|筹集|发展)?$")
_REMAINS = re.compile(r"^(?:其余|剩余|余下|尚余|尚有|剩下|还剩|结余|其它|还有|仍有)(?:的|未[^，\d]{0,4})?$")


def judge_remains(sentence: Sentence, ledger: Ledger) -> None:
    """排查412项，已整改367项，其余45项: what was done and what remains make up the whole."""
    roles = (Role.LEVEL, Role.TARGET)
    numbers = [n for n in sentence.groups[0].numbers if n.measured and n.kind is Kind.MEASURE and n.role in roles]
    for at, rest in enumerate(numbers[:60]):
        if _UNDONE.match(rest.before):
            _judge_undone(rest, numbers[:at], sentence, ledger)
        needed = bool(_NEEDED.search(rest.before))
        if not needed and not _REMAINS.match(rest.before):
            continue
        before = [n for n in numbers[:at] if n.dimension == rest.dimension]
        if len(before) > 2 and all(n.key in ledger.whole_of for n in before[1:-1]):
            before = [before[0], before[-1]]
        if len(before) < 2 or not re.search(
            "已|花|实际|完成|整改|办结|化解|销号|处[置理]|清理|消除|拆除|改造|修复|发放|支出|销售|安置|签约|征收|分配|使用",
            before[-1].before,
        ):
            continue
        whole, done = before[-2:]
        if whole.projected != done.projected and not needed and not re.search("计划", whole.before):
            continue
        if (done.value or 0) > (whole.value or 0) and not is_one_slip([(whole, 1), (done, -1), (rest, -1)]):
            continue
        holds = (whole.interval - done.interval).meets(rest.interval)
        listed = [n.value or Fraction(0) for n in numbers[:at] if n.dimension == rest.dimension and n is not done][-4:]
        if not holds and any(sum(listed[start:]) == (done.value or 0) + (rest.value or 0) for start in range(len(listed) - 1)):
            # C级286栋、D级42栋，已整治312栋，剩余16栋: of those just listed, together.
            continue
        if len(before) > 2 and not holds and not weight_of_equation([(whole, 1), (done, -1), (rest, -1)])[0]:
            # 完成132个，其中甲29个、乙7个；其余16个: of something that was told before.
            continue
        _tell(rest, whole, done, ledger, "若总数和已完成数无误，其余应为{}。")


_CUT = (
    (
        re.compile(r"送审|上报|申报|预算"),
        re.compile(r"审定|核定|评定|审核后"),
        re.compile(r"^(?:核减|审减|净?核减|调减)(?:金额|资金|额)?$"),
    ),
    (re.compile(r"预算"), re.compile(r"(?:实际)?(?:采购|成交|中标|合同|支付)"), re.compile(r"^节约(?:资金|金额|财政资金)?$")),
    (
        re.compile(r"受理|申请|申报"),
        re.compile(r"(?<!不予)(?<!未)批准|通过|核准"),
        re.compile(r"^(?:不予批准|不予核准|未批准|未通过|退回|驳回)$"),
    ),
    (re.compile(r"报名|应考|应到|应参"), re.compile(r"实考|实到|实参|参加"), re.compile(r"^(?:缺考|缺席|未参加|未到)$")),
)


def judge_cut(sentence: Sentence, ledger: Ledger) -> None:
    """送审28.64亿元，审定26.35亿元，核减2.29亿元: what was asked for less what was granted is what was cut."""
    numbers = [n for n in sentence.groups[0].numbers if n.measured and not n.weak and n.kind is Kind.MEASURE]
    for at, cut in enumerate(numbers[:60]):
        law = next((law for law in _CUT if law[2].match(cut.before)), None)
        before = [n for n in numbers[max(0, at - 3) : at] if n.dimension == cut.dimension]
        if law is None or len(before) < 2 or cut.key in ledger.failed:
            continue
        asked = next((n for n in before if law[0].search(n.before)), None)
        granted = next((n for n in before if law[1].search(n.before) and n is not asked), None)
        if asked is None or granted is None:
            continue
        if (granted.value or 0) > (asked.value or 0) and not is_one_slip([(asked, 1), (granted, -1), (cut, -1)]):
            continue
        _tell(cut, asked, granted, ledger, "请核对这三个数。")


def _tell(rest: Number, whole: Number, done: Number, ledger: Ledger, proposal: str) -> None:
    """Whether the rest is the whole less what is done; `{}` in the proposal stands for what it would be."""
    value = (whole.value or Fraction(0)) - (done.value or Fraction(0))
    line = f"{said(whole)}-{said(done)}={amount(value, rest)}"
    if (whole.interval - done.interval).meets(rest.interval):
        ledger.holds(RULE, [rest, whole, done], f"{line}，与原文{said(rest)}相符")
    else:
        told = proposal.format(amount(value, rest))
        ledger.fails(RULE, Severity.ERROR, [rest, whole, done], f"{line}，原文写{said(rest)}", told)


def _judge_undone(rest: Number, earlier: Sequence[Number], sentence: Sentence, ledger: Ledger) -> None:
    """受理68215件，审结65037件，未结3178件; what was carried over from before is looked for."""
    before = [n for n in earlier if n.dimension == rest.dimension][-5:]
    if len(before) < 2 or not re.search(r"结|整改|完成|处置|化解|销号", before[-1].before) or "未" in before[-1].before:
        return
    if any(re.search("结转|旧存", n.before) for n in before):
        # What there was before is counted in: an account, not a rest.
        return
    done = before[-1]
    for whole in reversed(before[:-1]):
        value = (whole.value or Fraction(0)) - (done.value or Fraction(0))
        line = f"{said(whole)}-{said(done)}={amount(value, rest)}"
        if (whole.interval - done.interval).meets(rest.interval):
            ledger.holds(RULE, [rest, whole, done], f"{line}，与原文{said(rest)}相符")
            return
    meant = next((n for n in reversed(before[:-1]) if is_one_slip([(n, 1), (done, -1), (rest, -1)])), None)
    if meant is not None and re.search("共|合计", meant.before):
        line = f"{said(meant)}-{said(done)}={amount((meant.value or 0) - (done.value or Fraction(0)), rest)}"
        ledger.fails(RULE, Severity.DOUBTFUL, [rest, meant, done], f"{line}，原文写{said(rest)}", "请核对总数、已完成数和余数。")
        return
    if len(before) > 2 or value < 0 or done.sentence != rest.sentence or before[0].projected != done.projected:
        return
    if re.search(r"新收|新增|新受理|当年|本年|今年|旧存|其中", sentence.text[: done.start - sentence.start][-60:]):
        return
    proposal = f"若总数和已完成数无误，应为{amount(value, rest)}；如含上期结转，请写明。"
    ledger.fails(RULE, Severity.DOUBTFUL, [rest, before[0], done], f"{line}，原文写{said(rest)}", proposal)
