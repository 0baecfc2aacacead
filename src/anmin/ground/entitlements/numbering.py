"""Numbers of entitlements: the benefit's letters, the year, and six digits; taken in one statement however many are needed."""

from datetime import date

from django.db.models import F

from anmin.ground.documents.models import NumberSeries
from anmin.ground.entitlements.benefits import Benefit


def next_numbers(benefit: Benefit, on: date, count: int) -> list[str]:
    """So many numbers that nobody else has; in the running transaction, so that a refused action leaves no gap."""
    prefix = f"{benefit.letters}{on.year}"
    series, _ = NumberSeries.objects.get_or_create(name=f"entitlement.{prefix}")
    NumberSeries.objects.filter(pk=series.pk).update(last=F("last") + count)
    series.refresh_from_db()
    return [f"{prefix}{number:06d}" for number in range(series.last - count + 1, series.last + 1)]
