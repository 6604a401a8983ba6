"""`moothall scorer`: train, calibrate, measure and describe the local scorer, and serve it to other systems."""

from pathlib import Path

import click

from moothall.commands.scorer_data import RECIPES
from moothall.settings import load

_CORPORA = click.option(
    "--corpora",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    envvar="MOOTHALL_CORPORA",
    required=True,
    help="Folder that has a manifest and the sets in `moderation`.",
)
_WEIGHTS = click.option(
    "--weights",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File of weights (default: those shipped).",
)
_DATA = click.option("--data", help="Folder of the database (default: var).")
_LANGUAGE = click.option(
    "--language", type=click.Choice(tuple(RECIPES)), default="en", show_default=True, help="What to train."
)


@click.group("scorer")
def scorer_group() -> None:
    """The local scorer of comments."""


@scorer_group.command("train")
@_CORPORA
@click.argument("to", type=click.Path(path_type=Path, dir_okay=False))
@_LANGUAGE
@click.option("--seed", type=int, default=20261231, show_default=True)
@click.option("--epochs", type=click.IntRange(1, 50), help="Rounds (default: those of the language's recipe).")
@click.option("--share", type=float, default=1.0, show_default=True, help="Share of each set, to try things out.")
def train(corpora: Path, to: Path, *, language: str, seed: int, epochs: int | None, share: float) -> None:
    """Train a language on its sets whose licence allows it and write calibrated weights to TO.

    An interrupted training goes on where its last epoch ended (TO.npz); the same seed makes the same bytes. Weights
    that fail the gate, by which naming a group must not make a harmless sentence score, are not written.
    """
    _needs_numpy()
    from rich.progress import Progress

    from moothall.commands.scorer_fit import Plan
    from moothall.commands.scorer_work import fit, packed, table

    recipe = RECIPES[language]
    plan, kept = Plan(seed=seed, epochs=epochs or recipe.epochs), to.with_suffix(".npz")
    with Progress() as shown:
        reading = shown.add_task("reading", total=None)
        known = table(corpora, recipe, "train", share=share, step=lambda: shown.advance(reading))
        batches = -(-len(known.rows) // plan.batch)
        training = shown.add_task("training", total=plan.epochs * batches)
        model = fit(known, plan, kept=kept, step=lambda: shown.advance(training))
        dev = table(corpora, recipe, "dev", step=lambda: shown.advance(reading))
    _write(to, packed(model, dev), language)
    click.echo(f"{to}: {to.stat().st_size:,} bytes, trained on {len(known.rows):,} texts.")


@scorer_group.command("curves")
@_CORPORA
@click.argument("to", type=click.Path(path_type=Path, dir_okay=False))
@_LANGUAGE
def curves(corpora: Path, to: Path, language: str) -> None:
    """Fit the curves of TO anew, by which logits become scores, from what training kept beside it."""
    _needs_numpy()
    from moothall.commands.scorer_fit import Model
    from moothall.commands.scorer_work import packed, table

    kept = to.with_suffix(".npz")
    if not kept.exists():
        raise click.ClickException(f"{kept} is not there: train first.")
    _write(to, packed(Model.load(kept), table(corpora, RECIPES[language], "dev")), language)
    click.echo(f"{to} is calibrated.")


@scorer_group.command("calibrate")
@_DATA
@click.option("--undo", is_flag=True, help="Go back to the calibration before, or to the shipped scores.")
def calibrate(data: str | None, *, undo: bool) -> None:
    """Fit the scores to the newsroom's own decisions, and show what that changes.

    Every decision on a comment is a label. What is fitted on the older two thirds is measured on the newest third,
    and kept in the data folder where it is better; the site takes it up with the next comment it scores. Nothing is
    sent anywhere.
    """
    from moothall.commands.scorer_learn import calibrate as run
    from moothall.moderation.classifier.kept import layer_file, take_back

    settings = load(data=data)
    if not undo:
        click.echo(run(settings))
    elif take_back(layer_file(Path(settings.data))):
        click.echo("Taken back.")
    else:
        raise click.ClickException("Nothing was calibrated.")


@scorer_group.command("migrate")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--threshold",
    "thresholds",
    multiple=True,
    metavar="NAME=0.8",
    help="An attribute and what was tuned for it (default: 0.8 for each in FILE); several may be given.",
)
@_DATA
def migrate(file: Path, thresholds: tuple[str, ...], data: str | None) -> None:
    """Carry thresholds over from Perspective's scores in FILE to ours.

    FILE is CSV with a head, JSON lines (`text` or `id`, `attribute`, `score`), or the comments of a Coral archive.
    Each threshold becomes the one that holds the same share of the same comments. Nothing is sent anywhere.
    """
    from moothall.commands.scorer_migrate import migrate as run

    click.echo(run(load(data=data), file, dict(map(_threshold, thresholds))))


