"""The mistakes of the first round: which unit, what went wrong, and the rules that speak about it.

They are of the kinds that occur in real reports. Each takes the right contents and gives what the unit handed in
instead: another content, the bytes of a file nobody can read, or nothing at all.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from gongkai.demonstration.characteristics import characteristics, likenesses
from gongkai.demonstration.year import Content
from gongkai.profile import Profile

Contents = Mapping[str, Content]
HandedIn = Content | bytes | None
# The first bytes of an OLE container: an xlsx saved with a password looks like this, and so does an old .xls.
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


@dataclass(frozen=True, slots=True)
class Mistake:
    """One unit's mistake.

    Attributes:
        what: for people, in Chinese.
        rules: ids of the rules whose findings it causes; empty where it is accepted (a coercion) or never came.
        status: accepted, returned, quarantined or missing: the unit's state after the first round.
        make: (contents of this year, contents of last year, unit) → what was handed in.
    """

    unit: str
    what: str
    rules: frozenset[str]
    status: str
    make: Callable[[Contents, Contents, str], HandedIn]


def _row_total_off_by_one(tables: dict[str, Any]) -> None:
    tables["requests"]["granted"]["total"] += 1


def _digits_transposed(tables: dict[str, Any]) -> None:
    row = tables["requests"]["new_requests"]
    right = row["natural_person"]
    row["natural_person"] = int(str(right)[::-1])
    row["total"] += row["natural_person"] - right


def _outcome_forgotten(tables: dict[str, Any]) -> None:
    row = tables["requests"]["partly_granted"]
    row["total"] -= row["natural_person"]
    row["natural_person"] = 0


def _column_blank(tables: dict[str, Any]) -> None:
    for row in tables["requests"].values():
        row["legal_service_org"] = None


def _remark_and_slash(tables: dict[str, Any]) -> None:
    table = tables["proactive_disclosure"]
    in_force = table["normative_documents"]["in_force"]
    table["normative_documents"]["in_force"] = f"{in_force}（另有自然失效1件）"
    table["administrative_compulsion"]["decisions"] = "/"


def _carried_in_counted_as_new(tables: dict[str, Any]) -> None:
    new, carried = tables["requests"]["new_requests"], tables["requests"]["carried_in"]
    for column, number in carried.items():
        new[column] += number
        carried[column] = 0


def _normative_documents_as_rules(tables: dict[str, Any]) -> None:
    table = tables["proactive_disclosure"]
    table["rules"], table["normative_documents"] = table["normative_documents"], table["rules"]


def _full_width_digits(tables: dict[str, Any]) -> None:
    licences = tables["proactive_disclosure"]["administrative_licences"]
    licences["decisions"] = "".join(chr(ord(digit) + 0xFEE0) for digit in str(licences["decisions"]))


def _thousands_separators(tables: dict[str, Any]) -> None:
    for row in ("administrative_licences", "administrative_penalties", "administrative_compulsion"):
        cell = tables["proactive_disclosure"][row]
        cell["decisions"] = f"{cell['decisions']:,}"


def _in_tables(change: Callable[[dict[str, Any]], None]) -> Callable[[Contents, Contents, str], HandedIn]:
    def make(this_year: Contents, _last_year: Contents, unit: str) -> HandedIn:
        content = deepcopy(this_year[unit])
        change(content["tables"])
        return content

    return make


def _content_of(other: str) -> Callable[[Contents, Contents, str], HandedIn]:
    """Another unit's content, saved once more: the same bytes would be no submission of their own."""
    return lambda this_year, _last_year, unit: {**this_year[other], "prepared_on": this_year[unit]["prepared_on"]}


def _content_of_last_year(_this_year: Contents, last_year: Contents, unit: str) -> HandedIn:
    return last_year[unit]


def _encrypted(_this_year: Contents, _last_year: Contents, _unit: str) -> HandedIn:
    names = "".join(("Root Entry", "EncryptionInfo", "EncryptedPackage")).encode("utf-16-le")
    return _OLE + bytes(504) + names + bytes(range(256)) * 8


def _nothing(_this_year: Contents, _last_year: Contents, _unit: str) -> HandedIn:
    return None


def _mistake(
    unit: str, what: str, status: str, make: Callable[[Contents, Contents, str], HandedIn], *rules: str
) -> Mistake:
    return Mistake(unit, what, frozenset(rules), status, make)


MISTAKES: Mapping[str, Mistake] = {
    one.unit: one
    for one in (
        _mistake("A02", "文件设了打开密码", "quarantined", _encrypted, "SHAPE"),
        _mistake(
            "A05",
            "“予以公开”一行的总计多加了 1",
            "returned",
            _in_tables(_row_total_off_by_one),
            "REQ-ROW-SUM",
            "REQ-OUTCOME-SUM",
            "CASE-OUTCOME",
        ),
        _mistake("A06", "数字用全角输入", "accepted", _in_tables(_full_width_digits)),
        _mistake(
            "A07",
            "新收件数的两位数字颠倒",
            "returned",
            _in_tables(_digits_transposed),
            "REQ-BALANCE",
            "CASE-NEW",
            "TEXT-TABLE",
        ),
        _mistake(
            "A09",
            "上年结转的申请记成了本年新收",
            "returned",
            _in_tables(_carried_in_counted_as_new),
            "YOY-CARRY",
            "CASE-NEW",
            "CASE-CARRIED",
            "TEXT-TABLE",
        ),
        _mistake(
            "A15",
            "行政规范性文件填进了规章一行",
            "returned",
            _in_tables(_normative_documents_as_rules),
            "RULES-ZERO",
            "DOC-COUNT",
            "DOC-STOCK",
            "TEXT-TABLE",
        ),
        _mistake(
            "A18",
            "“部分公开”漏填，合计却算了进去",
            "returned",
            _in_tables(_outcome_forgotten),
            "REQ-OUTCOME-SUM",
            "CASE-OUTCOME",
        ),
        _mistake("A20", "交来的是另一领域的文件", "quarantined", _content_of("A19"), "WRONG-UNIT"),
        _mistake("A23", "数字带千位分隔符", "accepted", _in_tables(_thousands_separators)),
        _mistake(
            "A24", "数字格里写了说明，零写成“/”", "returned", _in_tables(_remark_and_slash), "NOT-A-NUMBER", "BLANK"
        ),
        _mistake("T02", "“法律服务机构”一列没有填", "returned", _in_tables(_column_blank), "BLANK"),
        _mistake("T07", "交来的是上一年度的表", "quarantined", _content_of_last_year, "WRONG-YEAR"),
        _mistake("T09", "到期没有报送", "missing", _nothing),
    )
}

_ANYWHERE = ("A05", "T02", "A02", "A24", "T09", "A06", "T07")  # of these, what can go wrong in any unit


def mistakes_of(profile: Profile, contents: Contents) -> Mapping[str, Mistake]:
    """The mistakes of the first round: the demonstration's own; in another district some kinds, on every third unit."""
    if set(contents) == set(characteristics()) and likenesses(profile) == characteristics():
        return MISTAKES
    units = [u.code for u in profile.units if u.code in contents and u.carries_tables and not u.requests_counted_by]
    chosen = [code for code in units if contents[code]["tables"]["requests"]["outcome_total"]["total"]][1::3]
    return {code: replace(MISTAKES[kind], unit=code) for code, kind in zip(chosen, _ANYWHERE, strict=False)}
