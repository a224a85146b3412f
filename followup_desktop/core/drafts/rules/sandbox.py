"""Which templates are safe, and what is wrong with the others, in words.

A template may print fields, leave sentences out and use a few filters. It cannot call anything, reach into Python,
count, or grow without end: its syntax tree is compared with a list of what is allowed before it is ever compiled.
"""

from __future__ import annotations

import difflib
import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError, nodes
from jinja2 import Template as Compiled
from jinja2.exceptions import SecurityError, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from followup_desktop.base.errors import Problem
from followup_desktop.core.drafts.model import FIELDS, NUMBERS, SUBJECT, Fact, Template, TemplateProblem
from followup_desktop.core.drafts.rules.days import LANGUAGES, day_and_month

MOST_CHARACTERS = 20_000
MOST_OUTPUT = 200_000
"""Characters of a template, and of what it may become."""

MARK_OPENS, MARK_CLOSES, PARAGRAPH = "\ue000", "\ue001", "\ue002"
_FIRST_FIELD_MARK = 0xE100
_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")

_FIELD_NUMBER = {key: number for number, key in enumerate(FIELDS)}
_FIELD_KEYS = tuple(FIELDS)
_EMPTY: Mapping[str, Mapping[str, None]] = MappingProxyType(
    {group: {key.split(".")[1]: None for key in FIELDS if key.startswith(group + ".")} for group in
     dict.fromkeys(key.split(".")[0] for key in FIELDS)}
)  # fmt: skip


class BadTemplate(Problem):
    """A template that may not be used, with everything that is wrong with it."""

    def __init__(self, problems: list[TemplateProblem]) -> None:
        first = problems[0]
        super().__init__(f"The template cannot be used: {first.text} (line {first.line}).", "", "Correct the template.")
        self.problems = problems


class FactText(str):
    """The words of a fact, which remember their field through every filter."""

    __slots__ = ("field",)
    field: str

    @classmethod
    def of(cls, field: str, text: str) -> FactText:
        """Make the words of a field; characters kept for marking are taken out, so that no fact can forge a mark."""
        made = cls(" ".join(_PRIVATE_USE.sub("", text).split()))
        made.field = field
        return made


class FactNumber(int):
    """A fact that templates compare, such as a rating."""

    field: str

    @classmethod
    def of(cls, field: str, number: int) -> FactNumber:
        """Make the number of a field."""
        made = cls(number)
        made.field = field
        return made


def field_of_mark(mark: str) -> str:
    """Return the field a mark in rendered text stands for."""
    return _FIELD_KEYS[ord(mark) - _FIRST_FIELD_MARK]


def _finalize(value: object) -> str:
    """Print nothing for what is missing, and a fact between its marks."""
    if value is None or value is True or value is False:
        return ""
    if isinstance(value, FactText | FactNumber):
        text = str(value)
        return f"{MARK_OPENS}{chr(_FIRST_FIELD_MARK + _FIELD_NUMBER[value.field])}{text}{MARK_CLOSES}" if text else ""
    return str(value)


# --- filters: few, and none can make a text longer than what goes in -------------------------------------------------


def _keeping(change: Callable[[str], str]) -> Callable[[Any], Any]:
    """Make a filter of a change to a text; a fact stays a fact, what is missing stays missing."""

    def keep(value: Any) -> Any:
        if value is None:
            return None
        if isinstance(value, FactText):
            return FactText.of(value.field, change(value))
        return change(str(value))

    return keep


def _default(value: Any, instead: Any = "") -> Any:
    return instead if value is None or value == "" else value


def _truncate(value: Any, most: int = 60) -> Any:
    def shorten(text: str) -> str:
        return text if len(text) <= most else text[: max(most - 1, 0)].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"

    return _keeping(shorten)(value)


def _round(value: Any, places: int = 0) -> Any:
    """Round a number; what is not one stays as it is."""
    if not isinstance(value, int | float):
        return value
    return round(value, min(max(places, 0), 6)) if places > 0 else round(value)


def _length(value: Any) -> int:
    return len(value) if isinstance(value, str | list) else 0


def _end(which: int) -> Callable[[Any], Any]:
    def end(value: Any) -> Any:
        if isinstance(value, str):
            words = value.split()
            return _keeping(lambda _: words[which])(value) if words else value
        return value[which] if isinstance(value, list) and value else None

    return end


def _date(language: str) -> Callable[[Any], Any]:
    def word(text: str) -> str:
        try:
            return day_and_month(date.fromisoformat(text), language)
        except ValueError:
            return text

    return _keeping(word)


