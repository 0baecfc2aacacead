"""The form in which figures of earlier reports are brought in, for comparison with the years before the platform."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import TypeVar

from anmin.base.errors import BadValue
from anmin.base.periods import parse_period
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.imports.forms import Column, Counts, ImportForm, Incoming, Row
from anmin.ground.indicators.declarations import INDICATORS, Indicator
from anmin.ground.indicators.models import PublishedFigure

T = TypeVar("T")


def check_published(incoming: Incoming) -> list[PublishedFigure]:
    """One published figure a row; a figure or period nobody knows, a number not of its unit, a second time: told by field."""
    known = set(PublishedFigure.objects.values_list("period", "figure"))
    plan: list[PublishedFigure] = []
    for row in incoming.sound:
        indicator = _read(incoming, row, "figure", INDICATORS.__getitem__)
        if indicator is None:
            continue
        period = _read(incoming, row, "period", lambda text: str(parse_period(text)))
        value = _read(incoming, row, "value", partial(_value, indicator))
        if period is None or value is None:
            continue
        if (period, indicator.id) in known:
            incoming.wrong(row, "figure", f"{period} 的“{indicator.label}”已有印发数，不能重复登记。")
            continue
        known.add((period, indicator.id))
        plan.append(_published(row, indicator, period, value, incoming))
    return plan


def load_published(plan: list[PublishedFigure], incoming: Incoming) -> Counts:
    """The figures stand beside our own as last year's."""
    PublishedFigure.objects.bulk_create(plan)
    return {"已印发指标": len(plan)}


def _read(incoming: Incoming, row: Row, key: str, reader: Callable[[str], T]) -> T | None:
    try:
        return reader(row[key])
    except BadValue as error:
        incoming.wrong(row, key, error.message)
        return None


def _published(row: Row, indicator: Indicator, period: str, value: int, incoming: Incoming) -> PublishedFigure:
    return PublishedFigure(
        period=period,
        figure=indicator.id,
        value=value,
        document=row["document"],
        published_on=row["published_on"],
        recorded_on=incoming.on,
    )


def _value(indicator: Indicator, text: str) -> int:
    """A printed number in whole fen, or as a count. Refuses what is no number of the unit."""
    try:
        number = Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation:
        raise BadValue(f"“{text}”不是数字，请填写报告中印发的数。") from None
    exact = number * (indicator.unit.fen or 1)
    if number < 0 or exact != exact.to_integral_value():
        raise BadValue(f"“{text}”不是以{indicator.unit.label}计的数，请核对单位。")
    return int(exact)


PUBLISHED = ImportForm(
    name="reports.published",
    label="往期已印发指标",
    sender="办公室",
    columns=(
        Column("period", "期间", required=True, longest=10, example="2023H1", note="如 2023H1、2023Q1、2023-06、2023"),
        Column("figure", "指标编号", required=True, longest=80, example="assistance.dibao.persons"),
        Column("value", "印发数", required=True, longest=30, example="5750", note="按指标的单位填写"),
        Column("document", "文件名称", required=True, example="2023年上半年工作总结"),
        Column("published_on", "印发日期", "date", required=True, example="2023-07-03"),
    ),
    check=check_published,
    load=load_published,
    roles=(Role.SECTION_REVIEWER,),
    notes=("只用于与上年同期比较；平台自身有记录的期间以记录为准。",),
)

FORMS = (PUBLISHED,)
