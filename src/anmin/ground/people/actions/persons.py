"""Persons are registered, changed and, after death, ended everywhere at once."""

from datetime import date
from typing import Any

from anmin.base.errors import BadValue
from anmin.base.identity import normalise_identity_number
from anmin.base.names import match_key, normalise_name, pinyin_initials
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.areas.models import Area
from anmin.ground.people.deaths import Death, bury, revive
from anmin.ground.people.models import Person
from anmin.ground.people.permissions import (
    may_change_person,
    may_register_person,
    may_reveal_identity_number,
    may_withdraw_death,
)
from anmin.ground.people.persons import new_person, replace_account, tell_replaced
from anmin.ground.people.secrecy import blind_index, decrypt
from anmin.ground.people.vocabulary import HukouKind, Sex
from anmin.ground.people.writing import told_in_chinese


@action("person.registered", permission=may_register_person)
def register_person(
    *,
    name: str,
    identity_number: str | None,
    hukou_kind: HukouKind | str,
    area: Area,
    address: str = "",
    phone: str = "",
    bank_name: str = "",
    bank_account: str = "",
    birth_on: date | None = None,
    sex: Sex | str | None = None,
    actor: Actor,
    on: date,
) -> Person:
    """The person is on the register, found by name, initials and number.

    Basis: 《社会救助暂行办法》 第十一条. Birth date and sex follow from the identity number; without one both must be given.
    Refuses a number that cannot be, one already registered, a name with what no name contains, a birth in the future.
    """
    number = normalise_identity_number(identity_number, on=on) if identity_number is not None else None
    if birth_on is not None and birth_on > on:
        raise BadValue(f"出生日期 {birth_on} 晚于 {on}，请检查。")
    _refuse_account(bank_account)
    if number is not None and Person.objects.filter(identity_index=blind_index(number)).exists():
        raise BadValue("该身份证号已经登记过，请先按身份证号查询；查询不到的，是由其他镇（街道）登记，请由科室办理。")
    person = new_person(
        name=normalise_name(name),
        identity_number=number,
        hukou_kind=hukou_kind,
        area_id=area.pk,
        address=address,
        phone=phone,
        bank_name=bank_name,
        bank_account=bank_account,
        birth_on=birth_on,
        sex=sex,
    )
    with told_in_chinese():
        person.save(force_insert=True)
    remark(f"登记人员 {person.name}（{person.identity_mask or '无身份证号'}）")
    return person


@action("person.changed", permission=may_change_person)
def change_person(
    *,
    person: Person,
    name: str | None = None,
    hukou_kind: HukouKind | str | None = None,
    area: Area | None = None,
    address: str | None = None,
    phone: str | None = None,
    bank_name: str | None = None,
    bank_account: str | None = None,
    actor: Actor,
    on: date,
) -> Person:
    """The given particulars are changed, the others stay. The log names what changed, never a bank account.

    To another account nothing is paid before somebody else has confirmed it (`payments.actions.confirm_change`).

    Refuses a move to an area outside what the actor may see, and a bank account that cannot be.
    """
    if area is not None and not actor.sees(area.path):
        raise BadValue("迁入地不在您负责的范围内，请由迁入地办理。")
    changed: list[str] = []
    if name is not None and normalise_name(name) != person.name:
        person.name = normalise_name(name)
        person.name_key, person.initials = match_key(person.name), pinyin_initials(person.name)[:30]
        changed.append("姓名")
    plain: tuple[tuple[str, str, Any], ...] = (
        ("hukou_kind", "户籍性质", hukou_kind),
        ("area_id", "村居", area.pk if area else None),
        ("address", "住址", address),
        ("phone", "联系电话", phone),
        ("bank_name", "开户银行", bank_name),
    )
    for field, label, value in plain:
        if value is not None and getattr(person, field) != value:
            setattr(person, field, value)
            changed.append(label)
    _refuse_account(bank_account or "")
    replaced = replace_account(person, bank_account) if bank_account else None
    if replaced is not None:
        changed.append("银行账号")
    if not changed:
        raise BadValue("没有任何变化，无需保存。")
    person.save()
    tell_replaced([replaced] if replaced else [], actor, on)
    remark(f"变更人员 {person.name} 的{'、'.join(changed)}", changed=changed)
    return person


@action("person.died", permission=may_change_person)
def record_death(*, person: Person, died_on: date, source: str, actor: Actor, on: date) -> Person:
    """The death is known: the person has left every household, nobody owes or is owed support, no later fact is taken.

    Basis: 《民法典》 第十三条. Memberships and duties end on the day of death; a household nobody lives in any more is closed.
    Refuses a death in the future, before birth, and another date than the one recorded.
    """
    death = Death(person=person, died_on=died_on, source=source)
    problem = death.problem(on)
    if problem is not None:
        raise BadValue(problem)
    with told_in_chinese():
        bury([death], on=on)
    person.refresh_from_db()
    remark(f"记录 {person.name} 于 {died_on} 死亡（来源：{source}）", died_on=died_on, source=source)
    return person


@action("person.death_withdrawn", permission=may_withdraw_death)
def withdraw_death(*, person: Person, reason: str, actor: Actor, on: date) -> Person:
    """The recorded death was a mistake: what ended with it goes on, and what somebody has changed since stays.

    Benefits that were stopped by a decision stay stopped until one grants them again. Basis: 《个人信息保护法》 第四十六条.
    Refuses a person who is not recorded as dead, and no reason.
    """
    # Somebody else may have withdrawn it since the page was opened.
    person.refresh_from_db(fields=["died_on"], from_queryset=Person.objects.select_for_update())
    if person.died_on is None:
        raise BadValue(f"{person.name} 没有死亡登记，无需撤销。")
    if not reason.strip():
        raise BadValue("请填写撤销死亡登记的理由和依据。")
    died_on = person.died_on
    with told_in_chinese():
        revive(person, on=on)
    remark(
        f"撤销 {person.name} 于 {died_on} 的死亡登记，理由：{reason.strip()}",
        basis="《中华人民共和国个人信息保护法》第四十六条",
        died_on=died_on,
    )
    return person


@action("person.identity_number_revealed", permission=may_reveal_identity_number)
def reveal_identity_number(*, person: Person, reason: str, actor: Actor, on: date) -> Person:
    """The person with `identity_number` in clear; that it was seen, by whom and why, is in the log.

    Basis: 《个人信息保护法》 第二十八条、第五十一条. Refuses a request without a reason, and a person without a number.
    """
    if not reason.strip():
        raise BadValue("请填写查看完整身份证号的事由。")
    if person.identity_cipher is None:
        raise BadValue(f"{person.name} 没有登记身份证号。")
    person.identity_number = decrypt(person.identity_cipher)
    remark(
        f"查看 {person.name}（{person.identity_mask}）的完整身份证号，事由：{reason.strip()}",
        basis="《中华人民共和国个人信息保护法》第二十八条",
    )
    return person


def _refuse_account(bank_account: str) -> None:
    if bank_account and not (bank_account.isascii() and bank_account.isdigit() and 16 <= len(bank_account) <= 19):
        raise BadValue("银行账号应为 16 至 19 位数字，请对照银行卡或社保卡检查。")