def _money(language: str) -> Callable[..., Any]:
    def money(value: Any, currency: str = "USD") -> Any:
        from babel.numbers import format_currency  # slow to load, and facts about money come worded

        def word(text: str) -> str:
            amount = re.fullmatch(r"-?\d{1,15}(\.\d{1,2})?", text)
            return format_currency(text, currency, locale=language) if amount else text

        return _keeping(word)(value)

    return money


def _filters(language: str) -> dict[str, Callable[..., Any]]:
    return {
        "upper": _keeping(str.upper),
        "lower": _keeping(str.lower),
        "title": _keeping(str.title),
        "capitalize": _keeping(lambda text: text[:1].upper() + text[1:]),
        "trim": _keeping(str.strip),
        "default": _default,
        "d": _default,
        "first": _end(0),
        "last": _end(-1),
        "length": _length,
        "round": _round,
        "date": _date(language),
        "money": _money(language),
        "truncate": _truncate,
    }


_FILTERS = frozenset(_filters("en"))
_TESTS = frozenset({"defined", "none", "eq", "ne", "gt", "lt", "ge", "le", "in"})


# --- the environment -------------------------------------------------------------------------------------------------


class StrictSandbox(ImmutableSandboxedEnvironment):
    """Jinja with nothing in it but fields, conditions and a few filters."""

    def __init__(self, language: str = "en") -> None:
        super().__init__(
            undefined=StrictUndefined, autoescape=False, loader=None, cache_size=0, finalize=_finalize,
            trim_blocks=False, keep_trailing_newline=False,
        )  # fmt: skip
        self.globals.clear()
        self.filters = _filters(language)
        self.tests = {name: test for name, test in self.tests.items() if name in _TESTS}

    intercepted_binops = frozenset(["*", "**", "+", "-", "/", "//", "%"])

    def is_safe_callable(self, obj: Any) -> bool:
        """Nothing may be called."""
        return False

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """No attribute of a Python object may be read."""
        return False

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Refuse arithmetic."""
        raise SecurityError("arithmetic is not available in templates")

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Read a field: the key of a plain dict, never an attribute."""
        if type(obj) is dict and not attribute.startswith("_") and attribute in obj:
            return obj[attribute]
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Square brackets read nothing."""
        return self.undefined(obj=obj, name=str(argument))


@lru_cache(maxsize=8)
def _sandbox(language: str) -> StrictSandbox:
    return StrictSandbox(language if language in LANGUAGES else "en")


# --- checking --------------------------------------------------------------------------------------------------------

_ALLOWED: frozenset[type[nodes.Node]] = frozenset(
    {
        nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Const, nodes.Filter,
        nodes.If, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Test, nodes.For,
        nodes.Keyword,
    }
)  # fmt: skip

_IN_WORDS: Mapping[type[nodes.Node], str] = MappingProxyType(
    {
        nodes.Call: "nothing can be called in a template: brackets after a name are not allowed",
        nodes.Getitem: "square brackets are not allowed; write customer.name",
        nodes.Add: "sums are not available in templates",
        nodes.Sub: "sums are not available in templates",
        nodes.Mul: "sums are not available in templates",
        nodes.Div: "sums are not available in templates",
        nodes.FloorDiv: "sums are not available in templates",
        nodes.Mod: "sums are not available in templates",
        nodes.Pow: "sums are not available in templates",
        nodes.Concat: "joining with ~ is not available; write the two after each other",
        nodes.List: "lists are not available in templates",
        nodes.Tuple: "lists are not available in templates",
        nodes.Dict: "lists are not available in templates",
        nodes.Assign: "“set” is not available in templates",
        nodes.AssignBlock: "“set” is not available in templates",
        nodes.Macro: "“macro” is not available in templates",
        nodes.Include: "“include” is not available: a template stands alone",
        nodes.Import: "“import” is not available: a template stands alone",
        nodes.FromImport: "“import” is not available: a template stands alone",
        nodes.Extends: "“extends” is not available: a template stands alone",
        nodes.Block: "“block” is not available: a template stands alone",
    }
)


def check(source: str, fields: Iterable[str] = FIELDS) -> list[TemplateProblem]:
    """Say what is wrong with a template, line by line; an empty list means it can be used."""
    known = frozenset(fields)
    problems = _unsafe(source, known)
    if problems:
        return problems
    try:
        return _trial(_sandbox("en").from_string(source), known)
    except _TOO_DEEP:
        return [TemplateProblem(1, _DEEP)]


def check_template(template: Template) -> list[TemplateProblem]:
    """Say what is wrong with a template as a whole: a mail begins with its subject."""
    return check_words(template.source, template.channel)


def check_words(source: str, channel: str) -> list[TemplateProblem]:
    """Say what is wrong with the words of a template for a channel."""
    problems = check(source)
    if channel == "email" and not source.startswith(SUBJECT):
        problems.insert(0, TemplateProblem(1, "the first line is the subject: “Subject: …”, then a blank line"))
    return problems


_TOO_DEEP = (RecursionError, MemoryError, SyntaxError, ValueError, OverflowError)
_DEEP = "it is too deeply nested, or a number in it is too long"


def _unsafe(source: str, known: frozenset[str]) -> list[TemplateProblem]:
    """Say what in a template is not allowed, without running any of it."""
    if len(source) > MOST_CHARACTERS:
        return [TemplateProblem(1, f"the template is longer than {MOST_CHARACTERS:,} characters")]
    if private := _PRIVATE_USE.search(source):
        line = source.count("\n", 0, private.start()) + 1
        return [TemplateProblem(line, "it holds a character that no keyboard writes; delete it and type it anew")]
    try:
        tree = list(_sandbox("en").parse(source).find_all(nodes.Node))
    except TemplateSyntaxError as error:
        return [TemplateProblem(error.lineno, _syntax_in_words(error.message or ""))]
    except _TOO_DEEP:
        return [TemplateProblem(1, _DEEP)]
    for looking in (_refused, _filters_and_tests, _loops, _fields):
        if problems := list(dict.fromkeys(looking(tree, known))):
            return problems
    return []


def _refused(tree: list[nodes.Node], _: frozenset[str]) -> Iterator[TemplateProblem]:
    for node in tree:
        if type(node) not in _ALLOWED:
            otherwise = "something here is not available; there are fields, filters, “if” and “for”"
            yield TemplateProblem(node.lineno or 1, _IN_WORDS.get(type(node), otherwise))


def _filters_and_tests(tree: list[nodes.Node], _: frozenset[str]) -> Iterator[TemplateProblem]:
    for node in tree:
        if isinstance(node, nodes.Filter) and node.name not in _FILTERS:
            names = ", ".join(sorted(_FILTERS))
            yield TemplateProblem(node.lineno, f"“{node.name}” is not available as a filter; there are {names}")
        if isinstance(node, nodes.Test) and node.name not in _TESTS:
            yield TemplateProblem(node.lineno, f"“is {node.name}” is not available; there are “is defined”, “is none”")


def _loops(tree: list[nodes.Node], known: frozenset[str]) -> Iterator[TemplateProblem]:
    groups = _groups(known)
    for loop in tree:
        if not isinstance(loop, nodes.For):
            continue
        if any(True for _ in loop.find_all(nodes.For)):
            yield TemplateProblem(loop.lineno, "a loop inside a loop is not allowed")
        if not isinstance(loop.target, nodes.Name) or loop.target.name in groups or loop.target.name.startswith("_"):
            yield TemplateProblem(loop.lineno, "choose another name for what the loop goes through")


def _fields(tree: list[nodes.Node], known: frozenset[str]) -> Iterator[TemplateProblem]:
    groups = _groups(known)
    settled = _names_of_loops(tree)
    for read in tree:
        if not isinstance(read, nodes.Getattr):
            continue
        if not isinstance(read.node, nodes.Name):
            text = f"“.{read.attr}” cannot stand here: a field has two words, customer.name"
            yield TemplateProblem(read.lineno, text)
            continue
        settled.add(id(read.node))
        field = f"{read.node.name}.{read.attr}"
        if field not in known:
            yield _unknown(field, read.lineno, known)
    for name in tree:
        if not isinstance(name, nodes.Name) or name.ctx != "load" or id(name) in settled:
            continue
        if name.name in groups:
            fields = ", ".join(sorted(field for field in known if field.startswith(f"{name.name}.")))
            yield TemplateProblem(name.lineno, f"“{name.name}” alone is not a field; there are {fields}")
        else:
            yield _unknown(name.name, name.lineno, known)


def _names_of_loops(tree: list[nodes.Node]) -> set[int]:
    """Find where the name that a loop goes through is read inside that loop."""
    return {
        id(name)
        for loop in tree
        if isinstance(loop, nodes.For) and isinstance(loop.target, nodes.Name)
        for part in (*loop.body, loop.test)
        if part is not None
        for name in (part, *part.find_all(nodes.Name))
        if isinstance(name, nodes.Name) and name.name == loop.target.name
    }


def _groups(known: frozenset[str]) -> frozenset[str]:
    return frozenset(field.split(".")[0] for field in known)


def _unknown(field: str, line: int, known: frozenset[str]) -> TemplateProblem:
    near = difflib.get_close_matches(field, sorted(known), n=1, cutoff=0.6)
    hint = f": did you mean {near[0]}?" if near else ""
    return TemplateProblem(line, f"unknown field {field} on line {line}{hint}")


def _syntax_in_words(message: str) -> str:
    if unknown := re.match(r"Encountered unknown tag '(\w+)'", message):
        return f"“{unknown[1]}” is not known here; there are if, elif, else, endif, for and endfor"
    if "unexpected end of template" in message.lower() or "end of template" in message:
        return "something is not closed: each {{ needs its }}, each {% if %} its {% endif %}"
    if "end of print statement" in message:
        return "the field is not closed properly: it ends with }}"
    return f"this cannot be read as a template ({message.rstrip('.')})"


_NOT_THAT_VALUE = "something here is used with a value it cannot work with"
_NOT_WHEN_MISSING = "this does not work where the fact is missing; put {% if … %} around it"


def _trial(template: Compiled, known: frozenset[str]) -> list[TemplateProblem]:
    """Try the template with nothing known, and with everything known, so that no customer's draft can fail on it."""
    empty: dict[str, dict[str, Any]] = {}
    full: dict[str, dict[str, Any]] = {}
    for field in known:
        group, name = field.split(".")
        empty.setdefault(group, {})[name] = None
        mark = field if field in _FIELD_NUMBER else _FIELD_KEYS[0]
        full.setdefault(group, {})[name] = 3 if field in NUMBERS else FactText.of(mark, "something")
    for values, mishap in ((full, _NOT_THAT_VALUE), (empty, _NOT_WHEN_MISSING)):
        try:
            render(template, values)
        except UndefinedError as error:
            return [TemplateProblem(_line_of(error), f"{error.message}")]
        except TemplateError as error:
            return [TemplateProblem(_line_of(error), f"{error}")]
        except (TypeError, ValueError, ArithmeticError, LookupError) as error:
            return [TemplateProblem(_line_of(error), mishap)]
    return []


