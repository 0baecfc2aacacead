"""The policy book in force in this process: opened once, when first asked for, or laid aside for another in a test."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from anmin.ground.policy.parameters import Parameters

_open: Callable[[], Parameters] | None = None
_book: Parameters | None = None


def install(open_book: Callable[[], Parameters]) -> None:
    """From now on `policy()` is what `open_book` gives; the assembly says where the files are."""
    global _open, _book  # one process has one book, as it has one law
    _open, _book = open_book, None


def policy() -> Parameters:
    """The dated parameters in force."""
    global _book  # opened at the first question, so that commands that ask none start quickly
    if _book is None:
        if _open is None:
            raise RuntimeError("no policy book has been installed")
        _book = _open()
    return _book


@contextmanager
def use(parameters: Parameters) -> Iterator[Parameters]:
    """Within the block, `policy()` is `parameters`: for simulations and tests; the files stay as they are."""
    global _book  # put back below, whatever happens
    before, _book = _book, parameters
    try:
        yield parameters
    finally:
        _book = before
