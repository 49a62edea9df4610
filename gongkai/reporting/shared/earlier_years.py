"""Files that their unit had handed in for another year already, as the papers tell them from other attachments."""

from gongkai.warehouse.records import FileBeside


def of_year(file: FileBeside) -> int | None:
    """The other report year that the very file was handed in for; None for a file of this year."""
    return next((int(str(one.observed)) for one in file.findings if one.rule == "WRONG-YEAR"), None)
