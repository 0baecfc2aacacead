"""The list of those who are supported as tekun when the platform starts."""

from anmin.ground.payments.held_lists import held_list
from anmin.lines.assistance.tekun.benefit import TEKUN
from anmin.lines.assistance.tekun.vocabulary import FULL, Route

FORMS = (
    held_list(TEKUN, sender="社会救助科", unit="person", full=FULL, routes={str(route.label): route.value for route in Route}),
)
