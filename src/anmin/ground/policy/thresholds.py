"""Where a number is only compared: from which values on a rule body answers otherwise.

An age that goes from 34 to 35 changes nothing where the rules ask for 18, 60 and 80. A body is run once on symbols with a probe
in the place of the number: what it compares the probe with is noted, and anything else it does with it is refused.
"""

from collections.abc import Mapping

from anmin.ground.policy.rules import Version
from anmin.ground.policy.symbols import SYMBOLS, Symbol, UnfitRuleError


class _Given(Symbol):
    """A parameter: a symbol to all but the probe."""

    def __init__(self, name: str, number: int) -> None:
        super().__init__(name)
        self.number = number


class Probe:
    """Stands for a number; knows at which values the answers about it turn."""

    __hash__ = None  # type: ignore[assignment]  # equality makes a yes or no, so a set of them would be nonsense

    def __init__(self) -> None:
        self.turns: set[int] = set()

    def __lt__(self, other: object) -> Symbol:
        return self._at(other, 0)

    def __ge__(self, other: object) -> Symbol:
        return self._at(other, 0)

    def __gt__(self, other: object) -> Symbol:
        return self._at(other, 1)

    def __le__(self, other: object) -> Symbol:
        return self._at(other, 1)

    def __eq__(self, other: object) -> Symbol:  # type: ignore[override]  # as columns do
        return self._at(other, 0, 1)

    def __ne__(self, other: object) -> Symbol:  # type: ignore[override]  # as columns do
        return self._at(other, 0, 1)

    def _at(self, other: object, *beyond: int) -> Symbol:
        if isinstance(other, _Given):
            other = other.number
        if isinstance(other, bool) or not isinstance(other, int):
            raise UnfitRuleError("compared with what is not a plain number")
        self.turns |= {int(other) + each for each in beyond}
        return Symbol("", truth=True)


def turns_of(version: Version, name: str, constants: Mapping[str, int], truths: Mapping[str, bool]) -> set[int] | None:
    """The values from which on a body answers otherwise about one of its inputs; None where it does more than compare it.

    ``truths`` says of each input whether it is a yes or no.
    """
    probe = Probe()

    def given(each: str) -> object:
        if each == name:
            return probe
        return _Given(each, constants[each]) if each in constants else Symbol(each, truth=truths[each])

    try:
        made = version.body(SYMBOLS, *(given(each) for each in version.inputs))
    except (UnfitRuleError, TypeError, AttributeError):
        return None
    return None if made is probe else probe.turns
