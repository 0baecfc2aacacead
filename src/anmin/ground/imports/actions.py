"""A file is loaded whole or not at all."""

from datetime import date

from django.db import IntegrityError, transaction

from anmin.base import clock
from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.imports.forms import Counts, ImportForm, Incoming, Problems, covered, form_named
from anmin.ground.imports.models import ImportBatch
from anmin.ground.imports.parsing import parse
from anmin.ground.imports.permissions import may_import_file
from anmin.ground.imports.reading import Source, Table, plain_name, read_table
from anmin.ground.imports.vocabulary import ImportState


@action("file.imported", permission=may_import_file)
def import_file(*, form: str, path: Source, name: str, actor: Actor, on: date) -> ImportBatch:
    """The file's rows are loaded, all of them; or none, and the returned batch, whose `is_refused` is true, lists what to mend.

    Basis: 《社会救助暂行办法》 第五十八条 (records are kept complete and true).
    `path` may be a file on disk, its bytes, or an open binary file. Refuses a form that does not exist, and a file that was
    loaded before.
    """
    declared = form_named(form)
    try:
        table = read_table(path, name)
    except BadValue as error:
        return _refused(declared, plain_name(name), "", [covered(error.message)], 1, rows=0, actor=actor, on=on)
    before = ImportBatch.objects.filter(form=form, sha256=table.sha256, state=ImportState.LOADED).first()
    if before is not None:
        raise Refused(f"这个文件已于 {before.brought_on} 导入过（文件名“{before.file_name}”，{before.rows} 行），没有再次导入。")
    rows, problems = parse(table, declared, actor=actor, on=on)
    incoming = Incoming(declared, rows, problems, actor, on)
    plan = declared.check(incoming) if rows else None
    if not problems:
        batch = _opened(form, table, len(rows), actor, on)
        incoming.batch = batch
        counts = _loaded(declared, plan, incoming)
        if counts is not None:
            batch.counts = counts
            batch.save(update_fields=["counts"])
            remark(f"导入“{declared.label}”{table.name}：{len(rows)} 行{_told(counts)}", form=form, counts=counts)
            return batch
        batch.state = ImportState.REFUSED
        batch.problems, batch.problem_count = problems.sentences, problems.count
        batch.save(update_fields=["state", "problems", "problem_count"])
        remark(_told_refusal(declared, table.name, problems.count), form=form)
        return batch
    return _refused(
        declared,
        table.name,
        table.sha256,
        problems.sentences,
        problems.count,
        rows=len(table.lines),
        actor=actor,
        on=on,
    )


def _opened(form: str, table: Table, rows: int, actor: Actor, on: date) -> ImportBatch:
    try:
        return ImportBatch.objects.create(
            form=form,
            file_name=table.name,
            sha256=table.sha256,
            state=ImportState.LOADED,
            rows=rows,
            brought_by_id=actor.id,
            brought_on=on,
            at=clock.instant(on),
        )
    except IntegrityError:
        # Somebody else brought it between our look and our writing; the constraint lets only one of us through.
        raise Refused("这个文件刚刚由他人导入，没有再次导入。") from None


def _loaded(form: ImportForm, plan: object, incoming: Incoming) -> Counts | None:
    try:
        # A savepoint: what the database refuses undoes the rows, not the record that the file was refused.
        with transaction.atomic():
            return form.load(plan, incoming)
    except IntegrityError as error:
        _add_refusal_of_database(incoming.problems, error)
    except BadValue as error:
        incoming.problems.add_sentence(error.message)
    return None


def _add_refusal_of_database(problems: Problems, error: IntegrityError) -> None:
    # The checks of the form come first and name rows; this is for what another clerk wrote in the same moment.
    problems.add_sentence("文件中的内容与系统中刚刚写入的记录冲突，没有导入任何一行，请稍后重新导入；仍不成功请联系系统管理员。")


def _refused(
    form: ImportForm, name: str, sha256: str, sentences: list[str], count: int, *, rows: int, actor: Actor, on: date
) -> ImportBatch:
    batch = ImportBatch.objects.create(
        form=form.name,
        file_name=name,
        sha256=sha256,
        state=ImportState.REFUSED,
        rows=rows,
        problems=sentences,
        problem_count=count,
        brought_by_id=actor.id,
        brought_on=on,
        at=clock.instant(on),
    )
    remark(_told_refusal(form, batch.file_name, count), form=form.name)
    return batch


def _told(counts: Counts) -> str:
    said = "，".join(f"{what} {number}" for what, number in counts.items() if number)
    return f"，{said}" if said else ""


def _told_refusal(form: ImportForm, name: str, count: int) -> str:
    return f"退回“{form.label}”{name}：{count} 处需要修改，没有导入任何一行"
