"""Signing in through the browser, against a real authorization server, a real Dovecot and a real SMTP server."""

import threading
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from followup_desktop.base.errors import Problem
from followup_desktop.mail import imap, oauth, sasl, smtp
from followup_desktop.mail.account import AccessToken, Server
from followup_desktop.mail.authorities import AUTHORITIES, GOOGLE, MICROSOFT, authority_of, check_url
from followup_desktop.mail.oauth import Client, Limits, SignIn
from followup_desktop.mail.troubles import NotReached, SignInAgain, SignInRefused
from tests.fakes.authorization_server import CLIENT, browse
from tests.mailservers import IMPATIENT, account_on

BRISK = Limits(browser=5, answer=5)
US = Client(CLIENT)


@pytest.fixture
def authority(authorization):
    return oauth.find_authority(authorization.issuer)


def never():
    return False


def signed_in(authority, client=US, limits=BRISK):
    with SignIn(authority, client, "dana@clearwater.example", limits) as flow:
        threading.Thread(target=browse, args=[flow.url], daemon=True).start()
        return flow.wait(never)


def refusal(authority, **more):
    with pytest.raises(Problem) as caught:
        signed_in(authority, **more)
    return caught.value


def test_the_owner_signs_in_in_the_browser_and_a_permission_comes_back(authorization, authority):
    tokens = signed_in(authority)
    assert tokens.refresh == authorization.grants[0].refresh
    assert tokens.access in authorization.grants[0].access
    assert tokens.seconds == 3600
    assert authorization.grants[0].scope == "openid email offline_access https://mail.provider.example/"


def test_what_is_asked_for_is_what_rfc_8252_wants(authority):
    with (
        SignIn(authority, US, "dana@clearwater.example") as one,
        SignIn(authority, US, "dana@clearwater.example") as two,
    ):
        asked = [parse_qs(urlsplit(flow.url).query) for flow in (one, two)]
    first, second = asked
    assert first["code_challenge_method"] == ["S256"]
    assert first["redirect_uri"][0].startswith("http://127.0.0.1:")
    assert first["login_hint"] == ["dana@clearwater.example"]
    for secret in ("state", "code_challenge", "redirect_uri"):
        assert first[secret] != second[secret], secret
    assert len(first["state"][0]) >= 43


def test_the_listener_hears_this_computer_only_and_answers_nothing_else(authority):
    with SignIn(authority, US, "") as flow:
        assert flow._server.server_address[0] == "127.0.0.1"
        assert "Nothing here" in browse(f"{flow.redirect}/favicon.ico")
        assert "Nothing here" in browse(flow.redirect)
        assert flow._answers.empty()
    with pytest.raises(OSError, match="refused"):
        browse(flow.redirect)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("denied", "was not allowed to let this program in"),
        ("wrong_state", "did not belong to this sign-in"),
        ("other_issuer", "from somebody else"),
        ("no_code", "sent no answer"),
        ("expired", "took too long"),
        ("half", "was not told that this program may read"),
    ],
)
def test_what_goes_wrong_in_the_browser_is_told_and_leaves_nothing(authorization, authority, wrong, says):
    authorization.next_sign_in.append(wrong)
    problem = refusal(authority)
    assert says in problem.happened
    assert problem.kept
    assert problem.to_do
    assert signed_in(authority).refresh, "the next try works"


def test_a_browser_that_never_comes_back_is_not_waited_for_for_ever(authorization, authority):
    authorization.next_sign_in.append("silent")
    problem = refusal(authority, limits=Limits(browser=0.05))
    assert "did not come back" in problem.happened
    assert "client id" in problem.to_do


def test_a_sign_in_can_be_cancelled(authority):
    with SignIn(authority, US, "") as flow:
        assert flow.wait(lambda: True) is None


def test_without_a_port_there_is_a_sentence(authority, monkeypatch):
    from http.server import ThreadingHTTPServer

    def blocked(*_):
        raise PermissionError("blocked")

    monkeypatch.setattr(ThreadingHTTPServer, "server_bind", blocked)
    assert "No port of this computer" in refusal(authority).happened


def test_without_a_client_id_nothing_is_opened(authority):
    assert "client id" in refusal(authority, client=Client(" ")).happened


def test_a_client_secret_is_sent_where_there_is_one(authorization, authority):
    authorization.secret = "not-really-a-secret"
    assert "does not know this client id" in refusal(authority).happened
    assert signed_in(authority, client=Client(CLIENT, "not-really-a-secret")).refresh


