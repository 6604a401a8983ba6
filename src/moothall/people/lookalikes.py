"""Letters that look like other letters, folded onto one of them.

The form that this gives is for comparing names, never for showing them.
Source: Unicode UTS 39, confusables, cut to letters and digits that can be taken for ASCII ones, after
case folding; the digits as they are written for letters.
"""

import unicodedata

_LOOK_LIKE = {
    "2": "ƨϩᒿꙅꛯꝛ",
    "6": "бᏮⳓ",
    "9": "৭੧୨൭ⳋꝯ𑣌𑣖",
    "a": "ɑαаᎪᏎᗅꓮ𐊠𑣏𖽀",
    "b": "ƅȣβвь৪੪ᏏᏴᑲᖯᗷꓐꞵ𐊂𐊡𐌁𐌚",
    "c": "σсᏟᴄⲥꓚ𐊢𐌂𐐽𐔜𑣩𑣲",
    "d": "ԁᎠᏧᑯᗞᗪꓒꓓ",
    "e": "ȝɜʒεезҽӡᎬⳍⴹꓰꝫꬲ𐊆𑣆𑣊𑣎𖼻",
    "f": "ϝքᖴẝꓝꞙꬵ𐊇𐊥𐔥𑣂",
    "g": "ƍɡԍցᏀᏳᶃꓖ",
    "h": "ηнһհᎻᏂᕼⲏꓧ𐋏",
    "j": "ʝϳјᎫᒍꓙ",
    "k": "κкᏦᛕⲕꓗ𐔘",
    "l": "ıǀɩɪιіӏ۱ᎥᏞᒪᛁⲓⳑⵏꓡꓲꙇ𐊊𐌉𐌠𐑃𐔦𑣃𑣒𖼖𖼨",
    "m": "μϻмᎷᗰᛖⲙꓟ𐊰𐌑",
    "n": "νոռⲛꓠ𐔓",
    "o": "οоօ۵०০੦૦ଠ୦௦౦೦ഠ൦๐໐ဝ၀ჿዐᴏᴑⲟⵔ〇ꓳꬽ𐊒𐊫𐐬𐓪𐔖𑓐𑣈𑣕𑣗𑣠",
    "p": "ρрᏢᑭⲣꓑ𐊕",
    "q": "ԛգզⵕ",
    "r": "ʀгᎡᎱᏒᖇᴦⲅꓣꭇꭈ𐓜𖼵",
    "s": "ƽѕտᏕᏚꓢꜱ𐊖𐑈𑣁𑣛𖼺",
    "t": "τтᎢⲧꓔ𐊗𐊱𐌕𐓺𑣜𖼊",
    "u": "ʋυսሀᑌᴜꓴꞟꭎꭒ𐓶𑣘𖽂",
    "v": "ѵ۷Ꮩᐯᴠⴸꓦꛟ𐔝𑜆𑣀𖼈",
    "w": "ɯѡԝաᎳᏔᴡꓪ𑜊𑜎𑜏𑣦𑣯",
    "x": "χхᕁᕽᚷⲭⵝꓫꭓ𐊐𐊴𐌗𐌢𐔧𑣬",
    "y": "ɣʏγуүყᎩᎽᶌỿⲩꓬꭚ𐊲𑣄𖽃",
    "z": "ζᏃᴢꓜ𐋵𑣉𑣥",
}
_WRITTEN_FOR = {"0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "|": "l", "$": "s", "@": "a"}
# A capital i is an l in most typefaces, and folding case has already lost which one it was.
_ONTO = {ord(char): to for to, chars in _LOOK_LIKE.items() for char in chars} | {
    ord(char): to for char, to in {**_WRITTEN_FOR, "i": "l"}.items()
}
_PAIRS = (("rn", "m"), ("vv", "w"))
# Marks that any letter can carry: accents, strokes, dots.  Vowel signs of other scripts stay.
_MARKS = dict.fromkeys(
    [
        *range(0x0300, 0x0370),
        *range(0x0591, 0x05C8),
        *range(0x064B, 0x0660),
        *range(0x1AB0, 0x1B00),
        *range(0x1DC0, 0x1E00),
        *range(0x20D0, 0x2100),
        *range(0xFE20, 0xFE30),
    ]
)


def fold(text: str) -> str:
    """The same text for all texts that look alike: no case, accents, spaces or punctuation."""
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    letters = decomposed.translate(_MARKS).translate(_ONTO)
    kept = "".join(char for char in letters if unicodedata.category(char)[0] not in "PZC")
    for pair, one in _PAIRS:
        kept = kept.replace(pair, one)
    return kept


def prefixes(text: str) -> tuple[str, ...]:
    """How the forms of all names begin that begin like a text; none where nothing of it can be compared.

    A last letter may be half of a pair: "ber" also begins "Bernd", whose form is "bemd".
    """
    whole = fold(text)
    halves = [whole[: -len(pair) + 1] + one for pair, one in _PAIRS if whole.endswith(pair[:-1])]
    return (whole, *halves) if whole else ()
