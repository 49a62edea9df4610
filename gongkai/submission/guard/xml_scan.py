"""Walks one XML part of a workbook with expat, before any library sees it, and refuses what would hurt.

Of a worksheet it learns how far its values reach, which cells hold no value though they should, and in which a person
sees more than the value. What a package may consist of is decided in `workbook_guard`.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from xml.parsers import expat

from gongkai.findings import ReadingIssue
from gongkai.submission.guard.rich_runs import CellLook, Runs
from gongkai.submission.template.names import address, column_index, column_letters
from gongkai.submission.values.typed_values import printable

MAX_ROWS, MAX_COLUMNS = 20_000, 256
RESAVE = "下发的填报模板（.xlsx 工作簿）"
_ROW = re.compile(r"[1-9]\d{0,6}", re.ASCII)
_COUNT = re.compile(r"\d{1,6}", re.ASCII)
_ZERO = re.compile(r"[+-]?0*\.?0*", re.ASCII)
_COLUMNS = {column_letters(column): column for column in range(MAX_COLUMNS)}
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)


class WorkbookRefused(Exception):
    """The file is no workbook that may be opened: rule id, what was found, what is needed.

    `way_out` is the sentence that says how to come from this kind of file to one that can be read.
    """

    def __init__(self, rule: str, observed: str, expected: str = RESAVE, way_out: str | None = None) -> None:
        super().__init__(observed)
        self.rule, self.observed, self.expected, self.way_out = rule, observed, expected, way_out

    def issue(self) -> ReadingIssue:
        """What a rule says of it; what was found may quote the file."""
        values = {"way_out": self.way_out} if self.way_out else {}
        return ReadingIssue(rule=self.rule, observed=printable(self.observed), expected=self.expected, values=values)


def damaged(why: str) -> WorkbookRefused:
    """The refusal of a file that no program could open properly."""
    return WorkbookRefused("SHAPE", f"文件已损坏（{why}）", "能用 Excel 或 WPS 正常打开的工作簿")


def parse(content: bytes, start: Any = None, end: Any = None, attach: Any = None) -> None:
    """Runs expat over one part; a document type declaration is refused before any entity could expand."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.StartElementHandler, parser.EndElementHandler = start, end
    if attach:
        attach(parser)
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError):  # the latter two: an encoding that expat does not know
        raise damaged("内部 XML 不完整") from None


def _no_doctype(*_: Any) -> None:
    raise WorkbookRefused("SHAPE", "工作簿内含文档类型声明（DTD），不安全")


def _refuse_counts(attributes: Mapping[str, str]) -> None:
    """Refuses a declared count that is none or absurd: calamine reserves that much memory before it reads on."""
    for key in ("count", "uniqueCount"):
        if key in attributes and not _COUNT.fullmatch(attributes[key]):
            raise damaged(f"声明的数量“{attributes[key][:20]}”无效")


class Looks(NamedTuple):
    """What the scan of a worksheet must know of the rest of the workbook.

    Attributes:
        styles, strings: those that are not to be taken at their value, by number as worksheets name them.
        runs: whether texts that stand in the worksheet itself may hold marked runs.
        uncalculated: whether the program that wrote the file left calculating to whoever opens it (fullCalcOnLoad).
    """

    styles: Mapping[str, CellLook] = {}
    strings: Mapping[str, CellLook] = {}
    runs: bool = False
    uncalculated: bool = False


_NOTHING_KNOWN = Looks()


