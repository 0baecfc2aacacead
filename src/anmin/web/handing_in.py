"""A paper that somebody hands in at a page: a scan or a photograph that is to lie with a record."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings

from anmin.ground.accounts.gate import Actor
from anmin.ground.documents import actions as documents
from anmin.web.asking import attempt


class SmallFileForm(forms.Form):
    """A form with a file that is refused before it is read when it is too large."""

    limit_setting = "UPLOAD_LIMIT_BYTES"
    way_out = "请压缩或分批后再上传"

    def clean_file(self) -> Any:
        """Refuses what is over the limit."""
        given = self.cleaned_data["file"]
        limit: int = getattr(settings, self.limit_setting)
        if given and given.size > limit:
            raise forms.ValidationError(f"文件“{given.name}”超过{limit // (1024 * 1024)} MB 的上限，{self.way_out}。")
        return given


class FileForm(SmallFileForm):
    """A paper that was handed in."""

    title = forms.CharField(label="材料名称", max_length=100, required=False, help_text="不填即为文件名。")
    file = forms.FileField(label="扫描件或照片")


def keep_file(form: FileForm, *, subject: Any, actor: Actor, on: date) -> Any:
    """The paper of a valid form lies with `subject`, which has an area; None when it was refused, and the form says why."""
    given = form.cleaned_data["file"]
    return attempt(
        form,
        lambda: documents.receive_document(
            file_name=given.name,
            content=given.read(),
            title=form.cleaned_data["title"],
            subject=subject,
            area=subject.area,
            actor=actor,
            on=on,
        ),
    )
