"""`python -m bench`: measure, print, and write bench/RESULTS.md."""

import argparse
import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from bench import load, report, rounds

RESULTS = Path(__file__).with_name("RESULTS.md")
FULL = rounds.Extent(rounds=5, seconds=1.8, incidents=5_000)
QUICK = rounds.Extent(rounds=1, seconds=1.0, incidents=1_000)


def main() -> None:
    """Run the bench."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure SIAGA on this machine.")
    parser.add_argument("--quick", action="store_true", help="one short round, to see that everything works")
    parser.add_argument("--output", type=Path, default=RESULTS, help="where to write (default: %(default)s)")
    parser.add_argument(
        "--only", default="", help="steps with this word in their names; printed, not written"
    )
    asked = parser.parse_args()
    extent = QUICK if asked.quick else FULL
    begin = time.monotonic()
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=spawn) as generator:
        findings = rounds.measure(extent, lambda plan: generator.submit(load.run, plan).result(), asked.only)
    if asked.only:
        print("\n".join(report.figures(findings)))
        return
    text = report.write(findings, extent, time.monotonic() - begin)
    asked.output.write_text(text, encoding="utf-8")
    print(text)
    print(f"wrote {asked.output.name}")


if __name__ == "__main__":
    main()
