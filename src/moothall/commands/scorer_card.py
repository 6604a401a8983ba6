"""The model card: what the shipped weights are, of what, how wrong they are, and what they are not for."""

from pathlib import Path

from moothall.commands.scorer_data import WEIGHTS, manifest, name_of
from moothall.commands.scorer_measure import all_of, tables
from moothall.moderation.classifier.shipped import shipped_weights
from moothall.moderation.classifier.weights import unpack

_HEAD = """# The scorer

Moothall brings a small scorer along: it estimates, on your own machine and without sending anything anywhere, how
likely readers would call a comment toxic, severely toxic, insulting, profane, threatening, or an attack on a group.
This page is made by `moothall scorer card`; the figures are those of the weights that ship.

It scores **English**. A text in any other language is named and refused, never scored as English; so is an
attribute that it was not trained for (sexually explicit: no set that may be used is labelled for it).

It stands in no site's checks of its own accord. `moothall scorer serve --key KEY` offers it to other systems:
it answers `comments:analyze` and `comments:suggestscore` under any prefix as Perspective does, and
`/v1/moderations` as OpenAI does. In Coral, put its address (ending in `/v1alpha1`) into the field "Custom
endpoint". It stores nothing.

## What it must not be used for

- Rejecting a comment, or sanctioning its author, without a person. It ranks and holds; people decide.
- Judging people: one comment's score says nothing about who wrote it.
- Comments in other languages, transcripts, pictures, or texts of children.
- Deciding what is true, off topic or spam: it was not taught any of these.

On news comments that people did not agree on, its toxicity is not much better than chance (AUC 0.65 in
`civil_toxic_spans_en` below): irony, quotation and polite contempt pass it, and blunt words in a good cause do not.

It is blind to the names of groups that it knows: which of them a comment names moves no score. The price is that an
attack that rests on the name alone is missed; on `hatemojibuild_en`, made of such
sentences, it is worse than chance. The gate's
sentences are ours and are plain; passing it says that a name does no harm, not that the scorer is fair. A name that
is not on its list may move a score, as the last line shows.
"""

_LEARNED = """## What it learned from

| Set | Texts | Licence | A text counts |
|---|---|---|---|
"""
_HOW = """## How wrong it is

On the held-back tenth of those sets; attributes on the half that it was not calibrated on.

"""


def card(corpora: Path, weights: Path | None) -> str:
    """The page in Markdown."""
    chosen = unpack(weights.read_bytes(), name=str(weights)) if weights else shipped_weights()
    by_name = {name_of(one): one for one in manifest(corpora) if one.role == "train"}
    data = [
        f"| {name} | {by_name[name].rows:,} | {by_name[name].licence} | {weight} |"
        for name, weight in WEIGHTS.items()
    ]
    parts = [
        _HEAD,
        _LEARNED + "\n".join(data),
        _HOW + tables(all_of(corpora, weights)),
        f"Checksum of the weights (SHA-256): `{chosen.checksum}`.\n",
    ]
    return "\n\n".join(parts)