class Scan:
    """Walks one XML part; of a worksheet it keeps the furthest value, the cells without one and the doubtful ones."""

    def __init__(self, known: Looks = _NOTHING_KNOWN) -> None:
        self.broken: dict[tuple[int, int], str] = {}
        self.looks: dict[tuple[int, int], CellLook] = {}
        self._known = known
        self._runs: Runs | None = None
        self._shared = False
        self.furthest: tuple[int, int] = (-1, -1)
        self._met: set[tuple[int, int]] = set()
        self._fresh = False
        self._far: str | None = None
        self._parser: Any = None
        self._row = self._column = -1
        self._row_said = ""
        self._error = self._string = self._valued = False
        self._formula: list[str] | None = None
        self._text: list[str] = []

    def attach(self, parser: Any) -> None:
        """Takes the parser; ends of elements are only listened to inside cells with a formula or an error."""
        self._parser = parser
        parser.EndElementHandler = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if ":" in tag:
            tag = tag.rpartition(":")[2]
        if tag == "c":
            self._open_cell(attributes)
        elif tag == "v":
            self._first_time()
            if self._row > self.furthest[0] or self._column > self.furthest[1]:
                self._value_here()
            if self._error or self._shared or self._formula is not None:
                self._listen()
        elif self._runs is not None:
            self._runs.start(tag, attributes)
        elif tag == "is":
            self._first_time()
            self._value_here()
            if self._known.runs:
                self._runs = Runs()
                self._parser.EndElementHandler, self._parser.CharacterDataHandler = self.end, self._runs.text
        elif tag == "f":
            self._value_here()
            self._formula = []
            self._parser.EndElementHandler = self.end
            self._listen()
        elif tag == "row":
            row = attributes.get("r")
            if row is not None and not _ROW.fullmatch(row):
                raise damaged(f"行号“{row[:20]}”无效")  # calamine would take any number and ask for that much memory
            self._row = self._row + 1 if row is None else int(row) - 1
            self._row_said, self._column = row or "", -1
        else:
            _refuse_counts(attributes)
            if tag in ("sst", "theme") and self._row < 0:
                self._parser.StartElementHandler = self._parser.EndElementHandler = None  # no cells in here

    def end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "f":
            self._formula = self._text
            self._parser.CharacterDataHandler = None
        elif tag == "v" and (self._error or self._formula is not None):
            self._valued = self._has_result("".join(self._text).strip())
            self._parser.CharacterDataHandler = None
        elif tag == "v" and self._shared:
            if look := self._known.strings.get("".join(self._text).strip()):
                self.looks[self._row, self._column] = look
            self._parser.CharacterDataHandler = None
        elif tag == "c":
            self._close_cell()
        elif self._runs is not None:
            self._runs.end(tag)

    def _has_result(self, said: str) -> bool:
        """Whether what is stored for a formula is its result; 0 and nothing are none where nobody has calculated."""
        if self._known.uncalculated and not self._error and _ZERO.fullmatch(said):
            return False
        return self._string or bool(said)

    def _close_cell(self) -> None:
        self._parser.EndElementHandler = None
        if self._runs is not None:
            if look := self._runs.look():
                self.looks[self._row, self._column] = look
            self._runs = self._parser.CharacterDataHandler = None
        if self._error:
            self.broken[self._row, self._column] = "".join(self._text).strip() or "#错误"
        elif self._formula is not None and not self._valued:
            self.broken[self._row, self._column] = "=" + ("".join(self._formula) or "（公式）")

    @property
    def is_far(self) -> bool:
        """Whether anything lies beyond every template."""
        return self._far is not None

    def area(self, sheet: str, left: int) -> int:
        """The cells of a dense grid of this worksheet; refused when its values reach so far that it exhausts memory."""
        rows, columns = self.furthest[0] + 1, self.furthest[1] + 1
        if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > left:
            where = self._far or address(*self.furthest)
            observed = f"工作表“{sheet}”的 {where} 单元格有内容，远在填报区域之外"
            raise WorkbookRefused("SHAPE", observed, "删除多余内容后的填报模板")
        return rows * columns

    def _open_cell(self, attributes: dict[str, str]) -> None:
        said = attributes.get("r", "")
        column = (
            _COLUMNS.get(said[: -len(self._row_said)]) if self._row_said and said.endswith(self._row_said) else None
        )
        if column is not None:  # the usual case: a cell in the row that it stands in
            self._column = column
        elif said:
            found = _CELL.fullmatch(said)
            if not found:
                raise damaged(f"单元格地址“{said[:20]}”无效")
            letters, number = found.groups()
            self._column, self._row = column_index(letters), int(number) - 1
        else:
            self._column += 1  # a cell without address follows the one before
        kind = attributes.get("t")
        self._error = kind == "e"
        self._shared = kind == "s" and bool(self._known.strings)
        if self._error or self._shared:
            self._parser.EndElementHandler = self.end
        if self._known.styles and (look := self._known.styles.get(attributes.get("s", "0"))):
            self.looks[self._row, self._column] = look
        self._fresh = True
        self._string = kind == "str"  # the result of a formula may be the empty text
        self._formula, self._valued = None, False

    def _first_time(self) -> None:
        """Refuses a second value for a cell: what a program shows for it is not what a library reads."""
        if not self._fresh:
            return  # no cell of a worksheet: a chart has values too
        self._fresh, place = False, (self._row, self._column)
        if place in self._met:
            raise damaged(f"{address(*place)} 单元格出现了两次")
        self._met.add(place)

    def _value_here(self) -> None:
        self.reach(self._row, self._column)

    def reach(self, row: int, column: int) -> None:
        """Notes that a cell holds a value."""
        down, right = self.furthest
        if row > down or column > right:
            self.furthest = (max(down, row), max(right, column))
            if row >= MAX_ROWS or column >= MAX_COLUMNS:
                self._far = self._far or address(row, column)

    def _listen(self) -> None:
        self._text = []
        self._parser.CharacterDataHandler = self._text.append
