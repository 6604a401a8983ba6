"""What the setting `smtp_url` means."""

import pytest

from moothall.notify.mail import SmtpServer, smtp_server


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example", SmtpServer("mail.example", 587, False, None, None, None)),
        ("smtp://127.0.0.1:2525", SmtpServer("127.0.0.1", 2525, False, None, None, None)),
        ("smtp://me:p%40ss@127.0.0.1:2525", SmtpServer("127.0.0.1", 2525, False, None, "me", "p@ss")),
        ("smtps://me:pass@mail.example", SmtpServer("mail.example", 465, True, False, "me", "pass")),
    ],
)
def test_addresses(url: str, server: SmtpServer) -> None:
    """Ports by scheme; names and passwords may be encoded."""
    assert smtp_server(url) == server


def test_a_password_is_never_sent_in_the_open() -> None:
    """Across a network STARTTLS must be there, whatever the server says."""
    assert smtp_server("smtp://me:pass@mail.example").starttls is True


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://", "smtp:mail.example"])
def test_what_is_no_mail_server_is_refused(url: str) -> None:
    """At start, with what is expected."""
    with pytest.raises(ValueError, match="smtp_url must be"):
        smtp_server(url)
