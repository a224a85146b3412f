"""Where this computer thinks it is: time zone, country, currency, language."""

from __future__ import annotations

import locale
import os
from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Place:
    """IANA zone, ISO 3166 country, ISO 4217 currency, ISO 639 language."""

    zone: str
    region: str
    currency: str
    language: str


LANGUAGES = ("en", "es")
"""Languages messages can be written in."""


def here() -> Place:
    """Return what the system says of itself, with the United States for what it does not say."""
    language, region = _spoken()
    return Place(_zone(), region, _currency(region), language if language in LANGUAGES else "en")


def _zone() -> str:
    import tzlocal

    try:
        name = tzlocal.get_localzone_name() or "UTC"
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return "UTC"
    return "UTC" if name == "Etc/UTC" else str(name)


def _spoken() -> tuple[str, str]:
    named = next((os.environ[k] for k in ("LC_ALL", "LC_TIME", "LANG") if os.environ.get(k)), "")
    named = named or locale.getlocale()[0] or ""
    language, _, rest = named.split(".")[0].partition("_")
    region = rest.split("@")[0]
    known = len(language) == 2 and language.isalpha()
    return (language.lower() if known else "en"), (region.upper() if len(region) == 2 and region.isalpha() else "US")


def _currency(region: str) -> str:
    from babel.numbers import get_territory_currencies

    found = get_territory_currencies(region)
    return str(found[0]) if found else "USD"
