"""The house: what the wheel carries, what importing costs, and which way the arrows point."""

import ast
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = {"gongkai", "flows", "tasks", "expectations"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_the_four_packages_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names if ".dist-info/" not in name}
    assert tops == PACKAGES


def test_the_wheel_holds_the_data_that_the_code_reads(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    data = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"}
    }
    assert len(data) > 10
    assert data <= names


def _imported_by(*arguments: str) -> set[str]:
    """Top-level modules that a command has loaded when it ends."""
    code = (
        "import sys\nfrom gongkai.cli import main\ntry:\n main(sys.argv[1:])\nexcept SystemExit:\n pass\n"
        "print('\\n'.join(sorted({m.split('.')[0] for m in sys.modules})), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


def test_help_imports_neither_prefect_nor_great_expectations_nor_pandas():
    assert not _imported_by("--help") & {"prefect", "great_expectations", "pandas", "sqlalchemy"}


def test_check_does_not_import_prefect(tmp_path):
    file = tmp_path / "empty.json"
    file.write_text("{}")
    assert "prefect" not in _imported_by("check", str(file))


def test_the_arrows_hold():
    done = subprocess.run([str(Path(sys.executable).parent / "lint-imports")], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_versions_and_hashes_but_no_index(lock):
    text = (ROOT / lock).read_text()
    pins = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert all("==" in pin for pin in pins)
    assert text.count("--hash=sha256:") >= len(pins)
    assert "://" not in text
    assert "index" not in text.lower().replace("index-", "")


def test_every_module_opens_by_saying_what_belongs_there():
    silent = [
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if "migrations/versions" not in path.as_posix() and not path.read_text(encoding="utf-8").startswith('"""')
    ]
    assert silent == []


def _modules(package: str) -> list[Path]:
    """The package's modules; what only says what belongs in a folder, and the steps of the schema, are none."""
    return [
        path
        for path in (ROOT / package).rglob("*.py")
        if path.name != "__init__.py" and "migrations/versions" not in path.as_posix()
    ]


def test_no_folder_is_a_corridor():
    folders = Counter(path.parent.relative_to(ROOT).as_posix() for p in PACKAGES for path in _modules(p))
    assert {folder: count for folder, count in folders.items() if count > 20} == {}


def test_no_folder_of_tests_is_a_corridor():
    folders = Counter(path.parent.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("test_*.py"))
    assert {folder: count for folder, count in folders.items() if count > 20} == {}


def test_a_module_is_one_idea():
    lines = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for package in PACKAGES
        for path in _modules(package)
    }
    assert median(lines.values()) <= 120
    assert {path: length for path, length in lines.items() if length > 250} == {}


def test_no_two_classes_share_a_name():
    """A name means one thing in the whole house: whoever reads `Decision` in two rooms would take them for the same."""
    owners: dict[str, list[str]] = {}
    for room in ("gongkai", "flows", "tasks", "expectations"):
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef):
                    owners.setdefault(node.name, []).append(str(path.relative_to(ROOT)))
    assert {name: paths for name, paths in owners.items() if len(paths) > 1} == {}
