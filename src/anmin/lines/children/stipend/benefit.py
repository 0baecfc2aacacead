"""The stipend of children in distress as a benefit: what is due in a month for every entitlement at once.

Its routes are the measures by which it was granted: what may be held beside it depends on them.
"""

from anmin.ground.entitlements.reckoning import benefit_of
from anmin.lines.children.stipend.rules import PROGRAMME, ROUTE
from anmin.lines.children.stipend.vocabulary import LABEL

STIPEND = benefit_of(
    PROGRAMME,
    label=LABEL,
    letters="ET",
    routes={name: code.label for name, code in ROUTE.items() if int(code)},
    labels={"full_amount": "补差前的月标准", "already_given": "应扣除的已享受待遇", "route": "计发标准"},
)
