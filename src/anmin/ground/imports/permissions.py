"""Who may bring which file."""

from anmin.ground.accounts.gate import Actor, permission
from anmin.ground.imports.forms import FORMS


@permission("您的岗位不能导入这种表格，请由负责该业务的经办人或科室人员导入。")
def may_import_file(actor: Actor, form: str) -> bool:
    # An unknown form is not a question of rights: the action itself says that there is none.
    return form not in FORMS or actor.has(*FORMS[form].roles)
