"""Numbers of papers and cases, without gaps among what was kept: taken in the transaction of what bears them."""

from django.db import transaction
from django.db.models import F

from anmin.ground.documents.models import NumberSeries


def next_number(series: str, *, year: int, digits: int = 4) -> str:
    """海民低受〔2024〕0001号: the next number of a series in a year. Given back when the transaction rolls back."""
    name = f"{series}〔{year}〕"
    return f"{name}{_take(name):0{digits}d}号"


def next_plain_number(letters: str, *, year: int, digits: int = 6) -> str:
    """DS2024000001: the next number of cases and the like, which are typed and read aloud."""
    return f"{letters}{year}{_take(letters + str(year)):0{digits}d}"


def _take(name: str) -> int:
    # The UPDATE locks the row until commit, so two transactions never read the same number.
    with transaction.atomic():
        if not NumberSeries.objects.filter(name=name).update(last=F("last") + 1):
            NumberSeries.objects.get_or_create(name=name)
            NumberSeries.objects.filter(name=name).update(last=F("last") + 1)
        return NumberSeries.objects.values_list("last", flat=True).get(name=name)
