"""A real OAuth 2.0 server on loopback: PKCE (RFC 7636), refresh tokens used once (RFC 9700 4.14), revocation (RFC
7009), introspection (RFC 7662, for Dovecot) and its own description (RFC 8414). And `browse`, a browser for it.

It is strict where providers are: a code is good once, for its own redirect address and verifier; a refresh token used
twice ends the whole permission. What goes wrong is asked for by `next_sign_in` and `fails`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import ProxyHandler, build_opener

CLIENT = "followup-test-client"
SCOPES = "openid email offline_access https://mail.provider.example/"


@dataclass
class Grant:
    """A permission an owner gave, with the tokens that belong to it."""

    user: str
    scope: str
    revoked: bool = False
    access: set[str] = field(default_factory=set)
    refresh: str = ""


@dataclass
class AuthorizationServer:
    """The server; start it with `with`. `user` is who sits before the browser."""

    user: str = "dana@clearwater.example"
    secret: str = ""
    rotates: bool = True
    seconds: int = 3600
    token_length: int = 32
    next_sign_in: deque[str] = field(default_factory=deque)
    """What goes wrong in the next browsers: denied, wrong_state, expired, silent, no_code, half, other_issuer."""
    fails: deque[tuple[int, str]] = field(default_factory=deque)
    """Answers of the token endpoint in place of the right ones: a status and a body."""
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """Every request with its fields."""

    def __post_init__(self) -> None:
        self._codes: dict[str, dict[str, str]] = {}
        self.grants: list[Grant] = []
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads, self._server.block_on_close = True, False
        self.port = int(self._server.server_address[1])

    @property
    def issuer(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> AuthorizationServer:
        threading.Thread(target=self._server.serve_forever, args=[0.02], name="authorization", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def end_access(self) -> None:
        """Let every access token end before its time; permissions stay."""
        for grant in self.grants:
            grant.access.clear()

    def take_back(self) -> None:
        """End every permission, as the owner can on the provider's page."""
        for grant in self.grants:
            self._end(grant)

    def times(self, grant_type: str) -> int:
        """Return how often tokens were asked for in a way."""
        return sum(1 for path, fields in self.asked if path == "/token" and fields.get("grant_type") == grant_type)

    # What it answers: a status, headers, and a body

    def answer(self, path: str, fields: dict[str, str], bearer: str) -> tuple[int, dict[str, str], Any]:
        """Answer one request."""
        with self._lock:
            self.asked.append((path, fields))
            match path:
                case "/.well-known/oauth-authorization-server":
                    return 200, {}, self._description()
                case "/authorize":
                    return self._authorize(fields)
                case "/token":
                    return self._token(fields)
                case "/revoke":
                    for grant in self.grants:
                        if fields.get("token") in {grant.refresh, *grant.access}:
                            self._end(grant)
                    return 200, {}, ""
                case "/introspect":
                    user = next((grant.user for grant in self.grants if bearer in grant.access), None)
                    return (200, {}, {"active": True, "email": user}) if user else (401, {}, {"active": False})
        return 404, {}, ""

    def _description(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "revocation_endpoint": f"{self.issuer}/revoke",
            "scopes_supported": [*SCOPES.split(), "profile"],
            "code_challenge_methods_supported": ["S256"],
        }

    def _authorize(self, fields: dict[str, str]) -> tuple[int, dict[str, str], Any]:
        back = urlsplit(fields.get("redirect_uri", ""))
        if fields.get("client_id") != CLIENT or back.hostname not in ("127.0.0.1", "localhost") or back.path:
            return 400, {}, "client or redirect address not registered"
        wrong = self.next_sign_in.popleft() if self.next_sign_in else ""
        if wrong == "silent":
            return 200, {}, "an error the owner reads and closes"
        answer = {"state": fields.get("state", ""), "iss": self.issuer}
        if wrong == "denied":
            answer["error"] = "access_denied"
        elif fields.get("response_type") != "code" or fields.get("code_challenge_method") != "S256":
            answer["error"] = "invalid_request"
        elif wrong != "no_code":
            answer["code"] = secrets.token_urlsafe(24)
            scope = "openid email" if wrong == "half" else fields.get("scope", "")
            self._codes[answer["code"]] = {**fields, "scope": scope, "expired": "yes" if wrong == "expired" else ""}
        if wrong == "wrong_state":
            answer["state"] = "somebody-elses"
        if wrong == "other_issuer":
            answer["iss"] = "https://evil.example"
        return 302, {"Location": f"{fields['redirect_uri']}?{urlencode(answer)}"}, ""

    def _token(self, fields: dict[str, str]) -> tuple[int, dict[str, str], Any]:
        if self.fails:
            status, body = self.fails.popleft()
            return status, {}, body
        if fields.get("client_id") != CLIENT or fields.get("client_secret", "") != self.secret:
            return 401, {}, {"error": "invalid_client"}
        if fields.get("grant_type") == "authorization_code":
            return self._for_code(fields)
        return self._for_refresh(fields.get("refresh_token", ""))

    def _for_code(self, fields: dict[str, str]) -> tuple[int, dict[str, str], Any]:
        kept = self._codes.pop(fields.get("code", ""), None)
        digest = hashlib.sha256(fields.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        good = kept is not None and not kept["expired"] and kept["redirect_uri"] == fields.get("redirect_uri")
        if kept is None or not good or not secrets.compare_digest(kept["code_challenge"], challenge):
            return 400, {}, {"error": "invalid_grant"}
        self.grants.append(Grant(self.user, kept["scope"]))
        return self._fresh(self.grants[-1])

    def _for_refresh(self, token: str) -> tuple[int, dict[str, str], Any]:
        for grant in self.grants:
            if grant.refresh == token and not grant.revoked:
                return self._fresh(grant)
            if token.partition(".")[0] == grant.refresh.partition(".")[0]:
                # An old one of this permission: somebody has a copy.
                self._end(grant)
        return 400, {}, {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}

    def _fresh(self, grant: Grant) -> tuple[int, dict[str, str], Any]:
        access = secrets.token_urlsafe(self.token_length)
        grant.access.add(access)
        said: dict[str, Any] = {"access_token": access, "token_type": "Bearer", "expires_in": self.seconds}
        if self.rotates or not grant.refresh:
            family = grant.refresh.partition(".")[0] or secrets.token_urlsafe(8)
            grant.refresh = f"{family}.{secrets.token_urlsafe(24)}"
            said["refresh_token"] = grant.refresh
        return 200, {}, {**said, "scope": grant.scope}

    def _end(self, grant: Grant) -> None:
        grant.revoked = True
        grant.access.clear()


def _handler(owner: AuthorizationServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._go(urlsplit(self.path).query)

        def do_POST(self) -> None:
            self._go(self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode())

        def _go(self, query: str) -> None:
            fields = {key: values[0] for key, values in parse_qs(query, keep_blank_values=True).items()}
            bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
            status, headers, body = owner.answer(urlsplit(self.path).path, fields, bearer)
            raw = (body if isinstance(body, str) else json.dumps(body)).encode()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", "text/plain" if isinstance(body, str) else "application/json")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def browse(url: str) -> str:
    """Open an address as a browser does, following where it leads; return the last page."""
    try:
        with build_opener(ProxyHandler({})).open(url, timeout=10) as page:
            return str(page.read().decode())
    except HTTPError as error:
        with error:
            return str(error.read().decode())
