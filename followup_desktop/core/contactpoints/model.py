"""The contact points C1 to C10 and the purposes a message can have, each with its properties.

A new kind of contact is one line in `Purpose` and one in `PURPOSES`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class ContactPoint(StrEnum):
    """The ten kinds of contact of the practice, by their row in the product."""

    CONFIRMATION = "C1"
    CHECK_IN = "C2"
    CONTINUITY = "C3"
    ONBOARDING = "C4"
    USAGE_CHECK_IN = "C5"
    RENEWAL = "C6"
    LOYALTY = "C7"
    QUOTE_WITHOUT_SALE = "C8"
    QUICK_AND_SLOW = "C9"
    MOMENT_OF_TRUTH = "C10"


class Purpose(StrEnum):
    """What one message is for."""

    CONFIRMATION = "confirmation"
    THANK_YOU = "thank_you"
    VISIT_CHANGE = "visit_change"
    CHECK_IN = "check_in"
    CONTINUITY = "continuity"
    ONBOARDING = "onboarding"
    USAGE_CHECK_IN = "usage_check_in"
    RENEWAL = "renewal"
    REVIEW_REQUEST = "review_request"
    REFERRAL_REQUEST = "referral_request"
    REFERRAL_THANKS = "referral_thanks"
    INQUIRY_CHECK_IN = "inquiry_check_in"
    QUOTE_CHECK_IN = "quote_check_in"
    QUOTE_CLOSING = "quote_closing"
    APOLOGY = "apology"
    RECOVERY_CHECK = "recovery_check"
    MOMENT_OF_TRUTH = "moment_of_truth"
    ANSWER = "answer"
    PROMISE = "promise"
    AD_HOC = "ad_hoc"


@dataclass(frozen=True, slots=True)
class PurposeProperties:
    """What is always true of a purpose.

    `point` is None for what answers, keeps a promise or is written freely: it can come up at any contact point.
    `transactional` messages stand outside the weekly limit, but inside quiet hours. `commercial` ones offer or
    advertise: the law asks for the sender's postal address and a way out below a mail.
    """

    point: ContactPoint | None
    label: str
    transactional: bool
    commercial: bool = False


_C = ContactPoint
PURPOSES: Mapping[Purpose, PurposeProperties] = MappingProxyType(
    {
        Purpose.CONFIRMATION: PurposeProperties(_C.CONFIRMATION, "Confirm what happened", transactional=True),
        Purpose.THANK_YOU: PurposeProperties(_C.CONFIRMATION, "Thank you", transactional=True),
        Purpose.VISIT_CHANGE: PurposeProperties(_C.CONFIRMATION, "Tell them a visit changes", transactional=True),
        Purpose.CHECK_IN: PurposeProperties(_C.CHECK_IN, "Ask how it went", transactional=False),
        Purpose.CONTINUITY: PurposeProperties(
            _C.CONTINUITY, "News and seasonal work", transactional=False, commercial=True
        ),
        Purpose.ONBOARDING: PurposeProperties(_C.ONBOARDING, "Welcome a new customer", transactional=False),
        Purpose.USAGE_CHECK_IN: PurposeProperties(_C.USAGE_CHECK_IN, "Ask what could be better", transactional=False),
        Purpose.RENEWAL: PurposeProperties(_C.RENEWAL, "Something runs out", transactional=False),
        Purpose.REVIEW_REQUEST: PurposeProperties(_C.LOYALTY, "Ask for a review", transactional=False, commercial=True),
        Purpose.REFERRAL_REQUEST: PurposeProperties(
            _C.LOYALTY, "Ask for a referral", transactional=False, commercial=True
        ),
        Purpose.REFERRAL_THANKS: PurposeProperties(_C.LOYALTY, "Thank them for a referral", transactional=False),
        Purpose.INQUIRY_CHECK_IN: PurposeProperties(
            _C.QUOTE_WITHOUT_SALE, "Come back to their inquiry", transactional=False
        ),
        Purpose.QUOTE_CHECK_IN: PurposeProperties(_C.QUOTE_WITHOUT_SALE, "Ask about a quote", transactional=False),
        Purpose.QUOTE_CLOSING: PurposeProperties(_C.QUOTE_WITHOUT_SALE, "Close a quote politely", transactional=False),
        Purpose.APOLOGY: PurposeProperties(_C.QUICK_AND_SLOW, "Say sorry", transactional=True),
        Purpose.RECOVERY_CHECK: PurposeProperties(_C.QUICK_AND_SLOW, "Ask whether it held", transactional=True),
        Purpose.MOMENT_OF_TRUTH: PurposeProperties(_C.MOMENT_OF_TRUTH, "After a big job", transactional=False),
        Purpose.ANSWER: PurposeProperties(None, "Answer them", transactional=True),
        Purpose.PROMISE: PurposeProperties(None, "Keep a promise", transactional=True),
        Purpose.AD_HOC: PurposeProperties(None, "Write to them", transactional=False),
    }
)
COMMERCIAL = tuple(sorted(purpose for purpose, has in PURPOSES.items() if has.commercial))
"""The purposes that offer or advertise."""
