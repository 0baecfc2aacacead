"""Households, their members, and those who owe support, from files."""

from dataclasses import dataclass, field
from typing import Any

from anmin.base.errors import BadValue
from anmin.ground.areas.models import Area
from anmin.ground.areas.vocabulary import Level
from anmin.ground.imports.forms import Counts, Incoming, Row
from anmin.ground.people.households import refuse_member, refuse_supporter
from anmin.ground.people.imports.plans import Plan, copies, lay, period_problem
from anmin.ground.people.imports.register import Register, households, repeated
from anmin.ground.people.models import Household, HouseholdMember, Person, Supporter
from anmin.ground.people.persons import new_person
from anmin.ground.people.timeline import Spell, shown
from anmin.ground.people.vocabulary import Relation
from anmin.ground.people.writing import Writing, chunks, spell_of_member, spell_of_supporter

_MEMBER = ("relation", "same_hukou", "counted", "absence")
_SUPPORT = ("duty", "household_income", "household_size", "dependants", "court_amount", "actual_amount", "exempt", "incapacity")
_COUNTED = _MEMBER.index("counted")


def check_households(incoming: Incoming) -> list[tuple[Row, Person]]:
    """Each row with its head. Numbers must be new."""
    repeated(incoming, "number", "同一个户编号")
    register = Register(incoming, "head")
    known = households(incoming)
    plan = []
    for row in incoming.sound:
        if row["number"] in known:
            incoming.wrong(row, "number", f"户编号“{row['number']}”已经登记，不能重复登记。")
        if row["opened_on"] > incoming.on:
            incoming.wrong(row, "opened_on", f"立户日期 {row['opened_on']} 晚于 {incoming.on}，请检查。")
        head = register.required(row, "head")
        if head is not None:
            if head.died_on is not None and row["opened_on"] > head.died_on:
                incoming.wrong(row, "head", f"户主已于 {head.died_on} 死亡，早于立户日期。")
            plan.append((row, head))
    return plan


def load_households(plan: list[tuple[Row, Person]], incoming: Incoming) -> Counts:
    """The households exist; who lives in them comes with the file of members."""
    rows = [
        Household(
            number=row["number"],
            head=head,
            area_id=row["area"].id,
            address=row["address"] or "",
            hukou_kind=row["hukou_kind"],
            opened_on=row["opened_on"],
        )
        for row, head in plan
    ]
    Household.objects.bulk_create(rows, batch_size=1_000)
    return {"新登记家庭": len(rows)}


MemberKey = tuple[int, int]


def check_members(incoming: Incoming) -> Plan[MemberKey]:
    """The plan for memberships: nobody dead joins, nobody counts in two households, every household has its head in it."""
    register = Register(incoming, "identity_number")
    known = households(incoming)
    told: list[tuple[MemberKey, Spell]] = []
    persons: dict[int, Person] = {}
    for row in incoming.sound:
        household = _reachable(incoming, row, known)
        # Whoever is in a household is read with it: a spouse whom another town looks after joins through the section.
        person = register.required(row, "identity_number")
        if household is None or person is None or period_problem(incoming, row):
            continue
        absence = row["absence"] or ""
        if not row["counted"] and not absence:
            incoming.wrong(row, "absence", "“共同生活”填“否”时，必须填写不计入原因。")
            continue
        if not _head_fits(incoming, row, household, person):
            continue
        try:
            refuse_member(person, row["counted"], absence, row["valid_from"], row["valid_until"])
        except BadValue as error:
            incoming.wrong(row, "identity_number", error.message)
            continue
        persons[person.pk] = person
        value = (row["relation"], row["same_hukou"], row["counted"], absence)
        told.append(((household.pk, person.pk), Spell(row["valid_from"], row["valid_until"], value, origin=row)))
    recorded, numbers = _memberships(persons, [household.pk for household in known.values()])
    plan = lay(incoming, recorded, told, lambda key, kept: f"该人员在本户 {shown(kept)} 已有记录，与本行期间重叠，请检查日期。")
    numbers.update({household.pk: household.number for household in known.values()})
    _refuse_counted_twice(incoming, plan, recorded, persons, numbers)
    _refuse_without_head(incoming, plan, recorded, known, told)
    return plan


def _reachable(incoming: Incoming, row: Row, known: dict[str, Household]) -> Household | None:
    household = known.get(row["number"])
    if household is None:
        incoming.wrong(row, "number", f"户编号“{row['number']}”尚未登记，请先导入家庭名册。")
    elif not incoming.actor.sees(household.area.path):
        incoming.wrong(row, "number", "该户不在您负责的范围内，请由其所在镇（街道）或科室办理。")
        return None
    return household


