"""Database constraints that SQLite and PostgreSQL both keep: periods without overlap, rows that never change.

Django knows neither for SQLite. Each is a `Meta.constraints` entry, so migrations create and drop it like any other;
PostgreSQL gets an exclusion constraint or a trigger, SQLite gets triggers. The name of the constraint is in the error.
"""

from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table
from django.db.models import BaseConstraint, Model


class _TwoDatabases(BaseConstraint):
    """A constraint whose SQL is a list of statements per vendor, with `%(table)s` and `%(name)s` in each."""

    def statements(self, model: type[Model], vendor: str) -> list[str]:
        raise NotImplementedError

    def removals(self, vendor: str) -> list[str]:
        raise NotImplementedError

    def _built(self, sql: str, model: type[Model], editor: BaseDatabaseSchemaEditor) -> Statement:
        # A Statement, not a string: SQLite rebuilds tables under a passing name, and Django renames the reference here.
        return Statement(sql, table=Table(model._meta.db_table, editor.quote_name), name=self.name)

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        for sql in self.statements(model, schema_editor.connection.vendor):
            schema_editor.deferred_sql.append(self._built(sql, model, schema_editor))
        return None

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        *first, last = self.statements(model, schema_editor.connection.vendor)
        for sql in first:
            schema_editor.execute(self._built(sql, model, schema_editor))
        return self._built(last, model, schema_editor)

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        *first, last = self.removals(schema_editor.connection.vendor)
        for sql in first:
            schema_editor.execute(self._built(sql, model, schema_editor))
        return self._built(last, model, schema_editor)

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = DEFAULT_DB_ALIAS) -> None:
        """The database alone decides; forms report its refusal."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _TwoDatabases) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash(self.name)


class NoOverlap(_TwoDatabases):
    """No two rows with equal `columns` have periods that share a day, among the rows for which `condition` holds.

    Columns are database columns. The period is `valid_from` to `valid_until`, both included, an absent end meaning
    "until further notice". `condition` is SQL in which `{row}` stands for the row, as in `{row}superseded_at IS NULL`.
    """

    def __init__(self, *, name: str, columns: list[str], condition: str = "") -> None:
        super().__init__(name=name)
        self.columns = list(columns)
        self.condition = condition

    def deconstruct(self) -> Any:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "columns": self.columns, "condition": self.condition}

    def statements(self, model: type[Model], vendor: str) -> list[str]:
        if vendor == "postgresql":
            equal = ", ".join(f'"{column}" WITH =' for column in self.columns)
            where = f" WHERE ({self.condition.format(row='')})" if self.condition else ""
            return [
                "CREATE EXTENSION IF NOT EXISTS btree_gist",
                f"ALTER TABLE %(table)s ADD CONSTRAINT %(name)s EXCLUDE USING gist "
                f"({equal}, daterange(valid_from, valid_until, '[]') WITH &&){where}",
            ]
        same = " AND ".join(f'other."{column}" = NEW."{column}"' for column in self.columns)
        both = f" AND {self.condition.format(row='other.')} AND {self.condition.format(row='NEW.')}" if self.condition else ""
        twin = (
            f"SELECT 1 FROM %(table)s other WHERE {same} AND other.id IS NOT NEW.id "  # noqa: S608  names come from models
            f"AND other.valid_from <= coalesce(NEW.valid_until, '9999-12-31') "
            f"AND coalesce(other.valid_until, '9999-12-31') >= NEW.valid_from{both}"
        )
        body = f"BEGIN SELECT RAISE(ABORT, '%(name)s') WHERE EXISTS ({twin}); END"
        return [
            f"CREATE TRIGGER %(name)s_insert BEFORE INSERT ON %(table)s {body}",
            f"CREATE TRIGGER %(name)s_update BEFORE UPDATE ON %(table)s {body}",
        ]

    def removals(self, vendor: str) -> list[str]:
        if vendor == "postgresql":
            return ["ALTER TABLE %(table)s DROP CONSTRAINT IF EXISTS %(name)s"]
        return ["DROP TRIGGER IF EXISTS %(name)s_insert", "DROP TRIGGER IF EXISTS %(name)s_update"]


class Unchanging(_TwoDatabases):
    """A row, once written, is neither deleted nor changed, save for the columns in `but`.

    With `while_` (SQL in which `{row}` stands for the row as it was) it holds only for rows that meet it. A migration removes
    the constraint first and adds it again at the end when it adds a column to such a table (SQLite's trigger lists the columns
    it watches), or alters a table that `while_` looks into (SQLite will not rename what a trigger speaks of).
    """

    def __init__(self, *, name: str, but: list[str] | None = None, while_: str = "") -> None:
        super().__init__(name=name)
        self.but = list(but or [])
        self.while_ = while_

    def deconstruct(self) -> Any:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "but": self.but, "while_": self.while_}

    def statements(self, model: type[Model], vendor: str) -> list[str]:
        when = f" WHEN ({self.while_.format(row='OLD.')})" if self.while_ else ""
        if vendor == "postgresql":
            # A trigger's WHEN may not look into another table, so the condition moves into the function.
            test = f"IF NOT ({self.while_.format(row='OLD.')}) THEN RETURN COALESCE(NEW, OLD); END IF;" if self.while_ else ""
            if self.but:
                # Not UPDATE OF: it would forget columns added later, and forbid changing the type of the others.
                but = ", ".join(f"'{column}'" for column in self.but)
                test += (
                    f" IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - ARRAY[{but}] = to_jsonb(OLD) - ARRAY[{but}] "
                    "THEN RETURN NEW; END IF;"
                )
            return [
                f"CREATE OR REPLACE FUNCTION %(name)s_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {test} "
                f"RAISE EXCEPTION '%(name)s' USING ERRCODE = 'integrity_constraint_violation'; END $$",
                "CREATE TRIGGER %(name)s_update BEFORE UPDATE ON %(table)s FOR EACH ROW EXECUTE FUNCTION %(name)s_refuse()",
                "CREATE TRIGGER %(name)s_delete BEFORE DELETE ON %(table)s FOR EACH ROW EXECUTE FUNCTION %(name)s_refuse()",
            ]
        columns = [f'"{field.column}"' for field in model._meta.concrete_fields if field.column not in self.but]
        of = f" OF {', '.join(columns)}" if self.but else ""
        refuse = f"FOR EACH ROW{when} BEGIN SELECT RAISE(ABORT, '%(name)s'); END"
        return [
            f"CREATE TRIGGER %(name)s_update BEFORE UPDATE{of} ON %(table)s {refuse}",
            f"CREATE TRIGGER %(name)s_delete BEFORE DELETE ON %(table)s {refuse}",
        ]

    def removals(self, vendor: str) -> list[str]:
        if vendor == "postgresql":
            return ["DROP FUNCTION IF EXISTS %(name)s_refuse() CASCADE"]
        return ["DROP TRIGGER IF EXISTS %(name)s_update", "DROP TRIGGER IF EXISTS %(name)s_delete"]
