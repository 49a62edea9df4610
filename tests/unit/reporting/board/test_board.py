"""The board: who is in and who is not, in ten seconds; `board.json` for programs."""

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

from gongkai.findings import Severity
from gongkai.reporting.board.view import Figure, board_view
from gongkai.reporting.board.writer import board_json, write_board
from gongkai.submission.verdict import Status
from gongkai.warehouse.records import YearLock, YearState
from gongkai.warehouse.totals import Figures, Indicators, Totals

CONTRACT = {"unit", "name", "state", "since", "errors", "queries", "notices", "on_time"}


def mixed(make: SimpleNamespace) -> YearState:
    """A01 returned, A02 missing, A03 unreadable after an accepted one, A09 unreadable, T05 accepted late."""
    unreadable = make.verdict(make.finding("SHAPE", where="-"), status=Status.QUARANTINED)
    returned = make.verdict(make.finding(), make.finding("YOY-JUMP", Severity.QUERY))
    return make.state(
        {
            "A01": (make.revision("A01", returned),),
            "A02": (),
            "A03": (make.revision("A03", make.verdict()), make.revision("A03", unreadable, 2)),
            "A09": (make.revision("A09", unreadable),),
            "T05": (make.revision("T05", make.verdict(on_time=False)),),
        }
    )


def test_json_lists_every_expected_unit_in_registry_order(make: SimpleNamespace, tmp_path: Path) -> None:
    state = mixed(make)

    [place, _] = write_board(state, tmp_path)

    board = json.loads(place.read_text(encoding="utf-8"))
    units = {unit["unit"]: unit for unit in board["units"]}
    assert (board["year"], board["as_of"]) == (2021, "2022-02-20T17:05:00+08:00")
    assert list(units) == [unit.code for unit in make.profile().units]
    assert all(set(unit) >= CONTRACT for unit in board["units"])
    states = {code: units[code]["state"] for code in ("A01", "A02", "A03", "A09", "T05")}
    assert states == {
        "A01": "returned",
        "A02": "missing",
        "A03": "accepted",
        "A09": "quarantined",
        "T05": "accepted",
    }
    assert (units["A01"]["errors"], units["A01"]["queries"], units["A01"]["notices"]) == (1, 1, 0)
    assert (units["A02"]["since"], units["A02"]["on_time"]) == (None, None)
    assert units["A03"]["since"] == "2022-01-22T17:05:00+08:00"
    assert units["T05"]["on_time"] is False


def test_head_counts_and_names_who_is_not_in(make: SimpleNamespace, tmp_path: Path) -> None:
    state = mixed(make)

    view = board_view(state)

    assert (view.accepted, view.expected) == (34, 37)
    waiting = {group.state: [row.unit for row in group.rows] for group in view.to_call}
    assert waiting == {"missing": ["A02"], "quarantined": ["A09"], "returned": ["A01"]}
    assert [row.unit for row in view.late] == ["T05"]
    html = write_board(state, tmp_path)[1].read_text(encoding="utf-8")
    head = html[: html.index("全部单位")]
    assert "○ 未报 1 个" in head
    assert "A02 公共资源交易" in head
    assert "新报送未受理，原受理版本有效" in html


def test_complete_year_says_so(make: SimpleNamespace, tmp_path: Path) -> None:
    html = write_board(make.state(), tmp_path)[1].read_text(encoding="utf-8")

    assert "✓ 全部 37 个单位已受理。" in html
    assert "退回修改" not in html


def test_a_locked_year_says_who_closed_it_after_that_moment(make: SimpleNamespace) -> None:
    state = make.state()
    at = state.as_of - timedelta(seconds=1)
    lock = YearLock(2021, at, "李主任", "已报市办", 1, "", "", state.profile)

    closed = replace(state, lock=lock)
    later = replace(state, lock=replace(lock, at=state.as_of))  # what stood then led to the lock

    assert "由李主任锁定，结论不再改变" in board_view(closed).deadlines
    assert board_json(closed)["locked_at"] == at.isoformat()
    assert (board_view(later), board_json(later)) == (board_view(state), board_json(state))


def test_totals_make_a_strip_with_counts_beside_the_average(make: SimpleNamespace) -> None:
    indicators = Indicators(Decimal("7.29"), Decimal("63.55"), 345, 340, Decimal("98.55"))
    figures = Figures({"requests.new_requests.total": 1370}, {}, {})
    totals = Totals(2021, figures, None, indicators, indicators, {}, None)

    strip = board_view(make.state(), totals).figures

    assert strip == (
        Figure("新收申请", "1,370", "件"),
        Figure("当年办结", "345", "件"),
        Figure("按期办结", "340", "件，共办结 345 件"),
        Figure("平均用时", "7.29", "个工作日"),
    )


def test_district_without_figures_is_not_zero(make: SimpleNamespace) -> None:
    none = Indicators(None, None, 0, 0, None)
    totals = Totals(2021, Figures({"requests.new_requests.total": None}, {}, {}), None, none, none, {}, None)

    strip = {one.label: one.value for one in board_view(make.state(), totals).figures}

    assert (strip["新收申请"], strip["平均用时"]) == ("未报", "无办结")


def test_hostile_unit_name_is_shown_as_it_is(make: SimpleNamespace, tmp_path: Path) -> None:
    profile = make.profile()
    units = (profile.units[0].model_copy(update={"name": "<script>alert(1)</script>" * 5}), *profile.units[1:])

    html = write_board(make.state(profile=profile.model_copy(update={"units": units})), tmp_path)[1].read_text("utf-8")

    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_district_of_one_unit_has_a_board(make: SimpleNamespace) -> None:
    profile = make.profile()

    view = board_view(make.state(profile=profile.model_copy(update={"units": profile.units[:1]})))

    assert (view.accepted, view.expected) == (1, 1)


def test_an_accepted_unit_that_something_speaks_against_since_is_named_with_the_reason(
    make: SimpleNamespace, tmp_path: Path
) -> None:
    told = "表三“上年结转”填写 3，上年报告为 4，相差 1。"
    arisen = make.finding("YOY-CARRY", Severity.QUERY, message=f"{told}请核对该格。", settled_by="kept:error")
    state = make.state()
    since = state.as_of - timedelta(days=10)
    state = make.state({"A01": (make.revision("A01", make.verdict(arisen), accepted_at=since),)})

    place, page = write_board(state, tmp_path)

    unit = json.loads(place.read_text(encoding="utf-8"))["units"][0]
    assert (unit["state"], unit["queries"], unit["accepted_at"]) == ("accepted", 0, since.isoformat())
    assert [found["rule"] for found in unit["arisen"]] == ["YOY-CARRY"]
    html = page.read_text(encoding="utf-8")
    assert f"2022年2月10日受理，其后因以下情况有变化：<br>{told}（YOY-CARRY）" in html
    [row] = board_view(state).changed
    assert row.unit == "A01"
