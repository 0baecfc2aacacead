"""Filters and forms about letters of consent and deliveries."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from anmin.ground.verification.queries import Signatory
from anmin.ground.verification.sources import SOURCES
from anmin.ground.verification.vocabulary import ConsentState
from anmin.web.handing_in import SmallFileForm

ALL = ("", "全部")
OTHER = "other"
"""Signed by a guardian who lives elsewhere: a relative, or whoever runs the home that a child lives in."""
_SOURCES = [(name, source.label) for name, source in SOURCES.items()]


class TownFilter(forms.Form):
    """A filter with a choice of towns, for whoever sees several."""

    def __init__(self, *args: Any, towns: Sequence[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        if len(towns) > 1:
            choices = [ALL, *((town.path, town.name) for town in towns)]
            self.fields["town"] = forms.ChoiceField(label="镇（街道）", choices=choices, required=False)


class ConsentFilter(TownFilter):
    """Which letters."""

    text = forms.CharField(label="姓名、身份证号末四位", required=False)
    state = forms.ChoiceField(label="状态", choices=[ALL, *ConsentState.choices], required=False)


class FamilySearch(forms.Form):
    """Whose family."""

    text = forms.CharField(label="户主或家庭成员", required=False, help_text="姓名、拼音首字母、“姓名＋末四位”，或家庭编号。")


class LetterForm(SmallFileForm):
    """The letters that a family signed: by whom, for what, from when; one scan for all of them."""

    signed_on = forms.DateField(label="签署日期")
    valid_until = forms.DateField(label="有效期至", required=False)
    every = forms.BooleanField(label="全部数据源", required=False)
    sources = forms.MultipleChoiceField(
        label="授权查询的数据", choices=_SOURCES, required=False, widget=forms.CheckboxSelectMultiple
    )
    file = forms.FileField(label="授权书扫描件", required=False)
    other_guardian = forms.CharField(
        label="其他监护人身份证号",
        max_length=18,
        required=False,
        help_text="监护人不是本家庭成员、也不是法定义务人的，选“其他监护人代签”并在此填写；监护人须已在系统中登记。",
    )

    def __init__(self, *args: Any, people: Sequence[Signatory], months: int, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = people
        self.initial = {"signed_on": on, "every": True, "sources": list(SOURCES), **self.initial}
        self.fields["valid_until"].help_text = f"不填即为签署之日起 {months} 个月。"
        adults = [(str(each.person.pk), f"{each.person.name}代签") for each in people if not each.is_minor]
        for each in people:
            key = each.person.pk
            # Who withdrew is ticked by whoever holds the new letter, not by us.
            expected = bool(each.missing) and each.person.died_on is None and each.withdrawn_on is None
            self.fields[f"sign_{key}"] = forms.BooleanField(label=each.person.name, required=False, initial=expected)
            others = [choice for choice in adults if choice[0] != str(key)]
            own = ("", "请选择监护人") if each.is_minor else ("", "本人签署")
            self.fields[f"guardian_{key}"] = forms.ChoiceField(
                label=f"{each.person.name}由谁签署",
                choices=[own, *others, (OTHER, "其他监护人代签")],
                required=False,
                initial=(others[0][0] if others else OTHER) if each.is_minor else "",
            )

    def rows(self) -> list[dict[str, Any]]:
        """Each person with the two fields about them."""
        return [
            {"of": each, "sign": self[f"sign_{each.person.pk}"], "guardian": self[f"guardian_{each.person.pk}"]}
            for each in self.people
        ]

    def clean(self) -> dict[str, Any]:
        """Somebody has signed, and something may be asked."""
        given = super().clean() or {}
        if not any(given.get(f"sign_{each.person.pk}") for each in self.people):
            self.add_error(None, "请至少勾选一名签署授权书的人员。")
        if not given.get("every") and not given.get("sources"):
            self.add_error("sources", "请至少选择一项授权查询的数据，或者选择“全部数据源”。")
        elsewhere = [each for each in self.people if given.get(f"sign_{each.person.pk}") and self._is_elsewhere(each, given)]
        if elsewhere and not given.get("other_guardian"):
            self.add_error("other_guardian", f"{elsewhere[0].person.name}由其他监护人代签，请填写监护人的身份证号。")
        return given

    @staticmethod
    def _is_elsewhere(each: Signatory, given: Mapping[str, Any]) -> bool:
        return bool(given.get(f"guardian_{each.person.pk}") == OTHER)

    def chosen(self) -> list[tuple[Signatory, str]]:
        """Those whose letter is recorded, each with who signed instead: an id of the family, `OTHER`, blank for nobody."""
        given = self.cleaned_data
        return [(each, given[f"guardian_{each.person.pk}"]) for each in self.people if given[f"sign_{each.person.pk}"]]

    @property
    def asked(self) -> list[str]:
        """Ids of the sources the letters name."""
        return list(SOURCES) if self.cleaned_data["every"] else list(self.cleaned_data["sources"])


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="原因", max_length=200)


class DeliveryFilter(forms.Form):
    """Which deliveries."""

    text = forms.CharField(label="文件名", required=False)
    source = forms.ChoiceField(label="数据源", choices=[ALL, *_SOURCES], required=False)
    department = forms.CharField(label="部门", required=False)
    kept = forms.ChoiceField(label="数据内容", choices=[ALL, ("kept", "留存"), ("deleted", "已删除")], required=False)


class DeliveryForm(SmallFileForm):
    """A department's file: of which source, from whom, as of when."""

    limit_setting = "DELIVERY_LIMIT_BYTES"
    way_out = "请部门只导出核对需要的列"

    source = forms.ChoiceField(label="数据源", choices=[("", "请选择"), *_SOURCES])
    department = forms.CharField(label="报送部门", max_length=60, required=False, help_text="不填即为该数据源的主管部门。")
    as_of = forms.DateField(label="数据截至日期", help_text="部门导出数据的日期，查询时按它判断是否在时效内。")
    basis = forms.CharField(label="交换依据", max_length=200, required=False, help_text="不填即为该数据源的法定依据。")
    file = forms.FileField(label="部门数据文件")


class MappingForm(forms.Form):
    """Which column of a file is which field of the source; a column without one is not taken along."""

    def __init__(
        self, *args: Any, headers: Sequence[str], fields: Sequence[tuple[str, str]], proposed: Mapping[str, str], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.headers = headers
        self.fields["extent"] = forms.ChoiceField(
            label="数据范围",
            choices=[("", "由系统按行数判断"), ("whole", "全量数据"), ("part", "部分数据（增量、部分乡镇或部分人员）")],
            required=False,
            initial="",
            help_text="部分数据不取代上一批全量数据：查询时两批一并比对，各自注明截至日期。",
        )
        for place, header in enumerate(headers):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=header or f"第 {place + 1} 列（无列名）",
                choices=[("", "不留存"), *fields],
                required=False,
                initial=proposed.get(header, ""),
                disabled=not header,
            )

    def partial(self) -> bool | None:
        """Whether it holds only some of the people; None where nobody says so."""
        return {"part": True, "whole": False}.get(self.cleaned_data.get("extent", ""))

    def mapping(self) -> dict[str, str]:
        """Field names by header, of the columns that are taken along."""
        given = {header: self.cleaned_data[f"column_{place}"] for place, header in enumerate(self.headers)}
        return {header: name for header, name in given.items() if header and name}
