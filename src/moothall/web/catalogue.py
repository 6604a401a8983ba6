"""Finds every message of the product, and brings the `.po` files up to date.

`python -m moothall.web.catalogue` adds what is new, without a translation yet, and drops what is
gone; `tests/unit/web/test_catalogue.py` fails while a message waits for its translation.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

# So that every error is known.
import moothall.people.signin.passkey_errors
import moothall.web.errors  # noqa: F401
from moothall.kernel.errors import MoothallError
from moothall.web.i18n import DEFAULT, LANGUAGES, LOCALE_DIR
from moothall.web.pages.strings import CORE, WRITER
from moothall.web.render import TEMPLATES

_PACKAGE = Path(__file__).parents[1]
_TEXT = r'"((?:[^"\\]|\\.)*)"'
_ONE = re.compile(rf"\b(?:t|link)\(\s*{_TEXT}")
_MANY = re.compile(rf"\btn\(\s*{_TEXT},\s*{_TEXT}")
_WIDTH = 100

Messages = Mapping[str, str | None]
"""Singular or only form, and its plural."""


def messages() -> Messages:
    """All messages, in alphabetical order."""
    found: dict[str, str | None] = {}
    for singular, plural in (*_of_errors(MoothallError), *_of_tables(), *_of_templates(), *_of_code()):
        found[singular] = plural or found.get(singular)
    return dict(sorted(found.items()))


def placeholders(text: str) -> set[str]:
    """The `{names}` in a message."""
    return set(re.findall(r"\{(\w+)\}", text))


def _of_errors(kind: type[MoothallError]) -> Iterator[tuple[str, str | None]]:
    """What a page or the API may say; what only the command line says stays English."""
    if kind.__module__.startswith(("moothall.kernel.", "moothall.people.", "moothall.web.")):
        yield (kind.one, kind.text) if kind.one else (kind.text, None)
    for narrower in kind.__subclasses__():
        yield from _of_errors(narrower)


def _of_tables() -> Iterator[tuple[str, str | None]]:
    for text in (*CORE.values(), *WRITER.values()):
        yield (text, None) if isinstance(text, str) else text


def _of_templates() -> Iterator[tuple[str, str | None]]:
    for path in sorted(TEMPLATES.rglob("*.html")):
        source = path.read_text("utf-8")
        yield from ((text, None) for text in _ONE.findall(source))
        yield from _MANY.findall(source)


def _of_code() -> Iterator[tuple[str, str | None]]:
    for path in sorted(_PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                yield from _of_call(node)


def _of_call(call: ast.Call) -> Iterator[tuple[str, str | None]]:
    """`words.t("…")`, `t("…")`, `words.tn("…", "…", n)` and `words.forms("…", "…")`."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    texts = [arg.value for arg in call.args[:2] if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    if name == "t" and texts:
        yield texts[0], None
    elif name in {"tn", "forms"} and len(texts) == 2:
        yield texts[0], texts[1]


def update(path: Path, lang: str, wanted: Messages) -> None:
    """Writes a language's file anew: known translations stay, the others are empty."""
    known = read(path, lang)
    fresh = Catalog(locale=lang, charset="utf-8")
    for singular, plural in wanted.items():
        fresh.add((singular, plural) if plural else singular, known.get(singular, ""))
    body = BytesIO()
    write_po(body, fresh, width=_WIDTH, omit_header=True, sort_output=True)
    path.write_bytes(_header(lang, fresh.plural_forms).encode() + body.getvalue())


def _header(lang: str, plural_forms: str) -> str:
    """Only what a reader of the file needs: no dates, so that the same messages give the same file."""
    return (
        f"# Moothall in {LANGUAGES[lang]}.\n"
        'msgid ""\nmsgstr ""\n'
        f'"Language: {lang}\\n"\n'
        f'"Plural-Forms: {plural_forms}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n\n'
    )


def read(path: Path, lang: str) -> dict[str, str | tuple[str, ...]]:
    """The translations of a file by their message."""
    if not path.exists():
        return {}
    with path.open("rb") as file:
        catalogue = read_po(file, locale=lang)
    known: dict[str, str | tuple[str, ...]] = {}
    for message in catalogue:
        key = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
        forms = message.string
        known[key] = tuple(forms) if isinstance(forms, (tuple, list)) else str(forms or "")
    return known


def main() -> None:
    """Brings all languages up to date."""
    wanted = messages()
    for lang in LANGUAGES:
        if lang != DEFAULT:
            update(LOCALE_DIR / f"{lang}.po", lang, wanted)


if __name__ == "__main__":
    main()
