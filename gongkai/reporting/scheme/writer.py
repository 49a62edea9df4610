"""Renders the page of a scheme (`gongkai scheme explain`)."""

from gongkai.profile import Profile
from gongkai.profile.scheme import Scheme
from gongkai.reporting.scheme.view import scheme_view
from gongkai.reporting.style import Page, render


def scheme_page(scheme: Scheme, profile: Profile, page: Page) -> str:
    """The page as HTML.

    Args:
        scheme: the one to explain, which need not be the profile's.
        profile: what the groups are called, and whose district it is.
        page: head and foot.
    """
    kinds = {group: profile.kind_name(group) for one in scheme.indicators for group in one.weight}
    return render("scheme.html", page, scheme=scheme_view(scheme, kinds))
