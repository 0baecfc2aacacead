"""What became of a person: death, marriage, prison, an institution, a school, a card, another place; and sources at odds."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from anmin.ground.people.vocabulary import DisabilityKind, SchoolingLevel
from anmin.ground.verification.rules.income import wage_of
from anmin.ground.verification.rules.records import Declared, Found, Limits, Record, amount, standing, yuan
from anmin.ground.verification.sources import SOURCES
from anmin.ground.verification.vocabulary import FindingKind

LEVELS: Mapping[str, SchoolingLevel] = {
    "博士": SchoolingLevel.DOCTOR,
    "硕士": SchoolingLevel.MASTER,
    "研究生": SchoolingLevel.MASTER,
    "本科": SchoolingLevel.BACHELOR,
    "大专": SchoolingLevel.COLLEGE,
    "专科": SchoolingLevel.COLLEGE,
    "高职": SchoolingLevel.COLLEGE,
    "中职": SchoolingLevel.VOCATIONAL,
    "中专": SchoolingLevel.VOCATIONAL,
    "技校": SchoolingLevel.VOCATIONAL,
    "职业高中": SchoolingLevel.VOCATIONAL,
    "高中": SchoolingLevel.HIGH,
    "初中": SchoolingLevel.MIDDLE,
    "小学": SchoolingLevel.PRIMARY,
}
"""How departments write a level of schooling; the first that is contained counts."""


MARRIED = ("结婚", "已婚", "初婚", "再婚", "复婚")
_MARRIED_CODES = ("20", "21", "22", "23")
"""GB/T 2261.2: married, for the first time, again, to the same spouse again."""
MOVED = ("迁出", "注销", "死亡")
"""Words of a state by which the household register no longer holds a person."""


def deaths(declared: Declared, records: Sequence[Record], limits: Limits) -> Iterator[Found]:
    """Somebody on record as living is among the dead or the cremated."""
    for each in standing(records, "deaths")[:1] if declared.died_on is None else ():
        died, cremated = each.day("died_on"), each.day("cremated_on")
        told = "、".join(words for words in (died and f"{died}死亡", cremated and f"{cremated}火化") if words)
        day = died or cremated
        fact = ("status.dead", 1, day) if day is not None else None
        yield Found(FindingKind.DEAD, each.hit_id, "健在", told or "有死亡、火化记录", fact)


def marriages(declared: Declared, records: Sequence[Record], limits: Limits) -> Iterator[Found]:
    """The last entry says married, to somebody whom the family does not name."""
    entries = sorted(standing(records, "marriages"), key=lambda each: (each.day("registered_on") or date.min, each.hit_id))
    last = entries[-1] if entries else None
    state = last.text("state") if last is not None else ""
    if last is None or not (state in _MARRIED_CODES or any(word in state for word in MARRIED)):
        return
    spouse = last.text("spouse_name")
    if spouse in declared.family_names or (not spouse and declared.spouse_names):
        return
    was = f"配偶为{'、'.join(sorted(declared.spouse_names))}" if declared.spouse_names else "家庭中没有配偶"
    when = last.day("registered_on")
    told = f"{f'{when}' if when else ''}与{spouse or '他人'}登记结婚"
    yield Found(FindingKind.MARRIED, last.hit_id, was[:200], told[:200])


def prison(declared: Declared, records: Sequence[Record], limits: Limits) -> Iterator[Found]:
    """A term that has not ended, of somebody not known to be away."""
    for each in standing(records, "prison_terms")[:1] if declared.facts.get("status.in_prison") != 1 else ():
        since = each.day("from_on") or each.as_of
        until = each.day("until_on")
        told = f"{each.text('kind') or '服刑或强制隔离戒毒'}，{since}起{f'至{until}' if until else ''}"
        yield Found(FindingKind.IN_PRISON, each.hit_id, "未登记", told[:200], ("status.in_prison", 1, since))


def institutions(declared: Declared, records: Sequence[Record], limits: Limits) -> Iterator[Found]:
    """Somebody kept at home by our records lives in an institution."""
    for each in standing(records, "institutions")[:1] if declared.facts.get("residence.institution") != 1 else ():
        since = each.day("entered_on") or each.as_of
        told = f"{each.text('institution') or '供养、养老机构'}，{since}入住"
        yield Found(FindingKind.IN_INSTITUTION, each.hit_id, "未登记", told[:200], ("residence.institution", 1, since))


def schooling(declared: Declared, records: Sequence[Record], limits: Limits) -> Iterator[Found]:
    """A level of schooling other than the declared one."""
    for each in standing(records, "school_rolls")[:1]:
        level = next((level for word, level in LEVELS.items() if word in each.text("level")), None)
        had = declared.facts.get("schooling.level")
        if level is not None and level != had:
            was = "未登记" if had is None else str(SchoolingLevel(str(had)).label)
            told = f"{each.text('school') or '学校不详'}，{each.text('level')}"
            yield Found(FindingKind.SCHOOLING, each.hit_id, was, told[:200], ("schooling.level", level.value, each.as_of))


def disability(declared: Declared, records: Sequence[Record], limits: Limits) -> Iterator[Found]:
    """A grade other than the one on record, or a card that no longer stands."""
    cards = [each for each in records if each.source == "disability_cards"]
    had = amount(declared, "disability.grade")
    valid = [each for each in cards if each.stands and each.row.get("grade")]
    if not valid:
        for each in cards[:1] if had else ():
            why = each.text("state") or f"有效期至{each.text('valid_until')}"
            yield Found(FindingKind.DISABILITY, each.hit_id, f"{_kind(declared)}{had}级", f"证件已失效：{why}"[:200])
        return
    card = valid[-1]
    grade = int(card.row["grade"])
    if grade != had:
        was = "未登记残疾" if had is None else f"{_kind(declared)}{had}级"
        yield Found(
            FindingKind.DISABILITY,
            card.hit_id,
            was,
            f"{card.text('kind')}{grade}级"[:200],
            ("disability.grade", grade, card.as_of),
        )


def _kind(declared: Declared) -> str:
    kind = declared.facts.get("disability.kind")
    return str(DisabilityKind(str(kind)).label) if kind is not None else "残疾"


def hukou(declared: Declared, records: Sequence[Record], limits: Limits) -> Iterator[Found]:
    """The household register has ended or moved away what we keep as living here."""
    for each in records:
        state = each.text("state")
        if each.source == "household_register" and any(word in state for word in MOVED):
            left = "迁出" in state
            fact = ("hukou.local", 0, each.as_of) if left and declared.facts.get("hukou.local") != 0 else None
            if left and fact is None:
                continue
            if "死亡" in state and declared.died_on is not None:
                continue
            yield Found(FindingKind.OTHER_HUKOU, each.hit_id, "本地户籍", f"户籍状态：{state}"[:200], fact)
            return


def contradictions(declared: Declared, records: Sequence[Record], limits: Limits) -> Iterator[Found]:
    """Two sources that cannot both be right: dead here and paid there, or two wages of the same months."""
    dead = next(iter(standing(records, "deaths")), None)
    died = dead.day("died_on") if dead is not None else None
    if dead is not None and died is not None:
        for each in standing(
            records, "social_insurance", "pensions", "fiscal_payroll", "prison_terms", "school_rolls", "institutions"
        ):
            if each.as_of > died and (each.day("from_on") or each.day("entered_on") or died) >= died:
                label = SOURCES[each.source].label
                yield Found(
                    FindingKind.CONTRADICTION,
                    dead.hit_id,
                    f"{label}：截至{each.as_of}仍有记录",
                    f"死亡、火化：{died}死亡",
                    against_id=each.hit_id,
                )
                return
    insured, taxed = wage_of(records, "social_insurance"), wage_of(records, "tax")
    if insured and taxed and abs(insured[0] - taxed[0]) * 1000 > max(insured[0], taxed[0]) * limits.apart:
        yield Found(
            FindingKind.CONTRADICTION,
            taxed[1].hit_id,
            f"社会保险缴费工资每月{yuan(insured[0])}",
            f"个人所得税申报每月{yuan(taxed[0])}",
            against_id=insured[1].hit_id,
        )
