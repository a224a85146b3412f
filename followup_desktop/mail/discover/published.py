"""Reading the file in which a domain publishes its mail settings (Mozilla's config-v1.1.xml). Pure; trusts nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, ParseError, TreeBuilder
from xml.parsers import expat

from followup_desktop.base.errors import Problem
from followup_desktop.mail.account import Security, Server
from followup_desktop.mail.discover.model import Candidates, NotThere, Offer
from followup_desktop.mail.providers import Kind

LARGEST = 256_000
"""Bytes of a settings file; real ones have 5,000."""

DEEPEST = 20
SECURITY: dict[str, Security] = {"ssl": "tls", "tls": "tls", "starttls": "starttls"}
KINDS: dict[str, Kind] = {
    "password-cleartext": "password",
    "plain": "password",
    "password-encrypted": "password",
    "secure": "password",
    "oauth2": "oauth",
}
HOST = re.compile(r"(?=.{1,253}\Z)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\Z")


@dataclass(frozen=True, slots=True)
class Published:
    """What a file says: the provider's name, its servers, and a page about signing in."""

    name: str
    candidates: Candidates
    page: str = ""
    words: str = ""


def read_published(data: bytes, address: str) -> Published:
    """Read a settings file for an address. Raises `NotThere` where it is none, or offers nothing protected."""
    if len(data) > LARGEST:
        raise NotThere("The settings published there are too large to be real.")
    root = _tree(data)
    provider = root.find("emailProvider") if root.tag == "clientConfig" else None
    if provider is None:
        raise NotThere("What is published there are no mail settings.")
    found = Candidates(_offers(provider, "incoming", "imap", address), _offers(provider, "outgoing", "smtp", address))
    if not found.imap or not found.smtp:
        raise NotThere("The settings published there name no protected IMAP and SMTP servers.")
    page, words = _enabling(provider)
    return Published(_text(provider, "displayName") or _text(provider, "displayShortName"), found, page, words)


def host_name(text: str) -> str | None:
    """Return a server's name as the network writes it, or None for what can be none."""
    name = text.strip().rstrip(".").lower()
    if not name.isascii():
        try:
            import idna  # comes with the check of addresses; only foreign letters need it

            name = idna.encode(name, uts46=True).decode("ascii")
        except UnicodeError:
            return None
    return name if HOST.match(name) else None


def _tree(data: bytes) -> Element:
    """Return a file's elements. A document type, and with it every entity of its own, is refused."""
    builder, depth = TreeBuilder(), 0
    parser = expat.ParserCreate()

    def begin(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise ParseError("too deep")
        builder.start(tag.rpartition(":")[2], attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(tag.rpartition(":")[2])

    def doctype(*_: object) -> None:
        raise ParseError("a document type")

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, True)
        return builder.close()
    except (expat.ExpatError, ParseError, ValueError, LookupError, AssertionError):
        raise NotThere("What is published there cannot be read.") from None


def _offers(provider: Element, way: str, protocol: str, address: str) -> list[Offer]:
    """Return the servers of a protocol: encrypted from the start first, else in the file's order; never open ones."""
    found = [
        offer
        for each in provider.findall(f"{way}Server")
        if each.get("type", "").strip().lower() == protocol and (offer := _offer(each, address)) is not None
    ]
    return sorted(found, key=_rank)


def _rank(offer: Offer) -> tuple[bool, bool]:
    return offer.kinds == ("oauth",), offer.server.security != "tls"


def _offer(element: Element, address: str) -> Offer | None:
    security = SECURITY.get(_text(element, "socketType").lower())
    host = host_name(filled_in(_text(element, "hostname"), address))
    port = _text(element, "port")
    user = filled_in(_text(element, "username") or "%EMAILADDRESS%", address)
    named = [(each.text or "").strip().lower() for each in element.findall("authentication")]
    kinds = tuple(dict.fromkeys(KINDS[name] for name in named if name in KINDS))
    if security is None or host is None or not user or "%" in user.replace(address, "") or (named and not kinds):
        return None
    if not (port.isascii() and port.isdigit() and len(port) <= 5) or any(not c.isprintable() for c in user):
        return None
    try:
        return Offer(Server(host, int(port), security), user, kinds or ("password",))
    except Problem:
        return None


def filled_in(text: str, address: str) -> str:
    """Put an address into the place holders of a settings file."""
    local, _, domain = address.rpartition("@")
    for name, value in (("EMAILADDRESS", address), ("EMAILLOCALPART", local), ("EMAILDOMAIN", domain)):
        text = text.replace(f"%{name}%", value)
    return text


def _enabling(provider: Element) -> tuple[str, str]:
    """Return the page on which access is switched on, and what the file says about it, in English."""
    for element in provider.findall("enable"):
        if page := _page(element.get("visiturl", "")):
            told = [each for each in element.findall("instruction") if each.get("lang", "en").startswith("en")]
            return page, _line((told[0].text if told else "") or "")
    for element in provider.findall("documentation"):
        if page := _page(element.get("url", "")):
            return page, ""
    return "", ""


def _page(url: str) -> str:
    url = url.strip()
    try:
        parts = urlsplit(url)
        right = parts.scheme == "https" and parts.hostname and not parts.username and url.isprintable()
    except ValueError:
        return ""
    return url if right and " " not in url and len(url) < 500 else ""


def _text(element: Element, name: str) -> str:
    found = element.find(name)
    return _line(found.text or "") if found is not None else ""


def _line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:200]
