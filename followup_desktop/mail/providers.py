"""What is known of mail providers. One line each: correct it here when a provider changes something.

A server without a port is encrypted from the start (993 to read, 465 to send); 587 and 143 mean STARTTLS.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from followup_desktop.mail.account import Server

Kind = Literal["password", "app_password", "oauth", "none"]
"""How to sign in: the usual password, one made for programs, in the browser, or not at all."""


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider: its servers, how to sign in (`page` is the exact page to visit), and its habits.

    `domains` are those of its addresses; `mx` ends of the names of its mail exchangers, by which a business domain
    kept there is known. `per_day` is how many messages it lets one account send. `also` is another way to sign in.
    """

    name: str
    domains: str
    imap: str
    smtp: str
    kind: Kind = "password"
    page: str = ""
    words: str = ""
    mx: str = ""
    per_day: int | None = None
    files_sent: bool | None = None
    also: Kind | None = None
    user: Literal["address", "local"] = "address"

    def servers(self) -> tuple[Server, Server] | None:
        """Return where to read and where to send, or None for a provider no program can use."""
        if self.kind == "none":
            return None
        return _server(self.imap, 993), _server(self.smtp, 465)


GOOGLE_PAGE = "https://myaccount.google.com/apppasswords"
GOOGLE = (
    "{name} wants an app password: sixteen letters made for one program. Turn on 2-Step Verification in your Google "
    "account if it is off, make an app password on this page, and paste it here."
)
MICROSOFT = "{name} takes no passwords from programs: you sign in once in your browser."
YAHOO = "{name} wants an app password. On this page choose “Generate app password”, and paste it here."
SWITCH_ON = "{name} lets programs in only once you have allowed it: switch on POP3 and IMAP on this page."
TWO_STEP = "Use your usual password; with two-step sign-in {name} wants an app password, made on this page."
ZOHO = " IMAP has to be on in Zoho Mail's settings."
OWN_PASSWORD = "{name} has a password of its own for mail programs: set it on this page, and use it here."

MICROSOFT_DOMAINS = (
    "outlook.com hotmail.com live.com msn.com windowslive.com passport.com outlook.at outlook.be "
    "outlook.cl outlook.com.ar outlook.com.au outlook.com.br outlook.com.gr outlook.com.pe outlook.com.tr "
    "outlook.com.vn outlook.co.id outlook.co.il outlook.co.th outlook.cz outlook.de outlook.dk outlook.es "
    "outlook.fr outlook.hu outlook.ie outlook.in outlook.it outlook.jp outlook.kr outlook.lv outlook.my "
    "outlook.ph outlook.pt outlook.sa outlook.sg outlook.sk hotmail.be hotmail.ca hotmail.ch hotmail.cl "
    "hotmail.co.il hotmail.co.jp hotmail.co.kr hotmail.co.nz hotmail.co.th hotmail.co.uk hotmail.co.za "
    "hotmail.com.ar hotmail.com.au hotmail.com.br hotmail.com.hk hotmail.com.mx hotmail.com.tr "
    "hotmail.com.tw hotmail.com.vn hotmail.cz hotmail.de hotmail.dk hotmail.es hotmail.fi hotmail.fr "
    "hotmail.gr hotmail.hu hotmail.it hotmail.lt hotmail.lv hotmail.my hotmail.nl hotmail.no hotmail.ph "
    "hotmail.rs hotmail.se hotmail.sg hotmail.sk live.at live.be live.ca live.ch live.cl live.cn "
    "live.co.kr live.co.uk live.co.za live.com.ar live.com.au live.com.mx live.com.my live.com.ph "
    "live.com.pt live.com.sg live.com.ve live.de live.dk live.fi live.fr live.hk live.ie live.in live.it "
    "live.jp live.nl live.no live.ph live.ru live.se"
)
YAHOO_DOMAINS = (
    "yahoo.com ymail.com rocketmail.com myyahoo.com yahoo.at yahoo.be yahoo.ca yahoo.com.ar yahoo.com.au "
    "yahoo.com.br yahoo.com.co yahoo.com.hk yahoo.com.mx yahoo.com.my yahoo.com.pe yahoo.com.ph "
    "yahoo.com.sg yahoo.com.tr yahoo.com.tw yahoo.com.ve yahoo.com.vn yahoo.co.id yahoo.co.il yahoo.co.in "
    "yahoo.co.kr yahoo.co.nz yahoo.co.th yahoo.co.uk yahoo.co.za yahoo.cl yahoo.cz yahoo.de yahoo.dk "
    "yahoo.es yahoo.fi yahoo.fr yahoo.gr yahoo.hu yahoo.ie yahoo.in yahoo.it yahoo.nl yahoo.no yahoo.pl "
    "yahoo.pt yahoo.ro yahoo.se"
)

