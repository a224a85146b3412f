"""The search for an address's servers: step by step, each short, each of which may be skipped.

What needs the network is begun at once and waited for in order, so that one silent server does not hold up the
rest. No step tells anybody the address: what is asked for is the domain.
"""

from __future__ import annotations

import difflib
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from time import monotonic
from typing import Generic, TypeVar, cast

from followup_desktop.mail.account import Server, is_this_computer
from followup_desktop.mail.compose import check_address
from followup_desktop.mail.discover.model import (
    Candidates,
    Discovery,
    NoSuchDomain,
    NotThere,
    Offer,
    Settings,
    SignIn,
    Step,
    Tried,
    World,
)
from followup_desktop.mail.discover.published import Published, read_published
from followup_desktop.mail.providers import PROVIDERS, Provider, known_domains, provider_at, provider_of

T = TypeVar("T")

SERVICES = (("_imaps._tcp", "imap", "tls"), ("_imap._tcp", "imap", "starttls"),
            ("_submissions._tcp", "smtp", "tls"), ("_submission._tcp", "smtp", "starttls"))  # fmt: skip
"""Names of services in the DNS (RFC 6186, RFC 8314 5.1), the better protected first."""

TWO_PART_ENDS = frozenset(["co", "com", "net", "org", "gov", "edu", "ac", "gob", "gouv", "ne", "or"])
"""Second-level names under which countries register domains: nobody's own (co.uk, com.au)."""

PASSWORD = "Use the password of your mailbox. Some providers want one made for programs in its place (“app password”)."
BROWSER = "This provider wants you to sign in through the browser."
BY_HAND = "Enter the servers by hand: your provider's help names them, often under “IMAP” or “mail program”."
OR_BY_HAND = "if it is right, enter the servers by hand."
OFFLINE = "The internet was not reached. Check the connection and try again, or enter the servers by hand."


class Answered(Generic[T]):
    """Something asked in a thread of its own, for which nobody waits longer than agreed."""

    def __init__(self, waking: threading.Condition, work: Callable[[], T], within: float) -> None:
        self._waking, self._work, self._until = waking, work, monotonic() + within
        self._value: T | None = None
        self._error: BaseException | None = None
        self._there = False
        threading.Thread(target=self._run, name="search", daemon=True).start()

    def _run(self) -> None:
        try:
            self._value = self._work()
        except BaseException as error:
            self._error = error
        with self._waking:
            self._there = True
            self._waking.notify_all()

    def answer(self, give_up: Callable[[], str]) -> T:
        """Return what was answered. Raises `NotThere` when it took too long, or with the reason to give up."""
        with self._waking:
            self._waking.wait_for(lambda: self._there or give_up(), max(0, self._until - monotonic()))
            there = self._there
        if not there:
            raise NotThere(give_up() or "No answer in time.")
        if self._error is not None:
            raise self._error
        return cast("T", self._value)


