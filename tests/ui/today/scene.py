"""A pool business with about thirty people who wait, made with the program's own commands."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from followup_desktop.app import Program
from followup_desktop.base.clock import FixedClock
from followup_desktop.commands import customers, history, messages, promises
from followup_desktop.commands.business import change_settings
from followup_desktop.commands.journeys import switch_journey
from followup_desktop.core.consent.model import NewWish, WishKind
from followup_desktop.core.customers.model import Person, Stage
from followup_desktop.core.history.model import Happening, NewEvent
from followup_desktop.core.messages.model import Arrived, Attached
from followup_desktop.core.messages.records import NewAccount
from followup_desktop.core.promises.records import NewPromise
from followup_desktop.core.routes import records as routes

ZONE = "America/New_York"
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # Monday, 10:00 in the morning there

BUSINESS = {
    "business.name": "Blue Heron Pools",
    "business.owner": "Dana Whitlock",
    "business.phone": "555-0142",
    "business.zone": ZONE,
    "business.region": "US",
    "business.currency": "USD",
    "business.language": "en",
}

ACCOUNT = NewAccount(
    "dana@blueheron.example", "Dana Whitlock", "dana", "127.0.0.1", 993, "tls", "127.0.0.1", 465, "tls"
)


class Scene:
    """A store, and short ways to fill it as of earlier days."""

    def __init__(self, path, now=NOW):
        self.clock = FixedClock(now)
        self.now = now
        self.program = Program(path, self.clock)
        self.desk = self.program.desk
        change_settings(self.desk, BUSINESS)
        for journey in self.program.journeys:
            switch_journey(self.desk, journey, on=True)

    def at(self, **ago):
        """Turn the clock back for what follows."""
        self.clock.moment = self.now - timedelta(**ago)
        return self

    def customer(self, name, *, given="", company="", email="x", phone="", **more):
        """Add a customer; "x" stands for an address made of the name."""
        parts = name.split(" ", 1) if name and not given else [given, name.removeprefix(given).strip()]
        known = sum(map(ord, name + company))
        person = Person(
            given_name=parts[0],
            family_name=parts[1] if len(parts) > 1 else "",
            company=company,
            email=f"c{known}@customers.example" if email == "x" else email,
            phone=phone or f"(555) 010-{known % 10000:04}",
            street=f"{known % 90 + 1} Palm Ct",
            city="Naples",
            stage=more.pop("stage", Stage.REGULAR),
            **more,
        )
        return customers.add_customer(self.desk, person).result

    def log(self, customer, what, note="", **more):
        """Log something as of the clock."""
        return history.log(self.desk, customer, NewEvent(Happening(what), note=note, **more)).result

    def promise(self, customer, what, due, at=None):
        """Promise something as of the clock."""
        return promises.make_promise(self.desk, NewPromise(what, due, at, ZONE, customer)).result

    def account(self):
        """Set up a mail account."""
        return messages.add_account(self.desk, ACCOUNT).result

    def stop(self, customer, weekday, position, technician="Luis"):
        """Put a customer on a route."""
        names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
        with self.desk.store.write("test.route", "", undoable=False) as work:
            route = routes.route_on(work, weekday, f"{names[weekday]} route", technician)
            routes.place(work, route, customer, position)

    def end(self):
        """Turn the clock to now."""
        self.clock.moment = self.now
        return self


def small(path):
    """One card in each group, one held back."""
    scene = Scene(path)
    scene.at(days=30)
    maria = scene.customer("Maria Alvarez")
    priya = scene.customer("Priya Nair", channel="email")
    greta = scene.customer("Greta Lindqvist")
    sam = scene.customer("Sam Osei")
    ana = scene.customer("Ana Pereira", stage=Stage.LEAD)
    noah = scene.customer("Noah Fitch")
    scene.stop(priya, 4, 7)
    scene.at(days=4).promise(maria, "Send the filter quote", date(2026, 11, 23), time(15))
    scene.at(days=3, hours=2).log(priya, "visit_missed", "Truck repair, no cover arranged", by="Luis")
    scene.at(days=2).log(greta, "rating", "gate left open", rating=3)
    scene.at(hours=20).log(
        sam, "visit_done", "Heater fitted, runs quietly", visit="installation", by="Luis", about="heater"
    )
    scene.at(days=5).log(ana, "quote_sent", "", about="heater", amount=234000)
    scene.at(days=4).log(noah, "visit_done", "Skimmer cleaned", visit="first", by="Luis")
    scene.at(days=1).log(noah, "call", "Talked about the dog")
    return scene.end()


FIRST = ("Maria", "Tom", "Priya", "Greta", "Sam", "Joe", "Ana", "Helen", "Dmitri", "Ruth", "Noah", "Ivy", "Wendell")
LAST = ("Alvarez", "Becker", "Nair", "Lindqvist", "Osei", "Marchetti", "Pereira", "Zhou", "Volkov", "Abara", "Fitch")


def crowded(path):
    """Thirty cards and more of every kind, with long names, no addresses, markup and emoji among them."""
    scene = Scene(path)
    scene.at(days=200)
    people = [
        scene.customer(f"{FIRST[n % 13]} {LAST[(n * 7) % 11]}{'' if n < 13 else ' ' + chr(52 + n)}") for n in range(30)
    ]
    odd = [
        scene.customer("Maximiliana-Theodora von und zu Schwarzenberg-Hohenstein-Sigmaringen"),
        scene.customer("", company="The Lakeside Village Homeowners Association of Upper Palm County, Inc."),
        scene.customer("<b>Bold</b> & Co"),
        scene.customer("Zoë 🏊 Ångström"),
        scene.customer("Nobody Reachable", email="", phone=""),
    ]
    for n, person in enumerate(people + odd):
        scene.stop(person, n % 5, n // 5 + 1, ("Luis", "Ana", "Marco")[n % 3])
    for n, person in enumerate(people):
        for week in (10, 9, 8, 7, 6, 5, 4, 3, 2):
            scene.at(days=7 * week + n % 5).log(person, "visit_done", f"Chlorine {n % 4 + 1}.{week}", by="Luis")
    _waiting(scene, people, odd)
    return scene.end()


def _waiting(scene, people, odd):
    scene.at(days=4).promise(people[0], "Send the filter quote", date(2026, 11, 23), time(15))
    scene.at(days=4).promise(people[1], "Call back about the green water at 18 Palm Ct", date(2026, 11, 22))
    scene.at(days=20).log(people[2], "visit_missed", "Truck repair, no cover arranged", by="Luis")
    scene.at(days=17).log(people[2], "message_in", "Thanks for being straight about it.", about="Re: We missed you")
    scene.at(days=2).log(people[3], "rating", "gate left open", rating=3)
    scene.at(hours=30).log(people[4], "message_in", "Can you come a day later next week?", about="Next week")
    for n in (5, 6, 7):
        fitted = {"visit": "installation", "by": "Luis", "about": "salt cell"}
        scene.at(hours=3 * n - 12).log(people[n], "visit_done", "Fitted, ran 20 minutes without a drop", **fitted)
    for n in range(8, 14):
        scene.at(days=n - 5).log(people[n], "quote_sent", "", about="heater", amount=234000 + n * 100)
    for n in range(14, 20):
        scene.at(days=3, hours=n).log(
            people[n], "visit_done", "Chlorine was low, 0.4; brought to 2.1", visit="first", by="Ana"
        )
    for n in range(20, 24):
        scene.at(hours=n).log(people[n], "purchase", "", about="cover", amount=18900)
    for n in range(24, 27):
        scene.at(hours=n - 20).log(people[n], "complaint", "The water is green again after two days")
    for n in range(27, 30):
        scene.at(days=6, hours=n).log(people[n], "inquiry", "How much is a robot?", about="pool robot")
    for n, person in enumerate(odd):
        scene.at(hours=5 + n).log(person, "purchase", "<i>as agreed</i>", about="robot", amount=100)
    scene.at(days=3).log(people[14], "rating", "Very clean", rating=5)
    scene.at(days=2).log(people[8], "call", "Not in, left a word")


def mail(now):
    """What comes in: a customer who wants no more mail, one who wants texts, and Helen, whom nobody knows."""
    stop = "Please don't send me these any more."
    return (
        Arrived(
            "opt_out", "<m1@x.example>", "greta@x.example", "Greta", "Re: The gate", now - timedelta(hours=3), 3,
            text=f"Thank you. {stop}", wish=NewWish(WishKind.STOP, stop),
        ),
        Arrived(
            "reply", "<m2@x.example>", "sam@x.example", "Sam", "Re: The heater", now - timedelta(hours=2), 4,
            text="Text me instead.", wish=NewWish(WishKind.CHANNEL, "Text me instead.", "text", ("email",)),
        ),
        Arrived(
            "asked", "<m3@x.example>", "helen@zhou.example", "Helen Zhou", "Green pool", now - timedelta(hours=1),
            text="A green pool, 12 Palm Ct.\nCould you have a look <b>this week</b>?\n\nHelen Zhou\n555 2107788",
            attachments=(Attached("pool.jpg", "image/jpeg", 2_400_000),), phone="+15552107788",
        ),
    )  # fmt: skip
