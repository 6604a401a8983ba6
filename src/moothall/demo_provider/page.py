"""A provider's one page: who are you?  Another house than the paper's, so it looks like another house."""

import base64
import hashlib
from html import escape

from moothall.demo_provider.model import NAME_CHARS, Client, House

_STYLE = """
:root{color-scheme:light dark;--a:light-dark(LIGHT,DARK);--ink:light-dark(#1c2226,#e7ebec);
--dim:light-dark(#59636a,#9fabb1);
--line:light-dark(#d5dbde,#38424a);--sheet:light-dark(#fff,#1b2126)}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.5rem 1rem;
background:light-dark(#eef2f3,#12171b);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
main{width:min(26rem,100%);background:var(--sheet);border:1px solid var(--line);border-top:4px solid var(--a);
border-radius:10px;padding:1.75rem}
h1{margin:0;font-size:1.45rem;letter-spacing:-.01em;color:var(--a)}
p{margin:.35rem 0 0}.dim{color:var(--dim);font-size:.9rem}
h2{margin:1.5rem 0 .6rem;font-size:1rem;font-weight:600}
button,input{font:inherit;color:inherit;width:100%;
min-height:2.75rem;border-radius:7px;border:1px solid var(--line);
padding:.45rem .85rem;background:transparent}
button{cursor:pointer;text-align:start;margin-top:.5rem}
button:hover{border-color:var(--a)}
:focus-visible{outline:3px solid var(--a);outline-offset:2px}
label{display:block;margin:1.25rem 0 .35rem;font-size:.9rem}
.go{background:var(--a);border-color:var(--a);color:var(--sheet);font-weight:600;text-align:center}
.no{border-color:transparent;text-align:center;color:var(--dim);text-decoration:underline;text-underline-offset:.2em}
[role=alert]{color:light-dark(#a3150e,#ff9c92)}
"""


def style_of(house: House) -> str:
    """The page's whole style sheet."""
    return _STYLE.replace("LIGHT", house.accent).replace("DARK", house.accent_dark)


def csp_of(house: House) -> str:
    """A content security policy that lets in this one style sheet and nothing else."""
    hashed = base64.b64encode(hashlib.sha256(style_of(house).encode()).digest()).decode("ascii")
    rest = "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    return f"default-src 'none'; style-src 'sha256-{hashed}'; {rest}"


def choice(house: House, client: Client, *, action: str, wrong: str = "") -> str:
    """Whom to be.

    Args:
        action: this page's own address, with all that the site asked.
        wrong: why what was typed will not do.
    """
    people = "".join(
        f'<button type="submit" name="name" value="{escape(name)}">{escape(name)}</button>' for name in house.people
    )
    alert = f'<p role="alert" id="wrong">{escape(wrong)}</p>' if wrong else ""
    described = ' aria-describedby="wrong" aria-invalid="true"' if wrong else ""
    form = f'<form method="post" action="{escape(action)}">'
    return _page(
        house,
        f"""<h2>Who is signing in to {escape(client.site_name)}?</h2>
{form}{people}</form>
{form}<label for="name">Or anybody else, by name</label>
<input id="name" name="name" maxlength="{NAME_CHARS}" required autocomplete="off"{described}>{alert}
<button class="go" type="submit">Continue</button></form>
{form}<button class="no" type="submit" name="cancel" value="1">Cancel and go back</button></form>
<p class="dim">A provider for trying things out: it believes whatever name you give.</p>""",
    )


def refusal(house: House) -> str:
    """For a request that no site of ours made."""
    return _page(house, "<h2>This request does not come from a site that we know.</h2>")


def _page(house: House, inner: str) -> str:
    name = escape(house.name)
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Sign in – {name}</title><style>{style_of(house)}</style></head>
<body><main><h1>{name}</h1><p class="dim">{escape(house.motto)}</p>
{inner}</main></body></html>
"""
