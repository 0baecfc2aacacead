"""The empty file of a form is one the form reads."""

import io

import openpyxl
import pytest

from anmin.ground.imports.forms import FORMS, ImportForm
from anmin.ground.imports.reading import read_table
from anmin.ground.imports.templates import template


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_template_has_the_headers_of_its_form(form: ImportForm) -> None:
    assert read_table(template(form), "空表.xlsx").headers == [column.header for column in form.columns]


def test_template_explains_every_column_on_a_second_sheet() -> None:
    form = FORMS["people.persons"]
    notes = openpyxl.load_workbook(io.BytesIO(template(form)))["填表说明"]
    explained = [row[0] for row in notes.iter_rows(values_only=True)]

    assert explained[-len(form.columns) :] == [column.header for column in form.columns]


def test_template_keeps_identity_numbers_as_text() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(template(FORMS["people.persons"]))).worksheets[0]

    assert sheet.column_dimensions["A"].number_format == "@"
