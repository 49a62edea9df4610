"""Remakes the pictures of clerk.md from demonstration data: `make pictures`, after `make demo`.

Shown is what A15 gets back in the first round: the fix list, a marked cell with its comment, the receipt. Needs
`soffice`, `pdftoppm` and `chromium` on the PATH; run by hand when one of the three looks different, never by a test.
"""

import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
DPI = 100


def run(*command: str | Path) -> None:
    """Runs one of the programs."""
    subprocess.run([str(part) for part in command], check=True, capture_output=True, timeout=300)  # noqa: S603  # own calls


def with_an_open_comment(book: Path, copy: Path) -> None:
    """A copy of the workbook whose first comment stands open: on paper a comment is not seen otherwise."""
    with zipfile.ZipFile(book) as before, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            data = before.read(name)
            if name.endswith(".vml"):
                text = data.decode().replace("visibility:hidden", "visibility:visible", 1)
                data = re.sub("<x:AutoFill>", "<x:Visible/><x:AutoFill>", text, count=1).encode()
            after.writestr(name, data)


def picture(pdf: Path, page: int, name: str, height: float) -> None:
    """The upper part of one page, `height` of its whole, as `docs/images/<name>.png`."""
    size = ("-x", "30", "-y", "22", "-W", str(DPI * 11), "-H", str(round(DPI * 8.27 * height)))
    run("pdftoppm", "-r", str(DPI), "-png", "-singlefile", "-f", str(page), "-l", str(page), *size, pdf, HERE / name)


def main(receipts: Path) -> None:
    """Writes returned-list.png, returned-cell.png and receipt.png."""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "A15.xlsx"
        with_an_open_comment(receipts / "A15-returned.xlsx", book)
        home = f"-env:UserInstallation=file://{folder}/home"
        run("soffice", home, "--headless", "--convert-to", "pdf", "--outdir", folder, book)
        picture(book.with_suffix(".pdf"), 1, "returned-list", 0.42)
        picture(book.with_suffix(".pdf"), 3, "returned-cell", 0.42)
    page = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=820,720")
    run("chromium", *page, f"--screenshot={HERE / 'receipt.png'}", (receipts / "A15.html").resolve().as_uri())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
