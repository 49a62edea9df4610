"""What code and documents cite is there: documents, decisions, links, and the files and commands of developing.md."""

import re
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
_TEXT = {".py", ".md", ".yaml", ".toml", ".html", ".typ", ".j2", ".sh", ".service", ".timer", ".conf", ".css", ""}
_DOCUMENT = re.compile(r"(?<![\w./-])(?:[\w-]+/|\.\./)*[\w-]+\.md\b(?!\.\w)")
_DECISION = re.compile(r"\bdecisions?[/ ](\d{4})\b")
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
_QUOTED = re.compile(r"`([^`\n]+)`")
_FILE = re.compile(r"[\w./*-]+\.(?:py|yaml|json|csv|lock|toml|md)")


def tracked() -> list[Path]:
    """Every file of the repository that people wrote text into."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    found = [ROOT / name for name in listed.splitlines()]
    return [path for path in found if path.suffix in _TEXT and path.is_file() and "images" not in path.parts]


def cited() -> Iterator[tuple[Path, str]]:
    for path in tracked():
        for document in set(_DOCUMENT.findall(path.read_text(encoding="utf-8"))):
            yield path, document


def there(name: str, cited_in: Path) -> bool:
    """A document may be named from the root, from beside what cites it, or as one of `docs/`."""
    return any((base / name).is_file() for base in (ROOT, cited_in.parent, DOCS))


def test_every_document_that_is_cited_exists() -> None:
    found = list(cited())
    assert len(found) > 50
    assert sorted(f"{path.relative_to(ROOT)}: {name}" for path, name in found if not there(name, path)) == []


def test_every_decision_that_is_cited_exists_and_none_shares_its_number() -> None:
    numbers = [path.name[:4] for path in (DOCS / "decisions").glob("*.md")]
    assert len(numbers) == len(set(numbers))
    for path in tracked():
        for number in _DECISION.findall(path.read_text(encoding="utf-8")):
            assert number in numbers, path.relative_to(ROOT)


@pytest.mark.parametrize("page", sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("docs/**/*.md")))
def test_every_link_of_a_page_leads_somewhere(page: str) -> None:
    path = ROOT / page
    links = [link for link in _LINK.findall(path.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_what_developing_names_is_there() -> None:
    text = re.sub(r"<\w+>", "*", (DOCS / "developing.md").read_text(encoding="utf-8"))
    names = {name for quoted in _QUOTED.findall(text) for name in _FILE.findall(quoted)}
    assert {"gongkai/submission/lists.yaml", "format_*.json", "tables.py"} <= names
    names.remove("calendar/*.csv")  # of a district's own profile; the shipped one needs none
    assert sorted(name for name in names if not is_somewhere(name)) == []


def is_somewhere(name: str) -> bool:
    """At that path, or below one of the packages, tests or documents."""
    return any(True for pattern in (name, f"[!.]*/**/{name}") for _ in ROOT.glob(pattern))


def test_the_commands_of_developing_can_be_given() -> None:
    text = (DOCS / "developing.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z][a-z-]+)", text)) <= targets
    modules = set(re.findall(r"python -m ([\w.]+)", text))
    assert {"expectations.handbook", "gongkai.submission.dictionary"} <= modules
    assert [module for module in modules if find_spec(module) is None] == []
