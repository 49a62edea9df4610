"""What the two pages say, as strings in the order of reading: one view for HTML and Typst."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongkai.assessment.office.inspection_quality import InspectionQuality, SampleLookedAt, inspection_quality
from gongkai.assessment.scorecard import Assessment, Scorecard
from gongkai.profile import Profile
from gongkai.reporting.summary.shortcomings import (
    AreaRow,
    FoundLine,
    FrequentLoss,
    VetoLine,
    catalogue,
    found_lines,
    frequent_losses,
    rectified,
    veto_lines,
)
from gongkai.reporting.summary.standings import (
    GroupLine,
    HeatRow,
    Mover,
    by_group,
    first_levels,
    group_lines,
    heat_rows,
    last_totals,
    movers,
    why_incomparable,
)
from gongkai.warehouse.records import YearState


@dataclass(frozen=True)
class HeatGroup:
    """The units of one group by first level."""

    name: str
    rows: tuple[HeatRow, ...]


@dataclass(frozen=True)
class SummaryView:
    """The two pages.

    Attributes:
        last_year: why nobody's last year is comparable; empty where somebody's is.
        scored_anew: how many of them were scored by this year's rules, and what last year's medians are without.
        columns: the units of the catalogue's matrix.
    """

    year: str
    units: str
    accepted: str
    grades: tuple[str, ...]
    groups: tuple[GroupLine, ...]
    levels: tuple[str, ...]
    heat: tuple[HeatGroup, ...]
    risen: tuple[Mover, ...]
    fallen: tuple[Mover, ...]
    last_year: str
    scored_anew: str
    losses: tuple[FrequentLoss, ...]
    vetoes: tuple[VetoLine, ...]
    found: tuple[FoundLine, ...]
    rectified: str
    quality: str
    columns: tuple[str, ...]
    areas: tuple[AreaRow, ...]


def summary_view(assessment: Assessment, state: YearState) -> SummaryView:
    """The summary of a year."""
    scheme, groups = state.profile.scheme, by_group(assessment)
    issued, closed, in_time = rectified(state)
    risen, fallen = movers(assessment)
    columns, areas = catalogue(state)
    return SummaryView(
        year=str(state.year),
        units=str(len(assessment.scorecards)),
        accepted=str(sum(card.handed_in for card in assessment.scorecards)),
        grades=tuple(band.grade for band in scheme.bands),
        groups=tuple(group_lines(groups, state.profile)),
        levels=tuple(f"{code} {label}" for code, label in first_levels(scheme).items()),
        heat=tuple(
            HeatGroup(state.profile.kind_name(group), tuple(heat_rows(cards, scheme)))
            for group, cards in groups.items()
        ),
        risen=risen,
        fallen=fallen,
        last_year=_last_year(assessment),
        scored_anew="；".join(filter(None, [_anew(assessment), *_lacking(groups, state.profile)])),
        losses=tuple(frequent_losses(assessment)),
        vetoes=tuple(veto_lines(assessment)),
        found=tuple(found_lines(state)),
        rectified=f"下达整改 {issued} 件，办结 {closed} 件，其中按期 {in_time} 件。",
        quality=_quality(inspection_quality(state.office, state.draws)),
        columns=columns,
        areas=areas,
    )


def _last_year(assessment: Assessment) -> str:
    """Why nobody's last year is comparable; empty where somebody's is."""
    if any(card.last_year_total is not None for card in assessment.scorecards):
        return ""
    return why_incomparable(assessment.scorecards) or "没有可比的上年评分"


def _lacking(groups: Mapping[str, Sequence[Scorecard]], profile: Profile) -> Iterator[str]:
    """Group by group what last year's median is without, and why."""
    for group, cards in groups.items():
        totals = last_totals(cards, profile.scheme.decimal_places)
        lacking, why = sum(total is None for total in totals), why_incomparable(cards)
        if lacking and (why or cards[0].authority):
            what = "个机关" if cards[0].authority else "个单位"
            told = why or "所属单位的上年总分不全"
            yield f"{profile.kind_name(group)}有 {lacking} {what}不计入上年中位（{told}）"


def _anew(assessment: Assessment) -> str:
    """How many totals of last year were scored by this year's rules; empty where none was."""
    anew = sum(bool(card.last_year_note) and card.last_year_total is not None for card in assessment.scorecards)
    return f"其中 {anew} 个单位的上年总分按今年规则重算" if anew else ""


def _quality(found: InspectionQuality) -> str:
    """How far inspectors agree, and what was looked at of the samples that were drawn."""
    both, said = found.together, f"检查记录 {found.inspections} 条"
    if both.percent is None:
        said += "，没有双人录入或质量抽查。"
    else:
        said += (
            f"；双人录入 {found.doubles.looks} 条，质量抽查 {found.seconds.looks} 条，"
            f"结果不一致 {both.differing} 条，不一致率 {both.percent:f}%。"
        )
    return said + (_sampled(found.sample, found.seconds.looks) if found.sample else "")


def _sampled(sample: SampleLookedAt, again: int) -> str:
    """What was drawn and what of it was looked at; a rate without its sample would be somebody's choice."""
    told = [f"按种子 {'、'.join(str(seed) for seed in sample.seeds)} 抽样"]
    if sample.first:
        told.append(f"抽中待查 {sample.first} 件，已查 {sample.first_seen} 件")
    if sample.second:
        gone = f"（其中 {sample.withdrawn} 条原检查已撤回）" if sample.withdrawn else ""
        differing = f"，不一致 {sample.repeated.differing} 条" if sample.repeated.looks else ""
        told.append(f"抽中再查 {sample.second} 条{gone}，已再查 {sample.repeated.looks} 条{differing}")
    if (others := again - sample.repeated.looks) > 0:
        told.append(f"另有未抽中的再查 {others} 条")
    return "；".join(told) + "。"
