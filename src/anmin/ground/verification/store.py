"""The rows of deliveries, encrypted in the data folder: columns in, columns out, never plain on disk."""

import hashlib
import io

import pyarrow as pa
import pyarrow.parquet

from anmin.base.errors import Refused
from anmin.ground.documents import storage
from anmin.ground.people import secrecy
from anmin.ground.verification.models import Extract
from anmin.ground.verification.registry_interface import Answer
from anmin.ground.verification.sources import SOURCES


def keep_rows(rows: pa.Table) -> str:
    """The name under which the rows lie encrypted in the data folder."""
    buffer = io.BytesIO()
    pyarrow.parquet.write_table(rows, buffer, compression="zstd")
    return storage.keep(secrecy.encrypt_bytes(buffer.getvalue()))


def rows_of(extract: Extract) -> pa.Table:
    """The rows of a delivery. Refuses one whose rows have been deleted."""
    if not extract.kept_as:
        raise Refused(f"“{extract}”的数据已按保存期限删除，不能再查询。")
    return pyarrow.parquet.read_table(io.BytesIO(secrecy.decrypt_bytes(storage.read(extract.kept_as))))


def answer_kept(answer: Answer) -> Extract:
    """What is kept of an answer over the wire or by exchange files: that it came, when, how many rows.

    Its rows are not kept: they are about those who were asked about, so nobody else may ever be looked for in them.
    """
    source, day = SOURCES[answer.source], answer.asked_on
    as_of = answer.as_of or day
    return Extract.objects.create(
        source=answer.source,
        department=source.department,
        file_name=f"{answer.way}查询{len(answer.answered)}人",
        file_sha256=_seal(answer.transaction_id),
        rows=answer.rows.num_rows,
        as_of=as_of,
        basis=source.basis,
        received_on=day,
        keep_until=day,
        kept_as="",
        deleted_on=day,
    )


def was_kept(source: str, transaction_id: str) -> bool:
    """Whether an answer of this transaction has been kept before."""
    return Extract.objects.filter(source=source, file_sha256=_seal(transaction_id)).exists()


def _seal(transaction_id: str) -> str:
    return hashlib.sha256(transaction_id.encode()).hexdigest()