@scorer_group.command("evaluate")
@_CORPORA
@_WEIGHTS
def evaluate(corpora: Path, weights: Path | None) -> None:
    """Print what the scorer gets right and wrong on the dev sets."""
    _needs_numpy()
    from moothall.commands.scorer_measure import report

    click.echo(report(corpora, weights))


@scorer_group.command("card")
@_CORPORA
@click.argument("to", type=click.Path(path_type=Path, dir_okay=False))
@_WEIGHTS
def card(corpora: Path, to: Path, weights: Path | None) -> None:
    """Write the model card to TO: data, licences, errors, and what it must not be used for."""
    _needs_numpy()
    from moothall.commands.scorer_card import card as written

    to.write_text(written(corpora, weights), "utf-8")
    click.echo(f"{to} is written.")


@scorer_group.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=int, default=8100, show_default=True, help="Port to listen on.")
@click.option("--key", "keys", multiple=True, help="Ask callers for this key; several may be given.")
@click.option("--per-minute", type=click.IntRange(1), help="Requests of one key in a minute (default: no quota).")
@click.option("--calibration", type=click.Path(path_type=Path, exists=True), help="What `calibrate` kept.")
def serve(host: str, port: int, keys: tuple[str, ...], *, per_minute: int | None, calibration: Path | None) -> None:
    """Answer `comments:analyze`, `comments:suggestscore` and `/v1/moderations`, and nothing else.

    `/metrics` has counts, `/healthz` says that it lives, `/$discovery/rest` describes it to Google's clients.
    """
    from moothall.commands.scorer_serve import serve as run
    from moothall.moderation.classifier.weights import WeightsDamaged

    try:
        run(host, port, keys, per_minute=per_minute, local=calibration)
    except WeightsDamaged as wrong:
        raise click.ClickException(str(wrong)) from wrong


def _threshold(typed: str) -> tuple[str, float]:
    """Raises: BadParameter."""
    name, _, at = typed.partition("=")
    try:
        value = float(at)
    except ValueError:
        value = -1.0
    if not name or not 0 <= value <= 1:
        raise click.BadParameter(f"{typed!r} is not like TOXICITY=0.8.", param_hint="--threshold")
    return name, value


def _write(to: Path, weights: bytes, language: str) -> None:
    """Raises: ClickException for weights that fail the gate."""
    from moothall.commands.scorer_work import gate

    found = gate(weights, language)
    told = f"lowest subgroup AUC {found.lowest_subgroup_auc:.3f} (0.93), BPSN {found.lowest_bpsn_auc:.3f} (0.60)"
    if not found.passes:
        raise click.ClickException(f"{to} is not written: {told}, median swap {found.median_swap:.3f} (0.05).")
    to.write_bytes(weights)
    click.echo(f"The gate is passed: {told}.")


def _needs_numpy() -> None:
    try:
        import numpy  # noqa: F401 - asked for before anything is begun
    except ImportError as absent:
        raise click.ClickException("Training needs numpy: install moothall[training].") from absent
