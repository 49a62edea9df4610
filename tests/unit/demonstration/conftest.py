"""The two demonstration years as contents and as submissions, made once; the files, written once."""

import operator
from collections.abc import Callable, Mapping

import pytest

from gongkai.demonstration import SEED, Demonstration
from gongkai.demonstration.files import submission_of
from gongkai.demonstration.year import Content, DemonstrationYear, demonstration_year, last_year
from gongkai.national_format import Identity, for_year
from gongkai.profile import Profile
from gongkai.submission.form import Submission

Submissions = Mapping[str, Submission]
_HOLDS = {"==": operator.eq, ">=": operator.ge, "<=": operator.le}


@pytest.fixture(scope="session")
def this_year(default_profile: Profile) -> DemonstrationYear:
    return demonstration_year(SEED, default_profile)


@pytest.fixture(scope="session")
def contents_2020(default_profile: Profile, this_year: DemonstrationYear) -> Mapping[str, Content]:
    return last_year(SEED, default_profile, this_year)


@pytest.fixture(scope="session")
def submissions(this_year: DemonstrationYear) -> Submissions:
    return {code: submission_of(content) for code, content in this_year.contents.items()}


@pytest.fixture(scope="session")
def submissions_2020(contents_2020: Mapping[str, Content]) -> Submissions:
    return {code: submission_of(content) for code, content in contents_2020.items()}


@pytest.fixture(scope="session")
def written(made: Demonstration) -> Demonstration:
    return made


@pytest.fixture(scope="session")
def broken() -> Callable[[Submission, Submission | None], list[Identity]]:
    """Which identities of the national format do not hold, or are left open by a missing value of the year."""

    def side(terms, this: Submission, last: Submission | None) -> int | None:
        values = [(term.sign, (last if term.previous else this).value(term.where)) for term in terms]
        return None if any(value is None for _, value in values) else sum(sign * value for sign, value in values)

    def known(identity: Identity, last: Submission | None) -> bool:
        # 2020 has no 现行有效 and, in 2019's form, other rows: what it lacks binds nothing.
        wheres = [term.where for term in identity.left + identity.right if term.previous]
        return all(last is not None and last.value(where) is not None for where in wheres)

    def find(this: Submission, last: Submission | None) -> list[Identity]:
        found = []
        for identity in for_year(this.year).identities:
            if known(identity, last):
                left, right = side(identity.left, this, last), side(identity.right, this, last)
                if left is None or right is None or not _HOLDS[identity.operator](left, right):
                    found.append(identity)
        return found

    return find
