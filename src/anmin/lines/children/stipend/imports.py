"""The file of the stipend: who holds it when the platform starts; lists of many for one decision are every benefit's."""

from anmin.ground.payments.held_lists import held_list
from anmin.lines.children.stipend.benefit import STIPEND
from anmin.lines.children.stipend.vocabulary import FULL

_SENDER = "儿童福利科"

FORMS = (held_list(STIPEND, sender=_SENDER, unit="person", full=FULL),)
