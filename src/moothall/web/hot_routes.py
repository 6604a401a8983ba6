"""Every page that is kept ready for readers who are not signed in."""

from moothall.web.hot import HotRoute
from moothall.web.services import Services


def page_routes(_parts: Services) -> list[HotRoute]:
    return []
