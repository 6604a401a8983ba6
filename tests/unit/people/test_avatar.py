"""Portraits are small, harmless and everybody's own."""

import re
import xml.etree.ElementTree as ET
from io import BytesIO

import pytest
from PIL import Image

from moothall.people.avatar import portrait_png, portrait_svg

NAMES = ("Pia Dunmore", "أبو حسان", "", "<script>alert(1)</script>", '"/><image href="https://example.org/x"/>')
_ELEMENTS = {"svg", "g", "path", "circle", "ellipse"}


@pytest.mark.parametrize("name", NAMES)
def test_a_portrait_is_small_and_well_formed(name: str) -> None:
    """Whatever somebody is called: under 900 bytes, of a few harmless elements, 64 by 64."""
    for number in range(300):
        svg = portrait_svg(number, name)
        root = ET.fromstring(svg)
        assert len(svg.encode()) < 900
        assert root.get("viewBox") == "0 0 64 64"
        assert {node.tag.rpartition("}")[2] for node in root.iter()} <= _ELEMENTS


@pytest.mark.parametrize("name", NAMES)
def test_a_portrait_refers_to_nothing_and_repeats_no_name(name: str) -> None:
    """No link, no style, no script, no text; the only address is that of SVG itself."""
    svg = portrait_svg(7, name)
    assert svg.count("://") == 1
    assert not re.search(r"href|url\(|style|script|<text|on\w+=", svg)
    assert not name or name not in svg


def test_a_portrait_stays_the_same() -> None:
    """Readers know one another by it."""
    assert portrait_svg(41, "Gus Westbrook") == portrait_svg(41, "Gus Westbrook")


def test_portraits_differ() -> None:
    """Of two thousand accounts with one name, next to none look alike."""
    assert len({portrait_svg(number, "Pia") for number in range(2_000)}) > 1_990


@pytest.mark.parametrize("name", NAMES)
def test_its_pixels_are_few_and_those_of_the_drawing(name: str) -> None:
    """96 by 96, under 2 KB, everybody's own; the chin, which nothing covers, has the colour of the face."""
    seen = {portrait_png(number, name) for number in range(40)}
    assert len(seen) == 40
    assert max(map(len, seen)) < 2_000
    for number in range(40):
        face = re.findall('<ellipse fill="#([0-9a-f]{6})" cx="32" cy="28"', portrait_svg(number, name))[0]
        with Image.open(BytesIO(portrait_png(number, name))) as image:
            assert (image.format, image.size) == ("PNG", (96, 96))
            chin = image.convert("RGB").getpixel((48, 54))
        assert isinstance(chin, tuple)
        assert all(abs(a - b) < 16 for a, b in zip(chin, bytes.fromhex(face), strict=True))
