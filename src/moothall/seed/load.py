"""Reads the stories: Markdown with a TOML head between `+++` lines, one file each."""

import tomllib
from functools import cache
from pathlib import Path

import msgspec

from moothall.seed.model import Newsroom, SeedStory
from moothall.seed.people import PEOPLE
from moothall.story.model import Section

FOLDER = Path(__file__).parent / "stories"
SECTIONS = (
    Section("city", "City", 0),
    Section("world", "World", 1),
    Section("business", "Business", 2),
    Section("culture", "Culture", 3),
    Section("sport", "Sport", 4),
    Section("opinion", "Opinion", 5),
)


@cache
def load_newsroom() -> Newsroom:
    """The whole newsroom, stories by file name."""
    stories = tuple(_read(path) for path in sorted(FOLDER.glob("*.md")))
    return Newsroom(SECTIONS, stories, PEOPLE)


def _read(path: Path) -> SeedStory:
    _, head, body = path.read_text("utf-8").split("+++\n", 2)
    values = {"slug": path.stem, "body": body.strip(), **tomllib.loads(head)}
    return msgspec.convert(values, SeedStory)
