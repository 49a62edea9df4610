"""Where the papers of a year are found on the file pages (`GONGKAI_SITE_URL`): one owner of these addresses."""

from collections.abc import Collection
from dataclasses import dataclass

from gongkai.reporting.screen.markdown import link


@dataclass(frozen=True)
class Places:
    """The file pages of one year.

    Attributes:
        site: the address of the file pages, without a slash at its end.
        listed: paths below `OUT/<year>` that the run wrote: nothing else is linked.
    """

    site: str
    year: int
    listed: Collection[str]

    def paper(self, path: str, words: str) -> str:
        """A link to a paper of the year; nothing where it was not written."""
        return link(words, f"{self.site}/{self.year}/{path}") if path in self.listed else ""

    def unit(self, code: str, words: str) -> str:
        """A link to a unit's page: all its papers."""
        return link(words, f"{self.site}/{self.year}/units/{code}")

    def answers(self, code: str) -> str:
        """Links to what a unit was answered: its receipt, and its workbook where one came in."""
        papers = {f"receipts/{code}.html": "回执", f"receipts/{code}-returned.xlsx": "退回件"}
        return " · ".join(found for path, words in papers.items() if (found := self.paper(path, words)))
