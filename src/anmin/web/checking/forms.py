"""A text to be checked: pasted, or in a file."""

from contextlib import suppress
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

EXAMPLE = """某县水务局2023年工作总结
一、工程建设
全年完成水利投资4.62亿元，比上年增加0.51亿元，增长14.2%。全县共有水库68座，其中大型2座、中型9座、小型57座。
新建改造泵站3批36座，平均每座投资25万元，共计900万元。
二、农村供水
年末供水受益48.3万人、13.1万户，自来水普及率98.6%。受理群众诉求1260件，办结1247件，办结率98.0%。
三、节水工作
扎实开展三个专项行动：节水宣传、管网检漏、计量改造。
项目\t计划\t完成
管网检漏（公里）\t120\t134
计量改造（公里）\t80\t86
合计\t200\t230
"""
"""An invented report in which three things do not add up, for whoever wants to see what the check does."""


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
        with suppress(BadValue):
            asked = as_half_year(str(self.data.get("period") or ""))
            if asked is not None and asked not in offered:
                offered.append(asked)
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
