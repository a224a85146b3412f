"""On which days a stop is visited, and what to know and ask there."""

from followup_desktop.core.routes.rules.doorstep import ask, know
from followup_desktop.core.routes.rules.when import is_due, next_day

__all__ = ["ask", "is_due", "know", "next_day"]
