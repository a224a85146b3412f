"""A throw-away Dovecot on loopback, as a real IMAP server for the tests. Debian: apt-get install dovecot-imapd.

Runs as root (mail belongs to the user `mail`) and as an ordinary user. Every user name is let in with
the one password, so that each test has a mailbox of its own without restarting anything.
"""

from __future__ import annotations

import contextlib
import getpass
import grp
import imaplib
import os
import pwd
import re
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.fakes.certificates import Certificates, make_certificates

PASSWORD = 'secret pässword \\ "1"'
ENGLISH = {"Drafts": r"\Drafts", "Sent": r"\Sent", "Trash": r"\Trash", "Junk": r"\Junk"}
"""Folders made by themselves in each mailbox, and what each is for."""
GERMAN = {"Entwürfe": None, "Gesendete Objekte": None, "Papierkorb": None}
"""The same as a server makes them that knows no special uses."""

CONFIGURATION = r"""
base_dir = {folder}/run
state_dir = {folder}/state
instance_name = followup-{imap_port}
log_path = {folder}/dovecot.log
protocols = imap{lmtp}
listen = 127.0.0.1
{as_ordinary_user}
ssl = yes
ssl_cert = <{certificates.certificate}
ssl_key = <{certificates.key}
ssl_dh =
disable_plaintext_auth = no
auth_mechanisms = plain login{oauth_mechanisms}
auth_failure_delay = 0
mail_location = maildir:~/Maildir
mail_fsync = never
first_valid_uid = 1
first_valid_gid = 1
mail_plugins = $mail_plugins quota
{oauth}
passdb {{
  driver = passwd-file
  mechanisms = plain login
  args = scheme=PLAIN username_format={everyone} {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home/%u allow_all_users=yes
}}
namespace inbox {{
  inbox = yes
  separator = {separator}
  prefix = {prefix}
{mailboxes}
}}
protocol imap {{
  mail_max_userip_connections = 50
  mail_plugins = $mail_plugins imap_quota
}}
plugin {{
  quota = maildir:User quota
  quota_rule = *:storage={quota}
}}
service imap-login {{
  inet_listener imap {{
    port = {imap_port}
  }}
  inet_listener imaps {{
    port = {imaps_port}
    ssl = yes
  }}
  {no_chroot}
}}
{lmtp_service}
service stats {{
  {no_chroot}
}}
service anvil {{
  {no_chroot}
  # Without this a wrong password makes the next sign-in wait.
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
"""

OAUTH = """
passdb {{
  driver = oauth2
  mechanisms = {mechanisms}
  args = {folder}/oauth2.conf.ext
}}
"""
INTROSPECTION = """
introspection_mode = auth
introspection_url = {url}
username_attribute = email
username_format = %u
active_attribute = active
active_value = true
timeout_msecs = 3000
"""


LMTP = """
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {port}
  }}
}}
protocol lmtp {{
  postmaster_address = postmaster@clearwater.example
}}
"""


@dataclass(frozen=True)
class Stored:
    """A message as it lies on the server."""

    uid: int
    flags: frozenset[str]
    raw: bytes


