"""The extract of disability cards from the Disabled Persons' Federation: the number of a card tells person, kind and grade.

A card number is the identity number of 18 characters, a digit for the kind (1 视力 to 7 多重) and one for the grade (1 to 4); a
card made out again bears one or two characters more (B1). The extract is what the federation knows: it corrects what is recorded.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from anmin.base.errors import BadValue
from anmin.base.identity import normalise_identity_number
from anmin.base.periods import Month
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.imports.forms import Column, ImportForm, Incoming, Row
from anmin.ground.people.imports.columns import NAME_CHECK, SOURCE
from anmin.ground.people.imports.facts import Facts, checker, load_facts
from anmin.ground.people.models import Fact
from anmin.ground.people.secrecy import blind_index
from anmin.ground.people.vocabulary import DisabilityKind
from anmin.ground.people.writing import chunks
from anmin.ground.policy.book import policy

KINDS = {str(place): kind.value for place, kind in enumerate(DisabilityKind, 1)}
"""By the digit of the card: 1 视力, 2 听力, 3 言语, 4 肢体, 5 智力, 6 精神, 7 多重."""

SHORTEST, LONGEST = 20, 22
GAP = "disability.living.casework.renewal_gap_months"

_extracted = checker(passes_over_strangers=True)
_LABELS = {str(kind.label): kind.value for kind in DisabilityKind} | {f"{kind.label}残疾": kind.value for kind in DisabilityKind}
_GRADES = {label: grade for grade, label in enumerate(("一级", "二级", "三级", "四级"), 1)} | {str(g): g for g in range(1, 5)}


@dataclass(frozen=True)
class Card:
    """What the number of a card says."""

    identity_number: str
    kind: str
    grade: int
    issue: str
    """The characters of a card that was made out again; blank on a first one."""


def read_card(text: str) -> Card:
    """The card of a number. Refuses a wrong length, an identity number that cannot be, an unknown kind or grade."""
    number = "".join(text.split()).upper()
    if not SHORTEST <= len(number) <= LONGEST:
        raise BadValue(f"残疾人证号应为20位（补换证为21至22位），现在是{len(number)}位，请对照证件检查。")
    identity, kind, grade, issue = number[:18], number[18], number[19], number[20:]
    if kind not in KINDS:
        raise BadValue(f"残疾人证号第19位是“{kind}”，应为1至7的残疾类别，请对照证件检查。")
    if grade not in "1234":
        raise BadValue(f"残疾人证号第20位是“{grade}”，应为1至4的残疾等级，请对照证件检查。")
    if not issue.isalnum() and issue:
        raise BadValue("残疾人证号末尾的补换证标记只能是字母和数字，请对照证件检查。")
    return Card(normalise_identity_number(identity), KINDS[kind], int(grade), issue)


def check_cards(incoming: Incoming) -> Facts:
    """The facts of kind and grade that the cards tell, each for the time the card is valid.

    A card of the same kind and grade that follows one expired not long before goes on from the day after that one, so that
    what was held back meanwhile is paid. Who is not on our register is counted, not refused.
    """
    for row in incoming.sound:
        _spread(incoming, row)
    _refuse_twice(incoming)
    expired = _last_cards(incoming.sound)
    gap = policy().number(GAP, on=incoming.on)
    for row in incoming.sound:
        before = expired.get(row["identity_number"])
        if before is not None and (before.kind, before.grade) == (row["disability.kind"], row["disability.grade"]):
            row.values["valid_from"] = _continued(before, row["valid_from"], gap)
    return _extracted(incoming)


def _spread(incoming: Incoming, row: Row) -> None:
    try:
        card = read_card(row["card_number"])
    except BadValue as error:
        incoming.wrong(row, "card_number", error.message)
        return
    for key, said in (("disability.kind", card.kind), ("disability.grade", card.grade)):
        if row.get(key) not in (None, said):
            incoming.wrong(row, key, "与残疾人证号中的类别、等级不一致，请核对是哪一项填错。")
    if row.get("identity_number") not in (None, card.identity_number):
        incoming.wrong(row, "identity_number", "与残疾人证号中的身份证号不一致，请核对是哪一项填错。")
    row.values.update(
        {
            "identity_number": card.identity_number,
            "disability.kind": card.kind,
            "disability.grade": card.grade,
            # A card that the federation ends sooner than was recorded leaves nothing valid behind it.
            "supplants": True,
        }
    )


def _refuse_twice(incoming: Incoming) -> None:
    """A person with two cards in one extract: which of them holds?"""
    first: dict[str, int] = {}
    for row in incoming.sound:
        earlier = first.setdefault(row["identity_number"], row.number)
        if earlier != row.number:
            incoming.wrong(row, "card_number", f"与第 {earlier} 行是同一人，一人只能有一本有效的残疾人证，请保留最新的一本。")


@dataclass(frozen=True)
class _Before:
    kind: str
    grade: int
    until: date | None


def _last_cards(rows: list[Row]) -> Mapping[str, _Before]:
    """The latest card on record of each person of the file, by identity number; two questions for every two thousand."""
    numbers = {blind_index(row["identity_number"]): row["identity_number"] for row in rows}
    found: dict[str, dict[str, tuple[date | None, str | int | None]]] = {}
    for some in chunks(list(numbers)):
        facts = Fact.objects.filter(
            person__identity_index__in=some, kind__in=("disability.kind", "disability.grade"), superseded_at__isnull=True
        ).order_by("valid_from")
        for index, kind, code, amount, until in facts.values_list(
            "person__identity_index", "kind", "code", "amount", "valid_until"
        ):
            found.setdefault(numbers[str(index)], {})[kind] = (until, code if amount is None else amount)
    return {
        number: _Before(str(said["disability.kind"][1]), int(said["disability.grade"][1] or 0), said["disability.grade"][0])
        for number, said in found.items()
        if len(said) == 2
    }


def _continued(before: _Before, issued: date, gap: int) -> date:
    """From when the new card counts: from the day after the old one, unless that expired too long ago or still runs."""
    if before.until is None or before.until >= issued:
        return issued
    if Month.from_date(issued) - Month.from_date(before.until) > gap:
        return issued
    return before.until + timedelta(days=1)


CARDS = ImportForm(
    name="disability.cards",
    label="残疾人证（按证号）",
    sender="残联",
    columns=(
        Column(
            "card_number",
            "残疾人证号",
            required=True,
            longest=30,
            synonyms=("证号", "残疾证号"),
            example="32069919700301001042",
            note="20位：18位身份证号、1位类别、1位等级；补换证为21至22位",
        ),
        Column("identity_number", "身份证号", "identity_number", synonyms=("公民身份号码",), note="可不填；填写时与证号核对"),
        NAME_CHECK,
        Column("disability.kind", "残疾类别", "choice", choices=_LABELS, note="可不填；填写时与证号核对", example="肢体"),
        Column("disability.grade", "残疾等级", "choice", choices=_GRADES, note="可不填；填写时与证号核对", example="二级"),
        Column("valid_from", "发证日期", "date", required=True, synonyms=("签发日期",), example="2019-06-20"),
        Column("valid_until", "有效期至", "date", synonyms=("到期日期",), example="2029-06-19", note="长期有效的留空"),
        SOURCE,
    ),
    check=check_cards,
    load=load_facts,
    roles=(Role.SECTION_REVIEWER,),
    notes=(
        "名单中未在本系统登记的人员不导入，只计数。",
        "以残联数据为准：类别、等级与已有记录不同的，自发证之日起改正；有效期比已有记录短的，到期即止。",
        "类别、等级不变的换证，自旧证到期的次日起连续计算，停发的月份由下一次名册补发。",
    ),
)

FORMS = (CARDS,)
