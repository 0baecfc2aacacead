"""How a person is kept: what follows from the number, what is encrypted, what a name is found by."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from anmin.base.errors import BadValue
from anmin.base.identity import birth_date, mask_identity_number
from anmin.base.identity import sex as sex_of
from anmin.base.names import match_key, pinyin_initials
from anmin.ground.accounts.gate import Actor
from anmin.ground.people.models import Person
from anmin.ground.people.secrecy import blind_index, decrypt, encrypt, mask_account


def new_person(
    *,
    name: str,
    identity_number: str | None,
    hukou_kind: str,
    area_id: int,
    address: str = "",
    phone: str = "",
    bank_name: str = "",
    bank_account: str = "",
    birth_on: date | None = None,
    sex: str | None = None,
) -> Person:
    """An unsaved person from checked values, everything secret encrypted. For the register's own imports and actions."""
    person = Person(
        name=name,
        name_key=match_key(name),
        initials=pinyin_initials(name)[:30],
        hukou_kind=hukou_kind,
        area_id=area_id,
        address=address,
        phone=phone,
        bank_name=bank_name,
    )
    if identity_number is not None:
        person.identity_cipher = encrypt(identity_number)
        person.identity_index = blind_index(identity_number)
        person.identity_mask = mask_identity_number(identity_number)
        person.birth_on, person.sex = birth_date(identity_number), sex_of(identity_number)
    elif birth_on is None or sex is None:
        raise BadValue("没有身份证号的人员，须填写出生日期和性别。")
    else:
        person.birth_on, person.sex = birth_on, sex
    if bank_account:
        set_account(person, bank_account)
    return person


@dataclass(frozen=True)
class AccountReplaced:
    """A registered person is paid to another account from now on; `before` is ciphertext, None where there was none."""

    person: Person
    before: bytes | None
    before_mask: str


Listener = Callable[[Sequence[AccountReplaced], Actor, date], None]

LISTENERS: list[Listener] = []
"""Who is told, in the same transaction, that accounts were replaced; filled by the assembly."""


def when_accounts_are_replaced(listener: Listener) -> None:
    """The listener hears of every replaced account from now on; telling the same one again changes nothing."""
    if listener not in LISTENERS:
        LISTENERS.append(listener)


def tell_replaced(replaced: Sequence[AccountReplaced], actor: Actor, on: date) -> None:
    """Everybody who listens is told, where there is something to tell."""
    for listener in LISTENERS if replaced else ():
        listener(replaced, actor, on)


def replace_account(person: Person, bank_account: str) -> AccountReplaced | None:
    """The account is on the registered, yet unsaved person; None where it was that one already."""
    before = bytes(person.bank_account_cipher) if person.bank_account_cipher else None
    if (decrypt(before) if before else "") == bank_account:
        return None
    replaced = AccountReplaced(person, before, person.bank_account_mask)
    set_account(person, bank_account)
    return replaced


def set_account(person: Person, bank_account: str) -> None:
    """The account is on the unsaved person, encrypted, with its mask."""
    person.bank_account_cipher = encrypt(bank_account)
    person.bank_account_mask = mask_account(bank_account)
