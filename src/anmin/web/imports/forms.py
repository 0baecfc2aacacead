"""Which files were brought, and the file to bring."""

from typing import Any

from django import forms

from anmin.ground.imports.forms import labels
from anmin.ground.imports.vocabulary import ImportState

ALL = ("", "全部")


class BatchFilter(forms.Form):
    """Which of the files that were brought."""

    text = forms.CharField(label="文件名", required=False)
    form = forms.ChoiceField(label="表格", required=False)
    state = forms.ChoiceField(label="结果", choices=[ALL, *ImportState.choices], required=False)
    since = forms.DateField(label="自何日起", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["form"].choices = [ALL, *labels().items()]  # type: ignore[attr-defined]  # a ChoiceField


class ProblemFilter(forms.Form):
    """Which of the things to mend."""

    text = forms.CharField(label="行号、列名或内容", required=False)


class FileForm(forms.Form):
    """A file to bring in."""

    file = forms.FileField(label="要导入的文件")
