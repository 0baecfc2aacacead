"""The list of signed letters of consent that a town keeps: each row a person who may be asked about."""

from typing import Any

from anmin.base.errors import BadValue
from anmin.ground.areas.models import Area
from anmin.ground.imports.forms import Column, Counts, ImportForm, Incoming
from anmin.ground.people.imports.register import Register
from anmin.ground.verification.actions.consents import record_consents
from anmin.ground.verification.signing import Letter, consent_from, withdrawn_since
from anmin.ground.verification.sources import SOURCES

_SOURCES = {source.label: source.id for source in SOURCES.values()}


def check_letters(incoming: Incoming) -> list[Letter]:
    """Each row leads to a registered person and to whoever signed; faults by row and field."""
    # A supporter may live anywhere: the letter comes with the family that applies.
    register = Register(incoming, "identity_number", "signed_by")
    letters: list[Letter] = []
    rows = []
    for row in incoming.sound:
        person = register.required(row, "identity_number", in_scope=False)
        if person is None:
            continue
        register.check_name(row, person)
        signer = register.required(row, "signed_by", in_scope=False) if row.get("signed_by") else None
        words = [word.strip() for word in (row.get("sources") or "").replace("，", "、").replace(",", "、").split("、")]
        unknown = [word for word in words if word and word not in _SOURCES]
        if unknown:
            incoming.wrong(row, "sources", f"没有名为“{unknown[0]}”的数据源，可填：{'、'.join(_SOURCES)}；不填即全部。")
            continue
        letter = Letter(
            person,
            row["signed_on"],
            signer,
            sources=[_SOURCES[word] for word in words if word] or tuple(SOURCES),
            valid_until=row.get("valid_until"),
        )
        try:
            consent_from(letter, incoming.actor, incoming.on)
        except BadValue as error:
            incoming.wrong(row, "signed_on", error.message)
            continue
        letters.append(letter)
        rows.append(row)
    for place, why in withdrawn_since(letters):
        incoming.wrong(rows[place], "signed_on", why)
    return letters


def load_letters(plan: list[Letter], incoming: Incoming) -> Counts:
    """The letters are on record, each for the sources and as long as it says."""
    path = incoming.actor.scope[0]
    area: Any = Area.objects.filter(path__startswith=path).order_by("path")[0]
    record_consents(letters=plan, area=area, actor=incoming.actor, on=incoming.on)
    return {"登记授权书": len(plan)}


CONSENTS = ImportForm(
    name="verification.consents",
    label="核对授权书登记表",
    sender="镇（街道）",
    columns=(
        Column("identity_number", "身份证号", "identity_number", required=True, example="320699195003120010"),
        Column("name", "姓名", "name", example="王小明", note="与登记的姓名核对"),
        Column("signed_by", "监护人身份证号", "identity_number", note="未成年人、无民事行为能力人由监护人签署"),
        Column("signed_on", "签署日期", "date", required=True, example="2024-05-06"),
        Column("valid_until", "有效期至", "date", note="不填按规定的有效月数"),
        Column("sources", "可查询数据", longest=400, note="不填即全部；部分授权的用顿号列出"),
    ),
    check=check_letters,
    load=load_letters,
    notes=("人员须已登记。", "一人多份授权书的，各填一行，有效期内的合并计算。"),
)

FORMS = (CONSENTS,)
