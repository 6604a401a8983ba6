"""`moothall scorer migrate`: thresholds of another scorer, carried over on the newsroom's own archive."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from moothall.commands.scorer_old import OldScore, OldWrong, old_scores
from moothall.moderation.classifier.kept import LocalScorer, layer_file
from moothall.moderation.classifier.linear import LinearScorer
from moothall.moderation.classifier.migrate import Mapped, Pair, mapped
from moothall.moderation.classifier.port import Ask, Attribute, CannotScore
from moothall.settings import Settings

# What Coral has where nobody changed it.
DEFAULT = 0.8
_Pairs = Mapping[Attribute, Sequence[Pair]]


def migrate(settings: Settings, file: Path, thresholds: Mapping[str, float]) -> str:
    """A table and a snippet of the standards.  Raises: ClickException.

    Args:
        thresholds: by the old scorer's name of the attribute; without any, `DEFAULT` for each that the file has.
    """
    try:
        found = old_scores(file)
    except OldWrong as wrong:
        raise click.ClickException(str(wrong)) from wrong
    scorer = LocalScorer(layer_file(Path(settings.data))).now()
    pairs, lost = paired(scorer, found, _texts(settings, found))
    wanted = {ours(name): at for name, at in thresholds.items()} or dict.fromkeys(pairs, DEFAULT)
    lines = [line for name, at in wanted.items() for line in _told(name, at, pairs)]
    if not any(pairs.values()):
        raise click.ClickException("\n".join(["No comment of the file can be compared.", *_lost(lost)]))
    return "\n".join([_HEAD, *lines, *_lost(lost), *_snippet(wanted, pairs)])


def ours(name: str) -> Attribute:
    """Our word for Perspective's.  Raises: ClickException."""
    plain = name.partition("@")[0].lower().removesuffix("_experimental")
    if plain not in set(Attribute):
        raise click.ClickException(f"The scorer knows no attribute {name!r}.")
    return Attribute(plain)


def paired(
    scorer: LinearScorer, found: Sequence[OldScore], texts: Mapping[str, str]
) -> tuple[_Pairs, Mapping[str, int]]:
    """What both said, by attribute; and why how many were left out."""
    pairs: dict[Attribute, list[Pair]] = defaultdict(list)
    lost: dict[str, int] = defaultdict(int)
    for one in found:
        text = one.text or texts.get(one.id, "")
        attribute = ours(one.attribute)
        if not text:
            lost["are of comments that are not here"] += 1
            continue
        if attribute not in scorer.attributes:
            lost[f"are of {attribute}, which the scorer was not trained for"] += 1
            continue
        try:
            score = scorer.score_now(Ask(text=text, attributes=(attribute,))).scores[attribute]
        except CannotScore as why:
            lost[f"cannot be compared: {why}"] += 1
            continue
        pairs[attribute].append(Pair(one.score, score.value))
    return pairs, lost


_HEAD = f"{'attribute':20}{'old':>7}{'ours':>7}{'95 %':>17}{'share':>8}{'both':>7}{'comments':>10}"


def _told(name: Attribute, old: float, pairs: _Pairs) -> Iterator[str]:
    known = pairs.get(name, ())
    found = mapped(known, old)
    if found is None:
        yield f"{name:20}{old:7.3f}  none of {len(known):,} comments scored so high"
        return
    bounds = f"{found.low:.3f} to {found.high:.3f}"
    share = found.above / found.comments
    yield f"{name:20}{old:7.3f}{found.new:7.3f}{bounds:>17}{share:8.1%}{found.both:7.0%}{found.comments:10,}"
    if found.few:
        yield f"  Few: {found.above:,} above it and {found.comments - found.above:,} below. Look at its bounds."


def _lost(lost: Mapping[str, int]) -> list[str]:
    return [f"{count:,} scores {why}." for why, count in sorted(lost.items())]


def _snippet(wanted: Mapping[Attribute, float], pairs: _Pairs) -> Iterator[str]:
    """Lines for the standards, in the places that suit them."""
    yield ""
    yield "# Put each beneath the rule that it belongs to, as [[rule.finds]], or leave it to none."
    for name, old in wanted.items():
        found: Mapped | None = mapped(pairs.get(name, ()), old)
        if found is not None:
            yield f'[[finds]]\nphase = "classifier"\ncue = "{name}"\nat_least = {found.new}\noutcome = "hold"\n'


def _texts(settings: Settings, found: Sequence[OldScore]) -> Mapping[str, str]:
    """Texts of the comments that are named and not brought along."""
    named = sorted({one.id for one in found if not one.text})
    if not named:
        return {}
    from moothall.store.comment_texts import texts_by_name
    from moothall.store.database import open_database

    db = open_database(settings.database_url, beside=True)
    try:
        return db.read_now(lambda conn: texts_by_name(conn, named))
    finally:
        db.close()
