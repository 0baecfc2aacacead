"""How the columns of a department's file are read: as its last file of the same head was."""

from anmin.ground.verification.deliveries import proposed_mapping
from anmin.ground.verification.models import ColumnMapping
from anmin.ground.verification.sources import source as source_of


def mapping_for(source: str, department: str, head: str, headers: list[str]) -> dict[str, str]:
    """Field names by header: as this department's last file of the same head was read, else as the headers themselves say."""
    remembered = ColumnMapping.objects.filter(source=source, department=department, head=head).first()
    return dict(remembered.columns) if remembered else proposed_mapping(source_of(source), headers)


def was_read_before(source: str, department: str, head: str) -> bool:
    """Whether a file of this head has been received from the department before."""
    return ColumnMapping.objects.filter(source=source, department=department, head=head).exists()
