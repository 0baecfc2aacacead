"""Documents one may see, and their bytes."""

from django.db import models
from django.db.models import Q, QuerySet

from anmin.base.errors import Refused
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.ground.documents import storage
from anmin.ground.documents.models import Document, DocumentFile
from anmin.ground.documents.paper import Paper
from anmin.ground.documents.permissions import READS_CHECKS
from anmin.ground.documents.vocabulary import CHECKS


def documents(actor: Actor) -> QuerySet[Document]:
    """Every document in the actor's scope, the newest first; who only pays sees no papers about a family's circumstances."""
    return Document.objects.filter(within(actor), _readable(actor)).prefetch_related("files").order_by("-id")


def _readable(actor: Actor, document: str = "") -> Q:
    return Q() if actor.has(*READS_CHECKS) else ~Q(**{f"{document}kind__startswith": CHECKS})


def about(actor: Actor, subject: models.Model) -> QuerySet[Document]:
    """What was issued or handed in about a record and its parts, oldest first."""
    whole, parts = str(subject.pk), f"{subject.pk}/"
    rows = documents(actor).filter(subject_kind=subject._meta.label_lower)
    return (rows.filter(subject_id=whole) | rows.filter(subject_id__startswith=parts)).order_by("id")


def document(actor: Actor, number: str) -> Document | None:
    """The document with this number, where the actor may see it."""
    return documents(actor).filter(number=number).first()


def paper(actor: Actor, number: str) -> Paper | None:
    """The model of an issued paper, to be shown on a page."""
    found = document(actor, number)
    return Paper.from_data(found.content) if found is not None and found.content is not None else None


def file(actor: Actor, file_id: int) -> tuple[DocumentFile, bytes]:
    """A file and its bytes. Refuses one outside the actor's scope; a file that is gone or damaged."""
    mine = DocumentFile.objects.filter(within(actor, "document__area"), _readable(actor, "document__"))
    found = mine.filter(pk=file_id).select_related("document").first()
    if found is None:
        raise Refused("没有这个文件，或者不在您的管辖范围内。")
    return found, storage.read(found.sha256)
