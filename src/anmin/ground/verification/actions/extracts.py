"""What departments deliver is taken in whole, or not at all; its rows are kept encrypted, and deleted when their time is over."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction

from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.documents import storage
from anmin.ground.imports.reading import plain_name
from anmin.ground.policy.book import policy
from anmin.ground.verification.answers import seems_partial
from anmin.ground.verification.deliveries import check_mapping, read_grid, read_rows
from anmin.ground.verification.mappings import mapping_for
from anmin.ground.verification.models import ColumnMapping, Extract
from anmin.ground.verification.permissions import may_delete_rows, may_receive_extract
from anmin.ground.verification.queries.extracts import arrival_cautions, delivered_before
from anmin.ground.verification.sources import source as source_of
from anmin.ground.verification.store import keep_rows


@action("verification.extract_received", permission=may_receive_extract)
def receive_extract(
    *,
    source: str,
    department: str,
    file_name: str,
    content: bytes,
    as_of: date,
    basis: str = "",
    mapping: Mapping[str, str] | None = None,
    partial: bool | None = None,
    actor: Actor,
    on: date,
) -> Extract:
    """The rows of the file can be searched from now on, as of `as_of`; how its columns were read is remembered for next time.

    Basis: that of the source, where none is given. Refuses: the same file twice, data of the future, a file over the limit,
    columns by which nobody could be recognised, no row at all, any cell that cannot be read (by row and column) – and then keeps
    nothing. `cautions` on the instance say what whoever received it should know.

    `partial` says that it holds only what is new, or only some people: it is searched beside the last whole delivery, never in
    its place. Where nobody says, one with not half as many rows as that is taken for one.
    """
    register = source_of(source)
    source = register.id
    department = department.strip() or register.department
    if as_of > on:
        raise BadValue(f"数据截至日期{as_of}晚于接收日期{on}，请核对。")
    if len(content) > settings.DELIVERY_LIMIT_BYTES:
        # In parts it would be worse: whoever is not in the part that came last would not be found.
        limit = settings.DELIVERY_LIMIT_BYTES // (1024 * 1024)
        raise BadValue(f"文件大小为{len(content) // (1024 * 1024)} MB，超过{limit} MB 的上限；请部门只导出核对需要的列。")
    grid = read_grid(content)
    if said := delivered_before(actor, source=source, sha256=grid.sha256):
        raise Refused(said)
    chosen = dict(mapping) if mapping is not None else mapping_for(source, department, grid.head, grid.headers)
    check_mapping(register, grid.headers, chosen)
    rows = read_rows(grid, register, chosen, on=on)
    if not rows.num_rows:
        raise BadValue("文件只有列名，没有一行数据，没有接收：空的文件会让所有人都显示为“未查到”。确无记录的，请部门书面说明。")
    in_part = seems_partial(source, as_of, rows.num_rows) if partial is None else partial
    cautions = arrival_cautions(actor, source=source, as_of=as_of, rows=rows.num_rows, partial=partial)
    days = policy().value("verification.extracts.keep_days", on=on)
    assert isinstance(days, int)  # the unit is days
    extract = Extract.objects.create(
        source=source,
        department=department,
        file_name=plain_name(file_name),
        file_sha256=grid.sha256,
        rows=rows.num_rows,
        as_of=as_of,
        partial=in_part,
        basis=basis.strip() or register.basis,
        received_on=on,
        received_by_id=actor.id,
        keep_until=on + timedelta(days=days),
        kept_as=keep_rows(rows),
    )
    ColumnMapping.objects.update_or_create(
        source=source, department=department, head=grid.head, defaults={"columns": chosen, "remembered_on": on}
    )
    left_out = [header for header in grid.headers if header and header not in chosen]
    words = f"接收{register.label}{'部分' if in_part else ''}数据{rows.num_rows}行，截至{as_of}"
    if left_out:
        words += f"；与核对无关、未留存的列：{'、'.join(left_out[:10])}"
    remark("；".join((words, *cautions)), basis=extract.basis, left_out=left_out)
    extract.cautions = tuple(cautions)
    return extract


@action("verification.extract_deleted", permission=may_delete_rows)
def delete_rows(*, extract: Extract, reason: str, actor: Actor, on: date) -> Extract:
    """The rows can no longer be read or searched; that they were delivered, and what was found in them, stays.

    Refuses: rows that are gone already, no reason.
    """
    if not extract.kept_as:
        raise Refused(f"该批数据已于{extract.deleted_on}删除。")
    if not reason.strip():
        raise BadValue("请写明删除的原因，例如“保存期限届满”“部门要求撤回”。")
    name, extract.kept_as, extract.deleted_on = extract.kept_as, "", on
    extract.save(update_fields=["kept_as", "deleted_on"])
    # Only after commit: a delivery must not lose its rows to a transaction that is rolled back.
    transaction.on_commit(lambda: storage.forget(name))
    remark(f"删除{source_of(extract.source).label}数据内容（截至{extract.as_of}）：{reason.strip()}")
    return extract