def _head_fits(incoming: Incoming, row: Row, household: Household, person: Person) -> bool:
    if (row["relation"] == Relation.HEAD) == (household.head_id == person.pk):
        return True
    told = "不是该户登记的户主，关系不能填“本人”" if row["relation"] == Relation.HEAD else "是该户登记的户主，关系应填“本人”"
    incoming.wrong(row, "relation", f"该人员{told}。")
    return False


def _memberships(persons: dict[int, Person], household_ids: list[int]) -> tuple[dict[MemberKey, list[Spell]], dict[int, str]]:
    """What is recorded of these persons and households, and the numbers of the households."""
    recorded: dict[MemberKey, list[Spell]] = {}
    numbers: dict[int, str] = {}
    seen: set[int] = set()
    rows = HouseholdMember.objects.filter(superseded_at__isnull=True).select_related("household").order_by("valid_from")
    for field_name, ids in (("person_id__in", sorted(persons)), ("household_id__in", household_ids)):
        for some in chunks(ids):
            for member in rows.filter(**{field_name: some}):
                if member.pk not in seen:
                    seen.add(member.pk)
                    key = (member.household_id, member.person_id)
                    recorded.setdefault(key, []).append(spell_of_member(member))
                    numbers[member.household_id] = member.household.number
    return recorded, numbers


def _refuse_counted_twice(
    incoming: Incoming,
    plan: Plan[MemberKey],
    recorded: dict[MemberKey, list[Spell]],
    persons: dict[int, Person],
    numbers: dict[int, str],
) -> None:
    counted: dict[int, list[tuple[int, Spell]]] = {}
    for (household_id, person_id), spells in {**recorded, **plan.known}.items():
        if person_id in persons:
            counted.setdefault(person_id, []).extend((household_id, each) for each in spells if each.value[_COUNTED])
    for person_id, held in counted.items():
        held.sort(key=lambda each: (each[1].valid_from, each[0]))
        for place, (household_id, spell) in enumerate(held):
            for other_id, other in held[:place]:
                if other_id != household_id and other.overlaps(spell):
                    _say_counted_twice(incoming, persons[person_id], (household_id, spell), (other_id, other), numbers)


def _say_counted_twice(
    incoming: Incoming, person: Person, one: tuple[int, Spell], two: tuple[int, Spell], numbers: dict[int, str]
) -> None:
    (_, spell), (other_id, other) = (one, two) if one[1].origin is not None else (two, one)
    row: Row | None = spell.origin
    if row is None:
        return
    where = f"（第 {other.origin.number} 行）" if other.origin is not None else " "
    incoming.wrong(
        row,
        "identity_number",
        f"{person.name} {shown(other)} 已在户 {numbers[other_id]}{where}计入共同生活成员，"
        "同一人不能同时在两户计入，请先在该户结束。",
    )


def _refuse_without_head(
    incoming: Incoming,
    plan: Plan[MemberKey],
    recorded: dict[MemberKey, list[Spell]],
    known: dict[str, Household],
    told: list[tuple[MemberKey, Spell]],
) -> None:
    there = set(recorded) | set(plan.known)
    by_id = {household.pk: household for household in known.values()}
    for (household_id, _), spell in told:
        household = by_id.pop(household_id, None)
        if household is not None and (household_id, household.head_id) not in there:
            incoming.wrong(spell.origin, "number", f"户 {household.number} 的成员中没有户主本人，请补上户主一行。")


def load_members(plan: Plan[MemberKey], incoming: Incoming) -> Counts:
    """The memberships are recorded."""
    rows = _superseded(HouseholdMember, plan)
    fresh = [
        HouseholdMember(
            household_id=household_id,
            person_id=person_id,
            valid_from=spell.valid_from,
            valid_until=spell.valid_until,
            **dict(zip(_MEMBER, spell.value, strict=True)),
        )
        for (household_id, person_id), spell in plan.write
        if spell.id is None
    ]
    Writing(HouseholdMember, list(rows.values()), [*copies(rows, plan), *fresh]).carry_out(incoming.on)
    return plan.counts


SupportKey = tuple[int, str]
"""The dependant's number in the register, and the obligor's identity number: who is new has no number there yet."""


@dataclass
class Support:
    """The plan for duties of support, the registered obligors and those to be registered, by identity number."""

    plan: Plan[SupportKey] = field(default_factory=Plan)
    known: dict[str, Person] = field(default_factory=dict)
    new: dict[str, Row] = field(default_factory=dict)