def installed() -> str | None:
    """Return where Dovecot is, or None."""
    return shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin")


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Dovecot:
    """The server: start it with `with`, look into its mailboxes with `messages`."""

    special: Mapping[str, str | None] = field(default_factory=lambda: ENGLISH)
    separator: str = "/"
    prefix: str = ""
    quota: str = "1G"
    certificate_for: str = "localhost"
    expired: bool = False
    password: str = PASSWORD
    introspection_url: str = ""
    """Where it asks whether a pass of a sign-in in the browser is good; it takes none without."""
    mechanisms: str = "xoauth2 oauthbearer"
    lmtp: bool = False
    """Whether it takes mail from another server too (Debian: dovecot-lmtpd)."""

    def __post_init__(self) -> None:
        # Not pytest's tmp_path: that is 0700, and Dovecot's mail user could not enter it.
        self.folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
        self.folder.chmod(0o755)
        self.certificates: Certificates = make_certificates(
            self.folder, name=self.certificate_for, expired=self.expired
        )
        self.imap_port, self.imaps_port, self.lmtp_port = free_port(), free_port(), free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._configure()

    def _configure(self) -> None:
        root = os.geteuid() == 0
        owner = pwd.getpwnam("mail") if root else pwd.getpwuid(os.geteuid())
        me, group = getpass.getuser(), grp.getgrgid(os.getegid()).gr_name
        lines = [
            f'  mailbox "{name}" {{\n    auto = subscribe\n    {f"special_use = {use}" if use else ""}\n  }}'
            for name, use in self.special.items()
        ]
        text = CONFIGURATION.format(
            folder=self.folder,
            certificates=self.certificates,
            as_ordinary_user=""
            if root
            else f"default_internal_user = {me}\ndefault_internal_group = {group}\ndefault_login_user = {me}",
            no_chroot="" if root else "chroot =",
            everyone="everyone",
            oauth_mechanisms=f" {self.mechanisms}" if self.introspection_url else "",
            oauth=OAUTH.format(folder=self.folder, mechanisms=self.mechanisms) if self.introspection_url else "",
            uid=owner.pw_uid,
            gid=owner.pw_gid,
            separator=self.separator,
            prefix=self.prefix,
            quota=self.quota,
            mailboxes="\n".join(lines),
            lmtp=" lmtp" if self.lmtp else "",
            lmtp_service=LMTP.format(port=self.lmtp_port) if self.lmtp else "",
            imap_port=self.imap_port,
            imaps_port=self.imaps_port,
        )
        (self.folder / "dovecot.conf").write_text(text, encoding="utf-8")
        (self.folder / "users").write_text(f"everyone:{{PLAIN}}{self.password}\n", encoding="utf-8")
        (self.folder / "oauth2.conf.ext").write_text(INTROSPECTION.format(url=self.introspection_url))
        home = self.folder / "home"
        home.mkdir()
        os.chown(home, owner.pw_uid, owner.pw_gid)

    def start(self) -> None:
        """Start the server and return once it greets."""
        command = [installed() or "dovecot", "-F", "-c", str(self.folder / "dovecot.conf")]
        if ends_with_us := shutil.which("setpriv"):
            command = [ends_with_us, "--pdeathsig", "TERM", "--", *command]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for _ in range(200):
            if self._process.poll() is not None:
                assert self._process.stderr is not None
                raise RuntimeError(self._process.stderr.read().decode())
            if self._greets():
                return
            threading.Event().wait(0.05)
        self.stop()
        raise RuntimeError("Dovecot did not start: " + (self.folder / "dovecot.log").read_text())

    def _greets(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.imap_port), 1) as line:
            return line.recv(100).startswith(b"* OK")
        return False

    def stop(self) -> None:
        """Stop the server and cut every connection; its mail stays for `start`."""
        if self._process is None:
            return
        processes = self._processes()
        self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
        self._end(processes)

    def _processes(self) -> list[psutil.Process]:
        assert self._process is not None
        try:
            master = psutil.Process(self._process.pid)
            return [master, *master.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def _end(self, processes: list[psutil.Process]) -> None:
        """End what is left, such as the processes of connections that are still open."""
        assert self._process is not None
        for process in processes:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        self._process.wait(10)
        assert self._process.stderr is not None
        self._process.stderr.close()
        self._process = None

    def restart(self) -> None:
        """Stop and start: every connection is cut, every message stays."""
        self.stop()
        self.start()

    @contextlib.contextmanager
    def frozen(self) -> Iterator[None]:
        """Let the server accept connections and say nothing, as a machine does that hangs."""
        processes = self._processes()
        for process in processes:
            process.suspend()
        try:
            yield
        finally:
            for process in processes:
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.resume()

    def __enter__(self) -> Dovecot:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._end(self._processes())
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextlib.contextmanager
    def signed_in(self, user: str) -> Iterator[imaplib.IMAP4]:
        """Sign in with the standard library, so that tests read back by another way than the program writes."""
        context = ssl.create_default_context(cafile=str(self.certificates.authority))
        context.check_hostname = False
        client = imaplib.IMAP4_SSL("127.0.0.1", self.imaps_port, ssl_context=context, timeout=20)
        plain = b"\0" + user.encode() + b"\0" + self.password.encode()
        client.authenticate("PLAIN", lambda _challenge: plain)
        try:
            yield client
        finally:
            client.logout()

    def messages(self, user: str, folder: str = "INBOX") -> list[Stored]:
        """Return everything in a folder, oldest first; nothing is marked as read."""
        with self.signed_in(user) as client:
            answer, _ = client.select(_quoted(folder), readonly=True)
            assert answer == "OK", f"no folder {folder}"
            _, parts = client.uid("FETCH", "1:*", "(UID FLAGS BODY.PEEK[])")
        return [_stored(part) for part in parts if isinstance(part, tuple)]

    def deliver(self, user: str, raw: bytes, folder: str = "INBOX", flags: str = "") -> None:
        """Put a message into a folder, as the server itself or another program would."""
        with self.signed_in(user) as client:
            answer, text = client.append(_quoted(folder), flags, "", raw)
            assert answer == "OK", text

    def folders(self, user: str) -> list[str]:
        """Return the names of the folders, as they are on the wire."""
        with self.signed_in(user) as client:
            _, lines = client.list()
        return [line.decode().rsplit(' "/" ', 1)[-1].strip('"') for line in lines if isinstance(line, bytes)]


def _quoted(folder: str) -> str:
    from imap_tools.imap_utf7 import utf7_encode

    return '"' + utf7_encode(folder).decode() + '"'


def _stored(part: tuple[bytes, bytes]) -> Stored:
    uid = re.search(rb"UID (\d+)", part[0])
    flags = re.search(rb"FLAGS \(([^)]*)\)", part[0])
    assert uid is not None
    assert flags is not None
    return Stored(int(uid[1]), frozenset(flags[1].decode().split()), part[1])
