"""The floor plan: the one file that knows every room.

Rooms declare case types, benefits, figures, file formats and schedules; here they are registered with the shared ground.
"""

from django.apps import AppConfig


class Assembly(AppConfig):
    """Puts the house together once, when Django has loaded every model."""

    name = "anmin"
    label = "assembly"
    verbose_name = "安民"

    def ready(self) -> None:
        from django.conf import settings

        from anmin.base import clock

        clock.freeze(settings.TODAY)

        from anmin.ground.indicators.declarations import INDICATORS
        from anmin.lines.assistance.dibao import indicators as dibao_indicators

        INDICATORS.register(dibao_indicators.INDICATORS, dibao_indicators.BALANCES)
