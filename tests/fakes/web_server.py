"""An https server on loopback with a certificate of a test's own; it notes every request, headers and all."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.fakes.certificates import Certificates


class WebServer:
    """Answers from `pages`: "host/path" to bytes, or to a place it sends on to."""

    def __init__(self, certificates: Certificates) -> None:
        self.pages: dict[str, bytes | str] = {}
        self.requests: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.requests.append(f"{self.requestline}\n{self.headers}")
                page = outer.pages.get(f"{self.headers['Host'].partition(':')[0]}{self.path}")
                self.send_response(404 if page is None else 302 if isinstance(page, str) else 200)
                if isinstance(page, str):
                    self.send_header("Location", page)
                self.end_headers()
                if isinstance(page, bytes):
                    self.wfile.write(page)

            def log_message(self, *_: object) -> None:
                pass

        class Quiet(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                pass

        self._server = Quiet(("127.0.0.1", 0), Handler)
        self._server.socket = certificates.server_context().wrap_socket(
            self._server.socket, server_side=True, do_handshake_on_connect=False
        )
        self.port = self._server.server_port

    def __enter__(self) -> WebServer:
        self._thread = threading.Thread(target=self._server.serve_forever, args=[0.02], name="web-server", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)
