"""How a person is kept: what follows from the number, what is encrypted, what a name is found by."""

from datetime import date

from anmin.base.errors import BadValue
from anmin.base.identity import birth_date, mask_identity_number
from anmin.base.identity import sex as sex_of
from anmin.base.names import match_key, pinyin_initials
from anmin.ground.people.models import Person
from anmin.ground.people.secrecy import blind_index, encrypt, mask_account


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


def set_account(person: Person, bank_account: str) -> None:
    """The account is on the unsaved person, encrypted, with its mask."""
    person.bank_account_cipher = encrypt(bank_account)
    person.bank_account_mask = mask_account(bank_account)
