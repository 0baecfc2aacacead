"""The list of those who are recognised as such when the platform starts."""

from anmin.ground.payments.held_lists import held_list
from anmin.lines.assistance.hardship.benefit import HARDSHIP
from anmin.lines.assistance.hardship.vocabulary import FULL

FORMS = (held_list(HARDSHIP, sender="社会救助科", full=FULL),)
