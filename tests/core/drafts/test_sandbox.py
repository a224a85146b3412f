"""Which templates are refused, and what is said about them."""

import time

import pytest

from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.drafts.model import FIELDS, NUMBERS, Template, TemplateProblem
from followup_desktop.core.drafts.rules.sandbox import (
    MOST_OUTPUT,
    BadTemplate,
    FactText,
    StrictSandbox,
    check,
    check_template,
    compiled,
    render,
)

HOSTILE = {
    "the class of a text": "{{ ''.__class__.__mro__ }}",
    "an attribute by filter": "{{ ''|attr('__class__') }}",
    "globals by format": "{{ '{0.__class__.__init__.__globals__}'.format(customer) }}",
    "format by map": "{{ ['{0.__class__}']|map('format',customer)|list }}",
    "format set aside": "{% set f='{0.__class__}'.format %}{{ f(customer) }}",
    "format by attr": "{{ ('{0.__class__}'|attr('format'))(customer) }}",
    "globals of cycler": "{{ cycler.__init__.__globals__.os }}",
    "globals of lipsum": "{{ lipsum.__globals__ }}",
    "the template itself": "{{ self._TemplateReference__context }}",
    "calling a method": "{{ customer.delete() }}",
    "a private attribute": "{{ customer._secret }}",
    "attributes by map": "{{ [customer]|map(attribute='__class__')|list }}",
    "attributes by groupby": "{{ [customer]|groupby('__class__')|list }}",
    "attributes by sum": "{{ [customer]|sum(attribute='__class__') }}",
    "changing a dict": "{{ customer.update({'x':1}) }}",
    "changing a list": "{{ l.append(1) }}",
    "an endless range": "{{ range(10**9)|list|length }}",
    "a long range": "{{ range(99999)|list|length }}",
    "loops in loops": "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}",
    "a text times": "{{ 'A'*10**9 }}",
    "a power": "{{ 9**9**9 }}",
    "center": "{{ 'a'|center(10**9) }}",
    "a file": "{% include '/etc/passwd' %}",
    "lipsum": "{{ lipsum(n=100000) }}",
    "an unknown name": "Hello {{ custmer.name }}",
    "a macro that calls itself": "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "square brackets": "{{ customer['__class__'] }}",
    "tojson": "{{ customer.name|tojson }}",
    "pprint": "{{ customer.name|pprint }}",
    "indent": "{{ 'a'|indent(10**9) }}",
    "replace": "{{ 'aaaa'|replace('a','bbbbbbbbbb')|replace('b','cccccccccc')|length }}",
}
"""The hostile templates of the study."""

MORE_HOSTILE = {
    "center without sums": "{{ 'a'|center(1000000000) }}",
    "indent without sums": "{{ 'a'|indent(1000000000) }}",
    "round to a billion places": "{{ 5|round(999999999,'ceil') }}",
    "a loop that calls itself": "{% for a in customer.name recursive %}{{ loop(a) }}{% endfor %}",
    "a loop in a loop": "{% for a in customer.name %}{% for b in customer.name %}x{% endfor %}{% endfor %}",
    "a loop over two names": "{% for a, b in customer.name %}{% endfor %}",
    "a loop that hides a field": "{% for customer in customer.name %}{% endfor %}",
    "the loop's name outside": "{% for a in customer.name %}{% endfor %}{{ a }}",
    "the context by self": "{{ self }}",
    "super": "{{ super }}",
    "joining": "{{ customer.name ~ customer.name }}",
    "a list": "{{ [1, 2] }}",
    "a dict": "{{ {'a': 1} }}",
    "two at once": "{{ customer.name, 1 }}",
    "a block": "{% block a %}{% endblock %}",
    "extends": "{% extends 'a' %}",
    "import": "{% import 'a' as b %}",
    "from import": "{% from 'a' import b %}",
    "call block": "{% call a() %}{% endcall %}",
    "filter block": "{% filter upper %}a{% endfilter %}",
    "with": "{% with a = 1 %}{{ a }}{% endwith %}",
    "autoescape": "{% autoescape true %}x{% endautoescape %}",
    "do": "{% do customer.name %}",
    "a method's name": "{{ customer.name.upper }}",
    "an attribute of a constant": "{{ none.x }}",
    "a slice": "{{ customer.name[0:1] }}",
    "negation": "{{ -customer.name }}",
    "deep brackets": "{{ " + "(" * 9000 + "1" + ")" * 9000 + " }}",
    "deep filters": "{{ customer.name" + "|d" * 9000 + " }}",
    "deep ifs": "{% if customer.name %}" * 300 + "{% endif %}" * 300,
    "a number without end": "{{ " + "9" * 10000 + " }}",
    "a very long template": "x" * 20_001,
    "forged marks": "\ue000\ue100x\ue001",
}


@pytest.mark.parametrize("source", [*HOSTILE.values(), *MORE_HOSTILE.values()], ids=[*HOSTILE, *MORE_HOSTILE])
def test_a_hostile_template_is_refused_before_it_runs(source):
    problems = check(source)
    assert problems
    assert all(problem.text and problem.line >= 1 for problem in problems)
    if source not in MORE_HOSTILE.values():
        with pytest.raises(BadTemplate):
            compiled(source, "en")


