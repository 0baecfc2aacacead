"""A signed letter becomes a consent: what must be right about it, for one letter and for a list of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from anmin.base.errors import BadValue
from anmin.base.periods import Month
from anmin.ground.accounts.gate import Actor
from anmin.ground.documents.models import Document
from anmin.ground.people.models import Person
from anmin.ground.policy.book import policy
from anmin.ground.verification.consents import withdrawn
from anmin.ground.verification.models import Consent
from anmin.ground.verification.sources import SOURCES, source
from anmin.ground.verification.vocabulary import SignedAs


@dataclass(frozen=True)
class Letter:
    """A signed letter: whose, by whom, for which sources, from when; without an end it holds as long as the policy says."""

    person: Person
    signed_on: date
    signed_by: Person | None = None
    """The guardian, for somebody who cannot sign; None where the person signed."""
    sources: Collection[str] = tuple(SOURCES)
    valid_until: date | None = None
    document: Document | None = None


def consent_from(letter: Letter, actor: Actor, on: date) -> Consent:
    """The consent that the letter gives, not saved. Refuses a letter that cannot hold, in a sentence that names the person."""
    person, signer = letter.person, letter.signed_by
    if letter.signed_on > on:
        raise BadValue(f"{person.name}的授权书签署日期{letter.signed_on}晚于登记日期{on}，请核对。")
    if not letter.sources:
        raise BadValue(f"{person.name}的授权书没有写明可以查询哪些数据，请至少选择一项。")
    for name in letter.sources:
        source(name)
    if signer is not None and signer.pk == person.pk:
        signer = None
    if signer is None and not _of_age(person, letter.signed_on):
        raise BadValue(f"{person.name}未满18周岁，授权书应当由监护人签署，请填写监护人。")
    if signer is not None and not _of_age(signer, letter.signed_on):
        raise BadValue(f"代{person.name}签署的{signer.name}未成年，不能作为监护人签署授权书。")
    if signer is not None and signer.died_on is not None and signer.died_on < letter.signed_on:
        raise BadValue(
            f"代{person.name}签署的{signer.name}已于{signer.died_on}死亡，不能在此后签署授权书，请核对签署日期和监护人。"
        )
    until = letter.valid_until or _months_later(letter.signed_on)
    if until < letter.signed_on:
        raise BadValue(f"{person.name}的授权书截止日期{until}早于签署日期{letter.signed_on}，请核对。")
    return Consent(
        person=person,
        signed_as=SignedAs.GUARDIAN if signer else SignedAs.SELF,
        signed_by=signer or person,
        sources=sorted(set(letter.sources)),
        valid_from=letter.signed_on,
        valid_until=until,
        document=letter.document,
        recorded_by_id=actor.id,
        recorded_on=on,
    )


def withdrawn_since(letters: Sequence[Letter]) -> list[tuple[int, str]]:
    """Which of the letters, by their place in the list, would undo a withdrawal of that day or later; what is said of each."""
    last = withdrawn({letter.person.pk for letter in letters})
    known = ((place, letter, last.get(letter.person.pk)) for place, letter in enumerate(letters))
    return [
        (place, signed_before(letter, gone)) for place, letter, gone in known if gone is not None and letter.signed_on <= gone
    ]


def signed_before(letter: Letter, gone: date) -> str:
    """What is said of a letter that would undo a withdrawal of that day."""
    name, signed_on = letter.person.name, letter.signed_on
    if signed_on == gone:
        return f"{name}已于{gone}撤回授权；当日撤回后重新签署的授权书，请在“核对授权书”中单独登记。"
    return f"{name}已于{gone}撤回授权，{signed_on}签署的授权书不能再用，请由本人或者监护人重新签署。"


def _of_age(person: Person, on: date) -> bool:
    years = policy().value("verification.consents.adult_age", on=on)
    assert isinstance(years, int)  # the unit is years
    born = person.birth_on
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day)) >= years


def _months_later(signed_on: date) -> date:
    months = policy().value("verification.consents.months", on=signed_on)
    assert isinstance(months, int)  # the unit is months
    then = Month.from_date(signed_on) + months
    return then.first_day.replace(day=min(signed_on.day, then.last_day.day)) - timedelta(days=1)