PROVIDERS: tuple[Provider, ...] = (
    # The large ones
    Provider("Gmail", "gmail.com googlemail.com", "imap.gmail.com", "smtp.gmail.com", "app_password", GOOGLE_PAGE,
        GOOGLE, per_day=500, files_sent=True, also="oauth"),
    Provider("Google Workspace", "", "imap.gmail.com", "smtp.gmail.com", "app_password", GOOGLE_PAGE,
        GOOGLE + " If the page says that it is not available, whoever runs your Google Workspace has to allow it.",
        "google.com googlemail.com", 2000, True, "oauth"),
    Provider("Outlook.com", MICROSOFT_DOMAINS, "outlook.office365.com", "smtp-mail.outlook.com:587", "oauth",
        "https://outlook.live.com/mail/0/options/mail/accounts",
        MICROSOFT + " IMAP has to be on in Outlook's settings, under “Forwarding and IMAP”.",
        "olc.protection.outlook.com", 300, True),
    Provider("Microsoft 365", "onmicrosoft.com", "outlook.office365.com", "smtp.office365.com:587", "oauth",
        "https://outlook.office.com/mail/", MICROSOFT + " If sending is refused, whoever runs your Microsoft 365 has "
        "to allow “Authenticated SMTP” for your mailbox.", "mail.protection.outlook.com mx.microsoft", 10000, True),
    Provider("Yahoo", YAHOO_DOMAINS, "imap.mail.yahoo.com", "smtp.mail.yahoo.com", "app_password",
        "https://login.yahoo.com/account/security", YAHOO, "yahoodns.net", 500),
    Provider("Yahoo Japan", "yahoo.co.jp ymail.ne.jp", "imap.mail.yahoo.co.jp", "smtp.mail.yahoo.co.jp",
        page="https://mail.yahoo.co.jp/", words=SWITCH_ON),
    Provider("AOL", "aol.com aim.com verizon.net aol.co.uk aol.de aol.fr", "imap.aol.com", "smtp.aol.com",
        "app_password", "https://login.aol.com/account/security", YAHOO, per_day=500),
    Provider("AT&T", "att.net sbcglobal.net bellsouth.net ameritech.net pacbell.net swbell.net snet.net flash.net "
        "nvbell.net prodigy.net wans.net", "imap.mail.att.net", "smtp.mail.att.net", "app_password",
        "https://www.att.com/acctmgmt/profile", "AT&T wants a “secure mail key”: make one on this page, under sign-in "
        "info, and paste it here."),
    Provider("iCloud", "icloud.com me.com mac.com", "imap.mail.me.com", "smtp.mail.me.com:587", "app_password",
        "https://account.apple.com/account/manage", "iCloud wants an app-specific password: on this page, under "
        "“Sign-In and Security”, make one, and paste it here. With a domain of your own, sign in with the iCloud "
        "address.", "mail.icloud.com", 1000),
    Provider("Fastmail", "fastmail.com fastmail.fm fastmail.net fastmail.org fastmail.co.uk fastmail.de fastmail.es "
        "fastmail.fr fastmail.jp fastmail.us fastmail.com.au sent.com fastimap.com mailworks.org", "imap.fastmail.com",
        "smtp.fastmail.com", "app_password", "https://app.fastmail.com/settings/security/apps",
        "Fastmail wants an app password: make one on this page for “Mail (IMAP and SMTP)”, and paste it here.",
        "messagingengine.com", 4000),
    # Who keeps domains for small businesses
    Provider("Zoho Mail", "zohomail.com zoho.com", "imap.zoho.com", "smtp.zoho.com", "app_password",
        "https://accounts.zoho.com/home#security/app_password", TWO_STEP + ZOHO,
        "zoho.com zohomail.com", 500),
    Provider("Zoho Mail (EU)", "zohomail.eu zoho.eu", "imap.zoho.eu", "smtp.zoho.eu", "app_password",
        "https://accounts.zoho.eu/home#security/app_password", TWO_STEP + ZOHO,
        "zoho.eu zohomail.eu", 500),
    Provider("Zoho Mail (India)", "zohomail.in zoho.in", "imap.zoho.in", "smtp.zoho.in", "app_password",
        "https://accounts.zoho.in/home#security/app_password", TWO_STEP + ZOHO,
        "zoho.in zohomail.in", 500),
    Provider("GoDaddy Workspace", "", "imap.secureserver.net", "smtpout.secureserver.net", mx="secureserver.net",
        per_day=500),
    Provider("Rackspace", "", "secure.emailsrvr.com", "secure.emailsrvr.com", mx="emailsrvr.com", per_day=10000),
    Provider("Namecheap Private Email", "", "mail.privateemail.com", "mail.privateemail.com", mx="privateemail.com"),
    Provider("Hostinger", "", "imap.hostinger.com", "smtp.hostinger.com", mx="hostinger.com"),
    Provider("Titan", "", "imap.titan.email", "smtp.titan.email", mx="titan.email"),
    Provider("IONOS", "ionos.com", "imap.ionos.com", "smtp.ionos.com", mx="ionos.com 1and1.com perfora.net"),
    Provider("IONOS (Europe)", "online.de onlinehome.de", "imap.ionos.de", "smtp.ionos.de",
        mx="ionos.de ionos.co.uk ionos.fr ionos.es kundenserver.de"),
    Provider("STRATO", "", "imap.strato.de", "smtp.strato.de", mx="rzone.de strato.de"),
    Provider("OVHcloud", "ovh.fr", "ssl0.ovh.net", "ssl0.ovh.net", mx="ovh.net", per_day=200),
    Provider("Gandi", "", "mail.gandi.net", "mail.gandi.net", mx="gandi.net"),
    Provider("Infomaniak", "ik.me ikmail.com etik.com", "mail.infomaniak.com", "mail.infomaniak.com", "app_password",
        "https://manager.infomaniak.com/v3/ng/profile/user/connection-history/application-password", TWO_STEP,
        "infomaniak.ch infomaniak.com ikmail.com"),
    Provider("DreamHost", "", "imap.dreamhost.com", "smtp.dreamhost.com", mx="dreamhost.com"),
    Provider("Migadu", "", "imap.migadu.com", "smtp.migadu.com", mx="migadu.com"),
    Provider("Aruba", "aruba.it technet.it", "imaps.aruba.it", "smtps.aruba.it", mx="aruba.it"),
    Provider("Proton Mail", "proton.me protonmail.com protonmail.ch pm.me", "127.0.0.1:1143", "127.0.0.1:1025",
        "app_password", "https://proton.me/mail/bridge", "Proton Mail is read through its Bridge, a program of theirs "
        "on this computer. Start it and use the password that the Bridge shows for this address.", "protonmail.ch"),
    Provider("Tuta", "tuta.com tuta.io tutanota.com tutanota.de tutamail.com keemail.me", "", "", "none",
        "https://tuta.com/support", "Tuta lets no other program in. Messages open filled in, for you to copy.",
        "tutanota.de"),
    Provider("HEY", "hey.com", "", "", "none", "https://hey.com/", "HEY lets no other program in. Messages open filled "
        "in, for you to copy.", "hey.com"),
    Provider("Hushmail", "hushmail.com hush.com hush.ai hushmail.me", "imap.hushmail.com", "smtp.hushmail.com",
        mx="hushmail.com"),
    Provider("Mailfence", "mailfence.com", "imap.mailfence.com", "smtp.mailfence.com", mx="mailfence.com"),
    Provider("Runbox", "runbox.com", "mail.runbox.com", "mail.runbox.com", mx="runbox.com"),
    # Mailboxes of countries and of those who sell the connection
    Provider("GMX", "gmx.de gmx.net gmx.at gmx.ch", "imap.gmx.net", "mail.gmx.net",
        page="https://hilfe.gmx.net/pop-imap/einschalten.html", words=SWITCH_ON, mx="gmx.net", per_day=500),
    Provider("GMX", "gmx.com gmx.us gmx.co.uk gmx.es gmx.fr", "imap.gmx.com", "mail.gmx.com",
        page="https://support.gmx.com/pop-imap/toggle.html", words=SWITCH_ON, mx="gmx.com", per_day=500),
    Provider("WEB.DE", "web.de", "imap.web.de", "smtp.web.de", page="https://hilfe.web.de/pop-imap/einschalten.html",
        words=SWITCH_ON, per_day=500),
    Provider("mail.com", "mail.com email.com usa.com consultant.com", "imap.mail.com", "smtp.mail.com",
        page="https://support.mail.com/pop-imap/toggle.html", words=SWITCH_ON),
    Provider("Telekom", "t-online.de magenta.de", "secureimap.t-online.de", "securesmtp.t-online.de", "app_password",
        "https://account.idm.telekom.com/account-manager/", OWN_PASSWORD),
    Provider("freenet", "freenet.de", "mx.freenet.de", "mx.freenet.de:587"),
    Provider("Posteo", "posteo.de posteo.net posteo.org", "posteo.de", "posteo.de"),
    Provider("mailbox.org", "mailbox.org", "imap.mailbox.org", "smtp.mailbox.org", mx="mailbox.org"),
    Provider("Swisscom", "bluewin.ch", "imaps.bluewin.ch", "smtpauths.bluewin.ch"),
    Provider("Xfinity", "comcast.net", "imap.comcast.net", "smtp.comcast.net:587",
        page="https://connect.xfinity.com/", words="Xfinity lets programs in only once you have allowed it: in its "
        "mail settings, under Security, allow access for other programs."),
    Provider("Spectrum", "charter.net spectrum.net", "mobile.charter.net", "mobile.charter.net:587"),
    Provider("Shaw", "shaw.ca", "imap.shaw.ca", "mail.shaw.ca:587"),
    Provider("Videotron", "videotron.ca", "imap.videotron.ca", "smtp.videotron.ca:587"),
    Provider("BT", "btinternet.com btopenworld.com", "mail.btinternet.com", "mail.btinternet.com"),
    Provider("Virgin Media", "virginmedia.com blueyonder.co.uk ntlworld.com virgin.net", "imap.virginmedia.com",
        "smtp.virginmedia.com"),
    Provider("TalkTalk", "talktalk.net", "mail.talktalk.net", "mail.talktalk.net:587"),
    Provider("Telstra", "bigpond.com bigpond.net.au telstra.com", "imap.telstra.com", "smtp.telstra.com"),
    Provider("Xtra", "xtra.co.nz", "imap.xtra.co.nz", "smtp.xtra.co.nz"),
    Provider("Orange", "orange.fr wanadoo.fr", "imap.orange.fr", "smtp.orange.fr"),
    Provider("Free", "free.fr", "imap.free.fr", "smtp.free.fr"),
    Provider("SFR", "sfr.fr neuf.fr", "imap.sfr.fr", "smtp.sfr.fr"),
    Provider("La Poste", "laposte.net", "imap.laposte.net", "smtp.laposte.net"),
    Provider("Libero", "libero.it iol.it blu.it giallo.it", "imapmail.libero.it", "smtp.libero.it"),
    Provider("KPN", "kpnmail.nl planet.nl hetnet.nl kpnplanet.nl", "imap.kpnmail.nl", "smtp.kpnmail.nl:587"),
    Provider("Telenet", "telenet.be", "imap.telenet.be", "smtp.telenet.be:587"),
    Provider("Seznam", "seznam.cz email.cz post.cz", "imap.seznam.cz", "smtp.seznam.cz"),
    Provider("WP", "wp.pl", "imap.wp.pl", "smtp.wp.pl"),
    Provider("Onet", "onet.pl op.pl vp.pl onet.eu", "imap.poczta.onet.pl", "smtp.poczta.onet.pl"),
    Provider("UOL", "uol.com.br", "imap.uol.com.br", "smtps.uol.com.br:587"),
    Provider("Yandex", "yandex.com yandex.ru ya.ru", "imap.yandex.com", "smtp.yandex.com", "app_password",
        "https://id.yandex.com/security/app-passwords", "Yandex wants an app password: make one for mail on this page, "
        "and paste it here.", "mx.yandex.net"),
    Provider("Mail.ru", "mail.ru bk.ru inbox.ru list.ru", "imap.mail.ru", "smtp.mail.ru", "app_password",
        "https://account.mail.ru/user/2-step-auth/passwords/", "Mail.ru wants a password made for other programs: make "
        "one on this page, and paste it here."),
    Provider("QQ Mail", "qq.com foxmail.com", "imap.qq.com", "smtp.qq.com", "app_password", "https://mail.qq.com/",
        "QQ Mail wants an authorization code: switch on IMAP in its settings, under Account, and paste the code here."),
    Provider("Naver", "naver.com", "imap.naver.com", "smtp.naver.com:587", page="https://mail.naver.com/",
        words="Naver lets programs in only once you have allowed it: switch on IMAP/SMTP in its mail settings."),
)  # fmt: skip


