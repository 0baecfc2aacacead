"""The file of the benefit: who holds it when the platform starts; lists of many for one decision are every benefit's."""

from anmin.ground.payments.held_lists import held_list
from anmin.lines.disability.nursing.benefit import NURSING
from anmin.lines.disability.nursing.vocabulary import FULL

_SENDER = "残疾人福利科"

FORMS = (held_list(NURSING, sender=_SENDER, unit="person", full=FULL, after_decision=False),)
