"""Income that was not declared: wages, pensions, what others pay (收入)."""

from collections.abc import Iterator, Sequence

from anmin.ground.verification.rules.records import Declared, Found, Limits, Record, amount, standing, yuan
from anmin.ground.verification.sources import SOURCES
from anmin.ground.verification.vocabulary import FindingKind

SELF_PAID = ("灵活就业", "个人缴费", "自由职业", "城乡居民")
"""Words in place of an employer by which a contribution base is no wage."""


def wage_of(records: Sequence[Record], source: str) -> tuple[int, Record] | None:
    """The monthly wage by one source and the record with the largest part of it; None where it says nothing of a wage."""
    found = standing(records, source)
    if source == "tax":
        paid = [(each.fen("income") // max(int(each.row.get("months") or 12), 1), each) for each in found]
    else:
        paid = [(each.fen("wage"), each) for each in found if not any(w in each.text("employer") for w in SELF_PAID)]
    paid = [(fen, each) for fen, each in paid if fen]
    if not paid:
        return None
    return sum(fen for fen, _ in paid), max(paid, key=lambda pair: (pair[0], -pair[1].hit_id))[1]


def wages(declared: Declared, records: Sequence[Record], limits: Limits) -> Iterator[Found]:
    """A wage beyond the declared one, by the source that says most; who is paid by the treasury is told apart."""
    told = [(source, wage) for source in ("fiscal_payroll", "social_insurance", "tax") if (wage := wage_of(records, source))]
    if not told:
        return
    source, (fen, record) = max(told, key=lambda each: each[1][0])
    had = amount(declared, "income.wage")
    if source == "fiscal_payroll" or fen > (had or 0) + limits.income:
        employer = record.text("employer") or record.text("payer") or "单位不详"
        kind = FindingKind.FISCAL_PAYROLL if source == "fiscal_payroll" else FindingKind.WAGE
        if kind is FindingKind.FISCAL_PAYROLL and had is not None and fen <= had + limits.income:
            return
        yield Found(
            kind,
            record.hit_id,
            f"工资性收入每月{yuan(had)}",
            f"{SOURCES[source].label}：{employer}，每月{yuan(fen)}"[:200],
            ("income.wage", fen, record.as_of),
        )


def supporters_wage(declared: Declared, records: Sequence[Record], limits: Limits) -> Iterator[Found]:
    """The wage of one who owes support exceeds what the whole household was said to earn."""
    told = [wage for source in ("fiscal_payroll", "social_insurance", "tax") if (wage := wage_of(records, source))]
    if not told:
        return
    fen, record = max(told, key=lambda each: each[0])
    had = declared.supporter_income
    if fen > (had or 0) + limits.income:
        yield Found(
            FindingKind.WAGE,
            record.hit_id,
            f"义务人家庭月收入{yuan(had)}",
            f"{SOURCES[record.source].label}：本人每月{yuan(fen)}"[:200],
            ("supporter.income", fen, record.as_of),
        )


def pensions(declared: Declared, records: Sequence[Record], limits: Limits) -> Iterator[Found]:
    """A pension beyond the declared one."""
    drawn = [each for each in standing(records, "pensions") if each.fen("pension")]
    total, had = sum(each.fen("pension") for each in drawn), amount(declared, "income.pension")
    if drawn and total > (had or 0) + limits.income:
        largest = max(drawn, key=lambda each: (each.fen("pension"), -each.hit_id))
        scheme = largest.text("scheme") or "养老待遇"
        yield Found(
            FindingKind.PENSION,
            largest.hit_id,
            f"养老金每月{yuan(had)}",
            f"{scheme}每月{yuan(total)}"[:200],
            ("income.pension", total, largest.as_of),
        )


def paid_elsewhere(declared: Declared, records: Sequence[Record], limits: Limits) -> Iterator[Found]:
    """Assistance by another place, or a veteran's benefit that was not declared."""
    for each in standing(records, "other_assistance"):
        told = f"{each.text('place') or '外地'}：{each.text('benefit') or '社会救助'}，每月{yuan(each.fen('amount'))}"
        yield Found(FindingKind.PAID_ELSEWHERE, each.hit_id, "未申报在外地领取救助", told[:200])
    for each in standing(records, "veterans")[:1] if declared.facts.get("status.veteran") != 1 else ():
        told = f"{each.text('kind') or '优抚对象'}，每月{yuan(each.fen('amount'))}"
        yield Found(FindingKind.PAID_ELSEWHERE, each.hit_id, "未申报优抚待遇", told[:200], ("status.veteran", 1, each.as_of))
