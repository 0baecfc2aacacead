"""The figures of the supplementary insurance: who is insured, what was claimed and paid."""

from collections.abc import Callable

from django.db.models import QuerySet

from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.ground.indicators.declarations import Column, Indicator, Window
from anmin.ground.indicators.measures import CountRows, SumOf
from anmin.ground.indicators.vocabulary import CellKind, Kind, Unit
from anmin.lines.assistance.supplementary.models import InsuranceClaim, InsurancePolicy, InsuredPerson
from anmin.lines.assistance.supplementary.vocabulary import ADDRESS, Layer

PEOPLE = (
    Column("姓名", "person__name", opens="person", key="person_id"),
    Column("身份证号", "person__identity_mask"),
    Column("对象类别", "layer", labels=Layer),
    Column("镇（街道）", "area__parent__name"),
    Column("村（社区）", "area__name"),
)
CLAIMS = (
    Column("赔案号", "number"),
    Column("姓名", "insured__person__name", opens="person", key="insured__person_id"),
    Column("镇（街道）", "insured__area__parent__name"),
    Column("赔付日期", "paid_on", CellKind.DATE),
    Column("赔付金额（元）", "amount", CellKind.MONEY),
)


def _insured(actor: Actor, window: Window) -> QuerySet[InsuredPerson]:
    day = window.last_day
    return InsuredPerson.objects.filter(within(actor), policy__starts_on__lte=day, policy__ends_on__gte=day)


def _of_layer(layer: Layer) -> Callable[[Actor, Window], QuerySet[InsuredPerson]]:
    return lambda actor, window: _insured(actor, window).filter(layer=layer)


def _claims(actor: Actor, window: Window) -> QuerySet[InsuranceClaim]:
    return InsuranceClaim.objects.filter(within(actor, "insured__area"), paid_on__range=(window.first_day, window.last_day))


def _kept(window: Window) -> QuerySet[InsurancePolicy]:
    return InsurancePolicy.objects.filter(starts_on__lte=window.last_day, frozen_on__isnull=False)


INDICATORS = (
    Indicator(
        id=f"{ADDRESS}.persons",
        label="低补保参保人数",
        unit=Unit.PERSONS,
        kind=Kind.STOCK,
        definition="期末当日处于保险期内的参保人数，以冻结的参保名册为准，一人只计一次。",
        rows=_insured,
        measure=CountRows(),
        evidence=_kept,
        columns=PEOPLE,
    ),
    *(
        Indicator(
            id=f"{ADDRESS}.persons.{layer.value.rpartition('.')[2]}",
            label=f"低补保参保人数（{layer.label}）",
            unit=Unit.PERSONS,
            kind=Kind.STOCK,
            definition=f"低补保参保人数中，名册截止日属{layer.label}对象的人数。",
            rows=_of_layer(layer),
            measure=CountRows(),
            evidence=_kept,
            columns=PEOPLE,
            part_of=f"{ADDRESS}.persons",
            listed=False,
        )
        for layer in Layer
    ),
    Indicator(
        id=f"{ADDRESS}.claims.cases",
        label="低补保赔付件数",
        unit=Unit.CASES,
        kind=Kind.FLOW,
        definition="期间内承保公司赔付的案件数，以赔付日期为准。",
        rows=_claims,
        measure=CountRows(),
        evidence=_kept,
        columns=CLAIMS,
        area="insured__area",
    ),
    Indicator(
        id=f"{ADDRESS}.claims.funds",
        label="低补保赔付金额",
        unit=Unit.WAN_YUAN,
        kind=Kind.FLOW,
        definition="期间内承保公司赔付的金额合计，以赔付日期为准。",
        rows=_claims,
        measure=SumOf("amount"),
        evidence=_kept,
        columns=CLAIMS,
        area="insured__area",
    ),
)
