"""The community standards as readers read them: rules, what programs do, versions, what changed."""

from collections.abc import Sequence

import msgspec

from moothall.moderation.standards_model import Finds, Outcome, Standards
from moothall.moderation.standards_version import Change, Version
from moothall.web.i18n import Translator
from moothall.web.pages.view import Frame, Head, page
from moothall.web.render import Context


class RuleView(msgspec.Struct, frozen=True):
    """A rule; `lang` is empty where it is the page's own.  `found` says what programs do for it."""

    number: str
    title: str
    text: str
    lang: str
    examples: tuple[str, ...]
    found: tuple[str, ...]
    ground: str


class VersionView(msgspec.Struct, frozen=True):
    """A version; `href` is empty for the one that is shown."""

    name: str
    when: str
    when_iso: str
    note: str
    href: str


class Shown(msgspec.Struct, frozen=True):
    """What of the standards a page shows; `changes` are those since the version before."""

    standards: Standards
    number: int
    newest: int
    versions: tuple[Version, ...] = ()
    changes: tuple[Change, ...] = ()


def standards_page(frame: Frame, shown: Shown, *, edit_href: str = "") -> Context:
    """Each rule has the id `rule-N`."""
    words = frame.words
    title = words.t("Community standards")
    intro = words.t("These are the rules of our discussions. Moderators name the rule when they remove a comment.")
    old = shown.number != shown.newest
    return page(
        frame,
        Head(title=f"{title} – {frame.site.name}", robots="noindex" if old else "", styles=("forms.css",)),
        title=title,
        intro=intro,
        rules=rule_views(words, shown.standards),
        found=found_by(words, shown.standards.finds),
        versions=_versions(frame, shown),
        changes=shown.changes,
        old=words.t("This is version {number}. It is no longer in force.", number=shown.number) if old else "",
        edit_href=edit_href,
    )


def rule_views(words: Translator, standards: Standards) -> tuple[RuleView, ...]:
    """All rules by number, in a reader's language."""
    views = []
    for rule in sorted(standards.rules, key=lambda rule: rule.index):
        told = rule.worded(words.lang)
        views.append(
            RuleView(
                number=told.number,
                title=told.title,
                text=told.text,
                lang="" if told.lang == words.lang else told.lang,
                examples=told.examples,
                found=found_by(words, rule.finds),
                ground=rule.ground.value,
            )
        )
    return tuple(views)


def found_by(words: Translator, finds: Sequence[Finds]) -> tuple[str, ...]:
    """What programs look for and what then happens; what is only noted decides nothing and is left out."""
    whats, thens = phase_names(words), _thens(words)
    told = [
        words.t("{what}: {then}", what=whats.get(one.phase, one.phase), then=thens[one.outcome])
        for one in finds
        if one.outcome is not Outcome.PUBLISH
    ]
    return tuple(dict.fromkeys(told))


def phase_names(words: Translator) -> dict[str, str]:
    """What each check looks for, in a person’s words."""
    return {
        "length": words.t("Very long comments"),
        "story_open": words.t("Closed discussions"),
        "sanctions": words.t("Authors under watch"),
        "pre_moderation": words.t("Discussions where every comment is read first"),
        "repeated_text": words.t("The same text again"),
        "near_duplicate": words.t("Nearly the same text elsewhere"),
        "words": words.t("Words and phrases on a list"),
        "links": words.t("Links"),
        "shouting": words.t("Capitals"),
        "flood": words.t("Many comments in a short time"),
        "burst": words.t("A rush of comments beneath one story"),
        "new_author": words.t("First comments"),
        "often_rejected": words.t("Authors whose comments are often taken down"),
        "classifier": words.t("A program’s estimate"),
        "judge": words.t("A program’s opinion"),
        "spam": words.t("A spam filter"),
    }


def _thens(words: Translator) -> dict[Outcome, str]:
    return {
        Outcome.PUBLISH: words.t("published"),
        Outcome.NUDGE: words.t("the author is asked first"),
        Outcome.HOLD: words.t("a moderator decides"),
        Outcome.REJECT: words.t("not published"),
    }


def _versions(frame: Frame, shown: Shown) -> tuple[VersionView, ...]:
    words = frame.words
    views = [
        VersionView(
            name=words.t("Version {number}", number=one.number),
            when=frame.times.short(one.at_ms, frame.now_ms),
            when_iso=frame.times.iso(one.at_ms),
            note=one.note,
            href="" if one.number == shown.number else f"/standards?version={one.number}",
        )
        for one in shown.versions
    ]
    if not views:
        return ()
    first = VersionView(
        words.t("Version {number}", number=0), "", "", "", "/standards?version=0" if shown.number else ""
    )
    return (*views, first)
