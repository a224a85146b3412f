"""The world outside, on loopback: https servers for every host of heron.example, a name server, greetings."""

import socket

import pytest

from followup_desktop.mail.discover.model import World
from followup_desktop.mail.discover.world import Greetings, NameServers, Pages
from tests.fakes.certificates import make_certificates
from tests.fakes.name_server import NameServer
from tests.fakes.web_server import WebServer

SECONDS = 5
NAMES = ("autoconfig.heron.example", "autoconfig.keeper.example", "keeper.example", "imap.heron.example")


@pytest.fixture(scope="session")
def certificates(tmp_path_factory):
    return make_certificates(tmp_path_factory.mktemp("certificates"), name="heron.example", also=NAMES)


@pytest.fixture
def names():
    with NameServer({("heron.example", "A"): ["192.0.2.1"]}) as server:
        yield server


@pytest.fixture
def web(certificates):
    with WebServer(certificates) as server:
        yield server


@pytest.fixture
def greeting():
    """Servers that answer a probe: (host, port)."""
    return set()


@pytest.fixture
def world(certificates, names, web, greeting):
    def connect(host, port, seconds):
        if not any(page.startswith(host + "/") for page in web.pages):
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return socket.create_connection(("127.0.0.1", web.port), seconds)

    return World(
        Pages(SECONDS, connect, str(certificates.authority)),
        NameServers(SECONDS, names.at),
        lambda server, protocol: (server.host, server.port) in greeting,
        SECONDS,
    )


@pytest.fixture
def greetings(certificates):
    """The real probe, with every name on this computer."""
    ports = {}

    def connect(host, port, seconds):
        return socket.create_connection(("127.0.0.1", ports[port]), seconds)

    probe = Greetings(SECONDS, connect, str(certificates.authority))
    probe.ports = ports
    return probe
