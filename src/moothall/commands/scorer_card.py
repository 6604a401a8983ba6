"""The model card: what the shipped weights are, of what, how wrong they are, and what they are not for."""

from pathlib import Path

from moothall.commands.scorer_data import RECIPES, Recipe, manifest, name_of
from moothall.commands.scorer_measure import Measured, all_of, chosen, tables
from moothall.moderation.classifier.weights import Weights

_HEAD = """# The scorer

Moothall brings a small scorer along: it estimates, on your own machine and without sending anything anywhere,
how likely readers would call a comment toxic, severely toxic, insulting, profane, threatening, or an attack on
a group. This page is made by `moothall scorer card`; the figures are those of the weights that ship.

It scores **English** in six attributes, and **{others}** for toxicity only,
because nothing else was asked of the people who read those texts. A text in any other language is named and
refused, never scored as English; so is an attribute that it was not trained for (sexually explicit: no set that
may be used is labelled for it).{refused}

It stands in a site's checks as soon as the [standards](standards.md) have a line for it. `moothall scorer serve
--key KEY` offers it to other systems: it answers `comments:analyze` and `comments:suggestscore` under any
prefix as Perspective does, and `/v1/moderations` as OpenAI does. In Coral, put its address (ending in
`/v1alpha1`) into the field "Custom endpoint". It stores nothing.

| Language | Texts learned from | AUC of toxicity | Reliability error | Lowest subgroup AUC |
|---|---|---|---|---|
{summary}

AUC on the held-back tenth of the sets, reliability on the half of it that it was not calibrated on. Sets
differ: a figure says how well the scorer knows **its set**, not how well one language is served beside another.
What the sets of the other languages are like: German, tweets; French and Arabic, tweets found by keywords,
three quarters of them hostile; Portuguese, Brazilian tweets; Korean, comments on entertainment news; Chinese,
posts about regions, races and sexes. Of a newsroom's own comments it knows none.

## What it must not be used for

- Rejecting a comment, or sanctioning its author, without a person. It ranks and holds; people decide.
- Judging people: one comment's score says nothing about who wrote it.
- Comments in languages not named above, transcripts, pictures, or texts of children.
- Deciding what is true, off topic or spam: it was not taught any of these.

On English news comments that people did not agree on, its toxicity is not much better than chance
(`civil_toxic_spans_en` below): irony, quotation and polite contempt pass it, and blunt words in a good cause do
not.

It is blind to the names of groups that it knows: which of them a comment names moves no score. The price is
that an attack that rests on the name alone is missed; on `hatemojibuild_en`, made of such sentences, it is
worse than chance. The gate's sentences are ours and are plain; passing it says that a name does no harm, not
that the scorer is fair. A name that is not on its list may move a score, as the last line of the table of terms
shows.
"""
_NAMES = {"en": "English", "de": "German", "fr": "French", "pt": "Portuguese", "ko": "Korean", "zh": "Chinese",
          "ar": "Arabic"}  # fmt: skip


def card(corpora: Path, weights: Path | None) -> str:
    """The page in Markdown."""
    found = [(one, all_of(corpora, one)) for one in chosen(weights)]
    known = [figures.language for _, figures in found]
    refused = [_NAMES[one] for one in RECIPES if one not in known]
    others = [_NAMES[one] for one in known if one != "en"]
    head = _HEAD.format(
        others=", ".join(others),
        refused=f" {' and '.join(refused)}: trained, failed the gate, not shipped." if refused else "",
        summary="\n".join(_summary(corpora, figures) for _, figures in found),
    )
    return "\n\n".join([head.rstrip(), *(_chapter(corpora, one, figures) for one, figures in found)]) + "\n"


def _summary(corpora: Path, found: Measured) -> str:
    line = found.attributes[0]
    texts = sum(rows for _, rows, _ in _sets(corpora, RECIPES[found.language]))
    figures = f"{line.auc:.3f} | {line.error:.3f} | {found.bias.lowest_subgroup_auc:.3f}"
    return f"| {_NAMES[found.language]} | {texts:,} | {figures} |"


def _chapter(corpora: Path, weights: Weights, found: Measured) -> str:
    recipe = RECIPES[found.language]
    learned = [
        f"| {name} | {rows:,} | {licence} | {recipe.sets[name]} |" for name, rows, licence in _sets(corpora, recipe)
    ]
    parts = [
        f"## {_NAMES[found.language]}",
        "| Set | Texts | Licence | A text counts |\n|---|---|---|---|\n" + "\n".join(learned),
        tables(found),
        f"Checksum of the weights (SHA-256): `{weights.checksum}`.",
    ]
    return "\n\n".join(parts)


def _sets(corpora: Path, recipe: Recipe) -> list[tuple[str, int, str]]:
    by_name = {name_of(one): one for one in manifest(corpora) if one.role == "train"}
    return [(name, by_name[name].rows, by_name[name].licence) for name in recipe.sets]
