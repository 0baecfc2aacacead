"""The file of the allowances by age: who holds them when the platform starts; lists for one decision are every benefit's."""

from anmin.ground.payments.held_lists import held_list
from anmin.lines.eldercare.allowance.benefit import ALLOWANCE
from anmin.lines.eldercare.allowance.vocabulary import FULL

_SENDER = "养老服务科"

FORMS = (held_list(ALLOWANCE, sender=_SENDER, unit="person", full=FULL, after_decision=False),)
