"""Which language a text is in: by its script, and among those in Latin letters by small words and marked letters.

Small, and sure only of what it can be sure of: of a short text it says nothing.
"""

import re
from collections import defaultdict

_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af\u1100-\u11ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("uk", re.compile(r"[іїєґІЇЄҐ]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)
_SMALL = {
    "en": "the of and to is that you it are was this with for not have be they what who your just all but my"
    " his its im an me us any over also after before even still being say said u r ur"
    " dont youre he she we from about like would should there their will been has him how why when if can out up"
    " then than because people some on as at or by were don't it's i'm you're can't the i get got know think no"
    " so do did does very really more must never here only them these those into had too shut go stop",
    "de": "der die das und ist nicht ich sie du ein eine den dem des mit auf für von zu sich auch wir es im an wie"
    " wenn aber nur noch dass sind hat haben war so aus bei oder nach mal schon kein keine was man ja doch einen",
    "fr": "le la les des est et une pas que qui dans pour sur je tu il elle nous vous ils ce cette avec au du mais"
    " plus sont c'est j'ai ai ont comme tout on ne se son sa ses mes mon ma être fait quoi",
    "es": "el la los las que de y es en un una por con para no se lo al del como pero más si su muy ya mi tu eso"
    " esto está son porque todo qué yo te nos hay le sin ser",
    "pt": "o a os as que de e é em um uma por com para não se na no do da como mas mais você eu ele ela isso muito"
    " já meu tá pra ser tem seu vai esse essa quem porque vc q sua dos das",
    "it": "il la i gli le che di e è un una per con non si lo al del della come ma più se sono questo questa anche"
    " mi ti ci hai ho ha perché tutto nel alla dei molto chi cosa tu sei",
    "nl": "de het een en van is niet dat ik je zijn te op met voor die er maar ook aan als hij ze we wat dit om nog"
    " naar bij wel geen heeft door jij wordt dan zo moet kan uit",
    "sv": "och det att en är som på jag inte för med den har du av till ett om vi de men så var kan han man från",
    "da": "og det at en er som på jeg ikke for med den har du af til et vi de men så var kan han man fra nu hvad",
    "pl": "nie to się w na i z że jest do jak co tak ale o po za od już tylko czy tego był jestem ty dla przez",
    "tr": "bir ve bu da de için çok ne var mı gibi ben sen o ile daha ama değil kadar olan diye yok her şey mi",
    "id": "yang dan di ini itu dengan untuk tidak dari ada ke saya kamu akan juga orang bisa sudah pada adalah aku",
    "vi": "là và của không có được cho người này các một với những thì đã cũng mà nhưng khi ra như rồi ai anh chỉ",
    "fi": "ja on ei että se en ole mutta kun niin hän jos olen myös tämä mitä joka sen vain ovat kuin sitten",
}
_WORD_SETS = {language: frozenset(words.split()) for language, words in _SMALL.items()}
_WORDS = {
    word: tuple(language for language, words in _WORD_SETS.items() if word in words)
    for words in _WORD_SETS.values()
    for word in words
}
_MARKED = {
    "de": "äöüß", "fr": "çèêàùœâîôû", "es": "ñ¿¡áéíóú", "pt": "ãõçáéíóú", "sv": "åäö", "da": "æøå", "fi": "äö",
    "pl": "ąęłśźżćń", "tr": "ğışçöü", "vi": "ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ", "it": "àèìòù",
}  # fmt: skip
_BY_LETTER = {letter: tuple(k for k, v in _MARKED.items() if letter in v) for v in _MARKED.values() for letter in v}
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_LOOKED_CHARS = 2_000
# Below this lead over the next one, another would be as likely.
_LEAD = 1.3
_ENOUGH = 2.0
_LITTLE = 1.0


def detect(text: str) -> str | None:
    """The language as an ISO 639-1 code; None where the text does not say."""
    seen = text[:_LOOKED_CHARS].lower().replace("\u2019", "'")
    letters = sum(map(str.isalpha, seen))
    for code, script in _SCRIPTS:
        # Scripts come in the order in which one rules out the next.
        if len(script.findall(seen)) > (0.02 if code in {"ja", "uk"} else 0.3) * max(letters, 1):
            return code
    found: defaultdict[str, float] = defaultdict(float)
    for token in _TOKEN.findall(seen):
        for code in _WORDS.get(token, ()):
            found[code] += 1 / len(_WORDS[token])
    for letter in seen:
        for code in _BY_LETTER.get(letter, ()):
            found[code] += 0.7 / len(_BY_LETTER[letter])
    ranked = [*sorted(found.items(), key=lambda one: -one[1]), ("", 0.0), ("", 0.0)]
    (first, most), (_, next_most) = ranked[0], ranked[1]
    if most >= _ENOUGH and most >= _LEAD * next_most:
        return first
    # A short text without one small English word, that has another language's, is not English.
    return first if most >= _LITTLE and not found.get("en") and most >= 2 * next_most else None
