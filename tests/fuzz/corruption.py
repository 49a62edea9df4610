"""Corrupts valid workbooks, reproducibly: bytes of the file, bytes and attributes of its XML parts, single cells."""

import io
import random
import re
import zipfile
from collections.abc import Callable, Sequence

EXTREMES = (
    "0", "-1", "1", "4294967295", "4294967296", "18446744073709551616", "1048576", "XFD1048576", "A0", "ZZZZ1", "",
    "NaN", "1e999", "-0", "&#0;", "&lt;", "真", "\u202e", "a" * 5000, "9" * 400, "A1:XFD1048576", "#REF!", "../../x",
)  # fmt: skip
CELLS = (
    "<v>1</v>", '<is><t>13800000000</t></is>', "<f>1/0</f>", "<f>A1</f><v></v>", "<v>1e308</v>", "<v>-99999999999</v>",
    "<v>abc</v>", "<is><t>=cmd|'/c calc'!A1</t></is>", "<v>44256.9999</v>", "<v>2958466</v>", "<v></v>", "<is/>",
    "<f t='array' ref='A1:ZZ9999'>1</f><v>1</v>", "<is><t>" + "字" * 40_000 + "</t></is>", "<v>99999</v>",
)  # fmt: skip
TYPES = ("s", "str", "inlineStr", "b", "e", "n", "d", "zz", "")
TAG = re.compile(rb"<[^<>?!]+>")
ATTRIBUTE = re.compile(rb'="([^"<>]*)"')
CELL = re.compile(rb'<c r="([A-Z]+\d+)"([^>]*?)(?:/>|>.*?</c>)', re.DOTALL)


def corrupted(seeds: Sequence[bytes], number: int) -> bytes:
    """The corruption of that number, always the same."""
    chance = random.Random(number)  # noqa: S311  # nothing is secret here
    data = chance.choice(seeds)
    if not data.startswith(b"PK") or chance.random() < 0.3:
        return _bytes(data, chance)
    return _part(data, chance)


def _bytes(data: bytes, chance: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 50))):
        at, size = chance.randrange(len(found)), chance.choice((1, 1, 4, 64))
        match chance.randrange(5):
            case 0:
                found[at] ^= 1 << chance.randrange(8)
            case 1:
                found[at : at + size] = chance.randbytes(size)
            case 2:
                del found[at : at + size]
            case 3:
                found[at:at] = found[at : at + size] * chance.choice((1, 3))
            case _:
                found[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f"))
        found = found or bytearray(b"P")
    return bytes(found[: chance.randrange(len(found))] if chance.random() < 0.1 else found)


def _part(data: bytes, chance: random.Random) -> bytes:
    """The workbook with one part changed, lost, or there twice under another name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheets = [name for name in parts if "sheet" in name.lower() or name == "content.xml"]
    for _ in range(chance.choice((1, 1, 3))):
        name = chance.choice(sheets if sheets and chance.random() < 0.6 else sorted(parts))
        change = chance.choice((_tag, _tag, _attribute, _attribute, _cell, _cell, _bytes, _lost, _other))
        if parts.get(name):
            parts[name] = change(parts[name], chance)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        for name, content in parts.items():
            if content or chance.random() < 0.5:
                archive.writestr(name, content)
    return out.getvalue()


def _replaced(pattern: re.Pattern[bytes], make: Callable[[re.Match[bytes]], bytes], content: bytes,
              chance: random.Random) -> bytes:  # fmt: skip
    found = list(pattern.finditer(content))
    if not found:
        return content
    one = chance.choice(found)
    return content[: one.start()] + make(one) + content[one.end() :]


def _tag(content: bytes, chance: random.Random) -> bytes:
    """A tag lost, doubled, nested a thousand times, or put where another is."""
    other = chance.choice(TAG.findall(content) or [b"<x>"])
    return _replaced(
        TAG, lambda one: chance.choice((b"", one[0] * 2, one[0] * 1000, other, b"<!--", b"<![CDATA[")), content, chance
    )


def _attribute(content: bytes, chance: random.Random) -> bytes:
    value = chance.choice(EXTREMES).encode()
    return _replaced(ATTRIBUTE, lambda _: b'="' + value + b'"', content, chance)


def _cell(content: bytes, chance: random.Random) -> bytes:
    def make(one: re.Match[bytes]) -> bytes:
        kind, said = chance.choice(TYPES), chance.choice(CELLS)
        return b'<c r="' + one[1] + f'" t="{kind}">{said}</c>'.encode()

    return _replaced(CELL, make, content, chance)


def _lost(content: bytes, chance: random.Random) -> bytes:
    return b""


def _other(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]
