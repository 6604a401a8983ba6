"""Photos are decided from their bytes, bounded, turned upright and always made anew."""

import io
import random

import pytest
from PIL import Image, ImageCms

from moothall.kernel.errors import PhotoInvalid, PhotoTooLarge
from moothall.kernel.limits import PHOTO_BYTES
from moothall.story.model import Photo, PhotoId, Rendition
from moothall.story.photo import reencode
from tests.newsroom.pictures import POLYGLOTS, SECRET, bomb, moving, photo, saved, talkative, turned

RED, BLUE = (254, 0, 0), (0, 0, 254)


def made(data: bytes) -> tuple[Photo, tuple[Rendition, ...]]:
    return reencode(data, PhotoId(1))


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def near(one: object, other: tuple[int, int, int]) -> bool:
    return all(abs(a - b) <= 6 for a, b in zip(one, other, strict=True))  # type: ignore[call-overload]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_three_formats_become_progressive_jpegs(kind: str) -> None:
    """Every width is a progressive JPEG of the same picture."""
    kept, renditions = made(photo(kind=kind))
    assert (kept.width, kept.height) == (1600, 1200)
    assert [one.width for one in renditions] == [480, 960, 1600]
    for one in renditions:
        picture = opened(one.data)
        assert (picture.format, picture.width, picture.info.get("progressive")) == ("JPEG", one.width, 1)
        assert near(picture.getpixel((5, 5)), RED)
        assert near(picture.getpixel((one.width - 5, 5)), BLUE)


@pytest.mark.parametrize(
    ("width", "widths"), [(300, [300]), (480, [480]), (700, [480, 700]), (1600, [480, 960, 1600])]
)
def test_nothing_is_made_larger_than_it_was(width: int, widths: list[int]) -> None:
    """A small photo is kept at its own width and at those beneath it."""
    assert [one.width for one in made(photo(width, width))[1]] == widths


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_a_camera_says_is_not_kept(kind: str) -> None:
    """Place, camera and comments are in the file that is sent and in none that is served."""
    sent = talkative(kind)
    assert SECRET.encode() in sent
    for one in made(sent)[1]:
        assert SECRET.encode() not in one.data
        assert set(opened(one.data).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive",
                                              "progression"}  # fmt: skip


def test_a_turned_camera_is_turned_back() -> None:
    """A photo taken on the side stands upright, its left where the left was."""
    kept, renditions = made(turned(6))
    assert (kept.width, kept.height) == (600, 1000)
    assert near(opened(renditions[-1].data).getpixel((300, 5)), RED)
    assert near(opened(renditions[-1].data).getpixel((300, 995)), BLUE)


def test_what_is_transparent_stands_on_paper() -> None:
    """A transparent PNG becomes white where nothing is, also when its colours are a palette."""
    clear = Image.new("RGBA", (600, 400), (255, 0, 0, 0))
    for sent in (clear, clear.convert("LA"), clear.quantize(4)):
        assert near(opened(made(saved(sent, "PNG"))[1][0].data).getpixel((9, 9)), (255, 255, 255))


@pytest.mark.parametrize("mode", ["L", "1", "I;16", "CMYK"])
def test_other_kinds_of_colour_are_read(mode: str) -> None:
    """Grey, black and white, sixteen bits, and print colours."""
    kind = "JPEG" if mode == "CMYK" else "PNG"
    white = {"L": 255, "1": 1, "I;16": 65_535, "CMYK": (0, 0, 0, 0)}[mode]
    sent = saved(Image.new(mode, (600, 400), white), kind)
    assert near(opened(made(sent)[1][0].data).convert("RGB").getpixel((9, 9)), (255, 255, 255))


def test_a_large_photo_is_made_small_without_seams() -> None:
    """Strips meet exactly: one colour stays one colour, and the last rows are there."""
    _, renditions = made(saved(Image.new("RGB", (5_001, 3_999), (10, 200, 30)), "PNG"))
    picture = opened(renditions[-1].data)
    assert picture.size == (1600, 1279)
    assert all(near(low_high, (10, 200, 30)) for low_high in zip(*picture.getextrema(), strict=True))


def test_other_profiles_are_turned_into_the_webs_colours() -> None:
    """The profile goes, so its colours must be those of sRGB before."""
    swapped = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    kept = made(photo(800, 600, icc_profile=swapped))
    assert near(opened(kept[1][0].data).getpixel((5, 5)), RED), "a profile that does not fit is left out"
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert "icc_profile" not in opened(made(photo(800, 600, icc_profile=srgb))[1][0].data).info


@pytest.mark.parametrize("name", POLYGLOTS)
def test_a_file_that_is_more_or_less_than_a_photo_is_refused(name: str) -> None:
    """Other formats, and photos with a second file behind them."""
    with pytest.raises(PhotoInvalid):
        made(POLYGLOTS[name]())


def test_what_cameras_append_is_no_reason() -> None:
    """A second picture, a short film and padding come from telephones."""
    for rest in (photo(200, 100), b"\0\0\0\x18ftypmp42" + b"\1" * 50, b"\0" * 64, b"MotionPhoto_Data" + b"\1" * 9):
        assert made(photo(600, 400) + rest)[0].width == 600


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_moving_pictures_are_refused(kind: str) -> None:
    """An animation is no photograph."""
    with pytest.raises(PhotoInvalid):
        made(moving(kind))


def test_a_bomb_is_refused_before_it_is_decoded() -> None:
    """What a file claims to be is enough to refuse it."""
    with pytest.raises(PhotoTooLarge):
        made(bomb())
    with pytest.raises(PhotoTooLarge):
        made(bomb(20_000, 3_001))
    with pytest.raises(PhotoTooLarge):
        made(b"\xff\xd8\xff" + b"\0" * PHOTO_BYTES)
    with pytest.raises(PhotoTooLarge):
        made(saved(Image.new("RGB", (5_000, 3_001)), "WEBP", method=0, quality=1))


def test_strips_are_refused() -> None:
    """Eleven times as wide as high is no photograph."""
    with pytest.raises(PhotoInvalid):
        made(photo(1_100, 100))
    assert made(photo(1_000, 100))[0].width == 1_000


def test_a_jpeg_of_many_scans_is_refused() -> None:
    """Each scan costs a pass over the picture."""
    scans = b"\xff\xda\x00\x02" * 101
    with pytest.raises(PhotoInvalid):
        made(photo(600, 400)[:-2] + scans + b"\xff\xd9")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_damaged_files_are_refused_by_name(kind: str) -> None:
    """Cut anywhere, or with bytes changed: a photo or PhotoInvalid, never another error."""
    whole = photo(320, 240, kind=kind)
    chance = random.Random(4)
    for part in range(1, 20):
        with pytest.raises(PhotoInvalid):
            made(whole[: len(whole) * part // 20])
    refused = 0
    for _ in range(200):
        changed = bytearray(whole)
        for _ in range(8):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        try:
            made(bytes(changed))
        except (PhotoInvalid, PhotoTooLarge):
            refused += 1
    assert refused > 20


def test_the_same_file_has_the_same_name() -> None:
    """The digest is of what was sent."""
    assert made(photo())[0].sha256 == made(photo())[0].sha256 != made(photo(1999))[0].sha256
