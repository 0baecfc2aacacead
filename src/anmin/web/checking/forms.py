"""A text to be checked: pasted, or in a file."""

from typing import Any

from django import forms

from anmin.base import clock
from anmin.base.errors import BadValue
from anmin.base.periods import HalfYear
from anmin.ground.reports.checking.files import document_of_pasted, read_document
from anmin.ground.reports.checking.texts import Document, Unreadable
from anmin.web.checking.carried import Carried, as_half_year, refuse_length
from anmin.web.periods import latest_half_year

OFFERED = 6
FILE_AT_MOST = 20 * 1024 * 1024
ACCEPTED = ".docx,.txt,.md,.html,.htm"


class TextForm(forms.Form):
    """What is to be checked, and what it may be compared with."""

    text = forms.CharField(
        label="报告全文", required=False, strip=False, widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"})
    )
    file = forms.FileField(label="或者选择文件", required=False, allow_empty_file=True)
    against = forms.FileField(label="上一期报告", required=False, allow_empty_file=True)
    period = forms.ChoiceField(label="对照平台记录", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        latest = latest_half_year(clock.today())
        offered: list[HalfYear] = [latest - back for back in range(OFFERED)]
        choices = [("", "不对照"), *((str(each), each.label) for each in offered)]
        self.fields["period"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def clean_file(self) -> Document | None:
        return _read(self.cleaned_data["file"])

    def clean_against(self) -> Document | None:
        return _read(self.cleaned_data["against"])

    def clean(self) -> dict[str, Any]:
        """Return the check that is asked for, as `carried`."""
        cleaned = super().clean() or {}
        text, document = cleaned.get("text") or "", cleaned.get("file")
        if "file" in self.errors:
            return cleaned
        if document is not None and text.strip():
            self.add_error("text", "既粘贴了文字又选择了文件，请只留一种。")
            return cleaned
        try:
            document = document or document_of_pasted(text, "粘贴的文字")
            refuse_length(document)
        except (Unreadable, BadValue) as refused:
            self.add_error("file" if cleaned.get("file") else "text", refused.message)
            return cleaned
        cleaned["carried"] = Carried(document, cleaned.get("against"), as_half_year(cleaned.get("period") or ""))
        return cleaned


def _read(given: Any) -> Document | None:
    if not given:
        # A file without content is falsy too, and must be told.
        if given is None:
            return None
        raise forms.ValidationError("文件是空的，没有任何文字，请检查是否选错了文件。")
    if (given.size or 0) > FILE_AT_MOST:
        raise forms.ValidationError(f"文件超过 {FILE_AT_MOST // 1024 // 1024} MB，请去掉图片，或者按章节拆开。")
    try:
        document = read_document(given.read(), given.name or "")
        refuse_length(document)
    except (Unreadable, BadValue) as refused:
        raise forms.ValidationError(refused.message) from None
    return document
