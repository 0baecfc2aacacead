"""The list of those who are recognised as such when the platform starts."""

from anmin.ground.payments.held_lists import held_list
from anmin.lines.assistance.margin.benefit import MARGIN
from anmin.lines.assistance.margin.vocabulary import FULL

FORMS = (held_list(MARGIN, sender="社会救助科", full=FULL),)
