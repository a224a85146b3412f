import os
import stat

import pytest

from followup_desktop.base.errors import Problem
from followup_desktop.system.open import Link, checked_link, open_file, open_link


@pytest.mark.parametrize(
    ("url", "opened", "shown"),
    [
        ("https://example.com/review?a=1&b=%20#top", "https://example.com/review?a=1&b=%20#top", "example.com"),
        ("HTTP://Example.COM:8080/", "http://example.com:8080/", "example.com:8080"),
        ("https://münchen.example/straße", "https://xn--mnchen-3ya.example/stra%C3%9Fe", "xn--mnchen-3ya.example"),
        ("https://[2001:db8::1]/", "https://[2001:db8::1]/", "2001:db8::1"),
        ("mailto:priya@natarajan.example?subject=Hi%20there", None, "natarajan.example"),
        ("tel:+1-555-0142", "tel:+15550142", "+15550142"),
        ("sms:+15550142?body=On%20my%20way", "sms:+15550142?body=On%20my%20way", "+15550142"),
    ],
)
def test_web_mail_and_phone_links_may_be_opened_and_show_where_they_lead(url, opened, shown):
    assert checked_link(url) == Link(opened or url, shown)


def test_a_look_alike_is_shown_as_machines_see_it():
    assert checked_link("https://аpple.com/").shown_host == "xn--pple-43d.com"


@pytest.mark.parametrize(
    "url",
    [
        *("javascript:alert(1)", "file:///etc/passwd", "smb://server/share", "ms-msdt:/id", "data:text/html,x"),
        *(r"\\server\share", "//server/share", "/etc/passwd", "example.com", "", "vbscript:x", "ftp://example.com/"),
        *("https://", "https:///path", "https://user@example.com/", "https://example.com:pw@evil.example/"),
        *("https://good.example\\@evil.example/", "https://exa mple.com/", "https://example.com/\nx", "https://-a/"),
        *("https://example.com:99999/", "https://[::1", "https://" + "a" * 300 + ".com", "https://a\u202eb.example/"),
        *("mailto:", "mailto:priya", "mailto:a@b.example,c@d.example", "mailto:?to=a@b.example", "mailto://a@b.c/"),
        *("tel:", "tel:call-me", "tel://555", "sms:hello", " java\tscript:alert(1)"),
    ],
)
def test_anything_else_is_refused_with_its_reason(url):
    with pytest.raises(Problem, match="was not opened: ") as problem:
        checked_link(url)
    assert len(problem.value.happened) < 160


def test_a_mail_link_loses_what_would_leave_unseen():
    link = checked_link("mailto:a+b@x.example?SUBJECT=1+1&bcc=all@x.example&attach=/etc/passwd&body=hi&cc=c@x.example")
    assert link.url == "mailto:a%2Bb@x.example?subject=1%2B1&body=hi&cc=c%40x.example"


@pytest.fixture
def opener(tmp_path, monkeypatch):
    """A program in the place of the system's own, that notes what it is given and ends as told."""

    def make(code=0):
        script = tmp_path / "xdg-open"
        script.write_text(f'#!/bin/sh\nprintf %s "$1" > "{tmp_path}/opened"\nexit {code}\n')
        script.chmod(stat.S_IRWXU)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
        return tmp_path / "opened"

    return make


linux = pytest.mark.skipif(os.name != "posix", reason="uses a shell script in place of the opener")


@linux
def test_a_link_is_given_to_the_systems_own_program_as_one_word(opener):
    opened = opener()
    open_link(checked_link("https://example.com/?a=1;$(id)&b='x'"))
    assert opened.read_text() == "https://example.com/?a=1;$(id)&b='x'"


@linux
def test_a_system_that_knows_no_program_for_it_is_said(opener, tmp_path):
    opener(code=3)
    with pytest.raises(Problem, match="No program was found that opens mailto links"):
        open_link(checked_link("mailto:priya@natarajan.example"))
    file = tmp_path / "message.eml"
    file.write_text("x")
    with pytest.raises(Problem, match=r"No program was found that opens \.eml files"):
        open_file(file)


@linux
def test_a_system_without_an_opener_is_said(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Problem, match="no program that opens links"):
        open_link(checked_link("https://example.com/"))


def test_a_file_that_is_gone_is_said(tmp_path):
    with pytest.raises(Problem, match=r"message\.eml is not there"):
        open_file(tmp_path / "message.eml")
