"""Figures that were printed before the platform kept the records behind them."""

from typing import ClassVar

from django.db import models

from anmin.ground.constraints import Unchanging


class PublishedFigure(models.Model):
    """A figure of a past period as the bureau printed it, with the paper it stands in; there are no records behind it.

    `value` is held like the indicator's own: fen for money, else a count. It serves comparison with last year only.
    """

    personal_data: ClassVar[str] = "none"

    period = models.CharField(max_length=10)
    figure = models.CharField(max_length=80)
    value = models.BigIntegerField()
    document = models.CharField(max_length=200)
    published_on = models.DateField()
    recorded_on = models.DateField()

    class Meta:
        ordering = ["period", "figure"]
        constraints = [
            models.UniqueConstraint(fields=["period", "figure"], name="published_figure_once"),
            Unchanging(name="published_figure_never_changes"),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.figure}"
