"""The office's own blocks, each at its place in the report, with its references filled in.

Opening, overview, channels, measures, problems, next steps, other matters, and what stands beside the tables. Nothing
is put into its mouth; a sentence that refers to a figure which nobody reported stays away, and is told as a lack.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.reporting.report.words.traced_text import plain, sentences_of, traced, unmarked
from gongkai.submission.fields import groups
from gongkai.submission.form import Submission
from gongkai.submission.references import known_references, references_in, replaced
from gongkai.warehouse.records import YearState

TABLE_TEXTS: Mapping[str, str] = {"proactive": "section_2", "requests": "section_3", "disputes": "section_4"}
"""Section of the format → the field of the office's words that stands beside its table."""


@dataclass(frozen=True)
class OfficeWords:
    """What the office says.

    Attributes:
        blocks: field of the narrative → its paragraphs, figures marked; fields without text are not there.
        unfilled: references without a value today, each with the sentence that stays away for it.
    """

    blocks: Mapping[str, Sequence[str]] = field(default_factory=dict)
    unfilled: Sequence[tuple[str, str]] = ()

    def of(self, key: str) -> Sequence[str]:
        """The paragraphs of a block."""
        return self.blocks.get(key, ())

    @property
    def all(self) -> str:
        """Everything that it says, for what a computed sentence need not say again."""
        return plain("\n".join(line for lines in self.blocks.values() for line in lines))


def office_words(state: YearState, values: Mapping[str, str]) -> OfficeWords:
    """The words of the office's accepted revision.

    Args:
        state: the year.
        values: reference → today's value.
    """
    submission = _office(state)
    if submission is None:
        return OfficeWords()
    known, blocks, unfilled = known_references(state.year), {}, []
    printed = {name: traced(values[name], name) for name in known if name in values}
    for key in groups()["narrative"].fields:
        text = submission.value(f"narrative.{key}")
        if not isinstance(text, str) or not text.strip():
            continue
        lines = [sentences_of(line.strip()) for line in unmarked(text).splitlines()]
        unfilled += [
            (name, one) for line in lines for one in line for name in references_in(one) if name not in printed
        ]
        without_value = {one for _, one in unfilled}
        said = ("".join(replaced(one, printed) for one in line if one not in without_value) for line in lines)
        if kept := [line for line in said if line]:
            blocks[key] = kept
    return OfficeWords(blocks, tuple(unfilled))


def _office(state: YearState) -> Submission | None:
    revisions = (u.accepted for u in state.units if u.unit.kind == "office" and u.accepted is not None)
    return next((r.submission for r in revisions if r.submission is not None), None)
