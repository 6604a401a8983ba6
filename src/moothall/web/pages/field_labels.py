"""What people call the fields that errors name: on a page an error says the label, not the name of the form."""

from moothall.web.i18n import Translator


def field_labels(words: Translator) -> dict[str, str]:
    """By the field's name; a page whose own label is another gives it beside the error."""
    t = words.t
    return {
        "breach": t("What is it about?"),
        "days": t("Days from now until it ends"),
        "decision": t("Decision"),
        "discussion": t("Discussion"),
        "explanation": t("Why is it illegal?"),
        "good_faith": t("I believe in good faith that this is accurate and complete."),
        "language": t("Language of pages"),
        "legal_reference": t("Law or article (optional)"),
        "moderation": t("Comments are"),
        "name": t("Your name"),
        "note": t("Note for the author (optional)"),
        "opinion": t("Decision"),
        "outcome": t("Decision"),
        "reason": t("Reason; the reader is shown it"),
        "rule": t("Rule that it breaks"),
        "section": t("Section"),
        "sections": t("Only these sections"),
        "seed": t("Seed (the same draws the same; empty: today’s date)"),
        "size": t("How many comments"),
        "sort": t("Order"),
        "text": t("Anything else that a moderator should know? (optional)"),
        "until": t("For how long; the end comes by itself"),
    }
