"""`moothall scorer calibrate`: from decisions to a local layer, and what it says of itself."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from moothall.kernel.clock import system_clock
from moothall.moderation.classifier.kept import keep, layer_file
from moothall.moderation.classifier.labels import Labels, Settled
from moothall.moderation.classifier.learn import SHIPPED, Head, NotLearned, Seen, learn
from moothall.moderation.classifier.linear import LinearScorer
from moothall.moderation.classifier.local import Layer, Learned
from moothall.moderation.classifier.port import Ask, Attribute, CannotScore
from moothall.moderation.classifier.shipped import shipped, shipped_weights
from moothall.moderation.standards_read import parse
from moothall.settings import Settings

_Heads = dict[tuple[Attribute, str], list[Seen]]


def calibrate(settings: Settings) -> str:
    """What it learned, in lines for people.  Raises: ClickException where it learned nothing."""
    from moothall.store.database import open_database
    from moothall.store.scorer_labels import settled
    from moothall.store.standards import source_in_force

    db = open_database(settings.database_url, beside=True)
    try:
        standards = parse(db.read_now(source_in_force))
        found = db.read_now(lambda conn: settled(conn, system_clock()))
    finally:
        db.close()
    labels = Labels(standards, shipped().attributes)
    if not labels.attributes:
        raise click.ClickException("No rule of the standards has a line for the classifier: nothing to calibrate.")
    return _kept(settings, scored(shipped(), labels, found), found)


def scored(scorer: LinearScorer, labels: Labels, found: Iterable[Settled]) -> _Heads:
    """What each attribute said of its labels, by language, in the order of the comments."""
    heads: _Heads = defaultdict(list)
    for one in found:
        wanted = labels.of(one)
        if not wanted:
            continue
        ask = Ask(text=one.text, attributes=tuple(wanted), languages=(one.language,), partly=True)
        try:
            answer = scorer.score_now(ask)
        except CannotScore:
            continue
        for attribute, score in answer.scores.items():
            heads[attribute, answer.language].append(Seen(score.value, wanted[attribute]))
    return heads


def _kept(settings: Settings, heads: _Heads, found: list[Settled]) -> str:
    learned, refused = _learned(heads)
    if not learned:
        raise click.ClickException(
            "\n".join(["Nothing was calibrated.", *(refused or ["Nothing is decided yet."])])
        )
    file = layer_file(Path(settings.data))
    keep(file, Layer(system_clock(), tuple(learned)))
    decided = sum(one.down is not None for one in found)
    head = f"{decided:,} decided comments, and {len(found) - decided:,} that stood without a report."
    end = f"Kept in {file}. `moothall scorer calibrate --undo` takes it back."
    return "\n".join([head, *(line for one in learned for line in told(one)), *refused, "", end])


def _learned(heads: _Heads) -> tuple[list[Learned], list[str]]:
    """Those that are better, and why the others are not."""
    checksums = {one.header.reading.language: one.checksum for one in shipped_weights()}
    learned, refused = [], []
    for (attribute, language), seen in sorted(heads.items()):
        try:
            learned.append(learn(Head(attribute, language, checksums[language]), seen))
        except NotLearned as why:
            refused.append(f"{attribute} ({language}) stays as it is shipped: {why}.")
    return learned, refused


def told(one: Learned) -> Iterator[str]:
    """One attribute before and after, and a line for the standards."""
    before, after, bands = one.before, one.after, one.bands
    yield ""
    yield f"{one.attribute} ({one.language}): {one.down:,} taken down, {one.kept:,} kept; the newest third:"
    yield f"  {'':32}{'before':>8}{'after':>8}"
    rows = (
        ("reliability error", before.error, after.error),
        ("hold from", SHIPPED.hold, bands.hold),
        ("  precision", before.precision, after.precision),
        ("  recall", before.recall, after.recall),
        ("approve below", SHIPPED.approve, bands.approve),
        ("  of all, approved", before.approved, after.approved),
        ("  of those taken down, missed", before.missed, after.missed),
    )
    for name, old, new in rows:
        yield f"  {name:32}{_number(old):>8}{_number(new):>8}"
    if bands.hold is None:
        yield "  No score is high enough that eight in ten of those above it are taken down."
    else:
        line = f'phase = "classifier", cue = "{one.attribute}", at_least = {bands.hold}, outcome = "hold"'
        yield f"  For the standards: {line}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
