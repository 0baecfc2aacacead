"""Files that were brought in, and the forms they may have."""

from django.db.models import QuerySet

from anmin.ground.accounts.gate import Actor
from anmin.ground.imports.forms import FORMS, ImportForm, form_named
from anmin.ground.imports.models import ImportBatch


def batches(actor: Actor) -> QuerySet[ImportBatch]:
    """The files the actor brought, the latest first; of everybody for those who see the whole county."""
    rows = ImportBatch.objects.select_related("brought_by").order_by("-id")
    if actor.sees_the_county:
        return rows
    return rows.filter(brought_by_id=actor.id) if actor.id is not None else rows.none()


def batch(actor: Actor, batch_id: int) -> ImportBatch | None:
    """One of them, or None."""
    return batches(actor).filter(pk=batch_id).first()


def forms(actor: Actor) -> list[ImportForm]:
    """The forms the actor may bring, in the order in which they build on one another."""
    return [form for form in FORMS.values() if actor.has(*form.roles)]


def form(name: str) -> ImportForm:
    """The form with that name. Refuses one that does not exist, with the nearest names."""
    return form_named(name)
