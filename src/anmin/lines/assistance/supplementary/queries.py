"""The insurance by year, its people, its claims and what they come to, as far as the asker may see it."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum

from anmin.base.money import half_up
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.ground.policy.book import policy as policies
from anmin.lines.assistance.supplementary.models import InsuranceClaim, InsurancePolicy, InsuredPerson
from anmin.lines.assistance.supplementary.vocabulary import ADDRESS, Layer


def insurances(actor: Actor) -> QuerySet[InsurancePolicy]:
    """The policies, the latest first."""
    found = InsurancePolicy.objects.select_related("opened_by")
    return found if actor.roles else found.none()


def insurance(actor: Actor, policy_id: int) -> InsurancePolicy | None:
    """One policy."""
    return insurances(actor).filter(pk=policy_id).first()


def insured(
    actor: Actor, policy: InsurancePolicy, *, text: str = "", layer: str = "", claimed: bool = False
) -> QuerySet[InsuredPerson]:
    """The people of a policy with what was paid to each (`claims_count`, `claims_total`)."""
    found = InsuredPerson.objects.filter(within(actor), policy=policy).select_related("person", "area__parent")
    if text:
        found = found.filter(person__name__contains=text)
    if layer:
        found = found.filter(layer=layer)
    counted = found.annotate(claims_count=Count("claims"), claims_total=Sum("claims__amount", default=0))
    return counted.filter(claims_count__gt=0) if claimed else counted


def claims(actor: Actor, policy: InsurancePolicy) -> QuerySet[InsuranceClaim]:
    """The claims of a policy, the latest first."""
    found = InsuranceClaim.objects.filter(within(actor, "insured__area"), insured__policy=policy)
    return found.select_related("insured__person", "insured__area__parent")


@dataclass(frozen=True)
class Result:
    """What a policy comes to: premiums, claims, what was paid; the loss ratio in per mille, none before anybody is insured."""

    insured: int
    premiums: int
    claims: int
    paid: int
    loss_ratio: int | None


def result(actor: Actor, policy: InsurancePolicy) -> Result:
    """What the asker sees of a policy's result; two questions."""
    people = InsuredPerson.objects.filter(within(actor), policy=policy).count()
    found = claims(actor, policy).aggregate(count=Count("id"), paid=Sum("amount", default=0))
    premiums = people * policy.premium
    ratio = half_up(found["paid"] * 1000, premiums) if premiums else None
    return Result(people, premiums, found["count"], found["paid"], ratio)


def by_layer(actor: Actor, policy: InsurancePolicy) -> list[tuple[str, int]]:
    """How many are insured of each layer."""
    counts = dict(
        InsuredPerson.objects.filter(within(actor), policy=policy).order_by().values_list("layer").annotate(Count("id"))
    )
    return [(str(layer.label), counts.get(layer.value, 0)) for layer in Layer]


def funding(actor: Actor, policy: InsurancePolicy) -> list[tuple[str, int]]:
    """Whose money pays the premiums: each budget's part, the county bearing what rounding leaves."""
    entry = policies().entry(f"{ADDRESS}.funding", on=policy.starts_on)
    assert not isinstance(entry.value, int | str)  # a table of budgets
    total = result(actor, policy).premiums
    shares = [
        (entry.rows[budget], half_up(total * int(share), 1000)) for budget, share in entry.value.items() if budget != "county"
    ]
    return [*shares, (entry.rows["county"], total - sum(amount for _, amount in shares))]
