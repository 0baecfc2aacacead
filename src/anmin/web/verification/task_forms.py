"""Filters of inquiries, and the form that opens a full check."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from anmin.ground.verification.declarations import rolls_of
from anmin.ground.verification.vocabulary import Occasion
from anmin.web.verification.forms import ALL

CAMPAIGNS = (Occasion.FULL, Occasion.WATCH)


class InquiryFilter(forms.Form):
    """Which inquiries."""

    text = forms.CharField(label="编号", required=False)
    occasion = forms.ChoiceField(label="事由", choices=[ALL, *Occasion.choices], required=False)
    done = forms.ChoiceField(label="进度", choices=[ALL, ("open", "进行中"), ("done", "已完成")], required=False)


class CampaignForm(forms.Form):
    """A check of everybody on the rolls of a place."""

    occasion = forms.ChoiceField(
        label="核对类型", choices=[(each.value, each.label) for each in CAMPAIGNS], widget=forms.RadioSelect
    )
    area = forms.ChoiceField(label="范围")
    rolls = forms.MultipleChoiceField(label="核对对象", required=False, widget=forms.CheckboxSelectMultiple)
    ground = forms.CharField(label="依据或事由", max_length=200, help_text="如“海民发〔2024〕12号，2024年上半年全量核对”。")

    def __init__(self, *args: Any, places: Sequence[Any], rolls: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["area"].choices = [(str(place.pk), place.name) for place in places]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["rolls"].choices = list(rolls.items())  # type: ignore[attr-defined]  # a ChoiceField
        usual = "、".join(each.label for each in rolls_of(Occasion.FULL))
        self.fields["rolls"].help_text = f"一项不选，全量核对即为{usual}，动态监测即为全部；法定义务人一并核对。"
