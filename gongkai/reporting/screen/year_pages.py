"""The district on the screen: the board, unit × rule, the totals, the ranking."""

from collections import Counter

from gongkai.assessment.export import in_order_of_rank
from gongkai.assessment.scorecard import Assessment, Scorecard
from gongkai.findings import Severity
from gongkai.national_format.figures import CARRIED_IN, NEW_REQUESTS, OUTCOME_TOTAL
from gongkai.reporting.board.view import BoardRow, board_view
from gongkai.reporting.screen.markdown import table, text
from gongkai.reporting.screen.reasons import reasons
from gongkai.reporting.screen.site_links import Places
from gongkai.reporting.shared.wording import Wordings, wording_of
from gongkai.reporting.style import figure, moment
from gongkai.submission.verdict import UnitState
from gongkai.warehouse.records import UnitYear, YearState
from gongkai.warehouse.rows.issued_cards import CardState
from gongkai.warehouse.totals import Totals


def board_page(state: YearState, places: Places, wordings: Wordings) -> str:
    """Who is in and who is not and why, first those who must be called; each with links to its papers."""
    view = board_view(state)
    rows = dict(zip((unit.unit.code for unit in state.units), view.rows, strict=True))
    in_order = sorted(state.units, key=lambda unit: not rows[unit.unit.code].act)
    head = [
        f"# {state.year} 年度报送情况：应报 {view.expected}，已受理 {view.accepted}",
        f"截至 {moment(state.profile.local(state.as_of))}。{view.deadlines}。",
        " · ".join(
            found
            for path, words in (
                ("board.html", "看板"),
                ("findings/index.html", "核对结果"),
                ("report/report.html", state.profile.district.says("全区报告")),
                ("ranking.xlsx", "排名"),
            )
            if (found := places.paper(path, words))
        ),
        table(
            ["单位", "状态", "原因", "收到", *(one.word for one in Severity), "材料"],
            (_board_row(unit, rows[unit.unit.code], places, wordings) for unit in in_order),
            right=(4, 5, 6),
        ),
        view.calendar or "",
    ]
    return "\n\n".join(part for part in head if part)


def _board_row(unit: UnitYear, row: BoardRow, places: Places, wordings: Wordings) -> list[object]:
    word = f"**{row.sign} {row.word}**" if row.act else f"{row.sign} {row.word}"
    why = "；".join(text(part) for part in (reasons(unit, wordings), row.note) if part)
    return [
        places.unit(row.unit, f"{row.unit} {row.name}"),
        word,
        why,
        row.since if unit.latest else "",
        row.errors,
        row.queries,
        row.notices,
        places.answers(row.unit),
    ]


def matrix_page(state: YearState, wordings: Wordings) -> str:
    """Unit × rule: how often a rule is open at a unit; rules and units with nothing open are left out."""
    hits = {
        unit.unit.code: Counter(found.rule for found in unit.latest.verdict.findings if found.settled_by is None)
        for unit in state.units
        if unit.latest
    }
    rules = [rule for rule in wordings if any(hit[rule] for hit in hits.values())]
    units = [unit for unit in state.units if any(hits.get(unit.unit.code, Counter()).values())]
    lines = [f"# {state.year} 年度 单位 × 规则（未了结的处数）"]
    if not units:
        return "\n\n".join([*lines, "没有未了结的错误、疑点或提示。"])
    lines.append(
        table(
            ["单位", *rules],
            ([text(f"{u.unit.code} {u.unit.name}"), *(hits[u.unit.code][rule] or "" for rule in rules)] for u in units),
            right=range(1, len(rules) + 1),
        )
    )
    lines.append("\n".join(f"- {rule}：{text(wording_of(rule, wordings).title)}" for rule in rules))
    return "\n\n".join(lines)


def totals_page(state: YearState, totals: Totals) -> str:
    """The district's main figures; only accepted revisions count."""
    indicators = totals.indicators
    figures = {
        "应报单位": len(state.units),
        UnitState.ACCEPTED.word: len(state.accepted),
        "新收申请（件）": totals.district.tables.get(NEW_REQUESTS),
        "上年结转（件）": totals.district.tables.get(CARRIED_IN),
        "办结（件）": totals.district.tables.get(OUTCOME_TOTAL),
        "平均办理工作日": indicators.average_reply_working_days,
        "较法定时限缩短（%）": indicators.reply_shortening_percent,
        "按期办结率（%）": indicators.requests_closed_on_time_percent,
    }
    rows = ([name, UnitState.MISSING.word if value is None else value] for name, value in figures.items())
    return f"# {state.year} 年度{state.profile.district.whole}数据\n\n{table(['指标', '数值'], rows, right=(1,))}"


def _cards_stand(assessment: Assessment) -> str:
    """How many cards are drafts, put out for opinions, or final."""
    found = Counter(card.state for card in assessment.scorecards)
    return "，".join(f"{state.word} {found[state]} 份" for state in CardState if found[state])


def ranking_page(assessment: Assessment, state: YearState, places: Places) -> str:
    """The ranking, a table a group, as the drafts have it."""
    groups: dict[str, list[Scorecard]] = {}
    for card in assessment.scorecards:
        groups.setdefault(card.group, []).append(card)
    parts = [f"# {state.year} 年度考核排名（{_cards_stand(assessment)}）"]
    for group, cards in groups.items():
        rows = (
            [
                card.rank or "",
                places.unit(
                    card.unit, f"{card.unit} {card.name}{f'（{card.authority.name}）' if card.authority else ''}"
                ),
                figure(card.total, "未计分"),
                text(card.grade),
                text("、".join(card.vetoes)),
                places.paper(f"scorecards/{card.unit}/scorecard.html", "评分表"),
            ]
            for card in in_order_of_rank(cards)
        )
        parts.append(f"## {text(state.profile.kind_name(group))}（{len(cards)} 个单位）")
        parts.append(table(["名次", "单位", "总分", "等次", "一票否决", "评分表"], rows, right=(0, 2)))
    return "\n\n".join(parts)
