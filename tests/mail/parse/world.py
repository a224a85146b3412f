"""A small world for received mail: Dana's account, two customers, and what was sent to them."""

from datetime import date
from email.message import EmailMessage
from types import MappingProxyType

from followup_desktop.mail.parse.classify import classify
from followup_desktop.mail.parse.model import Known
from followup_desktop.mail.parse.reading import read_mail

DANA = "dana@blueheron.example"
SENT = "<a1b2c3@blueheron.example>"
TEXT = "Hi Priya,\n\nOn 6 November we missed your visit, and I am still sorry about that.\n\nHas the water been clear?\n\nDana"


class World:
    """Priya is customer 7 and got message 70; Carl is customer 8 and got nothing."""

    customers = MappingProxyType({"priya@nair.example": 7, "carl@jensen.example": 8})
    sent = Known(70, 7, "priya@nair.example", TEXT, "The visit")

    def is_ours(self, address):
        return address == DANA

    def customer_of(self, address):
        return self.customers.get(address)

    def message_of(self, message_id):
        return self.sent if message_id == SENT else None

    def sent_to(self, address):
        return [self.sent] if address == self.sent.to_address else []


def found_in(raw):
    """Return what a message is found to be in that world."""
    return classify(read_mail(raw), World(), date(2026, 11, 23))


def both(text, html):
    """Return a message of Priya's with a plain and an HTML part, or with the one that is given."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Priya Nair <priya@nair.example>", DANA, "Re: The visit"
    if text:
        message.set_content(text)
    if html:
        (message.add_alternative if text else message.set_content)(f"<html><body>{html}</body></html>", subtype="html")
    return message.as_bytes()


def letter(text, sender="Priya Nair <priya@nair.example>", subject="Re: The visit", **headers):
    """Return a message as bytes; `In_Reply_To=…` becomes the header In-Reply-To."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, DANA, subject
    message["Date"] = "Mon, 23 Nov 2026 14:00:00 +0000"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def report(
    fields,
    text="This is the mail system at host mx.example.\n\nYour message could not be delivered.",
    sender="MAILER-DAEMON@mx.example",
    returned=SENT,
):
    """Return a delivery report (RFC 3464) as bytes."""
    return f"""From: Mail Delivery System <{sender}>
To: {DANA}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=us-ascii

{text}

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

{fields}

--b
Content-Type: text/rfc822-headers

From: Dana <{DANA}>
To: priya@nair.example
Message-ID: {returned}
Subject: The visit

--b--
""".encode()
