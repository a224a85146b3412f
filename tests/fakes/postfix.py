"""A throw-away Postfix on loopback (root only), so that delivery reports are real ones.

What is for the owner's domain goes to Dovecot by LMTP; everything else goes to a relay that takes or refuses it by
recipient, as the mail servers of customers do. Debian: apt-get install postfix dovecot-lmtpd
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from tests.fakes.dovecot import free_port

MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/postfix.log
maillog_file_prefixes = {folder}
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = mx.clearwater.example
myorigin = clearwater.example
mydestination =
local_recipient_maps =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
smtpd_peername_lookup = no
smtp_host_lookup = native
smtp_dns_support_level = disabled
relayhost = [127.0.0.1]:{relay_port}
virtual_mailbox_domains = clearwater.example
virtual_mailbox_maps = static:all
virtual_transport = lmtp:inet:127.0.0.1:{lmtp_port}
smtpd_relay_restrictions = permit_mynetworks, reject
"""
MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
flush unix n - n 1000? 0 flush
postlog unix-dgram n - n - 1 postlogd
"""


def installed() -> str:
    """Return what keeps Postfix from running here, or nothing."""
    there = shutil.which("postfix", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if not there or not Path("/usr/lib/dovecot/lmtp").exists():
        return "Postfix or Dovecot's LMTP"
    return ""


@dataclass
class Postfix:
    """The server. `refuses` says, by recipient, what the relay answers; all others are taken."""

    lmtp_port: int
    refuses: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="postfix-"))
        self.port = free_port()

    def __enter__(self) -> Postfix:
        self._relay = Controller(_Relay(self.refuses), hostname="127.0.0.1", port=free_port())
        self._relay.start()
        for name in ("conf", "queue", "data"):
            (self.folder / name).mkdir()
        for folder in (self.folder, self.folder / "conf", self.folder / "queue"):
            folder.chmod(0o755)
        os.chown(self.folder / "data", pwd.getpwnam("postfix").pw_uid, -1)
        told = {"folder": self.folder, "relay_port": self._relay.port, "lmtp_port": self.lmtp_port, "port": self.port}
        (self.folder / "conf/main.cf").write_text(MAIN.format(**told))
        (self.folder / "conf/master.cf").write_text(MASTER.format(**told))
        self._postfix("start")
        self._wait_until_it_greets()
        return self

    def __exit__(self, *_: object) -> None:
        self._postfix("stop")
        self._relay.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _postfix(self, word: str) -> None:
        done = subprocess.run(
            ["/usr/sbin/postfix", "-c", str(self.folder / "conf"), word], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(done.stdout + done.stderr)

    def _wait_until_it_greets(self) -> None:
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1) as line:
                if line.recv(100).startswith(b"220"):
                    return
            threading.Event().wait(0.05)
        raise RuntimeError("Postfix did not start: " + (self.folder / "postfix.log").read_text())


@dataclass
class _Relay:
    refuses: Mapping[str, str]

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, _envelope: Any) -> str:
        return "250 taken"
