"""`anmin serve`: the platform in the browser, from one command on a laptop or a server."""

from typing import Annotated

import typer

from anmin.cli.start import django_ready, told_plainly


def run_server(*, host: str, port: int, workers: int = 1) -> None:
    """Serves until interrupted; SIGTERM ends it as well as Ctrl-C."""
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "anmin.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        websockets=False,
        log_access=False,
    ).serve()


def collect_static() -> None:
    """The files of the pages stand in the data folder, under names that hold their hash, where the settings ask for it.

    In production every page asks for them by those names: without this step each of them would fail.
    """
    from django.conf import settings

    if settings.STATIC_ROOT:
        from django.core.management import call_command

        call_command("collectstatic", interactive=False, verbosity=0)


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 for a whole office.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(help="Processes; one serves a county bureau on SQLite.")] = 1,
) -> None:
    """Serve the platform; the settings say which records, and `anmin migrate` must have run."""
    with told_plainly():
        django_ready()
    collect_static()
    run_server(host=host, port=port, workers=workers)


def migrate() -> None:
    """Bring the database to this version of the platform; safe to repeat."""
    with told_plainly():
        django_ready()
        from django.core.management import call_command
        from django.db import OperationalError

        from anmin.base.errors import Refused

        try:
            call_command("migrate", interactive=False, verbosity=1)
        except OperationalError as error:
            said = str(error).strip()
            raise Refused(
                f"数据库打不开，请检查 ANMIN_DATABASE_URL：文件夹是否已建立、可写，服务和口令是否正确。（{said}）"
            ) from None
