"""Sources that could not answer when an inquiry was made answer later; inside an action only."""

from collections.abc import Mapping, Sequence
from datetime import date

from anmin.ground.verification.answers import Standing
from anmin.ground.verification.asking import Search, asked_in, keep
from anmin.ground.verification.findings import find
from anmin.ground.verification.models import Inquiry
from anmin.ground.verification.registry_interface import Answer


def ask_again(inquiry: Inquiry, sources: Sequence[Standing], answers: Mapping[str, Answer], *, on: date) -> int:
    """The sources have been asked about everybody in the inquiry, or taken at their answers; how many findings were added."""
    with Search(asked_in(inquiry), answers) as search:
        for standing in sources:
            keep(*search.ask(standing))
    request = inquiry.requests.first()
    return len(find({inquiry.pk: request.purpose.rpartition(".")[0] if request is not None else ""}, on=on))
