"""Portraits are small, harmless and everybody's own."""

import re
import xml.etree.ElementTree as ET

import pytest

from moothall.people.avatar import portrait_svg

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
