"""An administrator gives roles in the browser; the command line makes the first one."""

import pytest
from click.testing import CliRunner
from lxml import html
from sqlalchemy import select

from moothall.cli import main
from moothall.kernel.ids import to_text
from moothall.kernel.limits import PEOPLE_LISTED
from moothall.people.model import Role
from moothall.store.tables import decision
from tests.newsroom.site import Browser, Site

pytestmark = pytest.mark.anyio


def names(browser: Browser) -> list[str]:
    assert browser.page is not None
    return [b.text for b in html.fromstring(browser.page.text).xpath("//ul[contains(@class, 'people')]//b")]


async def test_a_role_counts_from_the_next_request(site: Site) -> None:
    """Found by name, given by form, logged, and felt in a session that is already open."""
    ada = await site.person("Ada Pell")
    mia = await site.person("Mia Guard", Role.ADMINISTRATOR)
    reader, admin = await site.signed_in(ada), await site.signed_in(mia)
    assert (await reader.get("/console/people")).status_code == 403
    await admin.get("/console/people?q=ada")
    assert names(admin) == ["Ada Pell"]
    form = f"/people/{to_text(ada)}/role"
    await admin.submit(form, role="moderator")
    await admin.follow()
    chosen = html.fromstring(admin.page.text).xpath("//option[@selected]/@value")
    assert (names(admin), chosen) == (["Ada Pell"], ["moderator"])
    assert (await reader.get("/console/people")).status_code == 200
    await admin.submit(form, role="reader")
    assert (await reader.get("/console/people")).status_code == 403
    logged = await site.parts.db.read(
        lambda c: c.execute(select(decision).order_by(decision.c.id)).mappings().all()
    )
    assert [(r["kind"], r["actor_id"], r["account_id"], r["before"], r["after"]) for r in logged] == [
        ("role", mia, ada, "reader", "moderator"),
        ("role", mia, ada, "moderator", "reader"),
    ]


async def test_what_no_administrator_may_do(site: Site) -> None:
    """One's own role, the last administrator's, a role that is none: refused on the page, nothing changed."""
    mia = await site.person("Mia Guard", Role.ADMINISTRATOR)
    ada = await site.person("Ada Pell")
    admin = await site.signed_in(mia)
    await admin.get("/console/people?q=ada")
    other = f"/people/{to_text(ada)}/role"
    honest = admin.fields(other)
    for to, role, status in ((f"/people/{to_text(mia)}/role", "reader", 403), (other, "root", 422)):
        answer = await admin.post(to, honest | {"role": role})
        assert (answer.status_code, names(admin)) == (status, ["Ada Pell"])
        assert html.fromstring(answer.text).xpath("//*[@role='alert']")
    assert (await admin.get("/console/people")).status_code == 200
    assert (names(admin), html.fromstring(admin.page.text).xpath("//select")) == (["Mia Guard"], [])
    await admin.get("/console/people?q=ada")
    assert (await admin.submit(other, role="editor")).status_code == 303


async def test_two_administrators_do_not_leave_none(site: Site) -> None:
    """Of two who demote each other, the second has no right to any more."""
    mia = await site.person("Mia Guard", Role.ADMINISTRATOR)
    ola = await site.person("Ola Brandt", Role.ADMINISTRATOR)
    one, two = await site.signed_in(mia), await site.signed_in(ola)
    await one.get("/console/people")
    await two.get("/console/people")
    assert (await one.submit(f"/people/{to_text(ola)}/role", role="reader")).status_code == 303
    assert (await two.submit(f"/people/{to_text(mia)}/role", role="reader")).status_code == 403
    assert [a.display_name for a in await site.parts.people.raised(9)] == ["Mia Guard"]


async def test_moderators_look_and_ban_but_give_no_roles(site: Site) -> None:
    """They see a ban and its reason; a form that they were not shown is refused."""
    ada = await site.person("Ada Pell")
    mod = await site.signed_in(await site.person("Cy Moor", Role.MODERATOR))
    await mod.get("/console/people?q=ADA%20p")
    page = html.fromstring(mod.page.text)
    assert (names(mod), page.xpath("//select")) == (["Ada Pell"], [])
    ban = page.xpath("//a[contains(@href, '/sanctions')]/@href")[0]
    await mod.get(ban)
    await mod.submit(f"/people/{to_text(ada)}/sanctions", kind="suspend", days="7", reason="Rule 7")
    await mod.follow()
    assert mod.page.url.query == b"q=ADA%20p"
    assert "Rule 7" in mod.page.text
    await mod.get(ban)
    csrf = {"csrf": mod.fields(f"/people/{to_text(ada)}/sanctions")["csrf"]}
    assert (await mod.post(f"/people/{to_text(ada)}/role", csrf | {"role": "editor"})).status_code == 403
    assert (await site.parts.people.account(ada)).role is Role.READER


async def test_a_long_list_says_that_there_is_more(site: Site) -> None:
    """Fifty are shown, whatever the names hold."""
    for n in range(PEOPLE_LISTED + 1):
        await site.person(f"<b>Reader</b> {n:02}")
    mod = await site.signed_in(await site.person("Cy Moor", Role.MODERATOR))
    await mod.get("/console/people?q=%3CB%3Er")
    assert len(names(mod)) == PEOPLE_LISTED
    assert "There are more." in mod.page.text
    assert all(name.startswith("<b>Reader</b>") for name in names(mod))


def test_the_command_makes_the_first_administrator(tmp_path: object) -> None:
    """By name, after a first sign-in; a name that nobody bears is told in one line."""
    run = CliRunner()
    data = ["--data", str(tmp_path)]
    made = run.invoke(main, ["signin-link", "reader", *data])
    assert made.exit_code == 0, made.output
    name = _only_name(run, data)
    done = run.invoke(main, ["role", name.lower(), "administrator", *data])
    assert (done.exit_code, done.output) == (0, f"{name}: reader, now administrator.\n")
    last = run.invoke(main, ["role", name, "reader", *data])
    assert last.exit_code == 1
    assert "last administrator" in last.output
    nobody = run.invoke(main, ["role", "Nobody Known", "editor", *data])
    assert nobody.exit_code == 1
    assert "Nobody here is called “Nobody Known”" in nobody.output


def _only_name(run: CliRunner, data: list[str]) -> str:
    from moothall.settings import load
    from moothall.store.database import open_database
    from moothall.store.tables import account

    db = open_database(load(data=data[1]).database_url)
    try:
        return str(db.read_now(lambda c: c.scalar(select(account.c.display_name))))
    finally:
        db.close()