@pytest.mark.parametrize(
    "answer",
    [
        (200, "no json"), (200, "[]"), (200, "{}"), (200, '{"access_token": "a\\r\\nb"}'), (200, '{"access_token": 5}'),
        (503, ""), (429, "{}"), (302, ""), (400, "<html>"), (400, '{"error": "temporarily_unavailable"}'),
    ],
)  # fmt: skip
def test_an_answer_without_sense_is_tried_again_later_and_ends_no_permission(authorization, authority, answer):
    tokens = signed_in(authority)
    authorization.fails.append(answer)
    with pytest.raises(NotReached):
        oauth.refreshed(authority, US, tokens.refresh, BRISK)
    assert oauth.refreshed(authority, US, tokens.refresh, BRISK).access


def test_a_permission_is_renewed_and_the_next_one_is_what_is_kept(authorization, authority):
    first = signed_in(authority)
    second = oauth.refreshed(authority, US, first.refresh, BRISK)
    assert second.refresh not in ("", first.refresh)
    authorization.rotates = False
    assert oauth.refreshed(authority, US, second.refresh, BRISK).refresh == second.refresh


@pytest.mark.parametrize("error", ["invalid_grant", "interaction_required", "consent_required"])
def test_a_permission_that_is_gone_says_sign_in_again(authorization, authority, error):
    authorization.fails.append((400, f'{{"error": "{error}"}}'))
    with pytest.raises(SignInAgain) as caught:
        oauth.refreshed(authority, US, "old", BRISK)
    assert "Sign in again" in caught.value.to_do
    assert caught.value.kept == "Your messages wait."


def test_a_permission_is_taken_back(authorization, authority):
    tokens = signed_in(authority)
    assert oauth.revoke(authority, US, tokens.refresh, BRISK)
    with pytest.raises(SignInAgain):
        oauth.refreshed(authority, US, tokens.refresh, BRISK)
    assert not oauth.revoke(replace(authority, revoke=""), US, "any", BRISK)


def test_nobody_there_is_not_a_permission_gone(authorization, authority):
    gone = replace(authority, token="http://127.0.0.1:1/token")
    with pytest.raises(NotReached, match="could not be reached"):
        oauth.refreshed(gone, US, "any", BRISK)


def test_no_token_shows_where_it_might_be_printed(authority):
    tokens = signed_in(authority)
    token = AccessToken(tokens.access, str)
    for shown in (repr(tokens), repr(token), repr([token]), repr(Client("id", "hush"))):
        assert tokens.access not in shown
        assert tokens.refresh not in shown
        assert "hush" not in shown


def test_a_server_that_describes_another_is_not_believed(authorization):
    with pytest.raises(Problem, match="does not say how"):
        oauth.find_authority(authorization.issuer.replace("127.0.0.1", "localhost"))


@pytest.mark.parametrize(
    "url", ["http://mail.example/token", "ftp://127.0.0.1/", "https://", "https://a@b.example/", "https://a/ b", "x"]
)
def test_no_permission_goes_to_an_open_address(url):
    with pytest.raises(Problem, match="not a place to sign in"):
        check_url(url)


def test_the_table_knows_whom_a_mail_server_asks():
    assert authority_of("imap.gmail.com") is GOOGLE
    assert authority_of("outlook.office365.com") is authority_of("smtp-mail.outlook.com") is MICROSOFT
    assert authority_of("imap.notgmail.com") is None
    assert len({one.key for one in AUTHORITIES}) == len(AUTHORITIES)
    assert "offline_access" in MICROSOFT.scopes
    assert dict(GOOGLE.extra)["access_type"] == "offline"


# On the servers


def test_the_way_is_chosen_by_what_the_server_offers():
    assert sasl.way_of(["PLAIN", "xoauth2", "OAUTHBEARER"]) == "OAUTHBEARER"
    assert sasl.way_of(["LOGIN", "XOAUTH2"]) == "XOAUTH2"
    assert sasl.way_of(["PLAIN"]) is None


def test_what_is_said_is_what_the_two_ways_want():
    server = Server("mail.example", 993)
    assert sasl.first_words("XOAUTH2", server, "a@b.c", "tok") == b"user=a@b.c\x01auth=Bearer tok\x01\x01"
    assert sasl.first_words("OAUTHBEARER", server, "a,=@b.c", "tok") == (
        b"n,a=a=2C=3D@b.c,\x01host=mail.example\x01port=993\x01auth=Bearer tok\x01\x01"
    )


