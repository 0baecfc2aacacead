"""The list of those to be visited, as a village or a hospital sends it: each row a person of a campaign."""

from collections.abc import Mapping
from typing import Any

from anmin.ground.accounts.vocabulary import Role
from anmin.ground.imports.forms import Column, Counts, ImportForm, Incoming
from anmin.ground.people.models import HouseholdMember, Person
from anmin.ground.people.secrecy import blind_index
from anmin.lines.assistance.campaigns.actions import Listed, list_people
from anmin.lines.assistance.campaigns.models import Campaign, RosterRow
from anmin.lines.assistance.campaigns.vocabulary import FROM_HOLDINGS, CampaignKind, CampaignState

_AT_ONCE = 2_000
_LISTED = {str(kind.label): kind.value for kind in CampaignKind if kind not in FROM_HOLDINGS}

Plan = dict[int, list[Listed]]
"""By campaign, whom the file names for it."""


def check_list(incoming: Incoming) -> Plan:
    """Each row leads to a campaign being prepared and to a living person who lives in a household; faults by row and field."""
    drafts = {
        (campaign.kind, campaign.occasion): campaign
        for campaign in Campaign.objects.filter(state=CampaignState.DRAFT, kind__in=_LISTED.values())
    }
    persons = _persons([row["identity_number"] for row in incoming.sound])
    homes = _homes([person.pk for person in persons.values()])
    listed = _listed_already([campaign.pk for campaign in drafts.values()])
    plan: Plan = {}
    seen: dict[tuple[int, int], int] = {}
    for row in incoming.sound:
        campaign = drafts.get((row["kind"], row["occasion"]))
        if campaign is None:
            incoming.wrong(row, "occasion", f"没有正在拟定的“{row['occasion']}”，请先新建该项慰问，或核对事由的写法。")
            continue
        person = persons.get(row["identity_number"])
        if person is None:
            incoming.wrong(row, "identity_number", "身份证号尚未登记，请先登记该人。")
            continue
        if person.died_on is not None:
            incoming.wrong(row, "identity_number", f"{person.name}已于 {person.died_on} 去世，请从名单中去掉。")
            continue
        home = homes.get(person.pk)
        if home is None:
            incoming.wrong(row, "identity_number", f"{person.name}没有登记在任何家庭，请先登记家庭。")
            continue
        key = (campaign.pk, person.pk)
        if key in seen or key in listed:
            where = f"与第 {seen[key]} 行是同一人" if key in seen else "已在名册上"
            incoming.wrong(row, "identity_number", f"{person.name}{where}，每人只列一次。")
            continue
        seen[key] = row.number
        plan.setdefault(campaign.pk, []).append(
            Listed(person.pk, home.household_id, home.household.area_id, also_cash=bool(row.get("also_cash")))
        )
    return plan


def load_list(plan: Plan, incoming: Incoming) -> Counts:
    """The people of the file are on their rosters."""
    campaigns = Campaign.objects.in_bulk(plan)
    for campaign_id, people in plan.items():
        list_people(campaign=campaigns[campaign_id], people=people, actor=incoming.actor, on=incoming.on)
    return {"列入名册": sum(len(people) for people in plan.values())}


def _persons(numbers: list[str]) -> Mapping[str, Person]:
    indexes = {blind_index(number): number for number in numbers}
    found: dict[str, Person] = {}
    keys = list(indexes)
    for start in range(0, len(keys), _AT_ONCE):
        for person in Person.objects.filter(identity_index__in=keys[start : start + _AT_ONCE]):
            found[indexes[str(person.identity_index)]] = person
    return found


def _homes(person_ids: list[int]) -> Mapping[int, HouseholdMember]:
    found: dict[int, Any] = {}
    for start in range(0, len(person_ids), _AT_ONCE):
        rows = HouseholdMember.objects.filter(
            person_id__in=person_ids[start : start + _AT_ONCE], superseded_at__isnull=True, valid_until__isnull=True
        )
        found |= {row.person_id: row for row in rows.select_related("household").order_by("counted", "id")}
    return found


def _listed_already(campaign_ids: list[int]) -> set[tuple[int, int]]:
    return set(RosterRow.objects.filter(campaign__in=campaign_ids).values_list("campaign_id", "person_id"))


VISIT_LIST = ImportForm(
    name="assistance.campaigns.visits",
    label="慰问名单",
    sender="村（社区）、医院",
    columns=(
        Column("kind", "慰问项目", "choice", required=True, choices=_LISTED, example="血透患者慰问"),
        Column("occasion", "发放事由", required=True, longest=40, example="2024年春节"),
        Column("identity_number", "身份证号", "identity_number", required=True, example="320699195003120010"),
        Column("also_cash", "同时慰问现金", "yes_no", example="否", note="只用于血透患者慰问；不填为否"),
    ),
    check=check_list,
    load=load_list,
    roles=(Role.SECTION_REVIEWER,),
    notes=("先在“一次性发放”中新建该项慰问，再导入名单。", "人员和家庭须已登记；春节慰问每村限一户。"),
)

FORMS = (VISIT_LIST,)
