"""Money: whole minor units (cents) with their currency. Currencies are never added together.

US amounts are formatted and read here; anything else asks Babel, which takes 0.15 s to load.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from followup_desktop.base.errors import Problem

_DIGITS = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV"), 0),
    **dict.fromkeys(("XAF", "XOF", "XPF", "ISK"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}
_MOST_DIGITS = 15  # fits any store, and exact in every spreadsheet
_DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD", "MXN", "SGD", "HKD", "ARS", "CLP", "COP", "BBD", "BSD", "JMD", "TTD"})
_SIGNS = {"€": "EUR", "£": "GBP", "₹": "INR", "US$": "USD", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "NZ$": "NZD"}


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole minor units of one currency (ISO 4217): Money(16500, "USD") is $165."""

    minor: int
    currency: str

    def __add__(self, other: Money) -> Money:
        """Add an amount of the same currency; raise ValueError for any other."""
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} are never added together")
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        """Subtract an amount of the same currency; raise ValueError for any other."""
        return self + -other

    def __neg__(self) -> Money:
        """Return the amount with the other sign."""
        return Money(-self.minor, self.currency)

    def __mul__(self, times: int) -> Money:
        """Return the amount taken a whole number of times."""
        return Money(self.minor * times, self.currency)

    @property
    def amount(self) -> Decimal:
        """The amount in major units, exactly: Decimal("165.00")."""
        return Decimal(self.minor).scaleb(-digits(self.currency))


def digits(currency: str) -> int:
    """Return how many decimals the currency has: 2 for USD, 0 for JPY."""
    return _DIGITS.get(currency, 2)


def totals(amounts: Iterable[Money]) -> tuple[Money, ...]:
    """Add up each currency on its own, in the order of their codes."""
    sums: dict[str, int] = {}
    for money in amounts:
        sums[money.currency] = sums.get(money.currency, 0) + money.minor
    return tuple(Money(minor, currency) for currency, minor in sorted(sums.items()))


def format(money: Money, locale: str = "en_US", *, exact: bool = False) -> str:  # noqa: A001  (money.format reads well)
    """Return "$2,340" or "$35.50": whole amounts without decimals, unless `exact`."""
    decimals = digits(money.currency) if exact or money.minor % 10 ** digits(money.currency) else 0
    if money.currency == "USD" and locale in ("en", "en_US", "en-US"):
        return f"{'-' if money.minor < 0 else ''}${abs(money.amount):,.{decimals}f}"
    return _by_babel(money, locale, decimals)


