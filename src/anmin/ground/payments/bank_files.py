"""The file that goes to the bank: one line for each payment with its reference, control totals at the end, as CSV and XLSX.

UTF-8 with a byte order mark, not GBK: names hold characters that GBK has not (䶮, 㛃, 𠅤), and a name altered on the way
fails at the bank; the mark lets a spreadsheet read it right. Accounts are text in the XLSX, since as numbers they lose their
last digits.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import xlsxwriter
from django.conf import settings
from django.db import transaction

from anmin.base.errors import BadValue
from anmin.base.money import Fen, format_yuan

HEADERS = ("参考号", "户名", "账号", "开户行", "金额", "用途")
TOTAL = "合计"
ENDINGS = ("csv", "xlsx")
_ACCOUNT = range(12, 33)
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Transfer:
    """One line of a bank file."""

    reference: str
    name: str
    account: str
    bank: str
    amount: Fen
    purpose: str

    def cells(self) -> tuple[str, ...]:
        """The line as it is written: amounts in yuan with two decimals, nothing that a spreadsheet would calculate."""
        text = (self.reference, self.name, self.account, self.bank, format_yuan(self.amount, grouped=False), self.purpose)
        return tuple(map(harmless, text))


def harmless(text: str) -> str:
    """The text as a spreadsheet shows it, never as a formula it runs: a leading sign gets an apostrophe before it."""
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def account_problem(account: str) -> str:
    """Why an account cannot be paid to, in Chinese; nothing when it can. Luhn does not hold for all Chinese accounts."""
    if not account:
        return "没有登记银行账号"
    if not account.isascii() or not account.isdigit():
        return "银行账号含有数字以外的字符"
    if len(account) not in _ACCOUNT:
        return f"银行账号为 {len(account)} 位，长度不对"
    return ""


def as_csv(transfers: Sequence[Transfer]) -> bytes:
    """The file as CSV: a heading, the lines, and the control totals (count and amount)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADERS)
    writer.writerows(transfer.cells() for transfer in transfers)
    writer.writerow(_totals(transfers))
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(transfers: Sequence[Transfer], made_on: date) -> bytes:
    """The file as XLSX: every cell but the amount is text."""
    raw = io.BytesIO()
    book = xlsxwriter.Workbook(raw, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    # A fixed moment makes the same payments the same bytes.
    book.set_properties({"created": datetime(made_on.year, made_on.month, made_on.day, tzinfo=UTC).replace(tzinfo=None)})
    sheet = book.add_worksheet("发放明细")
    text, money = book.add_format({"num_format": "@"}), book.add_format({"num_format": "0.00"})
    sheet.set_column(0, 5, 24, text)
    for column, header in enumerate(HEADERS):
        sheet.write_string(0, column, header, text)
    for row, transfer in enumerate(transfers, start=1):
        for column, cell in enumerate(transfer.cells()):
            sheet.write_string(row, column, cell, text)
        # A whole number of fen over 100 shows exactly as it is, two decimals, whatever the binary fraction.
        sheet.write_number(row, 4, transfer.amount / 100, money)
    for column, cell in enumerate(_totals(transfers)):
        sheet.write_string(len(transfers) + 1, column, cell, text)
    book.close()
    return raw.getvalue()


def digest(content: bytes) -> str:
    """The SHA-256 of a file, under which it is known."""
    return sha256(content).hexdigest()


def folder() -> Path:
    """Where bank files lie."""
    return Path(settings.DATA_DIR) / "bank"


def keep(number: str, contents: dict[str, bytes]) -> None:
    """The files lie in the data folder once the transaction has committed; a refused action leaves none that looks real."""
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    for ending, content in contents.items():
        waiting = folder() / f"{number}.{ending}.part"
        waiting.write_bytes(content)
        waiting.chmod(0o600)
    transaction.on_commit(lambda: _settle(number, tuple(contents)))


def content(number: str, ending: str) -> bytes:
    """The file as it was made, also where the process was killed before renaming it. Refuses one that is gone."""
    for path in (folder() / f"{number}.{ending}", folder() / f"{number}.{ending}.part"):
        if path.exists():
            return path.read_bytes()
    raise BadValue(f"银行文件 {number} 已不在数据目录中，请联系系统管理员从备份恢复。")


def _settle(number: str, endings: Sequence[str]) -> None:
    for ending in endings:
        (folder() / f"{number}.{ending}.part").replace(folder() / f"{number}.{ending}")


def _totals(transfers: Sequence[Transfer]) -> tuple[str, ...]:
    amount = format_yuan(sum(transfer.amount for transfer in transfers), grouped=False)
    return (TOTAL, f"{len(transfers)}笔", "", "", amount, "")