def test_the_study_had_31():
    assert len(HOSTILE) == 31


def test_refusing_takes_no_time():
    for source in HOSTILE.values():
        started = time.process_time()
        check(source)
        assert time.process_time() - started < 0.2, source


@pytest.mark.parametrize(
    ("source", "line", "says"),
    [
        ("Hi\n\n{{ customer.nmae }}", 3, "unknown field customer.nmae on line 3: did you mean customer.name?"),
        ("{{ custmer.name }}", 1, "unknown field custmer.name on line 1: did you mean customer.name?"),
        ("{{ customer }}", 1, "“customer” alone is not a field"),
        ("a\n{{ customer.name", 2, "something is not closed"),
        ("a\n\n{% if customer.name %}x", 3, "something is not closed"),
        ("{% foo %}", 1, "“foo” is not known here"),
        ("a\n{{ customer.name|shout }}", 2, "“shout” is not available as a filter; there are capitalize, d, date"),
        ("{% if customer.name is string %}{% endif %}", 1, "“is string” is not available"),
        ("{{ 2 + 2 }}", 1, "sums are not available"),
        ("x\n{{ customer['name'] }}", 2, "square brackets are not allowed; write customer.name"),
        ("{% if rating.score < 3 %}x{% endif %}", 1, "does not work where the fact is missing; put {% if … %} around"),
        ("{% if customer.name < 3 %}x{% endif %}", 1, "used with a value it cannot work with"),
        ("\n{% for a in rating.score %}{% endfor %}", 2, "used with a value it cannot work with"),
    ],
)
def test_a_mistake_is_named_in_words_at_its_line(source, line, says):
    problem, *_ = check(source)
    assert problem.line == line
    assert says in problem.text


def test_every_mistake_is_named_not_only_the_first():
    assert [problem.line for problem in check("{{ a.b }}\n{{ customer.name }}\n{{ c.d }}")] == [1, 3]


@pytest.mark.parametrize(
    "source",
    [
        "Dear {{ customer.name|default('friend') }},{% if customer.name %} hello{% endif %}",
        "{{ customer.name|default(customer.given_name) }}",
        "{{ event.day if event.day else event.date }}",
        "{% if rating.score and rating.score <= 2 %}a{% elif event.day and not event.note %}b{% else %}c{% endif %}",
        "{{ quote.about|truncate(30)|capitalize }}",
        "{# a word to the next writer #}{% raw %}{{ x }}{% endraw %}",
        "{% if event.what == 'repair' or 'pump' in event.what|default('') %}x{% endif %}",
        "{% for letter in customer.name|default('') %}{{ letter }}{% endfor %}",
    ],
)
def test_an_honest_template_passes(source):
    assert check(source) == []


def test_every_field_can_be_used_and_the_numbers_are_fields():
    assert check("".join("{{ " + field + " }}" for field in FIELDS)) == []
    assert set(FIELDS) >= NUMBERS


def test_a_mail_begins_with_its_subject():
    template = Template("thank_you/x", Purpose.THANK_YOU, "email", "en", "Hi,\n\nthank you.\n")
    assert check_template(template) == [
        TemplateProblem(1, "the first line is the subject: “Subject: …”, then a blank line")
    ]


def test_a_template_is_compiled_once():
    assert compiled("Hello {{ customer.name }}", "en") is compiled("Hello {{ customer.name }}", "en")


def test_nothing_grows_beyond_the_cap():
    long = {"customer": {"name": FactText.of("customer.name", "x" * 5000)}}
    template = StrictSandbox().from_string("{{ customer.name }}" * 100)
    with pytest.raises(Exception, match=f"{MOST_OUTPUT:,}"):
        render(template, long)


@pytest.mark.parametrize(
    ("template", "text", "gives"),
    [
        ("{{ customer.name|upper }}", "Ann Lee", "ANN LEE"),
        ("{{ customer.name|first }}", "Ann Lee", "Ann"),
        ("{{ customer.name|last }}", "Ann Lee", "Lee"),
        ("{{ customer.name|length }}", "Ann", "3"),
        ("{{ customer.name|truncate(8) }}", "Annabel Lee", "Annabel…"),
        ("{{ customer.name|date }}", "2026-12-12", "12 December"),
        ("{{ customer.name|date }}", "12 December", "12 December"),
        ("{{ customer.name|money('USD') }}", "2340", "$2,340.00"),
        ("{{ customer.name|money('USD') }}", "$2,340", "$2,340"),
        ("{{ 3.14159|round(2) }}", "", "3.14"),
        ("{{ 2.6|round }}", "", "3"),
    ],
)
def test_filters_do_what_they_say(template, text, gives):
    assert check(template) == []
    values = {"customer": {"name": FactText.of("customer.name", text) if text else None}}
    said = render(StrictSandbox().from_string(template), values)
    assert "".join(letter for letter in said if not "\ue000" <= letter <= "\uf8ff") == gives
