"""The rows of deliveries, encrypted in the data folder: columns in, columns out, never plain on disk."""

import io

import pyarrow as pa
import pyarrow.parquet

from anmin.base.errors import Refused
from anmin.ground.documents import storage
from anmin.ground.people import secrecy
from anmin.ground.verification.models import Extract


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
