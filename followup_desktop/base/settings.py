"""Settings as data: what can be set, of which kind, and what it starts as. The settings page is built from this."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from pathlib import PurePath
from typing import Protocol

from followup_desktop.base.errors import Problem
from followup_desktop.base.zones import zone_named

Value = str | int | bool | time


class Kind(StrEnum):
    """What a setting holds, and so which field it gets."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    TOGGLE = "toggle"
    TIME = "time"
    PATH = "path"
    ADDRESS = "address"
    ZONE = "zone"
    CODE = "code"


class Place(StrEnum):
    """Where a setting is kept: with the business (in its store) or with this computer."""

    BUSINESS = "business"
    COMPUTER = "computer"


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing the owner can set. `choices` are pairs of stored value and label; `unit` stands behind a number.

    `minimum` and `maximum` are of a number, or of the letters of a code.
    """

    key: str
    kind: Kind
    label: str
    default: Value
    section: str
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    minimum: int = 0
    maximum: int = 1_000_000
    unit: str = ""
    required: bool = False
    place: Place = Place.BUSINESS


class Settings(Protocol):
    """What a page needs of the settings: read one now, change one in the background."""

    def value(self, key: str) -> Value:
        """Return the value of a setting, its default when never set."""
        ...

    def change(self, key: str, value: Value) -> None:
        """Keep a new value."""
        ...


_ZONE_HELP = "Where the business is, such as America/New_York. Dates and quiet hours go by it."

SETTINGS: tuple[Setting, ...] = (
    Setting("business.name", Kind.TEXT, "Business name", "", "Business", "Stands under your messages."),
    Setting("business.owner", Kind.TEXT, "Your name", "", "Business", "Messages are signed with your first name."),
    Setting(
        "business.trade",
        Kind.CHOICE,
        "Trade",
        "pools",
        "Business",
        "Journeys and messages speak of a pool, a lawn or an appointment by it.",
        choices=(
            ("pools", "Pools"),
            ("pest_control", "Pest control"),
            ("lawn_care", "Lawn care"),
            ("cleaning", "Cleaning"),
            ("clinic", "Clinic"),
            ("consultancy", "Consultancy"),
            ("online_shop", "Online shop"),
            ("lodging", "Lodging"),
            ("software", "Software"),
            ("other", "Another trade"),
        ),
    ),
    Setting("business.phone", Kind.TEXT, "Phone customers may ring", "", "Business"),
    Setting("business.postal_address", Kind.TEXT, "Postal address", "", "Business", "Required under offers by mail."),
    Setting("business.zone", Kind.ZONE, "Time zone", "UTC", "Business", _ZONE_HELP),
    Setting(
        "business.region",
        Kind.CODE,
        "Country",
        "US",
        "Business",
        "Two letters, such as US or ES; phone numbers are read by it.",
        minimum=2,
        maximum=2,
    ),
    Setting(
        "business.currency",
        Kind.CODE,
        "Currency",
        "USD",
        "Business",
        "Three letters, such as USD or EUR.",
        minimum=3,
        maximum=3,
    ),
    Setting(
        "business.language",
        Kind.CHOICE,
        "Language of messages",
        "en",
        "Business",
        "Where a customer has no other.",
        choices=(("en", "English"), ("es", "Spanish")),
    ),
    Setting(
        "business.weekly_limit",
        Kind.CHOICE,
        "Messages a week",
        "1",
        "Rules of contact",
        "Confirmations, answers, promises and what is being put right do not count.",
        choices=(("1", "At most one"), ("0", "No limit")),
    ),
    Setting(
        "business.contact_law",
        Kind.CHOICE,
        "How long offers may be written",
        "by_country",
        "Rules of contact",
        "To people who did not say yes. Each customer can have their own, under Consent.",
        choices=(
            ("by_country", "By the country"),
            ("casl", "Canada (CASL)"),
            ("pecr", "UK and EU (PECR, GDPR)"),
            ("none", "No period"),
        ),
    ),
    Setting("business.quiet_from", Kind.TIME, "Quiet from", time(20), "Rules of contact"),
    Setting("business.quiet_until", Kind.TIME, "Quiet until", time(8), "Rules of contact"),
    Setting("business.quiet_sundays", Kind.TOGGLE, "Sundays are quiet", True, "Rules of contact"),
    Setting(
        "business.daily_capacity",
        Kind.NUMBER,
        "Cards a day",
        0,
        "Rules of contact",
        "More than that is spread over the days its windows allow. 0 shows all there is.",
        maximum=500,
        unit="cards",
    ),
    Setting(
        "business.pair_with_route",
        Kind.TOGGLE,
        "Say it in person where a visit is due",
        True,
        "Rules of contact",
        "What is due to someone visited today or tomorrow stands on the route sheet; its message waits.",
    ),
    Setting(
        "business.undo_seconds",
        Kind.NUMBER,
        "Time to take a message back",
        10,
        "Rules of contact",
        "After Send, before it leaves.",
        minimum=5,
        maximum=60,
        unit="seconds",
    ),
    Setting(
        "business.mails_a_day",
        Kind.NUMBER,
        "Messages a day",
        50,
        "Rules of contact",
        "What is approved beyond that leaves the next day. 0 sets no limit.",
        maximum=10_000,
        unit="messages",
    ),
    Setting(
        "business.pause_from",
        Kind.NUMBER,
        "Shortest pause between two messages",
        45,
        "Rules of contact",
        "Messages leave one by one, as if written by hand. 0 in both fields sets no pause.",
        maximum=3600,
        unit="seconds",
    ),
    Setting(
        "business.pause_to",
        Kind.NUMBER,
        "Longest pause between two messages",
        120,
        "Rules of contact",
        maximum=3600,
        unit="seconds",
    ),
    Setting(
        "computer.autostart",
        Kind.TOGGLE,
        "Start with the computer, in the tray",
        False,
        "Reminders and tray",
        place=Place.COMPUTER,
    ),
    Setting(
        "mail.google_client",
        Kind.TEXT,
        "Google client id",
        "",
        "Mail accounts",
        "Only for signing in at Google through the browser: one you made yourself. An app password needs none.",
    ),
    Setting(
        "mail.microsoft_client",
        Kind.TEXT,
        "Microsoft client id",
        "",
        "Mail accounts",
        "For Outlook.com and Microsoft 365, which take no passwords from programs.",
    ),
    Setting("computer.operator", Kind.TEXT, "Who works at this computer", "", "People", place=Place.COMPUTER),
    Setting(
        "computer.theme",
        Kind.CHOICE,
        "Look",
        "system",
        "Looks and keys",
        choices=(("system", "Like the system"), ("light", "Light"), ("dark", "Dark")),
        place=Place.COMPUTER,
    ),
    Setting(
        "computer.backup_folder",
        Kind.PATH,
        "Second folder for copies",
        "",
        "Backups",
        "On a stick or another disk; each copy goes there as well.",
        place=Place.COMPUTER,
    ),
)
"""Everything that can be set, in the order of the settings page."""


def find(key: str, settings: Iterable[Setting] | None = None) -> Setting:
    """Return a setting by its key."""
    for setting in SETTINGS if settings is None else settings:
        if setting.key == key:
            return setting
    raise KeyError(key)


def sections(settings: Iterable[Setting] | None = None) -> tuple[str, ...]:
    """Return the sections in the order they first appear."""
    return tuple(dict.fromkeys(setting.section for setting in (SETTINGS if settings is None else settings)))


def parse(setting: Setting, text: str) -> Value:
    """Read what was typed or stored. Raise a Problem that names the setting when it cannot be meant."""
    text = text.strip()
    if setting.required and not text:
        raise Problem(f"{setting.label} is empty.", "The earlier value was kept.", "Please fill it in.")
    return _PARSERS[setting.kind](setting, text)


def format_value(setting: Setting, value: Value) -> str:
    """Write a value the way `parse` reads it and a person types it."""
    if setting.kind is Kind.TOGGLE:
        return "yes" if value else "no"
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return str(value)


def _text(setting: Setting, text: str) -> Value:
    return text


def _number(setting: Setting, text: str) -> Value:
    if not re.fullmatch(r"[+-]?\d{1,12}", text) or not setting.minimum <= int(text) <= setting.maximum:
        between = f"Please enter a whole number from {setting.minimum} to {setting.maximum}."
        raise _not_meant(setting, text, between)
    return int(text)


def _choice(setting: Setting, text: str) -> Value:
    for value, label in setting.choices:
        if text.casefold() in (value.casefold(), label.casefold()):
            return value
    raise _not_meant(setting, text, "Please choose one of: " + ", ".join(label for _, label in setting.choices) + ".")


def _toggle(setting: Setting, text: str) -> Value:
    if text.casefold() in ("yes", "true", "on", "1"):
        return True
    if text.casefold() in ("no", "false", "off", "0", ""):
        return False
    raise _not_meant(setting, text, "Please enter yes or no.")


def _time(setting: Setting, text: str) -> Value:
    found = re.fullmatch(r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap])?\.?m?\.?", text, re.IGNORECASE)
    if found:
        hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        elif half:
            hour = 99
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise _not_meant(setting, text, "Please enter a time such as 08:00.")


def _path(setting: Setting, text: str) -> Value:
    if text and ("\0" in text or not PurePath(text).is_absolute()):
        raise _not_meant(setting, text, "Please choose a folder.")
    return text


def _address(setting: Setting, text: str) -> Value:
    if text and not re.fullmatch(r"[^\s@,;<>\"]+@[^\s@,;<>\".]+(\.[^\s@,;<>\".]+)+", text):
        raise _not_meant(setting, text, "Please enter an address such as dana@example.com.")
    return text


def _zone(setting: Setting, text: str) -> Value:
    try:
        zone_named(text)
    except Problem as problem:
        raise _not_meant(setting, text, problem.to_do) from None
    return text


def _code(setting: Setting, text: str) -> Value:
    if not re.fullmatch(f"[A-Za-z]{{{setting.minimum},{setting.maximum}}}", text):
        raise _not_meant(setting, text, setting.help)
    return text.upper()


def _not_meant(setting: Setting, text: str, to_do: str) -> Problem:
    return Problem(f"{setting.label}: “{text[:60]}” cannot be used.", "The earlier value was kept.", to_do)


_PARSERS: dict[Kind, Callable[[Setting, str], Value]] = {
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.CHOICE: _choice,
    Kind.TOGGLE: _toggle,
    Kind.TIME: _time,
    Kind.PATH: _path,
    Kind.ADDRESS: _address,
    Kind.ZONE: _zone,
    Kind.CODE: _code,
}
