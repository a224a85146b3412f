"""Read the demo's files."""

from __future__ import annotations

import string
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from followup_desktop.core.demo.model import Letters, Material, Replies, Round, Told, Work

KINDS = ("repairs", "installations", "purchases", "quotes", "bookings", "inquiries")


def material_of(files: Mapping[str, str]) -> Material:
    """Read the texts of the demo's files, by name without ending."""
    read = {name: tomllib.loads(text) for name, text in files.items()}
    answers, names = read["answers"], read["names"]
    return Material(
        business={k: v for k, v in read["business"].items() if k != "routes"},
        rounds=tuple(Round(**r) for r in read["business"]["routes"]),
        given=tuple(names["given"]),
        family=tuple(names["family"]),
        companies=tuple(names["companies"]),
        mail_at=tuple(names["mail_at"]),
        left=tuple(names["left"]),
        streets=tuple(read["streets"]["streets"]),
        notes=read["notes"],
        works={kind: tuple(_work(w) for w in read["products"][kind]) for kind in KINDS},
        letters=_letters(read["letters"]["letters"]),
        replies={r["to"]: _replies(r) for r in answers["replies"]},
        ratings={of: {int(k): tuple(v) for k, v in each.items()} for of, each in answers["ratings"].items()},
        complaints=tuple(answers["complaints"]),
        questions=tuple(answers["questions"]),
        promises=tuple(answers["promises"]),
        calls={k: tuple(v) for k, v in answers["calls"].items()},
        skips=tuple(answers["skips"]["texts"]),
        people=tuple(read["people"]["people"]),
    )


def needs(*texts: str) -> frozenset[str]:
    """Return the fields a text asks for."""
    return frozenset(name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name)


def _work(told: Told) -> Work:
    notes = tuple(told.get("notes", ())) or ((told["note"],) if "note" in told else ())
    low, high = told.get("price", (0, 0))
    return Work(told["what"], (low, high), notes)


def _letters(told: Iterable[dict[str, Any]]) -> dict[str, tuple[Letters, ...]]:
    found: dict[str, list[Letters]] = defaultdict(list)
    for each in told:
        text = each["text"].strip()
        months = frozenset(each.get("months", ()))
        found[each["to"]].append(Letters(each["subject"], text, months, needs(each["subject"], text)))
    return {key: tuple(each) for key, each in found.items()}


def _replies(told: Told) -> Replies:
    return Replies(
        tuple(told["texts"]), tuple(told.get("texts_lost", ())), float(told.get("won", 0)), told.get("answer", "")
    )
