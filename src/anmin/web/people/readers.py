"""Who reads about people at all, and where one comes from."""

from typing import Any

from django.urls import reverse

from anmin.base.errors import Refused
from anmin.ground.accounts.gate import Actor
from anmin.ground.accounts.vocabulary import Role
from anmin.web.records import record_url

HOME = {"label": "首页", "url": "/"}
READERS = tuple(role for role in Role if role is not Role.ADMINISTRATOR)


def reads_people(actor: Actor) -> bool:
    """True for all who have to do with people; keeping accounts is no reason to read files."""
    return actor.has(*READERS)


def may_register(actor: Actor) -> bool:
    """True for whoever may enter persons and households somewhere; where exactly is for the action to judge."""
    return actor.has(Role.TOWN_CLERK, Role.SECTION_REVIEWER)


def refuse_outsider(actor: Actor) -> None:
    """Refuses whoever has no business with people's files."""
    if not reads_people(actor):
        raise Refused("您的岗位不查看人员和家庭档案。")


def person_url(actor: Actor, person: Any) -> str:
    """The person's page; empty where the actor would find nothing there."""
    return record_url("person", person.pk) if actor.sees(person.area.path) else ""


def household_url(actor: Actor, household: Any) -> str:
    """The household's page; empty where the actor would find nothing there."""
    return record_url("household", household.pk) if actor.sees(household.area.path) else ""


def place_of(area: Any) -> str:
    """Town and village."""
    return f"{area.parent.name} {area.name}" if area.parent and area.parent.parent_id else str(area.name)


def crumbs(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """The way to a page of this room; the last step has no address."""
    way = [HOME, {"label": "人员与家庭", "url": reverse("people")}]
    return [*way, *({"label": label, "url": url} if url else {"label": label} for label, url in steps)]
