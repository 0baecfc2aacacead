"""Trees of comparisons become query sets over persons and households, within the areas of who asks and in the register asked."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from anmin.base.dci.messages import Plain, Sort
from anmin.base.errors import BadValue
from anmin.base.identity import normalise_identity_number
from anmin.base.names import match_key
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.models import Area
from anmin.ground.areas.queries import within
from anmin.ground.entitlements.models import Entitlement, EntitlementMember
from anmin.ground.people.models import Fact, Household, HouseholdMember, Person
from anmin.ground.people.secrecy import blind_index
from anmin.ground.people.vocabulary import DisabilityKind, Sex
from anmin.ground.registry.conditions import Comparison, Group, Identified, Tree
from anmin.ground.registry.refusals import QuestionRejected
from anmin.ground.registry.vocabulary import HOUSEHOLD_TYPES, NUMBER_TYPES, Reason, Register

_LOOKUPS = {"gt": "gt", "lt": "lt", "eq": "exact", "ge": "gte", "le": "lte"}


def persons(actor: Actor, register: Register, tree: Tree, on: date) -> QuerySet[Person]:
    """The persons of a register that the actor may see and the tree means. Refuses attributes the register has not."""
    return _registered(actor, register, on).filter(_meaning(tree, _PERSON, on))


def persons_by_number(actor: Actor, register: Register, numbers: Iterable[str], on: date) -> dict[str, list[Person]]:
    """By number as it was asked for, the persons of a register that bear it and that the actor may see. One query for all."""
    asked = {number: _indexes((number,)) for number in numbers}
    wanted = {index for indexes in asked.values() for index in indexes}
    found: dict[str, list[Person]] = defaultdict(list)
    if wanted:
        for person in _registered(actor, register, on).filter(identity_index__in=wanted).order_by("id"):
            found[str(person.identity_index)].append(person)
    return {number: [person for index in indexes for person in found.get(index, ())] for number, indexes in asked.items()}


def _registered(actor: Actor, register: Register, on: date) -> QuerySet[Person]:
    rows = Person.objects.filter(within(actor)).select_related("area__parent").defer("bank_account_cipher")
    if register is Register.DISABILITY:
        return rows.filter(_fact(on, kind="disability.kind"))
    if register is Register.BENEFICIARY:
        return rows.filter(Exists(EntitlementMember.objects.filter(person=OuterRef("pk"))))
    return rows.filter(Exists(_memberships(on).filter(person=OuterRef("pk"))))


def households(actor: Actor, tree: Tree, on: date) -> QuerySet[Household]:
    """The households open on the day that the actor may see and the tree means."""
    size = (
        _memberships(on)
        .filter(household=OuterRef("pk"), counted=True)
        .order_by()
        .values("household")
        .annotate(count=Count("id"))
        .values("count")
    )
    rows = Household.objects.filter(within(actor), Q(closed_on__isnull=True) | Q(closed_on__gte=on), opened_on__lte=on)
    return rows.select_related("area__parent").annotate(size=Coalesce(Subquery(size), 0)).filter(_meaning(tree, _HOUSEHOLD, on))


def ordered(rows: QuerySet[Any], sorts: list[Sort], columns: Mapping[str, str]) -> QuerySet[Any]:
    """The rows in the order wished for, and always in one order. Refuses what cannot be sorted by."""
    order = []
    for each in sorts:
        column = columns.get(each.attribute_name.lower())
        if column is None:
            raise QuestionRejected(
                Reason.SORT, f"不能按“{each.attribute_name[:40]}”排序，可用的有：{'、'.join(sorted(set(columns)))}。"
            )
        order.append(F(column).desc() if each.sort_order == "desc" else F(column).asc())
    return rows.order_by(*order, "id")


PERSON_ORDER = {"name": "name_key", "birth_date": "birth_on"}
HOUSEHOLD_ORDER = {"household_id": "number", "registration_date": "opened_on", "group_size": "size"}


# --- from trees to conditions --------------------------------------------------------------------------------------

Reader = Callable[[Comparison, date], Q]


def _meaning(tree: Tree, attributes: Mapping[str, Reader], on: date) -> Q:
    if isinstance(tree, Identified):
        return _identified(tree, attributes is _HOUSEHOLD, on)
    if isinstance(tree, Comparison):
        reader = attributes.get(tree.attribute)
        if reader is None:
            known = "、".join(sorted(attributes))
            raise QuestionRejected(Reason.CRITERIA, f"登记中没有属性“{tree.attribute[:40]}”，可用的有：{known}。")
        return reader(tree, on)
    return _joined(tree, attributes, on)


def _joined(group: Group, attributes: Mapping[str, Reader], on: date) -> Q:
    meant = Q()
    for place, part in enumerate(group.parts):
        inner = _meaning(part, attributes, on)
        meant = inner if place == 0 else (meant | inner if group.joined == "or" else meant & inner)
    return ~meant if group.joined == "not" else meant


def _identified(asked: Identified, of_households: bool, on: date) -> Q:
    kind, value = asked.kind, asked.value
    if kind not in NUMBER_TYPES | HOUSEHOLD_TYPES and kind != "mobile":
        raise QuestionRejected(
            Reason.CRITERIA, f"不支持证件类型“{kind[:40]}”，可用的有：UIN、NIN、NationalID、HOUSEHOLD_ID、MOBILE。"
        )
    meant = Q(pk__in=[])
    if kind in NUMBER_TYPES:
        meant |= _family_of(Comparison(kind, "eq", (value,)), on) if of_households else _by_number((value,))
    if kind in HOUSEHOLD_TYPES:
        meant |= Q(number=value) if of_households else _in_household((value,), on)
    if kind == "mobile":
        if of_households:
            raise QuestionRejected(Reason.CRITERIA, "家庭不能按手机号码查询，请按人员查询。")
        meant |= Q(phone=value)
    return meant


def _found(meant: Q) -> QuerySet[Person]:
    return Person.objects.filter(meant).order_by()


def _by_number(values: tuple[Plain, ...]) -> Q:
    return Q(identity_index__in=_indexes(values))


def _indexes(values: tuple[Plain, ...]) -> list[str]:
    found = []
    for value in values:
        try:
            found.append(blind_index(normalise_identity_number(str(value))))
        except BadValue:
            continue  # what can be no number is nobody's
    return found


def _in_household(values: tuple[Plain, ...], on: date) -> Q:
    numbers = [str(value) for value in values]
    return Q(Exists(_memberships(on).filter(person=OuterRef("pk"), household__number__in=numbers)))


def _memberships(on: date) -> QuerySet[HouseholdMember]:
    return HouseholdMember.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=on), superseded_at__isnull=True, valid_from__lte=on
    )


def _fact(on: date, **wanted: Any) -> Q:
    rows = Fact.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=on),
        person=OuterRef("pk"), superseded_at__isnull=True, valid_from__lte=on, **wanted,
    )  # fmt: skip
    return Q(Exists(rows))


# --- one reader for each attribute ---------------------------------------------------------------------------------


def _equals(said: Comparison) -> tuple[Plain, ...]:
    if said.operator not in ("eq", "in"):
        raise QuestionRejected(Reason.CRITERIA, f"“{said.attribute}”只能用 eq 或 in 比较。")
    return said.values


def _day(said: Comparison) -> date:
    try:
        return date.fromisoformat(str(said.values[0])[:10])
    except ValueError:
        raise QuestionRejected(Reason.CRITERIA, f"“{said.attribute}”的值不是日期，请写成 1950-01-31 的样子。") from None


def _whole(said: Comparison, value: Plain) -> int:
    text = str(value)
    if not text.removeprefix("-").isdecimal() or len(text) > 6:
        raise QuestionRejected(Reason.CRITERIA, f"“{said.attribute}”的值应为整数。")
    return int(text)


def _number(said: Comparison, on: date) -> Q:
    return _by_number(_equals(said))


def _name(said: Comparison, on: date) -> Q:
    return Q(name_key__in=[match_key(str(value)) for value in _equals(said)])


def _birth(said: Comparison, on: date) -> Q:
    if said.operator == "in":
        return Q(birth_on__in=[_day(Comparison(said.attribute, "eq", (value,))) for value in said.values])
    return Q(**{f"birth_on__{_LOOKUPS[said.operator]}": _day(said)})


def _birth_year(said: Comparison, on: date) -> Q:
    if said.operator == "in":
        return Q(birth_on__year__in=[_whole(said, value) for value in said.values])
    return Q(**{f"birth_on__year__{_LOOKUPS[said.operator]}": _whole(said, said.values[0])})


def _age(said: Comparison, on: date) -> Q:
    """In whole years on the day: somebody is n years old from the birthday on."""
    ages = [_whole(said, value) for value in said.values]
    if said.operator in ("eq", "in"):
        meant = Q(pk__in=[])
        for age in ages:
            meant |= Q(birth_on__lte=_years_before(on, age), birth_on__gt=_years_before(on, age + 1))
        return meant
    if said.operator in ("lt", "le"):
        return Q(birth_on__gt=_years_before(on, ages[0] + (said.operator == "le")))
    return Q(birth_on__lte=_years_before(on, ages[0] + (said.operator == "gt")))


def _years_before(on: date, years: int) -> date:
    year = on.year - years
    if not 1 <= year <= 9999:
        raise QuestionRejected(Reason.CRITERIA, "“age”的值超出范围。")
    # Who is born on 29 February is a year older on 1 March of other years; the day before must still count as younger.
    return date(year, 2, 28) if (on.month, on.day) == (2, 29) and not _leap(year) else on.replace(year=year)


def _leap(year: int) -> bool:
    return (date(year, 3, 1) - timedelta(days=1)).day == 29


def _sex(said: Comparison, on: date) -> Q:
    values = [str(value).lower() for value in _equals(said)]
    return Q(sex__in=[value for value in values if value in Sex.values])


def _phone(said: Comparison, on: date) -> Q:
    return Q(phone__in=[str(value) for value in _equals(said)])


def _household(said: Comparison, on: date) -> Q:
    return _in_household(_equals(said), on)


def _area(said: Comparison, on: date) -> Q:
    names = [str(value) for value in _equals(said)]
    meant = Q(pk__in=[])
    for path in Area.objects.filter(Q(code__in=names) | Q(name__in=names)).order_by("path").values_list("path", flat=True)[:50]:
        meant |= Q(area__path__startswith=path)
    return meant


def _programme(said: Comparison, on: date) -> Q:
    held = EntitlementMember.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=on),
        person=OuterRef("pk"), valid_from__lte=on, benefit__in=[str(value) for value in _equals(said)],
    )  # fmt: skip
    return Q(Exists(held))


def _disabled(said: Comparison, on: date) -> Q:
    wanted = str(_equals(said)[0]).lower() in ("true", "1", "yes")
    disabled = _fact(on, kind="disability.kind")
    return disabled if wanted else ~disabled


def _disability(said: Comparison, on: date) -> Q:
    kinds = [str(value) for value in _equals(said) if str(value) in DisabilityKind.values]
    return _fact(on, kind="disability.kind", code__in=kinds)


def _grade(said: Comparison, on: date) -> Q:
    if said.operator == "in":
        return _fact(on, kind="disability.grade", amount__in=[_whole(said, value) for value in said.values])
    lookup = f"amount__{_LOOKUPS[said.operator]}"
    return _fact(on, kind="disability.grade", **{lookup: _whole(said, said.values[0])})


def _household_number(said: Comparison, on: date) -> Q:
    return Q(number__in=[str(value) for value in _equals(said)])


def _size(said: Comparison, on: date) -> Q:
    if said.operator == "in":
        return Q(size__in=[_whole(said, value) for value in said.values])
    return Q(**{f"size__{_LOOKUPS[said.operator]}": _whole(said, said.values[0])})


def _opened(said: Comparison, on: date) -> Q:
    return Q(**{f"opened_on__{_LOOKUPS.get(said.operator, 'exact')}": _day(said)})


def _family_programme(said: Comparison, on: date) -> Q:
    held = Entitlement.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=on),
        household=OuterRef("pk"), valid_from__lte=on, benefit__in=[str(value) for value in _equals(said)],
    )  # fmt: skip
    return Q(Exists(held))


def _family_of(said: Comparison, on: date) -> Q:
    return Q(Exists(_memberships(on).filter(household=OuterRef("pk"), person__in=_found(_by_number(_equals(said))))))


_PERSON: dict[str, Reader] = {
    **dict.fromkeys(("uin", "nin", "national_id", "identity_number", "member_identifier", "identifier_value"), _number),
    "name": _name,
    **dict.fromkeys(("birth_date", "dob"), _birth),
    "yob": _birth_year,
    "age": _age,
    "sex": _sex,
    **dict.fromkeys(("mobile", "phone_number"), _phone),
    **dict.fromkeys(("household_id", "group_identifier"), _household),
    **dict.fromkeys(("area_code", "location"), _area),
    "programme_identifier": _programme,
    "is_disabled": _disabled,
    "disability_type": _disability,
    "disability_grade": _grade,
}
_HOUSEHOLD: dict[str, Reader] = {
    **dict.fromkeys(("household_id", "group_identifier"), _household_number),
    **dict.fromkeys(("uin", "nin", "national_id", "identity_number", "member_identifier"), _family_of),
    "group_size": _size,
    **dict.fromkeys(("area_code", "location"), _area),
    "registration_date": _opened,
    "programme_identifier": _family_programme,
}
