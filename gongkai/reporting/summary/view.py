"""What the two pages say, as strings in the order of reading: one view for HTML and Typst."""

from dataclasses import dataclass

from gongkai.assessment.office.inspection_quality import InspectionQuality, SampleLookedAt, inspection_quality
from gongkai.assessment.scorecard import Assessment
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
    movers,
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
        scored_anew: how many of them were scored by this year's rules.
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
        scored_anew=_anew(assessment),
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
    notes = [card.last_year_note for card in assessment.scorecards if card.last_year_note]
    return max(notes, key=notes.count) if notes else "没有可比的上年评分"


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
