"""Persons from a file: new ones are registered, known ones have what changed changed; deaths end what ended with them."""

from dataclasses import dataclass, field
from typing import Any

from anmin.base.identity import sex
from anmin.ground.imports.forms import Counts, Incoming, Row
from anmin.ground.people.deaths import Death, bury
from anmin.ground.people.imports.register import Register, repeated
from anmin.ground.people.models import Person
from anmin.ground.people.persons import AccountReplaced, new_person, replace_account, tell_replaced

_PLAIN = ("address", "phone", "bank_name", "hukou_kind")


def check_persons(incoming: Incoming) -> list[tuple[Row, Person | None]]:
    """Each row with the person it means, None for a new one."""
    repeated(incoming, "identity_number", "同一个身份证号")
    register = Register(incoming, "identity_number")
    plan: list[tuple[Row, Person | None]] = []
    for row in incoming.sound:
        number = row["identity_number"]
        if row["sex"] is not None and row["sex"] != sex(number):
            incoming.wrong(row, "sex", "与身份证号第 17 位表示的性别不一致，请核对是哪一项填错。")
        person = register.person(number)
        if person is not None and not register.sees(person):
            incoming.wrong(row, "identity_number", "该身份证号已在其他镇（街道）登记，请由科室办理迁移，不要重复登记。")
        elif person is not None:
            register.check_name(row, person)
        plan.append((row, person))
    return plan


def load_persons(plan: list[tuple[Row, Person | None]], incoming: Incoming) -> Counts:
    """The new are registered, the known changed where the file says something else; blanks change nothing."""
    new = [_person(row) for row, person in plan if person is None]
    Person.objects.bulk_create(new, batch_size=1_000)
    replaced: list[AccountReplaced] = []
    changed = [person for row, person in plan if person is not None and _changes(person, row, replaced)]
    fields = [*_PLAIN, "area", "bank_account_cipher", "bank_account_mask"]
    Person.objects.bulk_update(changed, fields, batch_size=200)
    tell_replaced(replaced, incoming.actor, incoming.on)
    return {"新登记": len(new), "变更": len(changed), "未变": len(plan) - len(new) - len(changed)}


def _person(row: Row) -> Person:
    return new_person(
        name=row["name"],
        identity_number=row["identity_number"],
        hukou_kind=row["hukou_kind"],
        area_id=row["area"].id,
        **_optional(row),
    )


def _optional(row: Row) -> dict[str, Any]:
    return {key: row[key] or "" for key in ("address", "phone", "bank_name", "bank_account")}


def _changes(person: Person, row: Row, replaced: list[AccountReplaced]) -> bool:
    changed: bool = person.area_id != row["area"].id
    person.area_id = row["area"].id
    for key in _PLAIN:
        if row[key] is not None and row[key] != getattr(person, key):
            setattr(person, key, row[key])
            changed = True
    other = replace_account(person, row["bank_account"]) if row["bank_account"] else None
    if other is not None:
        replaced.append(other)
    return changed or other is not None


@dataclass
class Deaths:
    """The deaths of registered persons, and how many of the list are nobody's we know or look after."""

    known: list[Death] = field(default_factory=list)
    unregistered: int = 0


def check_deaths(incoming: Incoming) -> Deaths:
    """The crematorium lists everybody who died in the county; who is not on the register is counted and passed over."""
    repeated(incoming, "identity_number", "同一个人")
    register = Register(incoming, "identity_number")
    deaths = Deaths()
    for row in incoming.sound:
        if row["died_on"] > incoming.on:
            incoming.wrong(row, "died_on", f"死亡日期 {row['died_on']} 晚于 {incoming.on}，请检查。")
            continue
        person = register.person(row["identity_number"])
        if person is None or not register.sees(person):
            deaths.unregistered += 1
            continue
        register.check_name(row, person)
        death = Death(person, row["died_on"], row["source"] or incoming.form.sender)
        problem = death.problem(incoming.on)
        if problem is not None:
            incoming.wrong(row, "died_on", problem)
        else:
            deaths.known.append(death)
    return deaths


def load_deaths(plan: Deaths, incoming: Incoming) -> Counts:
    """The deaths are recorded, with all that ends with them."""
    batch_id = incoming.batch.pk if incoming.batch else None
    new = bury([Death(each.person, each.died_on, each.source, batch_id) for each in plan.known], on=incoming.on)
    return {"新记录死亡": new, "已知": len(plan.known) - new, "不在册": plan.unregistered}
