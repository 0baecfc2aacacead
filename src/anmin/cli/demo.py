"""`anmin demo`: the invented county, built from a scenario and served."""

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from anmin.cli.start import django_ready, told_plainly

if TYPE_CHECKING:
    from rich.console import Console

    from anmin.demo.place import Place
    from anmin.demo.scenario import Scenario

app = typer.Typer(no_args_is_help=True, help="The invented county: build it from a scenario, serve it.")

ScenarioOption = Annotated[str, typer.Option(help="A file of the county's scenarios: 2024H1, 2023H1, tiny.")]
FolderOption = Annotated[Path | None, typer.Option(help="Where it lives; var/demo/<scenario> when not given.")]


@app.command()
def build(scenario: ScenarioOption = "2024H1", folder: FolderOption = None) -> None:
    """Write the files a county would send, bring them in, play the half-year day by day, and print what came out."""
    with told_plainly():
        chosen, place = live_in(scenario, folder)
        _build(chosen, place)


@app.command()
def files(scenario: ScenarioOption = "2024H1", folder: FolderOption = None) -> None:
    """Only write the files a county would send; no database is touched."""
    with told_plainly():
        chosen, place = live_in(scenario, folder)
        from rich.console import Console

        from anmin.demo.build import plan_and_write

        plan_and_write(chosen, place)
        Console().print(f"文件已写入 {place.files}（全部为虚构数据）。")


@app.command()
def figures(scenario: ScenarioOption = "2024H1", folder: FolderOption = None) -> None:
    """Print again what the built county comes to: figure, reported, from our records, rows behind it. Status 1 if two differ."""
    with told_plainly():
        chosen, place = live_in(scenario, folder)
        refuse_unbuilt(chosen, place)
        from rich.console import Console

        if not _print_figures(Console(), chosen):
            raise typer.Exit(1)


@app.command()
def serve(
    scenario: ScenarioOption = "2024H1",
    folder: FolderOption = None,
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
) -> None:
    """Serve a built county in the browser."""
    with told_plainly():
        chosen, place = live_in(scenario, folder)
        refuse_unbuilt(chosen, place)
        from rich.console import Console

        from anmin.cli.serve import run_server

        _print_logins(Console(), place, f"http://{host}:{port}/")
        run_server(host=host, port=port)


def live_in(name: str, folder: Path | None) -> tuple["Scenario", "Place"]:
    """The scenario is read and this process lives in its place and on its business day."""
    from anmin.demo.place import Place
    from anmin.demo.scenario import read_scenario
    from anmin.settings import env

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anmin.settings.dev")
    scenario = read_scenario(Path(env.read("ANMIN_COUNTY_DIR")) / "scenarios" / f"{name}.yaml")
    place = Place((folder or Path(env.read("ANMIN_DATA_DIR")) / "demo" / name).resolve())
    os.environ.update(place.environment(str(scenario.business_day)))
    django_ready()
    return scenario, place


def refuse_unbuilt(scenario: "Scenario", place: "Place") -> None:
    """Nothing happens where the county is built; a sentence says how to build it where it is not."""
    from anmin.base.errors import BadValue

    if not place.database.exists() or place.unfinished.exists():
        raise BadValue(f"演示“{scenario.name}”还没有建立，请先运行 anmin demo build --scenario {scenario.name}。")


def _build(scenario: "Scenario", place: "Place") -> None:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from anmin.demo import build as building

    console = Console()
    started = time.monotonic()
    console.print(f"[bold]建立演示：{scenario.label}[/bold]（全部人员、家庭和金额均为虚构）")
    for path in place.contents:
        console.print(f"将覆盖 {path}")
    building.clear(place)
    place.folder.mkdir(parents=True, exist_ok=True)
    place.unfinished.touch()
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"), TimeElapsedColumn())
    with Progress(*columns, console=console, refresh_per_second=4) as progress:
        task = progress.add_task("生成报送文件", total=None)
        building.plan_and_write(scenario, place)

        def tell(what: str, done: int, total: int) -> None:
            progress.update(task, description=what, completed=done, total=total)

        building.play_files(scenario, place, tell)
    place.unfinished.unlink()
    console.print(f"用时 {time.monotonic() - started:.0f} 秒；报送文件在 {place.files}")
    _print_figures(console, scenario)
    _print_logins(console, place, "")


def _print_figures(console: "Console", scenario: "Scenario") -> bool:
    """The table of figures; whether everything that was reported comes out of the records."""
    from rich.table import Table

    from anmin.demo.comparison import compare

    table = Table(title=f"{scenario.label}：报告数与系统记录", title_justify="left")
    table.add_column("指标")
    for header in ("报告", "系统记录", "记录条数"):
        table.add_column(header, justify="right")
    table.add_column("单位")
    table.add_column("")
    marks = {True: "[green]相符[/green]", False: "[red]不符[/red]", None: ""}
    starred, agreed = False, True
    for each in compare(scenario):
        starred = starred or each.chosen
        agreed = agreed and each.agrees is not False
        reported = f"{each.reported}*" if each.chosen else each.reported
        table.add_row(each.label, reported or "—", each.found, f"{each.rows}", each.unit, marks[each.agrees])
    console.print(table)
    if starred:
        console.print("* 报告未载明，由演示场景设定。")
    return agreed


def _print_logins(console: "Console", place: "Place", address: str) -> None:
    from django.conf import settings
    from rich.table import Table

    from anmin.demo.build import logins

    table = Table(title=f"演示账号（密码均为 {settings.DEMO_PASSWORD}）", title_justify="left")
    for header in ("账号", "姓名", "岗位", "任职地"):
        table.add_column(header)
    for login in logins(place):
        table.add_row(login.username, login.name, login.role, login.area)
    console.print(table)
    if address:
        console.print(f"打开 {address}")