def check_supporters(incoming: Incoming) -> Support:
    """Obligors are often not on the register; they are put on it with what the row tells."""
    register = Register(incoming, "dependant", "obligor")
    support = Support()
    told: list[tuple[SupportKey, Spell]] = []
    dependants: dict[int, Person] = {}
    for row in incoming.sound:
        dependant = register.required(row, "dependant")
        obligor = _obligor(incoming, register, support, row)
        if dependant is None or obligor is None or period_problem(incoming, row):
            continue
        means = {key: row[key] for key in _SUPPORT}
        means["dependants"] = 1 if row["dependants"] is None else row["dependants"]
        means["exempt"] = bool(row["exempt"])
        means["incapacity"] = row["incapacity"] or ""
        try:
            period = {"valid_from": row["valid_from"], "valid_until": row["valid_until"]}
            refuse_supporter(Supporter(dependant=dependant, obligor=obligor, **period, **means))
            if row["dependant"] == row["obligor"]:
                raise BadValue("义务人不能是被赡养、抚养、扶养人自己。")
        except BadValue as error:
            incoming.wrong(row, "obligor", error.message)
            continue
        dependants[dependant.pk] = dependant
        spell = Spell(row["valid_from"], row["valid_until"], tuple(means.values()), origin=row)
        told.append(((dependant.pk, row["obligor"]), spell))
    support.plan = lay(
        incoming,
        _duties(sorted(dependants), support.known),
        told,
        lambda key, kept: (
            f"该义务人 {shown(kept)} 已有记录，与本行期间重叠；情况有变化的，起始日期应在其后，原来记错的请在“更正”列填“是”。"
        ),
    )
    return support


def _obligor(incoming: Incoming, register: Register, support: Support, row: Row) -> Person | None:
    number = row["obligor"]
    person = register.person(number)
    if person is not None:
        support.known[number] = person
        register.check_name(row, person)
        return person if row.sound else None
    first = support.new.setdefault(number, row)
    if first["name"] != row["name"]:
        incoming.wrong(row, "name", f"与第 {first.number} 行同一身份证号的姓名不一致，请核对。")
        return None
    return _stranger(row, area_id=None)


def _stranger(row: Row, area_id: int | None) -> Person:
    return new_person(
        name=row["name"],
        identity_number=row["obligor"],
        hukou_kind="",
        area_id=area_id,  # type: ignore[arg-type]  # filled in before it is saved
        address=row["address"] or "",
        phone=row["phone"] or "",
    )


def _duties(dependant_ids: list[int], known: dict[str, Person]) -> dict[SupportKey, list[Spell]]:
    numbers = {person.pk: number for number, person in known.items()}
    recorded: dict[SupportKey, list[Spell]] = {}
    for some in chunks(dependant_ids):
        for row in Supporter.objects.filter(dependant_id__in=some, superseded_at__isnull=True).order_by("valid_from"):
            if row.obligor_id in numbers:
                recorded.setdefault((row.dependant_id, numbers[row.obligor_id]), []).append(spell_of_supporter(row))
    return recorded


def load_supporters(support: Support, incoming: Incoming) -> Counts:
    """Unknown obligors are registered, then the duties recorded. Who lives in another county hangs on the county itself."""
    county = Area.objects.filter(level=Level.COUNTY).order_by("pk").values_list("pk", flat=True).first()
    new = {number: _stranger(row, row["area"].id if row["area"] is not None else county) for number, row in support.new.items()}
    Person.objects.bulk_create(list(new.values()), batch_size=1_000)
    obligors = {**support.known, **new}
    rows = _superseded(Supporter, support.plan)
    fresh = [
        Supporter(
            dependant_id=dependant_id,
            obligor=obligors[number],
            valid_from=spell.valid_from,
            valid_until=spell.valid_until,
            **dict(zip(_SUPPORT, spell.value, strict=True)),
        )
        for (dependant_id, number), spell in support.plan.write
        if spell.id is None
    ]
    Writing(Supporter, list(rows.values()), [*copies(rows, support.plan), *fresh]).carry_out(incoming.on)
    return {**support.plan.counts, "新登记义务人": len(new)}


def _superseded(model: type[Any], plan: Plan[Any]) -> dict[int, Any]:
    rows: dict[int, Any] = {}
    for some in chunks(plan.supersede):
        rows.update(model.objects.in_bulk(list(some)))
    return rows
