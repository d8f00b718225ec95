"""JioNLP's extraction of times and amounts of money, run by the Python of an environment of its own.

    python jionlp_peer.py TEXTS.json    the file holds lists of texts; each number read on standard input is
                                        one of them, and the seconds that it takes are printed, by the
                                        clock and of the processor

It imports nothing of the project.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from contextlib import redirect_stdout
from pathlib import Path


def main() -> None:
    """Answer until the input ends."""
    logging.disable(logging.ERROR)  # it logs what it cannot read
    with redirect_stdout(None):  # and greets
        from jionlp import ner

        ner.extract_time("2024年3月")
        ner.extract_money("3亿元")
    chunks = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    for line in sys.stdin:
        clock, core = time.perf_counter(), time.process_time()
        for text in chunks[int(line)]:
            ner.extract_time(text)
            ner.extract_money(text)
        print(time.perf_counter() - clock, time.process_time() - core, flush=True)


if __name__ == "__main__":
    main()
