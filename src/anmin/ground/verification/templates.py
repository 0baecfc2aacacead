"""The empty file of a source, to be given to the department that delivers it."""

from anmin.ground.imports.forms import Column, ImportForm, Kind
from anmin.ground.imports.templates import template
from anmin.ground.verification.sources import Field, Shape, Source

_KINDS: dict[Shape, Kind] = {"text": "text", "identity": "identity_number", "date": "date", "fen": "yuan", "count": "count"}
_EXAMPLES: dict[Shape, str] = {"text": "", "identity": "", "date": "2024-06-30", "fen": "1234.50", "count": "1"}


def source_template(source: Source) -> bytes:
    """A workbook that is received as it stands once it is filled in, with a sheet that explains its columns."""
    return template(
        ImportForm(
            name=source.id,
            label=f"{source.label}核对数据",
            sender=source.department,
            roles=(),
            columns=tuple(_column(each) for each in source.columns),
            # Its rows come in as a delivery, never through the form itself.
            check=lambda incoming: None,
            load=lambda plan, incoming: {},
            notes=("没有公民身份号码的，应当填写其他证件号码或者出生日期，否则不能辨认人员。",),
        )
    )


def _column(each: Field) -> Column:
    return Column(
        each.name,
        each.label,
        _KINDS[each.shape],
        required=each.name == "name",
        example=_EXAMPLES[each.shape],
        note=f"也可写作：{'、'.join(each.aliases)}" if each.aliases else "",
    )
