"""What judging a comment costs: every phase with 20,000 words of ten languages, against a pipeline without any.

`python -m bench.pipeline`
"""

import random
import time
from collections.abc import Callable, Sequence

from bench.measure import report
from moothall.discussion.verdict import Context, StoryTerms
from moothall.moderation.pipeline import PHASES, Pipeline
from moothall.moderation.standards import shipped
from moothall.moderation.standards_model import Standards, WordList
from moothall.moderation.word_finder import WordFinder
from moothall.people.model import Account, AccountId, Role
from moothall.story.model import Discussion, Moderation, StoryId

COMMENTS, ENTRIES, LANGUAGES, ROUNDS = 2_000, 20_000, 10, 5
BAR_MS, BAR_WORDS_MS = 0.3, 0.1
_STORY = StoryTerms(StoryId(1), "city", "en", True, None, Discussion.OPEN, None, Moderation.POST)
_LETTERS = (
    "abcdefghijklmnopqrstuvwxyz", "aeiouäöüßbdgklmnrst", "aàâéèêbcdlmnprst", "aáeéiíoóuúñbcdlmnrst",
    "абвгдежзиклмнопрстуфхчшщыэюя", "ابتثجحخدذرزسشصضطظعغ", "αβγδεζηθικλμνξοπρστυφχψω", "אבגדהוזחטיכלמנסעפצקרשת",
    "aąbcćdeęfghijklłmnńoóprsśtuwyzźż", "abcçdefgğhıijklmnoöprsştuüvyz",
)  # fmt: skip


def main() -> None:
    """Two figures with a bar: CPU milliseconds a comment of all phases, and of the word lists alone."""
    rng = random.Random(5)
    standards = _standards(rng)
    contexts = [_context(rng, n) for n in range(COMMENTS)]
    whole = Pipeline(in_force=lambda: standards)
    for n, context in enumerate(contexts):
        whole.recent.add(
            n,
            story_id=n % 50,
            author_id=n % 400,
            body=context.body[::-1],
            at_ms=context.now_ms - 60_000 * (n % 900),
        )
    empty = Pipeline((), in_force=lambda: standards)
    finder = WordFinder(standards.words)
    all_ms = _best(whole.judge, contexts)
    none_ms = _best(empty.judge, contexts)
    words_ms = _best(lambda context: finder.find(context.body), contexts)
    worst_ms = _worst(finder)
    sentence = (
        f"All {len(PHASES)} phases: {all_ms:.3f} ms of CPU a comment (bar {BAR_MS}), {all_ms / none_ms:.0f} times a"
        f" pipeline without phases ({none_ms:.4f}); {ENTRIES:,} words in {LANGUAGES} languages: {words_ms:.3f} ms"
        f" (bar {BAR_WORDS_MS}); the most hostile text of the longest allowed: {worst_ms:.1f} ms."
    )
    numbers = {"all_ms": all_ms, "empty_ms": none_ms, "ratio": all_ms / none_ms, "words_ms": words_ms}
    report("pipeline", sentence, {**numbers, "worst_words_ms": worst_ms})


def _best(act: Callable[[Context], object], contexts: Sequence[Context]) -> float:
    """CPU milliseconds an item, of the best round: the machine is shared."""
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.process_time()
        for context in contexts:
            act(context)
        best = min(best, time.process_time() - began)
    return best / len(contexts) * 1e3


def _worst(finder: WordFinder) -> float:
    """Texts made to cost: letters apart, signs, repeats, look-alikes, all of 2,000 characters."""
    texts = ["a b c d e " * 200, "a b c d e xx " * 150, "@$$ " * 500, "a" * 2000, "аеор " * 400, "!" * 2000,
             "a@" * 1000, "ａ\u0301\u200b" * 660, "n1tw1t aaa " * 180]  # fmt: skip
    spent = []
    for text in texts:
        began = time.process_time()
        finder.find(text)
        spent.append(time.process_time() - began)
    return max(spent) * 1e3


def _standards(rng: random.Random) -> Standards:
    lists = {}
    for n, letters in enumerate(_LETTERS):
        made = [_word(rng, letters) for _ in range(ENTRIES // LANGUAGES)]
        entries = [
            f"{w}*" if at % 5 == 0 else f"{w} {made[at - 1]}" if at % 7 == 0 else w for at, w in enumerate(made)
        ]
        lists[f"list{n}"] = WordList("en", tuple(entries))
    from msgspec.structs import replace

    return replace(shipped(), words=lists)


def _word(rng: random.Random, letters: str) -> str:
    return "".join(rng.choices(letters, k=rng.randint(4, 11)))


_COMMON = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "is",
    "that",
    "for",
    "it",
    "was",
    "on",
    "with",
    "they",
    "bridge",
    "council",
]


def _context(rng: random.Random, n: int) -> Context:
    """About 220 characters; one in six not in Latin letters, one in eight with a link."""
    letters = _LETTERS[0] if n % 6 else _LETTERS[n % len(_LETTERS)]
    words = [rng.choice(_COMMON) if rng.random() < 0.5 else _word(rng, letters) for _ in range(rng.randint(5, 75))]
    link = " https://example.org/minutes/4" if n % 8 == 0 else ""
    body = f"{' '.join(words).capitalize()}.{link} In 2024, 3 of them!"
    author = Account(AccountId(n % 400), "Ada Pell", Role.READER, 0)
    recent = tuple(f"{words[k % len(words)]} {body[:200]}" for k in range(20))
    return Context(_STORY, author, body, 10_000_000 + n, recent, tuple(range(20)), live_count=9)


if __name__ == "__main__":
    main()
