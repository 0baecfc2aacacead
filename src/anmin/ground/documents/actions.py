"""Papers are issued with a number and frozen; papers handed in are kept as they came."""

from dataclasses import replace
from datetime import date
from pathlib import PurePath

from django.conf import settings
from django.db import models

from anmin.base.errors import BadValue
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.areas.models import Area
from anmin.ground.documents import storage
from anmin.ground.documents.authority import authority
from anmin.ground.documents.docx_writer import to_docx
from anmin.ground.documents.models import Document, DocumentFile
from anmin.ground.documents.numbers import next_number, next_plain_number
from anmin.ground.documents.paper import Paper
from anmin.ground.documents.pdf_writer import MissingGlyph, to_pdf
from anmin.ground.documents.permissions import may_issue_document, may_receive_document
from anmin.ground.documents.uploads import sniff
from anmin.ground.documents.vocabulary import DOCX, PDF, UPLOADED

LONGEST_NAME = 200
DEMO_FOOTER = "演示数据，人物和情节均为虚构"
SUFFIXES = {DOCX: ".docx", PDF: ".pdf"}


@action("document.issued", permission=may_issue_document)
def issue_document(
    *,
    kind: str,
    title: str,
    subject: models.Model,
    area: Area,
    content: Paper,
    series: str = "",
    part: str = "",
    actor: Actor,
    on: date,
) -> Document:
    """The paper has its number and lies on disk as .docx and PDF, written from one model; it never changes.

    A paper with a character our PDF typeface lacks lies there as .docx alone, and the log says so.

    `series` begins the number (海民低受), `part` says which part of the subject it is about.
    Basis: 党政机关公文格式 GB/T 9704-2012.
    """
    number = content.number or next_number(series or authority().mark, year=on.year)
    paper = content.numbered(number)
    if settings.DEMO and not paper.footer:
        paper = replace(paper, footer=DEMO_FOOTER)
    document = Document.objects.create(
        number=number,
        kind=kind,
        title=title,
        subject_kind=subject._meta.label_lower,
        subject_id=f"{subject.pk}/{part}" if part else str(subject.pk),
        area=area,
        content=paper.as_data(),
        made_by_id=actor.id,
        made_on=on,
    )
    written = {DOCX: to_docx(paper)}
    try:
        written[PDF] = to_pdf(paper)
        remark(f"出具{title} {number}", kind=kind)
    except MissingGlyph as fault:
        # A rare character in a name must not keep a family from its notice.
        remark(f"出具{title} {number}（仅 Word 格式：{fault.message}）", kind=kind)
    for media_type, content_of_file in written.items():
        DocumentFile.objects.create(
            document=document,
            file_name=f"{title}（{number}）{SUFFIXES[media_type]}",
            media_type=media_type,
            size=len(content_of_file),
            sha256=storage.keep(content_of_file),
        )
    return document


@action("document.received", permission=may_receive_document)
def receive_document(
    *, file_name: str, content: bytes, title: str, subject: models.Model, area: Area, actor: Actor, on: date
) -> Document:
    """A paper that was handed in is kept as it came.

    Refuses: an empty file, one over the limit, one whose content is not PDF, JPEG, PNG or Word, or not what its name says.
    """
    limit: int = settings.UPLOAD_LIMIT_BYTES
    name = PurePath(file_name.replace("\\", "/")).name[-LONGEST_NAME:]
    if not content:
        raise BadValue(f"文件“{name}”是空的，请重新选择。")
    if len(content) > limit:
        raise BadValue(f"文件“{name}”超过{limit // (1024 * 1024)}兆，请压缩或拆分后再上传。")
    kind = sniff(name, content)
    document = Document.objects.create(
        number=next_plain_number("F", year=on.year),
        kind=UPLOADED,
        title=title.strip() or name,
        subject_kind=subject._meta.label_lower,
        subject_id=str(subject.pk),
        area=area,
        made_by_id=actor.id,
        made_on=on,
    )
    DocumentFile.objects.create(
        document=document,
        file_name=name,
        media_type=kind.media_type,
        size=len(content),
        sha256=storage.keep(content),
    )
    remark(f"收到材料：{document.title}")
    return document
