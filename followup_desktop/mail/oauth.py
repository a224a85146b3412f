"""Signing in through the browser, for every provider alike: RFC 8252 with PKCE (RFC 7636) and state.

The owner signs in on the provider's own page, so no password ever comes here. The browser brings a code back to a
port of this computer; the code becomes a permission to keep (the refresh token) and a pass for an hour (the access
token). Neither is ever logged or shown; what a server says is quoted only where it cannot hold one.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import queue
import re
import secrets
import ssl
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit

from followup_desktop.base.errors import Problem
from followup_desktop.mail.authorities import Authority, check_url
from followup_desktop.mail.troubles import NotReached, SignInAgain, SignInRefused, plain, sign_in_again

if TYPE_CHECKING:
    from http.server import ThreadingHTTPServer

LONGEST = 100_000
"""Bytes of an answer that are read."""
LOOK_SECONDS = 0.1
"""How often a sign-in under way looks whether it was cancelled."""
CLOSE_SECONDS = 0.03
"""How long closing may take."""
USUAL_SECONDS = 3600
"""How long an access token is good for where the server does not say (RFC 6749 5.1 leaves it open)."""

NOBODY_IN = "Nothing was changed."
WAITING = "Your messages wait."


@dataclass(frozen=True, slots=True)
class Client:
    """Who asks: the client id the owner registered. `secret` only where the provider insists (Google)."""

    id: str
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a sign-in gives: a pass, for how many seconds it is good, and the permission to get the next one."""

    access: str = field(repr=False)
    seconds: int
    refresh: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to wait, in seconds: for the owner in the browser, and for one answer of a server."""

    browser: float = 600
    answer: float = 30


UNHURRIED = Limits()


class SignIn:
    """One sign-in through the browser: made, its address opened, waited for. Close it, or use it in a `with`."""

    def __init__(self, authority: Authority, client: Client, address: str, limits: Limits = UNHURRIED) -> None:
        if not client.id.strip():
            raise Problem(
                f"{authority.name} lets a program in only by a client id.", NOBODY_IN, "Enter yours in Settings, Mail."
            )
        self.authority, self.client, self.limits = authority, client, limits
        self._verifier = secrets.token_urlsafe(64)
        self._state = secrets.token_urlsafe(32)
        self._answers: queue.Queue[Mapping[str, str]] = queue.Queue()
        self._server = _listen(self._answers, authority.name)
        self.redirect = f"http://{authority.answers_at}:{self._server.server_address[1]}"
        self.url = self._address(address)

    def __enter__(self) -> SignIn:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()

    def wait(self, stopped: Callable[[], bool]) -> Tokens | None:
        """Wait for the browser and return what it brought, or None when `stopped` said so. Raises `Problem`."""
        answer = self._answer(stopped)
        return None if answer is None else self._exchanged(self._code(answer))

    def _address(self, address: str) -> str:
        challenge = base64.urlsafe_b64encode(hashlib.sha256(self._verifier.encode()).digest()).rstrip(b"=")
        asked = {
            "response_type": "code",
            "client_id": self.client.id,
            "redirect_uri": self.redirect,
            "scope": " ".join(self.authority.scopes),
            "state": self._state,
            "code_challenge": challenge.decode(),
            "code_challenge_method": "S256",
            "login_hint": address,
            **dict(self.authority.extra),
        }
        joint = "&" if urlsplit(self.authority.authorize).query else "?"
        return self.authority.authorize + joint + urlencode({key: value for key, value in asked.items() if value})

    def _answer(self, stopped: Callable[[], bool]) -> Mapping[str, str] | None:
        until = monotonic() + self.limits.browser
        while not stopped():
            with suppress(queue.Empty):
                return self._answers.get(timeout=min(LOOK_SECONDS, self.limits.browser))
            if monotonic() >= until:
                raise _never_came_back(self.authority)
        return None

    def _code(self, answer: Mapping[str, str]) -> str:
        """Return the code from what the browser brought, once it surely belongs to this sign-in."""
        if not hmac.compare_digest(answer.get("state", "").encode(), self._state.encode()):
            raise Problem(
                "What came back from the browser did not belong to this sign-in.", NOBODY_IN, "Sign in once more."
            )
        # RFC 9207: an answer says whom it is from, so that two providers are not taken for one another.
        if self.authority.issuer and answer.get("iss", self.authority.issuer) != self.authority.issuer:
            raise Problem("What came back from the browser was from somebody else.", NOBODY_IN, "Sign in once more.")
        if "error" in answer:
            raise _not_allowed(self.authority, answer["error"], answer.get("error_description", ""))
        if not answer.get("code"):
            raise Problem(f"{self.authority.name} sent no answer back.", NOBODY_IN, "Sign in once more.")
        return answer["code"]

    def _exchanged(self, code: str) -> Tokens:
        asked = {"grant_type": "authorization_code", "code": code, "redirect_uri": self.redirect}
        try:
            said = _ask_token(self.authority, self.client, asked | {"code_verifier": self._verifier}, self.limits)
        except SignInAgain:
            raise Problem(
                f"The sign-in at {self.authority.name} took too long, or was used already.",
                NOBODY_IN,
                "Sign in once more.",
            ) from None
        tokens = _tokens(self.authority, said)
        _check_allowed(self.authority, said)
        if not tokens.refresh:
            raise Problem(
                f"{self.authority.name} let you in for an hour only, not for longer.",
                NOBODY_IN,
                "Sign in once more; if it happens again, check the client id's registration.",
            )
        return tokens


def refreshed(authority: Authority, client: Client, refresh: str, limits: Limits = UNHURRIED) -> Tokens:
    """Return a new pass for a kept permission; `refresh` is what to keep from now on. Raises `SignInAgain`."""
    said = _ask_token(authority, client, {"grant_type": "refresh_token", "refresh_token": refresh}, limits)
    tokens = _tokens(authority, said)
    return tokens if tokens.refresh else replace(tokens, refresh=refresh)


def revoke(authority: Authority, client: Client, refresh: str, limits: Limits = UNHURRIED) -> bool:
    """Take back a permission (RFC 7009); False where only the owner can do that. Raises `NotReached`."""
    if not authority.revoke:
        return False
    asked = {"token": refresh, "token_type_hint": "refresh_token", "client_id": client.id}
    if client.secret:
        asked["client_secret"] = client.secret
    # 400 means that there is no such permission any more (Google says so; RFC 7009 2.2 would say 200).
    status, _ = _post(authority, authority.revoke, asked, limits)
    return status < 500


def find_authority(issuer: str, ca_file: str | None = None, limits: Limits = UNHURRIED) -> Authority:
    """Ask a server of the owner's own where to sign in (RFC 8414, else OpenID's file). Raises `Problem`."""
    issuer = issuer.strip().rstrip("/")
    check_url(issuer)
    parts = urlsplit(issuer)
    root = f"{parts.scheme}://{parts.netloc}"
    asked = Authority("", parts.hostname or issuer, issuer, issuer, ca_file=ca_file)
    for url in (
        f"{root}/.well-known/oauth-authorization-server{parts.path}",
        f"{issuer}/.well-known/openid-configuration",
    ):
        status, said = _get(asked, url, limits)
        if status == 200 and said.get("issuer", "").rstrip("/") == issuer:
            return _described(asked, issuer, said)
    raise Problem(
        f"{asked.name} does not say how to sign in there.", NOBODY_IN, "Check the address, or use a password."
    )


def _described(asked: Authority, issuer: str, said: Mapping[str, Any]) -> Authority:
    offered = [str(scope) for scope in said.get("scopes_supported") or ()]
    wanted = [scope for scope in offered if scope in ("openid", "email", "offline_access") or "mail" in scope.lower()]
    try:
        return replace(
            asked,
            key=issuer,
            issuer=str(said["issuer"]),
            authorize=str(said["authorization_endpoint"]),
            token=str(said["token_endpoint"]),
            revoke=str(said.get("revocation_endpoint") or ""),
            scopes=tuple(dict.fromkeys(wanted)),
        )
    except KeyError:
        raise Problem(f"{asked.name} does not say where to sign in.", NOBODY_IN, "Ask who runs it.") from None


# What the browser brings


PAGE = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>Followup Desktop</title>"
    "<style>body{{font:16px/1.5 sans-serif;max-width:32em;margin:15vh auto;padding:0 1em;"
    "color-scheme:light dark}}</style>"
    "<h1>{}</h1><p>{}</p>"
)


def _listen(answers: queue.Queue[Mapping[str, str]], name: str) -> ThreadingHTTPServer:
    """Listen on a free port of this computer for the browser. Raises `Problem`."""
    # Loaded only where somebody signs in.
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    class Handler(BaseHTTPRequestHandler):
        """Answers the browser once; whatever else it asks for is not here."""

        timeout = 10
        server_version, sys_version = "Followup", ""

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = {key: values[0] for key, values in parse_qs(parts.query, keep_blank_values=True).items()}
            here = self.headers.get("Host", "").rpartition(":")[0] in ("127.0.0.1", "localhost")
            if parts.path != "/" or not here or not asked.keys() & {"code", "error", "state"}:
                self._say(404, "Nothing here", "")
                return
            if "error" in asked or "code" not in asked:
                self._say(200, "Not signed in", "Go back to Followup Desktop: it says why. You can close this page.")
            else:
                self._say(200, "Thank you", "Go back to Followup Desktop. You can close this page.")
            answers.put(asked)

        def _say(self, status: int, title: str, text: str) -> None:
            page = PAGE.format(title, text).encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.send_header("Cache-Control", "no-store")
            self.send_header("Referrer-Policy", "no-referrer")
            self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_: object) -> None:
            """Say nothing: the address holds the code."""

    class Server(ThreadingHTTPServer):
        """Never waits for a browser that holds a connection open."""

        daemon_threads, block_on_close = True, False

        def handle_error(self, *_: object) -> None:
            """Say nothing: a browser that goes away is no trouble."""

    try:
        server = Server(("127.0.0.1", 0), Handler)
    except OSError:
        raise Problem(
            f"No port of this computer could be opened for the answer of {name}.",
            NOBODY_IN,
            "A program that guards the network may forbid it; allow Followup Desktop to listen on 127.0.0.1.",
        ) from None
    threading.Thread(target=server.serve_forever, args=[CLOSE_SECONDS], name="sign-in", daemon=True).start()
    return server


def _never_came_back(authority: Authority) -> Problem:
    return Problem(
        f"The browser did not come back from {authority.name}.",
        NOBODY_IN,
        "Sign in once more. If the page showed an error, check the client id; if it could not be reached, a program "
        "that guards the network may keep the browser from 127.0.0.1.",
    )


def _not_allowed(authority: Authority, error: str, description: str) -> Problem:
    """Put into words why the provider sent the browser back with nothing (RFC 6749 4.1.2.1)."""
    name, says = authority.name, f" ({plain(description or error)})"
    if error == "access_denied":
        admin = re.search(r"AADSTS(65001|65004|90094|90095)|admin", description)
        to_do = "Whoever runs your organisation's mail has to allow it first." if admin else "Sign in once more."
        return Problem(f"{name} was not allowed to let this program in.", NOBODY_IN, to_do)
    if error in ("server_error", "temporarily_unavailable"):
        return NotReached(f"{name} cannot sign anybody in just now{says}.", NOBODY_IN, "Try again in a few minutes.")
    return Problem(f"{name} did not take the sign-in{says}.", NOBODY_IN, "Check the client id and its registration.")


# Speaking with the provider


AGAIN = frozenset({"invalid_grant", "interaction_required", "login_required", "consent_required", "access_denied"})
NOT_OURS = frozenset({"invalid_client", "unauthorized_client"})


def _ask_token(authority: Authority, client: Client, asked: Mapping[str, str], limits: Limits) -> Mapping[str, Any]:
    who = {"client_id": client.id} | ({"client_secret": client.secret} if client.secret else {})
    status, said = _post(authority, authority.token, {**asked, **who}, limits)
    error = str(said.get("error", ""))
    if status == 200 and not error:
        return said
    if error in AGAIN:
        raise sign_in_again(authority.name)
    if error in NOT_OURS:
        raise SignInRefused(
            f"{authority.name} does not know this client id, or wants its secret with it.",
            WAITING,
            "Check both in Settings, Mail, then sign in again.",
        )
    if status >= 500 or status == 429 or not error or error in ("server_error", "temporarily_unavailable"):
        raise NotReached(f"{authority.name} gave no sensible answer ({status}).", NOBODY_IN, "It is tried again later.")
    raise SignInRefused(
        f"{authority.name} did not take the sign-in ({plain(error)}).", WAITING, "Sign in again in Settings, Mail."
    )


def _tokens(authority: Authority, said: Mapping[str, Any]) -> Tokens:
    access, refresh = said.get("access_token"), said.get("refresh_token")
    # Only what may stand in a header (RFC 6750 2.1): anything else could say more on the line than a pass.
    if not isinstance(access, str) or not re.fullmatch(r"[!-~]+", access):
        raise NotReached(f"{authority.name} gave no sensible answer.", NOBODY_IN, "It is tried again later.")
    try:
        seconds = int(float(said.get("expires_in") or USUAL_SECONDS))
    except (TypeError, ValueError, OverflowError):
        seconds = USUAL_SECONDS
    return Tokens(access, max(0, seconds), refresh if isinstance(refresh, str) else "")


def _check_allowed(authority: Authority, said: Mapping[str, Any]) -> None:
    """Refuse a permission without mail: Google shows a box for it that may be left empty."""
    given = said.get("scope")
    if not isinstance(given, str):
        return
    allowed = {scope.casefold() for scope in given.split()}
    if any("://" in scope and scope.casefold() not in allowed for scope in authority.scopes):
        raise Problem(
            f"{authority.name} was not told that this program may read and send your mail.",
            NOBODY_IN,
            "Sign in once more, and tick the box for mail.",
        )


def _post(authority: Authority, url: str, form: Mapping[str, str], limits: Limits) -> tuple[int, Mapping[str, Any]]:
    return _fetch(authority, url, urlencode(form).encode(), limits)


def _get(authority: Authority, url: str, limits: Limits) -> tuple[int, Mapping[str, Any]]:
    return _fetch(authority, url, None, limits)


def _fetch(authority: Authority, url: str, body: bytes | None, limits: Limits) -> tuple[int, Mapping[str, Any]]:
    """Return the status and the JSON object of an answer (empty where there is none). Raises `NotReached`."""
    from http.client import HTTPException
    from urllib.error import HTTPError, URLError
    from urllib.request import HTTPRedirectHandler, HTTPSHandler, Request, build_opener

    class Stay(HTTPRedirectHandler):
        """Follows nobody elsewhere: a permission goes to the one place it is meant for."""

        def redirect_request(self, *_: Any) -> None:
            return None

    check_url(url)
    request = Request(url, body, {"Accept": "application/json", "User-Agent": "Followup Desktop"})
    try:
        context = ssl.create_default_context(cafile=authority.ca_file) if url.startswith("https:") else None
        opener = build_opener(Stay(), HTTPSHandler(context=context))
        try:
            with opener.open(request, timeout=limits.answer) as answer:
                return int(answer.status), _json(answer.read(LONGEST))
        except HTTPError as error:
            with error:
                return error.code, _json(error.read(LONGEST))
    except (URLError, OSError, HTTPException) as error:
        raise _no_answer(authority, getattr(error, "reason", error)) from None


def _no_answer(authority: Authority, error: object) -> NotReached:
    name = authority.name
    if isinstance(error, ssl.SSLError):
        return NotReached(f"The connection to {name} could not be protected.", "Nothing was sent to it.")
    if isinstance(error, TimeoutError):
        return NotReached(f"{name} did not answer in time.", NOBODY_IN, "It is tried again later.")
    return NotReached(f"{name} could not be reached.", NOBODY_IN, "Check the internet connection.")


def _json(raw: bytes) -> Mapping[str, Any]:
    try:
        said = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}
