"""What may not be held together, at the door and in what stands: refused when something is granted, listed where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from anmin.base.errors import Refused
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.ground.entitlements.benefits import BENEFITS
from anmin.ground.entitlements.models import EntitlementMember
from anmin.ground.people.models import Person
from anmin.ground.policy.exclusivity import Relation, exclusivity


def refuse_excluded(benefit: str, route: str, persons: Sequence[Person], first: date) -> None:
    """Refuses to whoever holds, from that day on, what the law does not let them hold beside the benefit; names both papers."""
    excluded = exclusivity().excluded_by(benefit, route, first)
    if not excluded:
        return
    shares = (
        EntitlementMember.objects.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=first),
            person__in=[person.pk for person in persons],
            benefit__in={party.benefit for party, _ in excluded},
        )
        .select_related("entitlement", "person")
        .order_by("id")
    )
    for share in shares:
        for party, relation in excluded:
            if party.is_held_by(share.benefit, share.entitlement.route):
                own = BENEFITS[benefit].label if benefit in BENEFITS else benefit
                raise Refused(
                    f"{share.person.name}已享受{party.label}（{share.entitlement.number}），与{own}{relation.label}"
                    f"（{relation.document}）。请先办理原待遇停发，或由本人选择其一。"
                )


@dataclass(frozen=True)
class HeldTogether:
    """A person who holds on one day what nobody may hold together."""

    person: Person
    relation: Relation
    first: EntitlementMember
    second: EntitlementMember


def held_together(actor: Actor, on: date) -> list[HeldTogether]:
    """The persons the actor may see who hold on a day what they may not hold together; one question.

    Granting refuses it; what was taken over from elsewhere, or a matrix that has changed, may bring it in.
    """
    pairs = exclusivity().excluding(on)
    benefits = {party.benefit for each in pairs for party in (each.first, each.second)}
    held_now = EntitlementMember.objects.filter(
        within(actor, "entitlement__area"),
        Q(valid_until__isnull=True) | Q(valid_until__gte=on),
        valid_from__lte=on,
        benefit__in=benefits,
    )
    several = held_now.order_by().values("person_id").annotate(count=Count("id")).filter(count__gt=1).values("person_id")
    shares = held_now.filter(person_id__in=several).select_related("entitlement__household", "person").order_by("person_id", "id")
    by_person: dict[int, list[EntitlementMember]] = {}
    for share in shares:
        by_person.setdefault(share.person_id, []).append(share)
    made = []
    for held in by_person.values():
        for place, one in enumerate(held):
            for other in held[place + 1 :]:
                made += [HeldTogether(one.person, each, one, other) for each in pairs if _is(each, one, other)]
    return made


def _is(relation: Relation, one: EntitlementMember, other: EntitlementMember) -> bool:
    """Whether two shares are the two sides of a relation."""
    return any(
        first.is_held_by(one.benefit, one.entitlement.route) and second.is_held_by(other.benefit, other.entitlement.route)
        for first, second in ((relation.first, relation.second), (relation.second, relation.first))
    )
