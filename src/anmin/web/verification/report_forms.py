"""Filters of reports, and what a stranger types to prove a paper."""

from typing import Any

from django import forms

from anmin.ground.verification.vocabulary import VerificationResult
from anmin.web.handing_in import SmallFileForm
from anmin.web.verification.forms import ALL, TownFilter


class ReportFilter(TownFilter):
    """Which reports."""

    text = forms.CharField(label="编号、家庭或户主", required=False)
    result = forms.ChoiceField(label="结论", choices=[ALL, *VerificationResult.choices], required=False)
    valid = forms.ChoiceField(label="有效期", choices=[ALL, ("yes", "有效"), ("no", "已过期")], required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.order_fields(["text", "town", "result", "valid"])


class ProofForm(forms.Form):
    """What stands on the paper, typed; or all that its code says, pasted into the first field."""

    number = forms.CharField(
        label="报告编号", max_length=160, widget=forms.TextInput(attrs={"placeholder": "海民核〔2024〕0001号"})
    )
    seal = forms.CharField(label="校验码", max_length=100, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def clean(self) -> dict[str, Any]:
        """Number and seal; where no address is known, the code on the paper says both with a blank between them."""
        given = super().clean() or {}
        number, seal = given.get("number", "").strip(), given.get("seal", "").strip()
        if number and not seal:
            number, _, seal = number.partition(" ")
            if not seal:
                self.add_error("seal", "请填写校验码，在报告末尾二维码旁。")
        return {**given, "number": number, "seal": seal}


class ProofFileForm(SmallFileForm):
    """The file that was handed over, to be compared with the one that was issued; it is not kept."""

    file = forms.FileField(label="核对报告的电子文件")
    way_out = "核对报告不会这样大，请检查是否选错了文件"
