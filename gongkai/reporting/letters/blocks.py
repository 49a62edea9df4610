"""A mail's body as blocks, in the order of reading: kept as JSON, printed as plain text and as HTML alike.

Every reader's program shows one of the two, so neither says more than the other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from gongkai.reporting.style.html import render_letter

BlockKind = Literal["lead", "paragraph", "heading", "item", "small"]


@dataclass(frozen=True, slots=True)
class MessageBlock:
    """One block.

    Attributes:
        kind: lead (the verdict, large), paragraph, heading, item (one thing to do), small (the foot).
        mark: the sign before an item, or before the lead.
        place: where an item stands: sheet and cell.
        hint: the way out of an item, where its text does not say it.
    """

    kind: BlockKind
    text: str
    mark: str = ""
    place: str = ""
    hint: str = ""


def paragraphs(text: str) -> list[MessageBlock]:
    """A text with empty lines between its paragraphs."""
    return [MessageBlock("paragraph", part.strip()) for part in text.split("\n\n") if part.strip()]


def to_json(blocks: Iterable[MessageBlock]) -> list[dict[str, Any]]:
    """The blocks as JSON values, without what is empty."""
    return [{key: value for key, value in asdict(block).items() if value} for block in blocks]


def from_json(stored: Sequence[Mapping[str, Any]]) -> list[MessageBlock]:
    """The inverse of `to_json`."""
    return [MessageBlock(**{"text": "", **one}) for one in stored]


def as_text(blocks: Sequence[MessageBlock]) -> str:
    """The plain text: a blank line between blocks, none between the items of a list."""
    lines: list[str] = []
    before = ""
    for block in blocks:
        if lines and not before == block.kind == "small":
            lines.append("")
        lines += _lines(block)
        before = block.kind
    return "\n".join(lines) + "\n"


def as_html(blocks: Sequence[MessageBlock], title: str) -> str:
    """The HTML part: complete in itself, every style in its tag, because mail programs drop the head."""
    return render_letter(title=title, blocks=blocks)


def _lines(block: MessageBlock) -> list[str]:
    if block.kind == "item":
        place = f" [{block.place}]" if block.place else ""
        return [f"{block.mark} {block.text}{place}", *([f"　 {block.hint}"] if block.hint else [])]
    if block.kind == "lead":
        return [f"{block.mark} {block.text}".strip()]
    if block.kind == "heading":
        return [f"—— {block.text} ——"]
    return [block.text]
