"""`anmin verification`: departments' deliveries in, requests and full checks run, the rolls watched, files matched."""

import typer

from anmin.cli.verification import matching, records

app = typer.Typer(no_args_is_help=True, help="Verification: deliveries, requests, full checks, the standing watch.")

app.command()(records.sources)
app.command()(records.receive)
app.command()(records.run)
app.command()(records.full)
app.command()(records.late)
app.command()(records.watch)
app.command()(matching.match)
app.command("delete-expired")(records.delete_expired)
