"""What a zip is that is no workbook: told by the parts it holds, with the way to a file that can be read.

Files that are no zip are named in `inbox.foreign_files`.
"""

from collections.abc import Sequence

from gongkai.submission.guard.ods_guard import CONTENT
from gongkai.submission.guard.xml_scan import WorkbookRefused

_OFD = "请用数科、福昕等 OFD 阅读器把它转换（另存）为文字版 PDF，或从原来的 Word、WPS 文件另存为 .docx 后报送"
_SAVE_AS_XLSX = "请用 Excel 或 WPS 打开，另存为 .xlsx 后报送"
_APPLE = "请在苹果电脑上用“文件 → 导出为”导出 Excel 格式（.xlsx）后报送"
_AS_REPORT = "填报表请用下发的模板（.xlsx）报送；年度报告请另存为 Word（.docx）或文字版 PDF 后报送"
_INSIDE = (".xlsx", ".xls", ".xlsm", ".et", ".ods", ".json", ".zip", ".docx", ".pdf", ".csv")
# A part's plain name in small letters, or how it begins → what the package is, and the way out.
_KINDS: Sequence[tuple[tuple[str, ...], str, str]] = (
    (("ofd.xml",), "OFD 版式文件（.ofd）", _OFD),
    (("xl/workbook.bin",), "二进制工作簿（.xlsb）", _SAVE_AS_XLSX),
    (("word/document.xml",), "Word 文档（.docx）", _AS_REPORT),
    (("ppt/presentation.xml",), "演示文稿（.pptx）", _AS_REPORT),
    (("index/tables/", "index/calculationengine", "index/document.iwa", "index.zip", "index.apxl"),
     "苹果 iWork 文件（.numbers、.pages 等）", _APPLE),
    (("uof/", "_meta/meta.xml", "content/spreadsheet.xml"), "标文通文件（.uof、.uos 等）", _SAVE_AS_XLSX),
    (("fixeddocseq.fdseq", "fixeddocumentsequence.fdseq"), "XPS 版式文件（.xps）", _AS_REPORT),
    (("meta-inf/container.xml",), "电子书（.epub）", _AS_REPORT),
    (("androidmanifest.xml",), "手机安装包（.apk）", _AS_REPORT),
    ((CONTENT,), "OpenDocument 文件（.odt 等）", _AS_REPORT),
)  # fmt: skip


def is_plain_archive(names: Sequence[str]) -> bool:
    """Whether a zip is what somebody packed files into, and no file of a program's own."""
    lower = [name.casefold() for name in names]
    packages = (*(one for beginnings, _, _ in _KINDS for one in beginnings), "[content_types].xml", "mimetype")
    return not any(name.startswith(packages) for name in lower)


def foreign_package(names: Sequence[str], main: str | None = None) -> WorkbookRefused:
    """The refusal of a zip that is no workbook.

    Args:
        names: the plain names of its entries.
        main: the part that it calls its main one.
    """
    lower = [name.casefold() for name in names]
    for beginnings, label, way_out in _KINDS:
        if any(name.startswith(beginnings) for name in lower):
            return WorkbookRefused("WRONG-TEMPLATE", label, way_out=way_out)
    if main is not None:
        kind = "二进制工作簿（.xlsb）" if main.endswith(".bin") else "Office 文件，但不是工作簿"
        return WorkbookRefused("WRONG-TEMPLATE", kind, way_out=_SAVE_AS_XLSX)
    if any(name.endswith(_INSIDE) for name in lower):
        return WorkbookRefused("WRONG-TEMPLATE", "压缩包（.zip），表格还在里面", "解压后取出的填报模板")
    return WorkbookRefused("WRONG-TEMPLATE", "普通压缩包（.zip）")
