"""The sets that may train what ships: read, with their licences, as plain texts and labels."""

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from moothall.moderation.classifier.features import Reading
from moothall.moderation.classifier.port import Attribute

Part = Literal["train", "dev"]
# What sets call an attribute, where it is not our word.
_NAMES = {"obscene": Attribute.PROFANITY}


class SetInfo(msgspec.Struct, frozen=True):
    """A row of the corpora's manifest."""

    role: str
    file: str
    rows: int
    lang: str
    labels: tuple[str, ...]
    licence: str
    sha256: str


class Row(msgspec.Struct, frozen=True):
    """A text; `labels` are 0 to 1, the share of raters who said so, and only what they were asked."""

    id: str
    text: str
    set: str
    labels: dict[Attribute, float]


class DamagedSet(Exception):
    """A file is not the one of the manifest."""


class Recipe(msgspec.Struct, frozen=True):
    """How a language is learned: how it is read, from which sets and how much a row of each counts, for how long.

    `calibrated_on` are the sets that are like our comments.
    """

    reading: Reading
    sets: dict[str, float]
    epochs: int
    calibrated_on: tuple[str, ...]
    heads: tuple[Attribute, ...] = (Attribute.TOXICITY,)


def _alone(language: str, name: str, *, grams: tuple[int, ...] = (3, 4, 5), epochs: int) -> Recipe:
    """A language with one set, in which it was only asked what is toxic.  Twice the buckets gained nothing."""
    return Recipe(Reading(language, grams, 80_000), {name: 1.0}, epochs, (name,))


# Sets with a stated, free licence.  Tweets are another kind of speech, and four fifths of Davidson's are toxic:
# they count little.  Where more rounds only learn by heart, there are few.
RECIPES = {
    "en": Recipe(
        Reading("en", (3, 4, 5), 400_000),
        {
            "jigsaw_wiki_slices_en": 1.0,
            "civil_toxic_spans_en": 1.0,
            "paradetox_en": 0.6,
            "davidson_en": 0.15,
            "vicomtech_en": 0.5,
            "hatemojibuild_en": 0.5,
        },
        5,
        ("jigsaw_wiki_slices_en", "civil_toxic_spans_en", "paradetox_en"),
        # No set that may train what ships says which comments are sexually explicit.
        tuple(one for one in Attribute if one is not Attribute.SEXUALLY_EXPLICIT),
    ),
    "de": _alone("de", "germeval2018_de", grams=(2, 3, 4, 5), epochs=4),
    "fr": _alone("fr", "mlma_fr", epochs=1),
    "pt": _alone("pt", "toldbr_pt", epochs=2),
    "ko": _alone("ko", "beep_ko", epochs=2),
    "zh": _alone("zh", "cold_zh", grams=(1, 2, 3), epochs=4),
    "ar": _alone("ar", "mlma_ar", grams=(2, 3, 4, 5), epochs=1),
}
# Labelled for attacks on groups only.  A sentence with one is toxic; one without mostly is not, and leaving these
# out would teach that whoever speaks of groups is toxic.
HATE_ONLY = frozenset({"vicomtech_en", "hatemojibuild_en"})


def manifest(corpora: Path) -> list[SetInfo]:
    """Every set of the folder `moderation`."""
    return msgspec.json.decode((corpora / "moderation/MANIFEST.json").read_bytes(), type=list[SetInfo])


def name_of(info: SetInfo) -> str:
    """Its file's name without endings."""
    return Path(info.file).name.removesuffix(".jsonl.gz")


def rows(corpora: Path, name: str, part: Part) -> Iterator[Row]:
    """Raises: DamagedSet when the file's checksum is not the manifest's."""
    info = next(one for one in manifest(corpora) if one.role == part and name_of(one) == name)
    packed = (corpora / "moderation" / info.file).read_bytes()
    if hashlib.sha256(packed).hexdigest() != info.sha256:
        raise DamagedSet(info.file)
    for line in gzip.decompress(packed).decode().splitlines():
        raw = json.loads(line)
        yield Row(raw["id"], raw["text"], name, _labels(name, raw["labels"]))


def _labels(name: str, raw: dict[str, float]) -> dict[Attribute, float]:
    known = {str(one): one for one in Attribute} | _NAMES
    found = {known[key]: float(value) for key, value in raw.items() if key in known and value is not None}
    if name in HATE_ONLY:
        found[Attribute.TOXICITY] = found[Attribute.IDENTITY_ATTACK]
    return found
