"""The platform with one header more on every answer: how many statements the database was asked."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection

from anmin.web.wsgi import application as platform


class Count:
    """Counts the statements of one request."""

    def __init__(self) -> None:
        self.statements = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.statements += 1
        return execute(sql, params, many, context)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """As the platform answers; a page is rendered before it starts, so the count is whole by then."""
    count = Count()

    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        return start_response(status, [*headers, ("X-Statements", str(count.statements))], *rest)

    with connection.execute_wrapper(count):
        return platform(environ, start)
