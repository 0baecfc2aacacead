"""Which machines may ask, and what passed between them and us."""

from datetime import date, datetime
from typing import Any

from django.db.models import Max, QuerySet

from anmin.base.errors import Refused
from anmin.ground.accounts.gate import Actor
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.audit.models import AuditLine
from anmin.ground.registry import clients as machines
from anmin.ground.registry.asker import Asker
from anmin.ground.registry.models import Callback, Exchange, RegistryClient
from anmin.ground.registry.vocabulary import CallbackState


def clients(actor: Actor) -> QuerySet[RegistryClient]:
    """The machines with their areas, by id; for the administrator and the auditor."""
    if not (actor.is_system or actor.has(Role.ADMINISTRATOR, Role.AUDITOR)):
        return RegistryClient.objects.none()
    return RegistryClient.objects.prefetch_related("areas").order_by("client_id")


def last_messages(actor: Actor) -> dict[int, datetime]:
    """By machine that the actor may see, when its last message came; those that never wrote are absent."""
    seen = clients(actor)
    if seen.query.is_empty():
        return {}
    asked = Exchange.objects.order_by().values("client_id").annotate(last=Max("received_at"))
    found = {row["client_id"]: row["last"] for row in asked}
    # Who only answers us leaves no exchange, but a line in the log.
    label = RegistryClient._meta.label_lower
    lines = AuditLine.objects.filter(subject_kind=label, verb="registry.answer_taken").order_by().values("subject_id")
    for row in lines.annotate(last=Max("at")):
        pk = int(row["subject_id"])
        found[pk] = max(row["last"], found.get(pk, row["last"]))
    return found


def client(actor: Actor, client_id: str) -> RegistryClient:
    """One machine by its id. Refuses one that is not there or out of sight."""
    found = clients(actor).filter(client_id=client_id).first()
    if found is None:
        raise Refused(f"没有系统标识为“{client_id}”的外部系统，或者您无权查看。")
    return found


def latest_exchanges(actor: Actor, client: RegistryClient) -> list[int]:
    """The ids of the latest messages of a machine the actor may see, the newest first; for its lines in the log."""
    rows = Exchange.objects.filter(client=client, client__in=clients(actor).order_by().values("pk")).order_by("-id")
    return list(rows.values_list("pk", flat=True)[:20])


def callbacks_waiting(actor: Actor) -> int:
    """How many answers wait to be delivered; none for who may not see the machines."""
    return Callback.objects.filter(client__in=clients(actor).values("pk"), state=CallbackState.WAITING).count()


# --- for the door of the machines ----------------------------------------------------------------------------------


def token(client_id: str, secret: str, *, actor: Actor, now: int, on: date) -> str | None:
    """A token for whoever knows the secret of a grant that holds; None for everybody else."""
    found = machines.admitted(client_id, secret, on=on)
    return machines.token_for(found, now=now) if found else None


def asker_with(bearer: str, *, actor: Actor, now: int, on: date) -> tuple[RegistryClient, Asker] | None:
    """The machine that a token was given to, and it as an actor; None where the token holds no more."""
    found = machines.client_of(bearer, now=now, on=on)
    return (found, machines.asker(found)) if found else None


def jwks(actor: Actor) -> dict[str, Any]:
    """Our public keys, for whoever verifies our answers."""
    from django.conf import settings

    from anmin.base.dci.signatures import as_jwk

    return {"keys": [as_jwk(settings.DCI_KEY, settings.DCI_ID)] if settings.DCI_KEY else []}
