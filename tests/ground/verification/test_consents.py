"""Letters of consent: who signs, for what, until when; how one ends."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from anmin.base.errors import BadValue, Refused
from anmin.ground.audit.models import AuditLine
from anmin.ground.people.models import Person
from anmin.ground.verification.actions import Letter, record_consent, record_consents, withdraw_consent
from anmin.ground.verification.consents import consented
from anmin.ground.verification.models import Consent
from anmin.ground.verification.sources import SOURCES
from tests.conftest import TODAY
from tests.verification_stage import SIGNED, Stage


@pytest.fixture
def grandmother(stage: Stage) -> Person:
    return stage.person("张桂兰", date(1957, 3, 1))


@pytest.fixture
def child(stage: Stage) -> Person:
    return stage.person("张小宝", date(2014, 5, 1))


def record(stage: Stage, letter: Letter, on: date = TODAY) -> Consent:
    return record_consent(letter=letter, area=stage.area, actor=stage.cast.clerk, on=on)


@pytest.mark.capability("SA-12")
def test_a_letter_holds_for_a_year_at_the_sources_it_names(stage: Stage, grandmother: Person) -> None:
    letter = record(stage, Letter(grandmother, SIGNED, sources=("vehicles", "deposits")))
    assert (letter.signed_as, letter.signed_by, letter.valid_from, letter.valid_until) == (
        "self", grandmother, SIGNED, date(2025, 5, 31),
    )  # fmt: skip
    assert consented([grandmother.pk], on=date(2025, 5, 31)) == {grandmother.pk: frozenset({"vehicles", "deposits"})}
    assert consented([grandmother.pk], on=date(2025, 6, 1)) == {}
    assert consented([grandmother.pk], on=date(2024, 5, 31)) == {}
    assert AuditLine.objects.latest("sequence").summary == "登记核对授权书，有效期至2025-05-31：机动车、银行存款"


def test_two_letters_add_up(stage: Stage, grandmother: Person) -> None:
    record(stage, Letter(grandmother, SIGNED, sources=("vehicles",)))
    record(stage, Letter(grandmother, date(2024, 6, 20), sources=("deposits",)))
    assert consented([grandmother.pk], on=TODAY) == {grandmother.pk: frozenset({"vehicles", "deposits"})}


@pytest.mark.capability("SA-12")
def test_a_guardian_signs_for_a_minor(stage: Stage, grandmother: Person, child: Person) -> None:
    with pytest.raises(BadValue, match="张小宝未满18周岁，授权书应当由监护人签署，请填写监护人"):
        record(stage, Letter(child, SIGNED))
    letter = record(stage, Letter(child, SIGNED, signed_by=grandmother))
    assert (letter.signed_as, letter.signed_by) == ("guardian", grandmother)
    grandmother.died_on = SIGNED - timedelta(days=1)
    with pytest.raises(BadValue, match=f"代张小宝签署的张桂兰已于{grandmother.died_on}死亡，不能在此后签署授权书"):
        record(stage, Letter(child, SIGNED, signed_by=grandmother))
    with pytest.raises(BadValue, match="代张桂兰签署的张小宝未成年，不能作为监护人签署授权书"):
        record(stage, Letter(grandmother, SIGNED, signed_by=child))


def test_who_is_eighteen_today_signs_today(stage: Stage) -> None:
    of_age = stage.person("王成年", date(2006, 7, 1))
    assert record(stage, Letter(of_age, TODAY)).signed_as == "self"
    with pytest.raises(BadValue, match="未满18周岁"):
        record(stage, Letter(of_age, date(2024, 6, 30)))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"signed_on": date(2024, 7, 2)}, "授权书签署日期2024-07-02晚于登记日期2024-07-01"),
        ({"sources": ()}, "授权书没有写明可以查询哪些数据，请至少选择一项"),
        ({"sources": ("horoscope",)}, "没有名为“horoscope”的核对数据源"),
        ({"valid_until": date(2024, 5, 1)}, "授权书截止日期2024-05-01早于签署日期2024-06-01"),
    ],
)
def test_a_letter_that_cannot_be_is_refused_by_name(
    stage: Stage, grandmother: Person, changes: dict[str, object], sentence: str
) -> None:
    given: dict[str, object] = {"person": grandmother, "signed_on": SIGNED, **changes}
    with pytest.raises(BadValue, match=sentence):
        record(stage, Letter(**given))  # type: ignore[arg-type]  # what is tried is the table above
    assert not Consent.objects.exists()


def test_many_letters_are_recorded_together_or_not_at_all(stage: Stage, grandmother: Person, child: Person) -> None:
    letters = [Letter(grandmother, SIGNED), Letter(child, SIGNED)]
    with pytest.raises(BadValue, match="张小宝未满18周岁"):
        record_consents(letters=letters, area=stage.area, actor=stage.cast.clerk, on=TODAY)
    assert not Consent.objects.exists()
    letters[1] = Letter(child, SIGNED, signed_by=grandmother)
    record_consents(letters=letters, area=stage.area, actor=stage.cast.clerk, on=TODAY)
    assert Consent.objects.count() == 2
    assert AuditLine.objects.latest("sequence").summary == "登记核对授权书2份"


@pytest.mark.capability("SA-12")
def test_a_letter_withdrawn_holds_no_longer_from_that_day(stage: Stage, grandmother: Person) -> None:
    letter = record(stage, Letter(grandmother, SIGNED))
    clerk, area = stage.cast.clerk, stage.area
    with pytest.raises(BadValue, match="请写明撤回授权的原因"):
        withdraw_consent(consent=letter, reason=" ", area=area, actor=clerk, on=TODAY)
    withdraw_consent(consent=letter, reason="本人要求", area=area, actor=clerk, on=TODAY)
    assert consented([grandmother.pk], on=date(2024, 6, 30)) == {grandmother.pk: frozenset(SOURCES)}
    assert consented([grandmother.pk], on=TODAY) == {}
    with pytest.raises(Refused, match="该授权书已于2024-07-01撤回"):
        withdraw_consent(consent=letter, reason="再次", area=area, actor=clerk, on=TODAY)
    with pytest.raises(BadValue, match="已于2024-07-01撤回授权，2024-06-01签署的授权书不能再用，请由本人或者监护人重新签署。"):
        record(stage, Letter(grandmother, date(2024, 6, 1)))
    with pytest.raises(BadValue, match="2024-06-01签署的授权书不能再用"):
        record_consents(letters=[Letter(grandmother, date(2024, 6, 1))], area=area, actor=clerk, on=TODAY)
    assert consented([grandmother.pk], on=TODAY) == {}


def test_a_letter_of_the_day_of_the_withdrawal_counts_only_where_it_was_filed_after_it(stage: Stage, grandmother: Person) -> None:
    clerk, area = stage.cast.clerk, stage.area
    first = record(stage, Letter(grandmother, SIGNED, sources=("vehicles", "tax")))
    record(stage, Letter(grandmother, TODAY, sources=("vehicles", "deposits")))
    record(stage, Letter(grandmother, TODAY, sources=("securities",)))
    withdraw_consent(consent=first, reason="本人要求", area=area, actor=clerk, on=TODAY)
    assert consented([grandmother.pk], on=TODAY) == {grandmother.pk: frozenset({"securities"})}
    assert AuditLine.objects.latest("sequence").summary == "撤回核对授权（涉及同样数据的其他1份授权书一并撤回）：本人要求"
    with pytest.raises(BadValue, match="张桂兰已于2024-07-01撤回授权；当日撤回后重新签署的授权书，请在“核对授权书”中单独登记。"):
        record_consents(letters=[Letter(grandmother, TODAY)], area=area, actor=clerk, on=TODAY)
    record(stage, Letter(grandmother, TODAY, sources=("vehicles",)))
    assert consented([grandmother.pk], on=TODAY) == {grandmother.pk: frozenset({"securities", "vehicles"})}
    assert AuditLine.objects.latest("sequence").summary == (
        "登记核对授权书（当日撤回授权后重新签署），有效期至2025-06-30：机动车"
    )


def test_only_where_one_works(stage: Stage, grandmother: Person) -> None:
    letter = record(stage, Letter(grandmother, SIGNED))
    for act in (
        lambda: record_consent(letter=Letter(grandmother, SIGNED), area=stage.area, actor=stage.cast.clerk_next_door, on=TODAY),
        lambda: withdraw_consent(consent=letter, reason="?", area=stage.area, actor=stage.cast.leader, on=TODAY),
    ):
        with pytest.raises(Refused, match="只有受理地的经办人或者县级审核人员"):
            act()


def test_a_letter_never_changes(stage: Stage, grandmother: Person) -> None:
    letter = record(stage, Letter(grandmother, SIGNED))
    with pytest.raises(IntegrityError, match="consent_never_changes"), transaction.atomic():
        Consent.objects.filter(pk=letter.pk).update(sources=["deposits"])
