"""Everything that is kept of a person, as files that they can read and take elsewhere.

Source: Regulation (EU) 2016/679, Articles 15 and 20; ActivityStreams 2.0.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from html import escape

import msgspec

from moothall.kernel.ids import to_text


class Said(msgspec.Struct, frozen=True):
    """A comment of theirs, with every earlier text."""

    id: int
    story_url: str
    headline: str
    parent_id: int
    state: str
    body: str
    body_html: str
    at_ms: int
    edited_at_ms: int | None
    earlier: tuple[str, ...] = ()


class PersonRecord(msgspec.Struct, frozen=True):
    """Rows as (column, …) texts, the first being the names.  `sheets` are by name."""

    name: str
    made_at_ms: int
    said: tuple[Said, ...]
    sheets: Mapping[str, Sequence[Sequence[str]]]


def archive(person: PersonRecord, site_url: str) -> dict[str, bytes]:
    """The files by their names: `activities.json`, a CSV for each sheet, `index.html`."""
    sheets = {"comments": _comments(person.said), **person.sheets}
    files = {f"{name}.csv": _csv(rows) for name, rows in sheets.items()}
    return {"index.html": _page(person, sheets), "activities.json": _activities(person, site_url), **files}


def when(at_ms: int | None) -> str:
    """RFC 3339 in UTC; empty for none."""
    return datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at_ms is not None else ""


def _activities(person: PersonRecord, site_url: str) -> bytes:
    """An ordered collection of what they created, oldest first."""
    items = [_create(one, site_url) for one in person.said]
    collection = {
        "@context": "https://www.w3.org/ns/activitystreams",
        "type": "OrderedCollection",
        "name": person.name,
        "totalItems": len(items),
        "orderedItems": items,
    }
    return msgspec.json.format(msgspec.json.encode(collection))


def _create(said: Said, site_url: str) -> dict[str, object]:
    address = f"{site_url}/c/{to_text(said.id)}"
    parent = f"{site_url}/c/{to_text(said.parent_id)}" if said.parent_id else said.story_url
    note = {
        "type": "Note",
        "id": address,
        "content": said.body_html,
        "source": {"content": said.body, "mediaType": "text/markdown"},
        "published": when(said.at_ms),
        "inReplyTo": parent,
    }
    if said.edited_at_ms is not None:
        note["updated"] = when(said.edited_at_ms)
    return {"type": "Create", "published": when(said.at_ms), "object": note}


def _comments(said: Sequence[Said]) -> list[list[str]]:
    names = ["comment", "story", "answers", "state", "written", "edited", "text", "earlier texts"]
    rows = [
        [to_text(one.id), one.headline, to_text(one.parent_id) if one.parent_id else "", one.state, when(one.at_ms),
         when(one.edited_at_ms), one.body, "\n---\n".join(one.earlier)]
        for one in said
    ]  # fmt: skip
    return [names, *rows]


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    """RFC 4180.  A text that a spreadsheet would take for a formula is marked as text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([f"'{cell}" if cell[:1] in {"=", "+", "-", "@"} else cell for cell in row] for row in rows)
    return out.getvalue().encode()


def _page(person: PersonRecord, sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    parts = ['<!doctype html><meta charset="utf-8">', f"<title>{escape(person.name)}</title>"]
    parts += [f"<h1>{escape(person.name)}</h1><p>{when(person.made_at_ms)}</p>"]
    for name, rows in sheets.items():
        body = "".join(f"<tr>{_cells(row, 'td')}</tr>" for row in rows[1:])
        head = _cells(rows[0], "th")
        parts.append(f"<h2>{escape(name)}</h2><table border><tr>{head}</tr>{body}</table>")
    return "\n".join(parts).encode()


def _cells(row: Sequence[str], element: str) -> str:
    return "".join(f"<{element} dir=auto>{escape(cell)}</{element}>" for cell in row)
