"""Every setting: typed, with unit and default.  `docs/reference/settings.md` is made from this file.

Read from the environment as `MOOTHALL_<NAME>` and, beneath it, from the TOML file that
`MOOTHALL_SETTINGS` names (by default `moothall.toml` in the data folder).
"""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta


class OidcProvider(msgspec.Struct, frozen=True, kw_only=True):
    """One OpenID Connect provider: `[[oidc]]` in the settings file."""

    key: Annotated[str, Meta(pattern="^[a-z0-9-]{1,30}$", description="Short name used in addresses.")]
    name: Annotated[str, Meta(description="What the sign-in button says.")]
    issuer: Annotated[str, Meta(description="Issuer URL; its discovery document is read from there.")]
    client_id: Annotated[str, Meta(description="What the provider calls this site.")]
    client_secret: Annotated[str, Meta(description="The secret that the provider gave for it.")]
    scopes: Annotated[tuple[str, ...], Meta(description="What is asked for; `openid` must be there.")] = (
        "openid",
        "profile",
    )


class JudgeSettings(msgspec.Struct, frozen=True, kw_only=True):
    """One judge outside this process: `[[judges]]` in the settings file.  Late, broken or silent: held."""

    key: Annotated[str, Meta(pattern="^[a-z][a-z0-9_-]{0,29}$", description="Its cue in the standards.")]
    kind: Annotated[
        Literal["coral", "chat", "scores", "akismet"],
        Meta(description="Coral's phase, an OpenAI-compatible chat or moderation endpoint, or Akismet."),
    ]
    url: Annotated[str, Meta(pattern="^https?://", description="Where it is asked.")]
    secret: Annotated[str, Meta(description="Its key; for Coral's phase the signing secrets, by commas.")] = ""
    model: Annotated[str, Meta(description="The endpoint's name of the model.")] = ""
    deadline_ms: Annotated[int, Meta(ge=50, le=10_000, description="How long it may take.")] = 500
    shadow: Annotated[
        bool, Meta(description="On trial: asked beside the others without effect, compared in the console.")
    ] = False


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All settings of one site."""

    data: Annotated[str, Meta(description="Folder of the database, the keys and the logs.")] = "var"
    database: Annotated[str, Meta(description="Database URL; empty means `sqlite:///DATA/moothall.db`.")] = ""
    host: Annotated[str, Meta(description="Address to listen on.")] = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65535, description="Port to listen on.")] = 8000
    base_url: Annotated[
        str,
        Meta(description="Address that readers use, without a slash at the end; empty means the one listened on."),
    ] = ""
    site_name: Annotated[str, Meta(description="Name of the publication.")] = "The Harrowgate Courier"
    site_tagline: Annotated[str, Meta(description="Line beneath the name.")] = ""
    time_zone: Annotated[str, Meta(description="The newsroom's IANA time zone.")] = "Europe/London"
    locale: Annotated[str, Meta(description="Language of the site's own words.")] = "en"
    default_sort: Annotated[str, Meta(description="Order of a discussion when the reader chose none.")] = "newest"
    embed_hosts: Annotated[
        tuple[str, ...], Meta(description="Host names whose pages may open discussions by embedding.")
    ] = ()
    trusted_proxies: Annotated[
        tuple[str, ...], Meta(description="Addresses or networks whose X-Forwarded-For is believed.")
    ] = ()
    metrics_token: Annotated[
        str,
        Meta(
            description="What a reader of /metrics sends as `Authorization: Bearer …`, from wherever it is; "
            "long and random. Empty: without `base_url` programs on this machine may read it, with it nobody may, "
            "because whatever comes through a proxy on this machine comes from this machine."
        ),
    ] = ""
    smtp_url: Annotated[
        str,
        Meta(description="`smtp://user:password@host:port` or `smtps://…`; empty keeps mail in the local mailbox."),
    ] = ""
    mail_from: Annotated[str, Meta(description="Sender of our mail.")] = "discussion@localhost"
    mailbox_page: Annotated[
        bool,
        Meta(description="Show sent mail at /mailbox. For trying things out only: it shows everybody's codes."),
    ] = False
    reusable_links: Annotated[
        bool,
        Meta(description="Let printed sign-in links work again and again. For trying things out only."),
    ] = False
    staff_second_factor: Annotated[
        bool,
        Meta(
            description="Whether moderators, editors and administrators must set up a second factor. Who has one "
            "is asked for it in any case."
        ),
    ] = False
    oidc: Annotated[tuple[OidcProvider, ...], Meta(description="OpenID Connect providers.")] = ()
    judges: Annotated[tuple[JudgeSettings, ...], Meta(description="Judges outside this process.")] = ()
    scorer_deadline_ms: Annotated[
        int, Meta(ge=50, le=10_000, description="How long the local scorer may take before a comment is held.")
    ] = 500
    eu_database_url: Annotated[
        str,
        Meta(
            description="Address of the EU Transparency Database's API, without `/statements`; statements are sent "
            "by `moothall transparency send` only."
        ),
    ] = ""
    eu_database_token: Annotated[str, Meta(description="The platform's token there.")] = ""
    facebook_client_id: Annotated[str, Meta(description="App id; empty switches Facebook off.")] = ""
    facebook_client_secret: Annotated[str, Meta(description="App secret.")] = ""
    facebook_url: Annotated[str, Meta(description="Facebook's dialog host.")] = "https://www.facebook.com"
    facebook_graph_url: Annotated[str, Meta(description="Facebook's Graph host.")] = "https://graph.facebook.com"
    facebook_version: Annotated[str, Meta(description="Graph API version.")] = "v23.0"

    @property
    def public_url(self) -> str:
        """The site's address without a slash at the end."""
        return self.base_url.rstrip("/") or f"http://{self.host}:{self.port}"

    @property
    def secure(self) -> bool:
        """Whether readers come over HTTPS, or over this machine's own loopback as browsers trust it."""
        return self.public_url.startswith("https://")

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{(Path(self.data) / 'moothall.db').resolve()}"


class SettingsInvalid(Exception):
    """A setting is missing or malformed; the message names it and says what is expected."""


def load(environ: Mapping[str, str] = os.environ, **overrides: object) -> Settings:
    """Settings from defaults, file, environment and overrides, each stronger than the last.

    Raises: SettingsInvalid.
    """
    values: dict[str, object] = {}
    data = str(overrides.get("data") or environ.get("MOOTHALL_DATA") or "var")
    path = Path(environ.get("MOOTHALL_SETTINGS") or Path(data) / "moothall.toml")
    try:
        if path.exists():
            values.update(tomllib.loads(path.read_text("utf-8")))
        names = set(Settings.__struct_fields__)
        for name, text in environ.items():
            field = name.removeprefix("MOOTHALL_").lower()
            if name.startswith("MOOTHALL_") and field in names:
                values[field] = _typed(field, text)
        values.update({k: v for k, v in overrides.items() if v is not None})
        return msgspec.convert(values, Settings, strict=False)
    except (msgspec.ValidationError, tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as wrong:
        raise SettingsInvalid(f"Settings ({path} and MOOTHALL_* variables): {wrong}") from wrong


def _typed(field: str, text: str) -> object:
    """Lists are separated by commas; tables (`oidc`, `judges`) are JSON."""
    if field in {"oidc", "judges"}:
        return msgspec.json.decode(text)
    if field in {"embed_hosts", "trusted_proxies"}:
        return [part.strip() for part in text.split(",") if part.strip()]
    return text
