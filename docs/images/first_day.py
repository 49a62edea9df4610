"""Remakes the pictures of first-day.md: `make pictures`. Needs `soffice`, `pdftoppm` and `chromium` on the PATH.

A district of ten towns in a folder of its own: its workbook, and the page of who has a last year.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
DPI = 200  # the sheet is wide and printed on one page: its left half is shown


def run(*command: str | Path, expect: tuple[int, ...] = (0,)) -> None:
    """Runs one of the programs."""
    done = subprocess.run([str(part) for part in command], capture_output=True, timeout=300, check=False)  # noqa: S603
    if done.returncode not in expect:
        raise SystemExit(done.stderr.decode() or done.stdout.decode())


def main(last_year: Path) -> None:
    """Writes first-day-workbook.png and first-day-history.png.

    Args:
        last_year: an inbox of last year's files, a folder a unit, of the demonstration.
    """
    gongkai = (sys.executable, "-m", "gongkai.cli")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        profile, book = folder / "配置", folder / "book.xlsx"
        run(*gongkai, "init", profile, "--example", "towns", "--name", "临江区")
        run(*gongkai, "profile", "workbook", "--profile", profile, "--out", book)
        home = f"-env:UserInstallation=file://{folder}/home"
        run("soffice", home, "--headless", "--convert-to", "pdf", "--outdir", folder, book)
        size = ("-x", "60", "-y", "70", "-W", "980", "-H", "330")
        pages = ("-png", "-singlefile", "-f", "2", "-l", "2")
        run("pdftoppm", "-r", str(DPI), *pages, *size, book.with_suffix(".pdf"), HERE / "first-day-workbook")
        order = ("--year", "2020", "--inbox", last_year, "--out", folder / "out", "--profile", profile)
        run(*gongkai, "run", "--as-history", *order, expect=(0, 3))
        page = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=820,620")
        shown = (folder / "out" / "history" / "2020.html").as_uri()
        run("chromium", *page, f"--screenshot={HERE / 'first-day-history.png'}", shown)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
