"""Papers issued and papers received: numbered, kept under their hash, refused when they are not what they say."""

import io
from datetime import date
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.db import DatabaseError, transaction
from pytest_django import Settings

from anmin.base.errors import BadValue, Refused
from anmin.ground.audit.models import AuditLine
from anmin.ground.documents import queries, storage
from anmin.ground.documents.actions import issue_document, receive_document
from anmin.ground.documents.authority import authority
from anmin.ground.documents.models import Document
from anmin.ground.documents.numbers import next_number, next_plain_number
from anmin.ground.documents.paper import Paper, text
from anmin.ground.documents.vocabulary import DOCX, PDF
from tests.conftest import Cast, County

JULY = date(2024, 7, 1)
PDF_BYTES = b"%PDF-1.7\nx"
PNG_BYTES = b"\x89PNG\r\n\x1a\nxxxx"


@pytest.fixture(autouse=True)
def data_dir(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def issue(cast: Cast, county: County, content: Paper | None = None) -> Document:
    paper = content or Paper("通知书", (text("予以受理。"),))
    return issue_document(
        kind="trial.notice", series="海民低受", title="通知书", subject=county.liuqiao, area=county.liuqiao, content=paper,
        actor=cast.clerk, on=JULY,
    )  # fmt: skip


def receive(cast: Cast, county: County, name: str, content: bytes) -> Document:
    return receive_document(
        file_name=name, content=content, title="户口簿", subject=county.liuqiao, area=county.liuqiao, actor=cast.clerk, on=JULY
    )


def test_a_paper_is_issued_as_docx_and_pdf_under_one_number(cast: Cast, county: County) -> None:
    document = issue(cast, county)
    assert document.number == "海民低受〔2024〕0001号"
    assert [(file.media_type, file.file_name) for file in document.files.all()] == [
        (DOCX, "通知书（海民低受〔2024〕0001号）.docx"), (PDF, "通知书（海民低受〔2024〕0001号）.pdf"),
    ]  # fmt: skip


def test_what_lies_on_disk_is_what_the_hash_says(cast: Cast, county: County, data_dir: Path) -> None:
    for file in issue(cast, county).files.all():
        content = (data_dir / "documents" / file.sha256).read_bytes()
        assert (sha256(content).hexdigest(), len(content)) == (file.sha256, file.size)


def test_the_model_of_an_issued_paper_can_be_read_again(cast: Cast, county: County) -> None:
    number = issue(cast, county).number
    paper = queries.paper(cast.clerk, number)
    assert paper is not None
    assert (paper.number, paper.blocks) == (number, (text("予以受理。"),))


def test_a_demonstration_says_so_on_its_papers(cast: Cast, county: County, settings: Settings) -> None:
    settings.DEMO = True
    paper = queries.paper(cast.clerk, issue(cast, county).number)
    assert paper is not None
    assert paper.footer == "演示数据，人物和情节均为虚构"


def test_a_rare_character_leaves_the_docx_and_a_word_in_the_log(cast: Cast, county: County) -> None:
    document = issue(cast, county, Paper("通知书", (text("𠮷先生："),)))
    assert [file.media_type for file in document.files.all()] == [DOCX]
    assert AuditLine.objects.get(verb="document.issued").summary == (
        "出具通知书 海民低受〔2024〕0001号（仅 Word 格式：文中的生僻字“𠮷”在 PDF 字体中没有，请改用 Word 格式打印。）"
    )


def test_an_issued_paper_never_changes(cast: Cast, county: County) -> None:
    document = issue(cast, county)
    with pytest.raises(DatabaseError, match="document_never_changes"), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(title="改")


def test_the_clerk_next_door_issues_and_reads_nothing(cast: Cast, county: County) -> None:
    document = issue(cast, county)
    with pytest.raises(Refused, match="只能出具本人管辖范围内的文书"):
        issue_document(
            kind="trial.notice", title="通知书", subject=county.liuqiao, area=county.liuqiao, content=Paper("通知书", ()),
            actor=cast.clerk_next_door, on=JULY,
        )  # fmt: skip
    assert queries.document(cast.clerk_next_door, document.number) is None
    with pytest.raises(Refused, match="没有这个文件，或者不在您的管辖范围内。"):
        queries.file(cast.clerk_next_door, document.files.all()[0].pk)


def test_a_paper_handed_in_comes_back_as_it_was(cast: Cast, county: County) -> None:
    document = receive(cast, county, "C:\\照片\\户口簿.PNG", PNG_BYTES)
    file, content = queries.file(cast.clerk, document.files.get().pk)
    assert (file.file_name, file.media_type, content) == ("户口簿.PNG", "image/png", PNG_BYTES)


def refused(cast: Cast, county: County, name: str, content: bytes) -> str:
    with pytest.raises(BadValue) as fault:
        receive(cast, county, name, content)
    assert Document.objects.count() == 0
    return str(fault.value)


def test_an_empty_file_is_refused(cast: Cast, county: County) -> None:
    assert refused(cast, county, "a.pdf", b"") == "文件“a.pdf”是空的，请重新选择。"


def test_a_file_over_the_limit_is_refused(cast: Cast, county: County, settings: Settings) -> None:
    settings.UPLOAD_LIMIT_BYTES = 2 * 1024 * 1024
    content = PDF_BYTES + bytes(2 * 1024 * 1024)
    assert refused(cast, county, "a.pdf", content) == "文件“a.pdf”超过2兆，请压缩或拆分后再上传。"


def test_a_program_is_refused_whatever_it_is_called(cast: Cast, county: County) -> None:
    assert refused(cast, county, "户口簿.pdf", b"MZ\x90\x00") == (
        "文件“户口簿.pdf”的内容不是允许的格式，只能上传：PDF、JPEG 图片、PNG 图片、Word 文档。"
    )


def test_a_file_that_is_not_what_its_name_says_is_refused(cast: Cast, county: County) -> None:
    assert refused(cast, county, "a.jpg", PDF_BYTES) == "文件“a.jpg”的内容是PDF，与扩展名不符，请改正文件名后再上传。"


def test_a_zip_is_no_word_document(cast: Cast, county: County) -> None:
    out = io.BytesIO()
    with ZipFile(out, "w") as folder:
        folder.writestr("a.txt", "x")
    assert refused(cast, county, "a.docx", out.getvalue()).startswith("文件“a.docx”的内容不是允许的格式")


def test_a_damaged_file_is_noticed(data_dir: Path) -> None:
    name = storage.keep(b"content")
    (data_dir / "documents" / name).write_bytes(b"changed")
    with pytest.raises(BadValue, match="文件内容与登记的校验值不一致"):
        storage.read(name)


def test_a_lost_file_is_noticed() -> None:
    with pytest.raises(BadValue, match="文件已不在数据目录中"):
        storage.read("0" * 64)


def test_the_same_bytes_lie_once(data_dir: Path) -> None:
    assert storage.keep(b"content") == storage.keep(b"content")
    assert len(list((data_dir / "documents").iterdir())) == 1


@pytest.mark.django_db
def test_numbers_run_by_series_and_year() -> None:
    numbers = [next_number("海民低受", year=2024), next_number("海民低受", year=2024), next_number("海民低受", year=2025)]
    assert numbers == ["海民低受〔2024〕0001号", "海民低受〔2024〕0002号", "海民低受〔2025〕0001号"]


@pytest.mark.django_db
def test_a_number_taken_by_what_was_not_kept_is_given_again() -> None:
    with transaction.atomic():
        next_plain_number("F", year=2024)
        transaction.set_rollback(True)
    assert next_plain_number("F", year=2024) == "F2024000001"


def test_the_authority_is_the_countys_own() -> None:
    assert (authority().name, authority().mark) == ("海安市民政局", "海民")


def test_a_county_without_its_file_is_told(settings: Settings, tmp_path: Path) -> None:
    settings.COUNTY_DIR = tmp_path
    with pytest.raises(BadValue, match="没有找到本县机关信息文件"):
        authority()
