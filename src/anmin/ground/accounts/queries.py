"""Who somebody is on a day: the roles held and the areas they reach."""

from dataclasses import dataclass
from datetime import date, timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import FilteredRelation, Prefetch, Q, QuerySet, Sum
from django.utils import timezone

from anmin.base.errors import Refused
from anmin.ground.accounts.gate import Actor
from anmin.ground.accounts.models import RoleAssignment, Staff
from anmin.ground.accounts.vocabulary import Role

_EVERYBODY = (Role.ADMINISTRATOR, Role.AUDITOR)


def actor_of(*, staff_id: int, on: date) -> Actor:
    """The member of staff as an actor with the roles held on that day; an account at rest holds none."""
    open_on = Q(assignments__valid_until__isnull=True) | Q(assignments__valid_until__gte=on)
    # One question, asked at every request: the roles come along in an outer join, so that who holds none is found too.
    rows = list(
        Staff.objects.annotate(held=FilteredRelation("assignments", condition=Q(assignments__valid_from__lte=on) & open_on))
        .filter(pk=staff_id)
        .values_list("name", "is_active", "held__role", "held__area__path")
        .order_by("held__role", "held__area__path")
    )
    if not rows:
        raise Staff.DoesNotExist(f"no member of staff has the number {staff_id}")
    name, active = rows[0][0], rows[0][1]
    held = tuple((Role(role), path) for _, _, role, path in rows if role is not None) if active else ()
    return Actor(id=staff_id, name=name, roles=held)


def actor_named(*, username: str, on: date) -> Actor:
    """The member of staff with this sign-in name as an actor. Refuses an unknown name and an account at rest."""
    found = Staff.objects.filter(username=username).values_list("pk", "is_active").first()
    if found is None:
        raise Refused(f"没有账号“{username}”。")
    if not found[1]:
        raise Refused(f"账号“{username}”已停用。")
    return actor_of(staff_id=found[0], on=on)


def staff(actor: Actor) -> QuerySet[Staff]:
    """The accounts the actor may see, with their roles: oneself and who works in the actor's area.

    An administrator and an auditor see all accounts, those without a role and those at rest among them.
    """
    rows: QuerySet[Staff] = Staff.objects.prefetch_related(
        Prefetch("assignments", RoleAssignment.objects.select_related("area").order_by("-valid_from", "role"))
    )
    if actor.has(*_EVERYBODY):
        return rows
    mine = Q(pk=actor.id)
    for path in actor.scope:
        mine |= Q(assignments__area__path__startswith=path)
    return rows.filter(mine, is_active=True).distinct()


def member_of_staff(actor: Actor, staff_id: int) -> Staff:
    """One account the actor may see. Refuses one out of sight, in the same words as one that does not exist."""
    found = staff(actor).filter(pk=staff_id).first()
    if found is None:
        raise Refused("没有这个账号，或者您无权查看。")
    return found


def by_username(actor: Actor, username: str) -> Staff:
    """One account by its sign-in name. Refuses one out of sight, in the same words as one that does not exist."""
    found = staff(actor).filter(username=username).first()
    if found is None:
        raise Refused(f"没有账号“{username}”，或者您无权查看。")
    return found


def assignments(actor: Actor, staff_id: int, on: date | None = None) -> QuerySet[RoleAssignment]:
    """The roles of an account the actor may see, the latest first; those held on a day where one is given."""
    rows = RoleAssignment.objects.filter(staff__in=staff(actor).filter(pk=staff_id)).select_related("staff", "area")
    if on is not None:
        rows = rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on), valid_from__lte=on)
    return rows.order_by("-valid_from", "role")


@dataclass(frozen=True)
class SignInName:
    """An account as it is offered at the door of a demonstration."""

    username: str
    name: str
    role: str
    area: str


def sign_in_names(*, actor: Actor, on: date) -> list[SignInName]:
    """One account for each role held on the day, in the order of the roles. Refuses when this is not a demonstration."""
    if not settings.DEMO:
        raise Refused("只有演示环境才列出账号。")
    order = {role: place for place, role in enumerate(Role)}
    held = (
        RoleAssignment.objects.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=on),
            valid_from__lte=on,
            staff__in=staff(actor).filter(is_active=True),
        )
        .select_related("staff", "area")
        .order_by("staff__username")
    )
    first: dict[Role, RoleAssignment] = {}
    for assignment in held:
        first.setdefault(Role(assignment.role), assignment)
    return [
        SignInName(first[role].staff.username, first[role].staff.name, role.label, first[role].area.name)
        for role in sorted(first, key=order.__getitem__)
    ]


def locked_usernames(actor: Actor) -> list[str]:
    """The sign-in names that repeated wrong passwords keep locked at this moment, of the accounts the actor may see."""
    # The count of failures per name within the time of the lock is what django-axes itself judges by.
    since = timezone.now() - timedelta(hours=settings.AXES_COOLOFF_TIME)
    failed = (
        AccessAttempt.objects.filter(attempt_time__gte=since, username__in=staff(actor).order_by().values("username"))
        .values("username")
        .annotate(failures=Sum("failures_since_start"))
        .filter(failures__gte=settings.AXES_FAILURE_LIMIT)
    )
    return sorted(row["username"] for row in failed.order_by("username"))
