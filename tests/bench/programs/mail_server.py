"""An SMTP server of its own process, for measuring: prints its port and serves until its input ends."""

from __future__ import annotations

import sys

from tests.fakes.smtp_server import SmtpServer


def main() -> None:
    """Serve."""
    with SmtpServer() as server:
        print(server.port, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
