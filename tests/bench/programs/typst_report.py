"""The month's report as PDF, as often as asked; at the end it says what each took, loading included in the first."""

from __future__ import annotations

import sys
import time


def main() -> None:
    took = []
    for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 1):
        began = time.perf_counter()
        _report()
        took.append((time.perf_counter() - began) * 1e3)
    print("made", time.monotonic_ns(), *took, flush=True)


def _report() -> bytes:
    from followup_desktop.core.report.model import Format
    from followup_desktop.core.report.rules import render
    from tests.core.report.sample import october

    return next(iter(render(october(), [Format.PDF]).values()))


if __name__ == "__main__":
    main()
