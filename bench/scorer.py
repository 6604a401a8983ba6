"""The scorer on one core: loading, a typical comment, a long one; and beside another scorer, where that is there.

python -m bench.scorer       speed
python -m bench.scorer DIR   also AUC on the dev sets of the corpora in DIR, beside alt-profanity-check
"""

import sys
import time
from pathlib import Path
from statistics import quantiles

from moothall.moderation.classifier.port import Ask, Attribute
from moothall.moderation.classifier.shipped import shipped

TYPICAL = (
    "This is a fairly typical comment about the council's plan, which nobody who lives there was asked about. " * 3
)
_TIMES = 500


def main() -> None:
    """Milliseconds; the bar is 5 for a typical comment and one second for loading."""
    began = time.perf_counter()
    scorer = shipped()
    print(f"loading {(time.perf_counter() - began) * 1e3:.0f} ms")
    for name, text, times in (("typical", TYPICAL, _TIMES), ("10 kB", "u r an 1d10t " * 770, 20)):
        ask = Ask(text=text, attributes=scorer.attributes, languages=("en",), partly=True)
        took = []
        for _ in range(times):
            began = time.perf_counter()
            scorer.score_now(ask)
            took.append((time.perf_counter() - began) * 1e3)
        cuts = quantiles(took, n=100)
        print(f"{name}: {len(text)} characters, p50 {cuts[49]:.2f} ms, p99 {cuts[98]:.2f} ms")
    if len(sys.argv) > 1:
        _compare(Path(sys.argv[1]))


def _compare(corpora: Path) -> None:
    """It was trained on Wikipedia's comments, perhaps on these: its figure there is an upper bound."""
    import numpy as np
    from profanity_check import predict_prob  # type: ignore[import-untyped, import-not-found, unused-ignore]

    from moothall.commands.scorer_data import RECIPES, rows
    from moothall.commands.scorer_fit import auc

    for name in RECIPES["en"].sets:
        known = [row for row in rows(corpora, name, "dev") if Attribute.TOXICITY in row.labels]
        positive = np.array([row.labels[Attribute.TOXICITY] >= 0.5 for row in known])
        ours = np.array([shipped().score_in("en", row.text, Attribute.TOXICITY) for row in known])
        theirs = predict_prob([row.text for row in known])
        print(f"{name}: {len(known)} texts, ours {auc(ours, positive):.3f}, theirs {auc(theirs, positive):.3f}")


if __name__ == "__main__":
    main()
