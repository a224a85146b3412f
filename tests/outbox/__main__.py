"""`python -m tests.outbox [MESSAGES]`: approve so many messages, and let everything go wrong while they leave."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.outbox.harness import KINDS, through


def main(messages: str = "1000") -> int:
    """Send the messages over the three kinds of server and print what came of them; 1 where something is wrong."""
    total, wrong = int(messages), 0
    share = [total // len(KINDS) + (number < total % len(KINDS)) for number in range(len(KINDS))]
    for number, (kind, count) in enumerate(zip(KINDS, share, strict=True)):
        began = time.perf_counter()
        with tempfile.TemporaryDirectory(prefix="outbox-") as folder:
            came = through(kind, count, Path(folder), seed=number)
        print(f"{kind}: {came.said()}, {time.perf_counter() - began:.0f} s", flush=True)
        for line in came.wrong:
            print(f"  WRONG {line}", flush=True)
        wrong += len(came.wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