class Search:
    """A search under way. `tried` grows as the steps end; it is read by others while the search runs."""

    def __init__(self, address: str, world: World) -> None:
        """Raise `Problem` for what is no address."""
        self.address = check_address(address)
        self.shown = address.strip().rpartition("@")[2].lower()
        """The domain as it was typed: foreign letters are encoded only on the wire."""
        self.tried: list[Tried] = []
        self._world = world
        self._waking = threading.Condition()
        self._stopped = self._skipped = False
        self._since = monotonic()

    @property
    def domain(self) -> str:
        """The part of the address after the @, in ASCII."""
        return self.address.rpartition("@")[2]

    def step(self) -> Step | None:
        """Return the step under way."""
        done = len(self.tried)
        return tuple(Step)[done] if done < len(Step) and not any(each.found for each in self.tried) else None

    def waited(self) -> int:
        """Return for how many seconds the step under way has been going on."""
        return int(monotonic() - self._since)

    def skip(self) -> None:
        """Do not wait for the step under way any longer."""
        with self._waking:
            self._skipped = True
            self._waking.notify_all()

    def stop(self) -> None:
        """Do not wait for anything any longer."""
        with self._waking:
            self._stopped = True
            self._waking.notify_all()

    def run(self) -> Discovery:
        """Take the steps until one finds the settings. Takes seconds, never longer."""
        provider = provider_of(self.domain)
        if provider is not None:
            return self._done(Step.TABLE, _known(provider, Step.TABLE, self.address))
        self._note(Step.TABLE, f"{self.domain} is not in the list.")
        problems: list[NotThere] = []
        exchangers: list[str] = []
        for step, ask in self._asked(exchangers):
            try:
                return self._done(step, ask.answer(self._give_up))
            except NoSuchDomain as nothing:
                problems.append(nothing)
                self._note(step, nothing.says)
                if step is Step.MX and nothing.says == f"There is no {self.domain}.":
                    return self._nothing(self._no_such_domain())
            except NotThere as nothing:
                problems.append(nothing)
                self._note(step, nothing.says)
            self._begin()
        if self._stopped:
            return self._nothing(BY_HAND)
        if all(problem.offline for problem in problems):
            return self._nothing(OFFLINE)
        return self._guess(exchangers)

    def _asked(self, exchangers: list[str]) -> list[tuple[Step, Answered[Settings]]]:
        """Begin all that is asked of the network, and give it in the order in which it holds."""
        seconds, wake = self._world.seconds, self._waking
        asked: tuple[tuple[Step, Callable[[], Settings], float], ...] = (
            (Step.AUTOCONFIG, partial(self._published, Step.AUTOCONFIG, self.domain), seconds),
            (Step.WELL_KNOWN, partial(self._published, Step.WELL_KNOWN, self.domain), seconds),
            (Step.MX, partial(self._by_exchanger, exchangers), 2 * seconds),
            (Step.SRV, self._by_service, seconds),
        )
        return [(step, Answered(wake, work, within)) for step, work, within in asked]

    def _begin(self) -> None:
        self._since = monotonic()
        with self._waking:
            self._skipped = False

    def _give_up(self) -> str:
        if self._stopped:
            return "Stopped."
        return "Skipped." if self._skipped else ""

    def _note(self, step: Step, says: str, *, found: bool = False) -> None:
        self.tried.append(Tried(step, found, says.replace(self.domain, self.shown)))

    def _done(self, step: Step, settings: Settings) -> Discovery:
        self._note(step, _found_words(settings, self.domain), found=True)
        return Discovery(self.address, settings, tuple(self.tried))

    def _nothing(self, to_do: str) -> Discovery:
        read, send = (next(usual_servers(self.domain, (), protocol)) for protocol in ("imap", "smtp"))
        return Discovery(self.address, None, tuple(self.tried), to_do, (read, send))

    def _no_such_domain(self) -> str:
        close = difflib.get_close_matches(self.domain, known_domains(), 1, 0.8)
        meant = f" Did you mean {close[0]}?" if close else ""
        return f"There is no domain called {self.shown}.{meant} Check the address for typing; {OR_BY_HAND}"

    # What each step asks

    def _published(self, step: Step, domain: str) -> Settings:
        urls = {
            Step.AUTOCONFIG: f"https://autoconfig.{domain}/mail/config-v1.1.xml",
            Step.WELL_KNOWN: f"https://{domain}/.well-known/autoconfig/mail/config-v1.1.xml",
        }
        return _of_published(read_published(self._world.web(urls[step]), self.address), step)

    def _by_exchanger(self, exchangers: list[str]) -> Settings:
        """Find who keeps a domain's mail by its mail exchangers: in the list, else what they publish themselves."""
        exchangers += self._world.dns.exchangers(self.domain)
        if not exchangers:
            raise NotThere(f"{self.domain} names no server that takes its mail.")
        for exchanger in exchangers:
            if (provider := provider_at(exchanger)) is not None:
                return _known(provider, Step.MX, self.address)
        for domain in list(dict.fromkeys(d for e in exchangers[:2] for d in keepers(e)))[:3]:
            if domain == self.domain:
                continue
            if (provider := provider_of(domain)) is not None:
                return _known(provider, Step.MX, self.address)
            for step in (Step.AUTOCONFIG, Step.WELL_KNOWN):
                try:
                    return _confirmed(self._published(step, domain), Step.MX, self.domain)
                except NotThere:
                    continue
        raise NotThere(f"Its mail is taken by {exchangers[0]}, which publishes no settings.")

    def _by_service(self) -> Settings:
        found = Candidates()
        nothing: NotThere | None = None
        for name, protocol, security in SERVICES:
            try:
                services = self._world.dns.services(f"{name}.{self.domain}")
            except NotThere as problem:
                nothing = problem
                if problem.offline:
                    raise
                continue
            offers = found.imap if protocol == "imap" else found.smtp
            offers += [Offer(Server(s.host, s.port, security), self.address) for s in services]  # type: ignore[arg-type]
        if not found.imap or not found.smtp:
            raise NotThere(f"{self.domain} names no servers for reading and sending.") from nothing
        return _confirmed(_chosen(found, Step.SRV, ""), Step.SRV, self.domain)

    def _guess(self, exchangers: Sequence[str]) -> Discovery:
        """Look which of the usual names answer."""
        wanted = {protocol: list(usual_servers(self.domain, exchangers, protocol)) for protocol in ("imap", "smtp")}
        looks = {
            protocol: [
                Answered(self._waking, partial(self._world.probe, s, protocol), self._world.seconds) for s in all_
            ]
            for protocol, all_ in wanted.items()
        }
        found = Candidates()
        for protocol, offers in (("imap", found.imap), ("smtp", found.smtp)):
            for server, look in zip(wanted[protocol], looks[protocol], strict=True):
                try:
                    if look.answer(self._give_up):
                        offers.append(Offer(server, self.address))
                        break
                except NotThere:
                    continue
        if found.imap and found.smtp:
            return self._done(Step.GUESS, _confirmed(_chosen(found, Step.GUESS, ""), Step.GUESS, self.domain))
        missing = "reads" if not found.imap else "sends"
        self._note(Step.GUESS, self._give_up() or f"No server with a usual name answers that {missing} its mail.")
        return self._nothing(BY_HAND)


