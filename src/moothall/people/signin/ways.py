"""The ways to sign in through a provider, in the order of the sign-in page.

A new kind of provider is one file beside this one and one line below.  The ways without a provider
(mail, one-time links, an embed's hand-off) are always there.
"""

import logging
from collections.abc import Mapping

import httpx

from moothall.kernel.clock import Clock
from moothall.kernel.limits import PROVIDER_TIMEOUT_S
from moothall.people.signin.facebook import FacebookApp, FacebookWay
from moothall.people.signin.oidc import Client, OidcWay
from moothall.people.signin.way import Way
from moothall.settings import Settings

Ways = Mapping[str, Way]


def ways(settings: Settings, *, http: httpx.AsyncClient, clock: Clock) -> Ways:
    """By key."""
    found: list[Way] = []
    for one in settings.oidc:
        client = Client(one.issuer, one.client_id, one.client_secret, one.scopes)
        found.append(OidcWay(one.key, one.name, client, http=http, clock=clock))
    if settings.facebook_client_id:
        found.append(FacebookWay(_facebook(settings), http))
    return {way.key: way for way in found}


def provider_client() -> httpx.AsyncClient:
    """How providers are asked: soon or not at all, and never somewhere else than where we asked."""
    # It logs whole addresses, and a provider's may hold our secret.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    return httpx.AsyncClient(timeout=PROVIDER_TIMEOUT_S, follow_redirects=False)


def _facebook(settings: Settings) -> FacebookApp:
    return FacebookApp(
        app_id=settings.facebook_client_id,
        app_secret=settings.facebook_client_secret,
        dialog_url=settings.facebook_url,
        graph_url=settings.facebook_graph_url,
        version=settings.facebook_version,
    )
