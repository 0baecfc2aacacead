"""`anmin accounts`: the first administrator, and the help that an administrator gives at the console.

Whoever may run these commands holds the server's files, so they act as the system unless `--as` names an account.
"""

import json
from datetime import date
from typing import Annotated, Any

import typer

from anmin.cli.start import acting, show_table, with_records

app = typer.Typer(no_args_is_help=True, help="Staff, their roles and passwords.")

As = Annotated[str | None, typer.Option("--as", help="Act in the name of this account; otherwise the system acts.")]
Username = Annotated[str, typer.Argument(help="The sign-in name.")]
Password = Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for when not given.")]


@app.command("list")
@with_records
def list_staff(
    as_json: Annotated[bool, typer.Option("--json", help="For a machine: a list of objects.")] = False, username: As = None
) -> None:
    """List the accounts with the roles held today."""
    from rich.table import Table

    from anmin.base import clock
    from anmin.ground.accounts import queries

    actor, today = acting(username), clock.today()
    locked = set(queries.locked_usernames(actor))
    said: list[dict[str, Any]] = [
        {
            "username": member.username,
            "name": member.name,
            "active": member.is_active,
            "locked": member.username in locked,
            "roles": [
                {"role": held.role, "area": held.area.name}
                for held in member.assignments.all()
                if held.valid_from <= today and (held.valid_until is None or held.valid_until >= today)
            ],
        }
        for member in queries.staff(actor)
    ]
    if as_json:
        typer.echo(json.dumps(said, ensure_ascii=False, indent=2))
        return
    table = Table("账号", "姓名", "角色", "状态")
    for each in said:
        roles = "、".join(f"{_label(role['role'])}（{role['area']}）" for role in each["roles"])
        table.add_row(each["username"], each["name"], roles, _state(each["active"], each["locked"]))
    show_table(table)


@app.command()
@with_records
def create(
    username: Username,
    name: Annotated[str, typer.Option(help="The person's name.")],
    password: Password,
    phone: Annotated[str, typer.Option(help="Telephone number.")] = "",
    by: As = None,
) -> None:
    """Make an account without a role; its owner changes the password at the first sign-in."""
    from anmin.base import clock
    from anmin.ground.accounts import actions

    actions.create_staff(username=username, name=name, password=password, phone=phone, actor=acting(by), on=clock.today())
    typer.echo(f"已建立账号“{username}”。")


@app.command()
@with_records
def assign(
    username: Username,
    role: Annotated[str, typer.Option(help="town_clerk, section_reviewer, decision_maker, cashier, leader, …")],
    area: Annotated[str, typer.Option(help="Our code of the town (for a town clerk) or of the county.")],
    valid_from: Annotated[str, typer.Option("--from", help="First day, 2024-01-01; today when not given.")] = "",
    by: As = None,
) -> None:
    """Give an account a role in an area. Incompatible roles are refused."""
    from anmin.base import clock
    from anmin.base.errors import BadValue
    from anmin.ground.accounts import actions, queries
    from anmin.ground.accounts.vocabulary import Role
    from anmin.ground.areas.queries import by_code

    if role not in Role.values:
        raise BadValue(f"没有角色“{role}”，可用的有：{'、'.join(f'{each.value}（{each.label}）' for each in Role)}。")
    try:
        begins = date.fromisoformat(valid_from) if valid_from else clock.today()
    except ValueError:
        raise BadValue(f"“{valid_from}”不是日期，请写成 2024-01-01 的样子。") from None
    actor = acting(by)
    staff = queries.by_username(actor, username)
    actions.assign_role(staff=staff, role=Role(role), area=by_code(area), valid_from=begins, actor=actor, on=clock.today())
    typer.echo(f"{staff.name}自 {begins} 起任{Role(role).label}。")


@app.command("set-password")
@with_records
def set_password(username: Username, password: Password, by: As = None) -> None:
    """Give an account a new password, to be changed at the next sign-in."""
    from anmin.base import clock
    from anmin.ground.accounts import actions, queries

    actor = acting(by)
    actions.set_password(staff=queries.by_username(actor, username), password=password, actor=actor, on=clock.today())
    typer.echo(f"已重置账号“{username}”的密码。")


@app.command()
@with_records
def unlock(username: Username, by: As = None) -> None:
    """Let an account try again after repeated wrong passwords."""
    from anmin.base import clock
    from anmin.ground.accounts import actions, queries

    actor = acting(by)
    actions.unlock_staff(staff=queries.by_username(actor, username), actor=actor, on=clock.today())
    typer.echo(f"已解除账号“{username}”的锁定。")


@app.command()
@with_records
def deactivate(username: Username, by: As = None) -> None:
    """Put an account to rest; its roles end today, its name stays in the records."""
    from anmin.base import clock
    from anmin.ground.accounts import actions, queries

    actor = acting(by)
    actions.deactivate_staff(staff=queries.by_username(actor, username), actor=actor, on=clock.today())
    typer.echo(f"已停用账号“{username}”。")


def _label(role: str) -> str:
    from anmin.ground.accounts.vocabulary import Role

    return Role(role).label


def _state(active: bool, locked: bool) -> str:
    if not active:
        return "停用"
    return "锁定" if locked else "正常"
