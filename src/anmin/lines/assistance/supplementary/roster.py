"""The roster as the insurer needs it: names and full identity numbers, every cell text."""

import io

import xlsxwriter

from anmin.ground.people.secrecy import decrypt
from anmin.lines.assistance.supplementary.models import InsurancePolicy, InsuredPerson
from anmin.lines.assistance.supplementary.vocabulary import Layer

HEADERS = ("序号", "姓名", "身份证号", "对象类别", "镇（街道）", "村（社区）", "保险起期", "保险止期")


def as_workbook(policy: InsurancePolicy) -> bytes:
    """The people insured, by village, as XLSX. Called by the action that writes it into the log only."""
    raw = io.BytesIO()
    book = xlsxwriter.Workbook(raw, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, text = book.add_worksheet("参保名册"), book.add_format({"num_format": "@"})
    sheet.set_column(0, len(HEADERS) - 1, 20, text)
    for column, header in enumerate(HEADERS):
        sheet.write_string(0, column, header, text)
    people = InsuredPerson.objects.filter(policy=policy).order_by("area__code", "id")
    columns = ("person__name", "person__identity_cipher", "layer", "area__parent__name", "area__name")
    for line, (name, cipher, layer, town, village) in enumerate(people.values_list(*columns).iterator(chunk_size=2000), start=1):
        number = decrypt(bytes(cipher)) if cipher else ""
        cells = (str(line), name, number, Layer(layer).label, town or "", village, str(policy.starts_on), str(policy.ends_on))
        for column, cell in enumerate(cells):
            sheet.write_string(line, column, cell, text)
    book.close()
    return raw.getvalue()
