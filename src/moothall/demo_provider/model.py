"""A fictional provider, who is known there, and what a site asks of it."""

import msgspec

NAME_CHARS = 60


class House(msgspec.Struct, frozen=True):
    """A provider.  `accent` and `accent_dark` colour its page; `people` are offered by name."""

    key: str
    name: str
    motto: str
    accent: str
    accent_dark: str
    people: tuple[str, ...]


HOUSES = (
    House(
        "harbour",
        "Harbour ID",
        "One name along the whole quay.",
        "#0b5c74",
        "#7cc4d8",
        ("Marta Quayle", "Jonah Fisk-Adair", "Selma Ottesen"),
    ),
    House(
        "lantern",
        "Lantern",
        "Leave a light on; we know you.",
        "#8a4b08",
        "#f0b463",
        ("Theo Wick", "Ivana Lumley", "Beau Candlewright"),
    ),
)


class Client(msgspec.Struct, frozen=True):
    """The one site that a provider serves."""

    id: str
    secret: str
    redirect_uri: str
    site_name: str


class Asked(msgspec.Struct, frozen=True):
    """A good request for a code.  Source: OpenID Connect Core 1.0, 3.1.2.1; RFC 7636."""

    state: str
    nonce: str
    challenge: str


class Granted(msgspec.Struct, frozen=True):
    """What a code stands for, until somebody redeems it."""

    name: str
    asked: Asked
    at_ms: int
