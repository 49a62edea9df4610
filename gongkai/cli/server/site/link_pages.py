"""The pages of links: the years, one year's papers, one unit's papers; made from what lies in the folders.

They say nothing of their own: a state stands on the board, a reason on the receipt.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment

from gongkai.cli.server.site import addresses
from gongkai.cli.server.site.access import ISSUED, UNITS, Visitor

_PAPERS = {
    "board.html": "看板",
    "findings/index.html": "核对结果",
    "report/report.html": "年度报告",
    "report/report.docx": "年度报告（Word）",
    "report/report.pdf": "年度报告（PDF）",
    "report/annex.docx": "报告附录（Word）",
    "summary.html": "两页摘要",
    "ranking.xlsx": "排名",
    "receipts/unassigned.html": "归不了单位的文件",
    "receipts/_office.html": "办公室录入的核对",
}
_OF_UNIT = {
    "receipts/{}.html": "回执",
    "receipts/{}-returned.xlsx": "退回的填报表",
    "findings/{}.html": "核对结果",
    "scorecards/{}/scorecard.html": "评分表（草稿，未签发的不发给单位）",
    "scorecards/{}/scorecard.pdf": "评分表（PDF，草稿）",
    "scorecards/{}/scorecard.xlsx": "评分表（表格，可重算，草稿）",
}
_ISSUED_TO = {
    "scorecard.html": "评分表",
    "scorecard.pdf": "评分表（PDF）",
    "scorecard.xlsx": "评分表（表格，可重算）",
    "{}.html": "回执",
    "签发单.txt": "签发单",
    "{}.sig": "回执的签名",
    "district.pub": "核对签名的公钥",
    "scorecard.json": "评分表（数据）",
    "{}.json": "回执（数据）",
    "签发单.json": "签发单（数据）",
}
"""What was issued to a unit, what a person reads first; earlier issues lie in folders of their own, 第1次签发."""
_OF_ITS_OWN = ("receipts/{}.html", "receipts/{}-returned.xlsx")

_PAGE = Environment(autoescape=True).from_string(
    """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{{ title }}</title>
<style>
body { font: 16px/1.7 "Noto Sans SC", "Microsoft YaHei", sans-serif; color: #1d2129;
  max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem; font-weight: 600 } h2 { font-size: 1.05rem; margin-top: 1.6rem }
a { color: #0b4f9e } li { margin: .2rem 0 } p.none { color: #5c6470 }
</style></head><body>
<h1>{{ title }}</h1>
{% for heading, links in sections %}{% if heading %}<h2>{{ heading }}</h2>{% endif %}
{% if links %}<ul>{% for address, words in links %}<li><a href="{{ address }}">{{ words }}</a></li>{% endfor %}</ul>
{% else %}<p class="none">没有。</p>{% endif %}{% endfor %}
</body></html>
"""
)

Links = list[tuple[str, str]]


def home_page(out: Path, visitor: Visitor) -> str:
    """The years, for the office; a unit's own pages of each year, for a unit."""
    found = addresses.years(out)
    if visitor.is_office:
        return _page("政务公开年度考核", [("", [(f"/{year}/", f"{year} 年度") for year in found])])
    sections = [(f"{year} 年度", _unit_links(out, out / year, year, visitor.unit or "", own=True)) for year in found]
    return _page(f"{visitor.unit} 的材料", sections)


def year_page(folder: Path, year: str) -> str:
    """The papers of a year, and its units."""
    papers = [(f"/{year}/{path}", words) for path, words in _PAPERS.items() if (folder / path).is_file()]
    units = [(f"/{year}/{UNITS}/{code}", f"{code} {name}") for code, name in _units(folder).items()]
    return _page(f"{year} 年度", [("总体", papers), ("各单位", units)])


def unit_page(out: Path, folder: Path, year: str, unit: str, visitor: Visitor) -> str | None:
    """One unit's papers, as far as they are the visitor's; None of a unit that the year does not know."""
    name = _units(folder).get(unit)
    if name is None:
        return None
    links = _unit_links(out, folder, year, unit, own=not visitor.is_office)
    return _page(f"{year} 年度 {unit} {name}", [("现在的材料", links)])


def _units(folder: Path) -> dict[str, str]:
    """The units of the year's board: code → name."""
    board = folder / "board.json"
    known = json.loads(board.read_text(encoding="utf-8"))["units"] if board.is_file() else []
    return {unit["unit"]: unit["name"] for unit in known}


def _unit_links(out: Path, folder: Path, year: str, unit: str, own: bool) -> Links:
    now = [
        (quote(f"/{year}/{path.format(unit)}"), words)
        for path, words in _OF_UNIT.items()
        if (not own or path in _OF_ITS_OWN) and addresses.file_in(folder, tuple(path.format(unit).split("/")))
    ]
    issued = addresses.issued_folder(out, year, unit)
    sent = [path.relative_to(issued) for path in issued.rglob("*") if path.is_file()] if issued else []
    return now + [(quote(f"/{ISSUED}/{year}/{unit}/{path.as_posix()}"), words) for path, words in _named(sent, unit)]


def _named(issued: Sequence[Path], unit: str) -> list[tuple[Path, str]]:
    """What was issued in words, what one reads first before the rest, the earlier issues last."""
    names = {name.format(unit): words for name, words in _ISSUED_TO.items()}
    places = {name: place for place, name in enumerate(names)}
    in_order = sorted(issued, key=lambda path: (path.parent, places.get(path.name, len(places)), path.name))
    return [
        (path, f"{'已签发' if path.parent == Path() else path.parent}：{names.get(path.name, path.name)}")
        for path in in_order
    ]


def _page(title: str, sections: list[tuple[str, Links]]) -> str:
    return _PAGE.render(title=title, sections=sections)
