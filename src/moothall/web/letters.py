"""The words of our mails."""

from moothall.kernel.limits import MINUTE_MS, SIGNIN_CODE_LIFE_MS
from moothall.settings import Settings
from moothall.web.i18n import Translator


def signin_letter(words: Translator, settings: Settings, link: str, code: str) -> tuple[str, str]:
    """Subject and text of a sign-in mail; the link stands on a line of its own."""
    site, minutes = settings.site_name, SIGNIN_CODE_LIFE_MS // MINUTE_MS
    lines = (
        words.t("Your code for {site} is:", site=site),
        "",
        code,
        "",
        words.t("Or open this link in the browser where you asked for it:"),
        "",
        f"{settings.public_url}/signin/mail/{link}",
        "",
        words.t("Code and link work once, for {minutes} minutes.", minutes=minutes),
        words.t("If you did not ask for this, do nothing: nobody is signed in without it."),
        "",
    )
    return words.t("{code} is your code for {site}", code=code, site=site), "\n".join(lines)
