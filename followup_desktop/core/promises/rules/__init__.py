"""What a line means, what is asked about it, and where a promise stands."""

from followup_desktop.core.promises.rules.line import understand
from followup_desktop.core.promises.rules.names import NameIndex

__all__ = ["NameIndex", "understand"]
