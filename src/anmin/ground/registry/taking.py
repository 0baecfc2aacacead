"""A message is taken on record once, and not too many of them in a minute."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import IntegrityError, transaction

from anmin.base import clock
from anmin.ground.audit.models import AuditLine
from anmin.ground.registry.answering import Reply
from anmin.ground.registry.models import Exchange, RegistryClient
from anmin.ground.registry.refusals import MessageRefused
from anmin.ground.registry.vocabulary import Fault, Register


def check_pace(client: RegistryClient) -> None:
    """Refuses one message too many within a minute, before any work is done for it; those that were refused count as well."""
    since = clock.true_instant() - timedelta(minutes=1)
    taken = Exchange.objects.filter(client=client, received_at__gt=since).count()
    if taken + _noted("registry.refused", client, since) >= settings.DCI_REQUESTS_PER_MINUTE:
        raise MessageRefused(Fault.TOO_MANY_REQUESTS, f"每分钟最多 {settings.DCI_REQUESTS_PER_MINUTE} 个报文，请稍后再试。")


def check_pace_of_answers(client: RegistryClient) -> None:
    """Refuses one answer too many within a minute; those that were refused are counted by `check_pace`."""
    since = clock.true_instant() - timedelta(minutes=1)
    if _noted("registry.answer_taken", client, since) >= settings.DCI_ANSWERS_PER_MINUTE:
        raise MessageRefused(Fault.TOO_MANY_REQUESTS, f"每分钟最多 {settings.DCI_ANSWERS_PER_MINUTE} 件答复，请稍后再送。")


def _noted(verb: str, client: RegistryClient, since: datetime) -> int:
    label, key = client._meta.label_lower, str(client.pk)
    return AuditLine.objects.filter(subject_kind=label, subject_id=key, verb=verb, at__gt=since).count()


def take_message(
    client: RegistryClient, register: Register, kind: str, message_id: str, transaction_id: str, items: list[Reply]
) -> Exchange:
    """The message is on record; inside an action only. Refuses one that came before."""
    try:
        with transaction.atomic():
            return Exchange.objects.create(
                client=client,
                register=register.value,
                action=kind,
                message_id=message_id,
                transaction_id=transaction_id,
                correlation_id=str(uuid4()),
                received_at=clock.true_instant(),
                items=[each.kept for each in items],
                shown=sum(each.shown for each in items),
            )
    except IntegrityError:
        raise MessageRefused(Fault.BAD, "报文编号（message_id）已经用过，请换一个编号重新发送。") from None
