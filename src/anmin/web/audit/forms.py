"""Filters of the log."""

from django import forms

from anmin.ground.audit.vocabulary import AREAS_OF_WORK, VERBS

ALL = ("", "全部")


class LineFilter(forms.Form):
    """Which lines."""

    text = forms.CharField(label="内容、依据、操作人", required=False)
    work = forms.ChoiceField(label="业务", choices=[ALL, *AREAS_OF_WORK.items()], required=False)
    verb = forms.ChoiceField(label="操作", choices=[ALL, *VERBS.items()], required=False)
    since = forms.DateField(label="业务日期自", required=False)
    until = forms.DateField(label="至", required=False)
