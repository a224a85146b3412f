"""What a month's numbers say, and what they do not."""

from followup_desktop.core.insights.rules.diagnosis import diagnosis
from followup_desktop.core.insights.rules.figures import (
    answer_bars,
    figures,
    month_after,
    month_before,
    why_left,
)
from followup_desktop.core.insights.rules.statistics import (
    duration_change,
    net_promoters,
    satisfaction,
    share_change,
    time_taken,
)
from followup_desktop.core.insights.rules.words import figure_words, known_locale

__all__ = [
    "answer_bars",
    "diagnosis",
    "duration_change",
    "figure_words",
    "figures",
    "known_locale",
    "month_after",
    "month_before",
    "net_promoters",
    "satisfaction",
    "share_change",
    "time_taken",
    "why_left",
]
