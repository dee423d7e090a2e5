"""Many at once: limits count exactly, and what works once works once."""

import re
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from community.credentials.models import EmailAddress
from community.database import session, write_transaction
from community.foundation import lay_foundation
from community.members.models import Role, SiteRole
from tests.community.credentials.mailbox import letters, link_in

DORA = {
    "name": "Dora Field",
    "username": "dora",
    "address": "dora@nordlicht.example",
    "password": "seven otters knit",
}


def at_once(app, how_many, url, forms):
    """The statuses of as many browsers that send their form to the address at the same time."""

    def send(form):
        with app.app_context():
            return app.test_client().post(url, data=form).status_code

    session.rollback()
    with ThreadPoolExecutor(how_many) as pool:
        return sorted(pool.map(send, forms))


def test_ten_guesses_at_once_are_five_guesses(app, cast):
    guesses = [{"address": "ada", "password": f"guess {number}"} for number in range(10)]
    assert at_once(app, 10, "/sign-in", guesses) == [401] * 5 + [429] * 5


def test_a_confirmation_sent_five_times_at_once_makes_one_member(app, cast, client):
    client.post("/sign-up", data=DORA)
    link = link_in(letters(DORA["address"])[-1])
    statuses = at_once(app, 5, link, [{"password": DORA["password"]}] * 5)
    assert statuses[0] == 303 and statuses[1:] == [410] * 4
    count = select(func.count()).where(EmailAddress.folded == DORA["address"])
    assert session.scalar(count) == 1


def test_one_link_makes_one_first_administrator(app):
    with write_transaction():
        lay_foundation()
    said = app.test_cli_runner().invoke(args=["member", "first-admin-link"]).output
    link = re.search(r"(/first-administrator/\S+)", said)[1]
    forms = [DORA | {"username": f"dora{n}", "address": f"d{n}@house.example"} for n in range(5)]
    assert at_once(app, 5, link, forms) == [303] + [410] * 4
    roles = select(func.count()).where(SiteRole.role == Role.ADMINISTRATOR)
    assert session.scalar(roles) == 1