def provider_of(domain: str) -> Provider | None:
    """Return the provider whose addresses end in this domain."""
    wanted = domain.casefold()
    return _by_domain().get("onmicrosoft.com" if wanted.endswith(".onmicrosoft.com") else wanted)


def provider_at(exchanger: str) -> Provider | None:
    """Return the provider a mail exchanger belongs to."""
    name = "." + exchanger.rstrip(".").casefold()
    for provider in PROVIDERS:
        if any(name.endswith("." + end) for end in provider.mx.split()):
            return provider
    return None


def provider_sending_at(host: str) -> Provider | None:
    """Return the provider a mail server belongs to: it has the very name, or one of the same domain."""
    name = host.rstrip(".").casefold()
    own = [p for p in PROVIDERS if name in (p.imap.partition(":")[0], p.smtp.partition(":")[0])]
    near = [p for p in PROVIDERS if name.endswith(tuple(f".{end}" for end in _ends(p)))]
    return next((p for p in (*own, *near) if not name.startswith("127.")), None)


def _ends(provider: Provider) -> set[str]:
    """Return the domains of a provider's servers; googlemail.com is Gmail's too."""
    hosts = [server.partition(":")[0].split(".")[-2:] for server in (provider.imap, provider.smtp) if server]
    ends = {".".join(labels) for labels in hosts if len(labels) == 2 and labels[0] not in ("co", "com", "net")}
    return ends | set(provider.domains.split())


def known_domains() -> list[str]:
    """Return the domains of all providers, to find a typing mistake with."""
    return list(_by_domain())


@cache
def _by_domain() -> dict[str, Provider]:
    return {domain: provider for provider in PROVIDERS for domain in provider.domains.split()}


def _server(text: str, usual: int) -> Server:
    host, colon, port = text.partition(":")
    number = int(port) if colon else usual
    return Server(host, number, "tls" if number in (993, 465) else "starttls")
