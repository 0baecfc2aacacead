"""The two ways of saying no to a person: this value cannot be, and this action may not be.

Both carry a finished Chinese sentence, shown as it is. Who knows the row and the field (a form, an import) puts them in
front; nobody translates, shortens or wraps the sentence itself.
"""


class BadValue(ValueError):  # noqa: N818 -- says what is wrong, the suffix would not
    """A value that cannot be true as it was written, with the sentence that says why and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return self.message


class Refused(Exception):  # noqa: N818 -- an answer, not an accident
    """An action that was not carried out; nothing was written, and the sentence says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return self.message
