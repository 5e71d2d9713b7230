"""Required sample sizes by the words of the clauses, independent of the program.

Prints the fixture `tests/fixtures/sample-sizes.csv`:
    python3 tests/oracle/sample_sizes.py > tests/fixtures/sample-sizes.csv
With `--check` it compares the fixture with what it would print, and ends with 1 where they differ.
Only the standard library; exact arithmetic with fractions.
"""

import sys
from fractions import Fraction
from math import ceil
from pathlib import Path


def percent(rate, population):
    return ceil(Fraction(rate, 100) * population)


def seal_7_2_2(n):
    # 抽查比對總數百分之一；未達一百件者，至少一件
    if n == 0:
        return 0
    return 1 if n < 100 else percent(1, n)


def cadastral_7_1_1(n):
    # 三萬筆以上：300；未達：百分之一，未達五筆者稽核五筆；全季未達五筆者全數
    if n >= 30000:
        return 300
    if n < 5:
        return n
    return max(5, percent(1, n))


def market_6_2(n):
    # 6%，最少 6 件、最多 80 件；不足 6 件者全數
    if n <= 6:
        return n
    return min(80, max(6, percent(6, n)))


def market_6_3(n):
    # 500 以下 6%、最少 20；501–2,000 5%、最少 30、最多 80；2,001 以上 4%、最多 150
    if n <= 500:
        size = max(20, percent(6, n))
    elif n <= 2000:
        size = min(80, max(30, percent(5, n)))
    else:
        size = min(150, percent(4, n))
    return min(size, n)


def nantou_5_1(n):
    # 至少百分之三且不少於十筆；總筆數少於十筆者全數
    if n < 10:
        return n
    return max(10, percent(3, n))


RULES = {
    ("taipei-seal", "internal-audit"): (seal_7_2_2, [100, 200, 300, 1000, 9900]),
    ("taipei-cadastral", "unit-audit"): (cadastral_7_1_1, [5, 500, 600, 10000, 29900, 30000, 1000000]),
    ("taipei-market-household", "monthly-spot-check"): (market_6_2, [6, 100, 116, 1316, 1333, 5000]),
    ("taipei-market-household", "half-year-audit"): (
        market_6_3,
        [20, 333, 350, 500, 600, 620, 1600, 2000, 2025, 3725, 3750, 9000],
    ),
    ("nantou-household", "monthly-check"): (nantou_5_1, [10, 333, 366, 1000, 33300]),
}


def rows():
    yield "regulation,obligation,population,required"
    for (regulation, obligation), (rule, edges) in RULES.items():
        near = {0, 1, 2, 3, 4, 100, 1000, 10000, 99999, 100000}
        for edge in edges:
            near.update(range(max(0, edge - 2), edge + 3))
        for population in sorted(near):
            yield f"{regulation},{obligation},{population},{rule(population)}"


text = "".join(f"{row}\n" for row in rows())
if "--check" in sys.argv[1:]:
    fixture = Path(__file__).resolve().parent.parent / "fixtures" / "sample-sizes.csv"
    if fixture.read_text(encoding="utf-8") != text:
        sys.exit(f"{fixture.name} is not what this script gives")
else:
    print(text, end="")