def spent():
    raise AssertionError("no other pass was needed")


@pytest.fixture
def opening(authorization, authority):
    """A pass, and where the next comes from."""
    kept = [signed_in(authority)]

    def renewed():
        kept.append(oauth.refreshed(authority, US, kept[-1].refresh, BRISK))
        return kept[-1].access

    return AccessToken(kept[0].access, renewed)


@pytest.mark.mailserver
@pytest.mark.parametrize("way", ["xoauth2", "oauthbearer"])
def test_a_real_server_opens_the_mailbox_for_a_pass(way, oauth_dovecot, smtp_server, opening, authorization):
    server = oauth_dovecot(way)
    account = account_on(server, smtp_server, authorization.user)
    with imap.connect(account, opening, IMPATIENT) as box:
        assert imap.folders(box).sent == "Sent"


@pytest.mark.mailserver
@pytest.mark.parametrize("way", ["xoauth2", "oauthbearer"])
def test_a_pass_that_ended_early_is_renewed_on_the_spot(way, oauth_dovecot, smtp_server, opening, authorization):
    account = account_on(oauth_dovecot(way), smtp_server, authorization.user)
    authorization.end_access()
    with imap.connect(account, opening, IMPATIENT) as box:
        assert imap.folders(box).drafts == "Drafts"
    authorization.take_back()
    with pytest.raises(SignInAgain):
        imap.connect(account, opening, IMPATIENT)


@pytest.mark.mailserver
def test_a_pass_of_somebody_else_opens_nothing(oauth_dovecot, smtp_server, opening):
    account = account_on(oauth_dovecot("xoauth2"), smtp_server, "luis@clearwater.example")
    with pytest.raises(SignInAgain) as caught:
        imap.connect(account, opening, IMPATIENT)
    assert opening not in caught.value.sentence()


@pytest.mark.mailserver
def test_a_server_that_knows_passwords_only_says_so(account, opening):
    with pytest.raises(SignInRefused, match="takes no sign-in through the browser"):
        imap.connect(account, opening, IMPATIENT)


@pytest.mark.parametrize("way", ["XOAUTH2", "OAUTHBEARER"])
@pytest.mark.parametrize("length", [24, 400])
def test_mail_leaves_with_a_pass(way, length, authorization, authority, smtp_account):
    authorization.token_length = length
    with oauth_smtp(authorization, way) as server:
        token = AccessToken(signed_in(authority).access, spent)
        with smtp.connect(smtp_account(server), token, IMPATIENT) as line:
            smtp.send(line, "dana@clearwater.example", "ana@pereira.example", b"Subject: x\r\n\r\nHi\r\n", str)
    assert [one.rcpt_to for one in server.taken] == [("ana@pereira.example",)]


@pytest.mark.parametrize("way", ["XOAUTH2", "OAUTHBEARER"])
def test_sending_renews_a_pass_and_says_when_that_does_not_help(way, authorization, authority, smtp_account, opening):
    authorization.end_access()
    with oauth_smtp(authorization, way) as server:
        account = smtp_account(server)
        smtp.connect(account, opening, IMPATIENT).close()
        authorization.end_access()
        with pytest.raises(SignInAgain, match="lets this program in no longer"):
            smtp.connect(account, AccessToken("ended", lambda: "ended too"), IMPATIENT)


def test_a_password_server_takes_no_pass(smtp_server, smtp_account, opening):
    with pytest.raises(SignInRefused, match="takes no sign-in through the browser"):
        smtp.connect(smtp_account(smtp_server), opening, IMPATIENT)


def test_a_server_that_has_no_time_is_not_asked_for_another_pass(authorization, smtp_account):
    with oauth_smtp(authorization, "XOAUTH2") as server:
        server.fail("auth", "454 4.7.0 Temporary authentication failure")
        with pytest.raises(Problem) as caught:
            smtp.connect(smtp_account(server), AccessToken("any", spent), IMPATIENT)
    assert not isinstance(caught.value, SignInRefused)


def oauth_smtp(authorization, way):
    from tests.fakes.smtp_server import SmtpServer

    return SmtpServer(mechanisms=frozenset({way}), passes=authorization)
