"""Reads another scorer's scores: CSV, JSON lines, and the comments of a Coral archive."""

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from moothall.exchange.html_to_markdown import plain_text
from moothall.kernel.limits import COMMENT_BODY_BYTES, THRESHOLD_SCORES

_Line = tuple[int, str]


class OldScore(msgspec.Struct, frozen=True):
    """What a scorer said of a `text`, or of the comment with this `id`: ours, or its archive's."""

    attribute: str
    score: float
    id: str = ""
    text: str = ""


class OldWrong(Exception):
    """A line cannot be read; the message has its number."""


def old_scores(file: Path) -> list[OldScore]:
    """By the file's ending: `.csv` with a head, else a JSON object a line.  Raises: OldWrong."""
    found: list[OldScore] = []
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            for number, row in _csv(lines) if file.suffix == ".csv" else _json(lines):
                found += _read(number, row)
                if len(found) > THRESHOLD_SCORES:
                    raise OldWrong(f"More than {THRESHOLD_SCORES:,} scores: give the newest only.")
    except (UnicodeDecodeError, csv.Error) as wrong:
        raise OldWrong(f"{file} cannot be read: {wrong}.") from wrong
    return found


def _csv(lines: Iterator[str]) -> Iterator[tuple[int, Mapping[str, object]]]:
    read = csv.DictReader(lines)
    for row in read:
        yield read.line_num, row


def _json(lines: Iterator[str]) -> Iterator[tuple[int, Mapping[str, object]]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as wrong:
            raise OldWrong(f"Line {number} is no JSON.") from wrong
        if not isinstance(row, dict):
            raise OldWrong(f"Line {number} is no JSON object.")
        yield number, row


def _read(number: int, row: Mapping[str, object]) -> Iterator[OldScore]:
    if "revisions" in row:
        yield from _coral(number, row)
        return
    yield _score(number, row, attribute=row.get("attribute"), text=str(row.get("text") or ""))


def _coral(number: int, row: Mapping[str, object]) -> Iterator[OldScore]:
    """A comment's newest revision; one that was not scored, or is deleted, says nothing."""
    revisions = row["revisions"]
    newest = revisions[-1] if isinstance(revisions, list) and revisions else None
    metadata = newest.get("metadata") if isinstance(newest, dict) else None
    said = metadata.get("perspective") if isinstance(metadata, dict) else None
    if isinstance(newest, dict) and isinstance(said, dict):
        text = plain_text(str(newest.get("body") or ""))
        yield _score(number, said, attribute=said.get("model", "TOXICITY"), text=text)


def _score(number: int, row: Mapping[str, object], *, attribute: object, text: str) -> OldScore:
    comment = str(row.get("id") or "")
    if not isinstance(attribute, str) or not attribute:
        raise OldWrong(f"Line {number} names no attribute.")
    if not text and not comment:
        raise OldWrong(f"Line {number} has neither a text nor an id.")
    try:
        score = float(str(row.get("score")))
    except ValueError:
        score = -1.0
    # What is no number compares as false.
    if not 0 <= score <= 1:
        raise OldWrong(f"Line {number}: {str(row.get('score'))[:40]!r} is no score from 0 to 1.")
    return OldScore(attribute, score, comment[:200], text[:COMMENT_BODY_BYTES])