def _line_of(error: BaseException) -> int:
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
    return lines[-1] or 1 if lines else 1


# --- compiling and rendering -----------------------------------------------------------------------------------------


@lru_cache(maxsize=1024)
def compiled(source: str, language: str) -> Compiled:
    """Compile a template once; raises `BadTemplate` where it may not be used."""
    if problems := _unsafe(source, frozenset(FIELDS)):
        raise BadTemplate(problems)
    return _sandbox(language).from_string(_with_paragraphs(source))


_TAG = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})", re.DOTALL)
_BLANK_LINE = re.compile(r"\n[ \t]*(?=\n)")


def pieces_of(source: str) -> list[str]:
    """Split a template into words and tags: the words at even places, between them the tags."""
    return _TAG.split(source)


def _with_paragraphs(source: str) -> str:
    """Mark the blank lines the author wrote, to tell them from lines that are empty because a sentence was left out."""
    pieces = pieces_of(source.replace("\r\n", "\n"))
    pieces[::2] = [_BLANK_LINE.sub("\n" + PARAGRAPH, words) for words in pieces[::2]]
    return "".join(pieces)


def render(template: Compiled, values: Mapping[str, Mapping[str, Any]]) -> str:
    """Fill a template; facts stand between marks. Stops at the largest output allowed."""
    pieces: list[str] = []
    length = 0
    for piece in template.generate(values):
        pieces.append(piece)
        length += len(piece)
        if length > MOST_OUTPUT:
            raise SecurityError(f"the text grew beyond {MOST_OUTPUT:,} characters")
    return "".join(pieces)


def values_of(facts: Iterable[Fact]) -> dict[str, dict[str, Any]]:
    """Lay facts out as templates read them: every field is there, missing ones as nothing."""
    values: dict[str, dict[str, Any]] = {group: dict(fields) for group, fields in _EMPTY.items()}
    for fact in facts:
        group, name = fact.key.split(".")
        if fact.key not in NUMBERS:
            values[group][name] = FactText.of(fact.key, fact.text)
        elif fact.number is not None:
            values[group][name] = FactNumber.of(fact.key, fact.number)
    return values