def _by_babel(money: Money, locale: str, decimals: int) -> str:
    from babel import Locale, UnknownLocaleError  # slow to load, and never needed for dollars in the United States
    from babel.numbers import format_currency

    try:
        known = Locale.parse(locale.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        known = Locale("en", "US")
    pattern = re.sub(r"0\.00", "0." + "0" * decimals if decimals else "0", known.currency_formats["standard"].pattern)
    return format_currency(money.amount, money.currency, pattern, locale=known, currency_digits=False)


def parse_amount(text: str, currency: str, locale: str = "en_US") -> Money | Problem:
    """Read "$1,234.50", "1.234,50 €" or "165"; answer with a Problem, not raise it, where that is not one amount.

    A sign or code in the text ("€", "EUR") is its currency, else it is `currency`. Of two different separators the
    last one is the decimal one. A lone "1.234" is a thousand only where `locale` groups with points.
    """
    parts = _parts(text, currency)
    number = _number(parts.digits, digits(parts.currency), locale) if parts else None
    if parts is None or number is None:
        return _not_an_amount(text, currency)
    minor = int(number.scaleb(digits(parts.currency)))
    return Money(-minor if parts.negative else minor, parts.currency)


def _not_an_amount(text: str, currency: str) -> Problem:
    if not text.strip():
        return Problem("There is no amount.", to_do="Write it like 165 or 165.50.")
    example = {0: "1234", 3: "1234.500"}.get(digits(currency), "1234.50")
    return Problem(f"“{text.strip()[:40]}” is not one clear amount.", to_do=f"Write it like {example}.")


@dataclass(frozen=True, slots=True)
class _Parts:
    negative: bool
    digits: str
    currency: str


_SIGN = r"[A-Za-z]{0,3}[^\w\s.,()+-]?"
_AMOUNT = re.compile(
    rf"(?P<minus>[-+]?) ?(?P<before>{_SIGN}) ?(?P<inner>[-+]?)"
    rf"(?P<digits>[0-9., ]*?)(?P<trailing>-?) ?(?P<after>{_SIGN})"
)


def _parts(text: str, currency: str) -> _Parts | None:
    """Take minus, sign and code off the digits; None where there is one too many of anything."""
    plain = _plain(text)
    bracketed = plain.startswith("(") and plain.endswith(")")
    found = _AMOUNT.fullmatch(plain[1:-1].strip() if bracketed else plain)
    if found is None or (found["before"] and found["after"]):
        return None
    minus = found["minus"] + found["inner"] + found["trailing"] + ("-" if bracketed else "")
    named = _currency_of(found["before"] or found["after"], currency)
    return None if named is None or len(minus) > 1 else _Parts(minus == "-", found["digits"].strip(), named)


def _plain(text: str) -> str:
    """One kind of minus, and no spaces or apostrophes between thousands (French, Swiss)."""
    text = re.sub(r"\s+", " ", text.replace("−", "-").replace("–", "-")).strip()
    return re.sub(r"(?<=[0-9])[ '’](?=[0-9]{3}(?![0-9]))", "", text)


def _currency_of(sign: str, currency: str) -> str | None:
    """Return the currency a sign or code means, None for what is neither."""
    sign = sign.upper()
    if sign in ("", "¤"):
        return currency
    if sign == "$":
        return currency if currency in _DOLLARS else "USD"
    if sign == "¥":
        return currency if currency in ("JPY", "CNY") else "JPY"
    return _SIGNS.get(sign) or (sign if sign == currency or _is_code(sign) else None)


def _is_code(code: str) -> bool:
    from babel import Locale  # slow to load, and seldom needed

    return len(code) == 3 and code in Locale("en").currencies


def _number(text: str, decimals: int, locale: str) -> Decimal | None:
    """Read digits with their separators; None where that is no number, too exact, or could be two different ones."""
    last = max(text.rfind("."), text.rfind(","))
    if last < 0 or text.count(text[last]) > 1:
        return _decimal(text, "", decimals)
    if not re.fullmatch(r"[1-9][0-9]{0,2}[.,][0-9]{3}", text):
        return None if text[last] in text[:last] else _decimal(text[:last], text[last:], decimals)
    if text[last] != _decimal_separator(locale):
        return _decimal(text, "", decimals)
    return _decimal(text[:last], text[last:], decimals) if decimals == 3 else None


def _decimal(whole: str, part: str, decimals: int) -> Decimal | None:
    """Put a grouped whole part and ".50" together; None where either is not what it should be."""
    exact = part[1:].rstrip("0")
    grouped = re.fullmatch(r"[0-9]*|[0-9]{1,3}(?:[.,][0-9]{2,3})*[.,][0-9]{3}", whole)
    plain = re.sub(r"[.,]", "", whole)
    if not grouped or len(set(whole) & set(".,")) > 1 or not plain + exact or len(plain) > _MOST_DIGITS - decimals:
        return None
    return Decimal(f"{plain or '0'}.{exact or '0'}") if len(exact) <= decimals else None


def _decimal_separator(locale: str) -> str:
    if locale in ("en", "en_US", "en-US"):
        return "."
    from babel import Locale, UnknownLocaleError  # slow to load, and not needed in the United States

    try:
        return str(Locale.parse(locale.replace("-", "_")).number_symbols["latn"]["decimal"])
    except (ValueError, UnknownLocaleError, KeyError):
        return "."
