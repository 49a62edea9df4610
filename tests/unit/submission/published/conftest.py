"""Small reports of the published reader's tests: a page, a Word file and a PDF around given tables."""

import io
import zipfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from gongkai.submission.form import Reading, ReceivedFile
from gongkai.submission.published import read_published

TITLE = "某镇人民政府2021年政府信息公开工作年度报告"
RECEIVED = ReceivedFile(Path("a"), "T01/a", "T01", "0" * 64, 1, datetime(2022, 1, 15, tzinfo=ZoneInfo("Asia/Shanghai")))
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def read(data: bytes) -> Reading:
    return read_published(RECEIVED, data)


def page(*bodies: str, title: str = TITLE) -> bytes:
    return f"<html><body><h1>{title}</h1>{''.join(bodies)}</body></html>".encode()


def disputes(*rows: str) -> str:
    """Table four as HTML with rows of figures as given."""
    groups = "".join(f"<th colspan=5>{name}</th>" for name in ("未经复议直接起诉", "复议后起诉"))
    leaves = "".join(f"<th>{result}</th>" for _ in range(3) for result in RESULTS)
    head = (
        f"<tr><th colspan=5 rowspan=2>行政复议</th><th colspan=10>行政诉讼</th></tr><tr>{groups}</tr><tr>{leaves}</tr>"
    )
    return f"<table>{head}{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def fifteen(**changed: str) -> str:
    """Fifteen cells 0…14, some of them changed (c3=…)."""
    return "".join(changed.get(f"c{n}", f"<td>{n}</td>") for n in range(15))


def docx(body: str) -> bytes:
    """A Word file of which only the text is there."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
    return out.getvalue()
