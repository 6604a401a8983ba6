"""The masthead leads staff to every page that they may use, and to no other."""

import pytest
from lxml import html

from moothall.people.model import Role
from tests.newsroom.site import Site

pytestmark = pytest.mark.anyio
_LINKS = "//nav[@aria-label='For the newsroom']/a"
_MODERATOR = ["/console/", "/console/people"]
_EDITOR = [*_MODERATOR, "/desk/"]


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (None, []),
        (Role.TRUSTED, []),
        (Role.MODERATOR, _MODERATOR),
        (Role.EDITOR, _EDITOR),
        (Role.ADMINISTRATOR, [*_EDITOR, "/desk/keys"]),
    ],
)
async def test_staff_find_their_pages(site: Site, role: Role | None, expected: list[str]) -> None:
    """Each link is there by right, and none of them is refused."""
    browser = await site.signed_in(await site.person("Mia Guard", role)) if role else site.browser()
    page = html.fromstring((await browser.get("/")).text)
    assert page.xpath(f"{_LINKS}/@href") == expected
    for href in expected:
        answer = await browser.get(href)
        assert answer.status_code in {200, 303}, href
    if role is Role.ADMINISTRATOR:
        assert html.fromstring((await browser.get("/desk/keys")).text).xpath(f"{_LINKS}[@aria-current]/@href") == [
            "/desk/keys"
        ]