def _known(provider: Provider, how: Step, address: str) -> Settings:
    servers = provider.servers()
    words = (provider.words or PASSWORD).format(name=provider.name)
    return Settings(
        how,
        provider.name,
        servers[0] if servers else None,
        servers[1] if servers else None,
        address if provider.user == "address" else address.rpartition("@")[0],
        SignIn(provider.kind, provider.page, words, provider.also),
        provider.per_day,
        provider.files_sent,
    )


def _of_published(published: Published, how: Step) -> Settings:
    chosen = _chosen(published.candidates, how, published.name)
    at = provider_by_server(chosen)
    if at is not None:
        # A business domain that publishes a large provider's servers is signed in to as that provider wants it.
        sign_in = SignIn(at.kind, at.page, at.words.format(name=at.name) or PASSWORD, at.also)
        return replace(chosen, sign_in=sign_in, per_day=at.per_day, files_sent=at.files_sent)
    sign_in = replace(chosen.sign_in, page=published.page)
    if published.words and sign_in.kind == "password":
        sign_in = replace(sign_in, words=f"{published.words.rstrip('.')}. {PASSWORD}")
    return replace(chosen, sign_in=sign_in)


def provider_by_server(settings: Settings) -> Provider | None:
    """Return the provider whose own server for reading was found."""
    if settings.imap is None or is_this_computer(settings.imap.host):
        return None
    named = [p for p in PROVIDERS if p.imap.partition(":")[0] == settings.imap.host]
    return next((p for p in named if p.mx), named[0] if named else None)


def _chosen(found: Candidates, how: Step, provider: str) -> Settings:
    """Take the best of what is offered for reading and for sending; the rest is kept as others."""
    imap, smtp = found.imap[0], found.smtp[0]
    kinds = [kind for kind in imap.kinds if kind in smtp.kinds] or list(imap.kinds)
    kind = "password" if "password" in kinds else kinds[0]
    also = next((other for other in kinds if other != kind), None)
    sign_in = SignIn(kind, "", PASSWORD if kind == "password" else BROWSER, also)
    others = tuple(dict.fromkeys(o.server for o in (*found.imap[1:], *found.smtp[1:])))
    return Settings(how, provider, imap.server, smtp.server, imap.user, sign_in, others=others)


def _confirmed(settings: Settings, how: Step, domain: str) -> Settings:
    """Ask the owner to look at servers that are not of the domain and came by unprotected answers."""
    hosts = [server.host for server in (settings.imap, settings.smtp) if server is not None]
    foreign = sorted({host for host in hosts if not _is_of(host, domain)})
    at = provider_by_server(settings)
    says = f"{' and '.join(foreign)} is not {domain}. Check that it is your provider's before you sign in."
    if len(foreign) > 1:
        says = f"{' and '.join(foreign)} are not {domain}. Check that they are your provider's before you sign in."
    return replace(settings, how=how, confirm=says if foreign and at is None else "")


def _is_of(host: str, domain: str) -> bool:
    return host == domain or host.endswith("." + domain)


def _found_words(settings: Settings, domain: str) -> str:
    name = settings.provider
    match settings.how:
        case Step.TABLE:
            return f"{domain} is {name}."
        case Step.MX:
            return f"The mail of {domain} is kept by {name or (settings.imap.host if settings.imap else '')}."
        case Step.SRV:
            return f"Named by {domain} in its name servers."
        case Step.GUESS:
            return "Servers with the usual names answer."
    return f"Published by {domain}."


def keepers(exchanger: str) -> list[str]:
    """Return the domains that may say more about a mail exchanger: mx1.mail.example.co.uk is example.co.uk's."""
    labels = exchanger.split(".")
    ends = [labels[n:] for n in range(1, len(labels) - 1)]
    return [".".join(end) for end in ends if not (len(end) == 2 and end[0] in TWO_PART_ENDS and len(end[1]) == 2)]


def usual_servers(domain: str, exchangers: Sequence[str], protocol: str) -> Iterator[Server]:
    """Give the servers an address's mail usually lies at, the better protected first."""
    first = "imap" if protocol == "imap" else "smtp"
    hosts = list(dict.fromkeys([f"{first}.{domain}", f"mail.{domain}", domain, *exchangers[:1]]))
    for port, security in (
        ((993, "tls"), (143, "starttls")) if protocol == "imap" else ((465, "tls"), (587, "starttls"))
    ):
        for host in hosts:
            yield Server(host, port, security)  # type: ignore[arg-type]
