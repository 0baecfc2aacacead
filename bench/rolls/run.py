"""The roll of so many entitlements, end to end, in seconds and as a multiple of a bare bulk insert of the same lines.

    python bench/rolls/run.py sqlite 100000
    python bench/rolls/run.py postgresql 100000

The first month has no past; the last of six recomputes five past months and finds no difference. Facts, rules, differences,
seals, totals and the audit line are all in the time; check and approval (every seal computed anew, payments made) are apart.
"""

import json
import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SERVER = os.environ.get("ANMIN_BENCH_POSTGRESQL", "postgresql://anmin:anmin@127.0.0.1:5432")
MONTHS = 6


@contextmanager
def database(kind: str) -> Iterator[str]:
    """The address of an empty database that is gone afterwards."""
    if kind == "sqlite":
        folder = tempfile.mkdtemp(prefix="anmin-rolls-")
        try:
            yield f"sqlite:///{folder}/county.sqlite3"
        finally:
            shutil.rmtree(folder)
        return
    import psycopg

    name = f"anmin_bench_rolls_{os.getpid()}"
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    try:
        yield f"{SERVER}/{name}"
    finally:
        from django.db import connection

        connection.close()
        with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def measure(kind: str, size: int) -> dict[str, object]:
    """Builds the county, runs six months, and gives the seconds of each part."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction

    sys.path.insert(0, str(Path(__file__).parent))
    import county

    from anmin.base.periods import Month
    from anmin.ground.accounts.models import Staff
    from anmin.ground.accounts.queries import actor_of
    from anmin.ground.payments.actions import approve_roll, check_roll, generate_roll
    from anmin.ground.payments.ledger import _LINE
    from anmin.ground.payments.models import RollLine
    from anmin.ground.rows import insert

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        made = county.build(size)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    print(f"{kind}: {made}", file=sys.stderr)
    who = {
        name: actor_of(staff_id=Staff.objects.get(username=name).pk, on=date(2024, 1, 1))
        for name in ("cashier", "cashier2", "leader")
    }
    months = []
    for number in range(1, MONTHS + 1):
        on = date(2024, number, 3)
        started = time.perf_counter()
        roll = generate_roll(benefit="assistance.dibao", month=Month(2024, number), actor=who["cashier"], on=on)
        generated = time.perf_counter()
        roll = check_roll(roll=roll, actor=who["cashier2"], on=on)
        checked = time.perf_counter()
        roll = approve_roll(roll=roll, actor=who["leader"], on=on)
        approved = time.perf_counter()
        months.append(
            {
                "month": roll.month,
                "lines": roll.line_count,
                "total_yuan": roll.total / 100,
                "generate_s": round(generated - started, 3),
                "check_s": round(checked - generated, 3),
                "approve_s": round(approved - checked, 3),
            }
        )
        print(months[-1], file=sys.stderr)
    bare = _bare(insert, RollLine, _LINE, connection, transaction)
    first, last = months[0], months[-1]
    return {
        "database": kind,
        **made,
        "months": months,
        "bare_insert_s": round(bare, 3),
        "ratio_first_month": round(first["generate_s"] / bare, 2),
        "ratio_with_five_past_months": round(last["generate_s"] / bare, 2),
        "peak_memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _bare(insert, model, columns, connection, transaction) -> float:  # type: ignore[no-untyped-def]  # passed through
    """Seconds to insert the lines of one roll again, ready-made, with the same constraints; rolled back."""
    from anmin.ground.payments.models import Roll

    roll = Roll.objects.order_by("month").first()
    rows = [
        (*row[:9], json.dumps(row[9], ensure_ascii=False), row[10])
        for row in model.objects.filter(roll=roll).values_list(*columns)
    ]
    times = []
    for attempt in range(3):
        target = Roll.objects.order_by("month")[attempt + 1]
        ready = [(target.pk, row[1], row[2], "1999-01", *row[4:]) for row in rows]
        with transaction.atomic():
            started = time.perf_counter()
            insert(model, columns, ready)
            times.append(time.perf_counter() - started)
            transaction.set_rollback(True)
    return min(times)


if __name__ == "__main__":
    kind, size = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    sys.path.insert(0, str(ROOT / "src"))
    with database(kind) as address:
        os.environ["ANMIN_DATABASE_URL"] = address
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anmin.settings.dev")
        print(json.dumps(measure(kind, size), ensure_ascii=False, indent=2))
