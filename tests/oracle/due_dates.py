"""Windows of every periodic duty of the five regulations, independent of the program.

Prints the fixture `tests/fixtures/due-dates.csv`:
    python3 tests/oracle/due_dates.py > tests/fixtures/due-dates.csv
With `--check` it compares the fixture with what it would print, and ends with 1 where they differ.
Each duty is written down here again from the clause, not from the rule files. Systems are in use
since 2025-01-01; the windows are those that open by 2028-12-31.
`advised` is the last working day before a due date that is a day off; `moved` is the due date
under `on_holiday: next-working-day`. Both are blank or unmoved where the calendar lacks the year.
Only the standard library.
"""

import re
import sys
from calendar import monthrange
from datetime import date, timedelta
from pathlib import Path

FIRST, LAST_OPENING = date(2025, 1, 1), date(2028, 12, 31)
CALENDAR = Path(__file__).parent.parent / "fixtures" / "office-calendar.yaml"
ONE_DAY = timedelta(days=1)


def read_calendar():
    years, holidays, workdays, into = set(), set(), set(), None
    for line in CALENDAR.read_text(encoding="utf-8").splitlines():
        if found := re.fullmatch(r"  (\d{4}):", line):
            years.add(int(found[1]))
        elif "holidays:" in line:
            into = holidays
        elif "workdays:" in line:
            into = workdays
        elif found := re.match(r"      (\d{4}-\d\d-\d\d):", line):
            into.add(date.fromisoformat(found[1]))
    return years, holidays, workdays


YEARS, HOLIDAYS, WORKDAYS = read_calendar()


def is_working(day):
    if day.year not in YEARS:
        raise LookupError(day.year)
    return day in WORKDAYS or (day.weekday() < 5 and day not in HOLIDAYS)


def nearest_working(day, step):
    """The day itself or the nearest working day in a direction; None beyond the calendar."""
    try:
        while not is_working(day):
            day += step
        return day
    except LookupError:
        return None


def month_end(year, month):
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, monthrange(year, month)[1])


def periods(every):
    length = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}[every]
    for year in range(2025, 2030):
        for index in range(12 // length):
            first_month = index * length + 1
            last_month = first_month + length - 1
            name = {
                "month": f"{year}-{first_month:02}",
                "quarter": f"{year}-Q{index + 1}",
                "half-year": f"{year}-H{index + 1}",
                "year": f"{year}",
            }[every]
            yield name, date(year, first_month, 1), month_end(year, last_month)


def within(first, last):
    """Done within the period."""
    return first, last


def next_month(first, last):
    """In the month after the period; also the site's default for a finished period."""
    return last + ONE_DAY, month_end(last.year, last.month + 1)


def end_of_second_month(first, last):
    """By the end of February and August (二月底及八月底前)."""
    return last + ONE_DAY, month_end(last.year, last.month + 2)


def august_or_10_march(first, last):
    """上半年於 8 月底前、下半年於次年 3 月 10 日前."""
    due = date(last.year, 8, 31) if last.month == 6 else date(last.year + 1, 3, 10)
    return last + ONE_DAY, due


DUTIES = [
    # regulation, duty, scope, every, window
    ("taipei-seal", "query-report", "desk branch", "month", next_month),  # 5.2.2
    ("taipei-seal", "external-audit-offices", "branch", "quarter", within),  # 7.2.1
    ("taipei-seal", "external-audit-contractors", "firm", "half-year", within),  # 7.2.1
    ("taipei-seal", "internal-audit", "desk branch", "month", next_month),  # 7.2.2
    ("taipei-seal", "vulnerability-scan", "seal", "quarter", within),  # 8.1
    ("taipei-seal", "account-review", "seal", "quarter", within),  # 8.3
    ("taipei-cadastral", "unit-audit", "desk branch", "quarter", next_month),  # 7.1.1
    ("taipei-cadastral", "agency-audit", "city", "half-year", next_month),  # 7.1.2
    ("taipei-cadastral", "submit-audit-records", "city", "half-year", end_of_second_month),  # 7.1.2
    ("taipei-market-household", "rights-inventory", "city", "half-year", within),  # 4.1
    ("taipei-market-household", "monthly-spot-check", "desk branch", "month", next_month),  # 6.2
    ("taipei-market-household", "half-year-audit", "city", "half-year", next_month),  # 6.3
    ("taipei-market-household", "submit-audit-results", "city", "half-year", august_or_10_march),  # 6.4
    ("taipei-health-household", "half-year-check", "city", "half-year", next_month),  # 5.10
    ("taipei-health-household", "monthly-unannounced-audit", "city", "month", within),  # 5.10
    ("nantou-household", "ip-inventory", "city", "half-year", within),  # 3.8
    ("nantou-household", "security-training", "officer", "year", within),  # 4.3
    ("nantou-household", "monthly-check", "city", "month", next_month),  # 5.1
    ("nantou-household", "civil-affairs-audit", "city", "year", within),  # 5.3
    ("nantou-household", "self-audit", "city", "year", within),  # 5.3
    ("nantou-household", "contractor-audit", "firm", "year", within),  # 5.4
]


def rows():
    yield "id,opens,due,advised,moved"
    for regulation, duty, scopes, every, window in DUTIES:
        for scope in scopes.split():
            for name, first, last in periods(every):
                opens, due = window(first, last)
                if opens > LAST_OPENING:
                    continue
                advised = nearest_working(due, -ONE_DAY)
                advised = "" if advised in (None, due) else advised
                moved = nearest_working(due, ONE_DAY) or due
                yield f"{regulation}/{duty}/{scope}/{name},{opens},{due},{advised},{moved}"


text = "".join(f"{row}\n" for row in rows())
if "--check" in sys.argv[1:]:
    fixture = Path(__file__).resolve().parent.parent / "fixtures" / "due-dates.csv"
    if fixture.read_text(encoding="utf-8") != text:
        sys.exit(f"{fixture.name} is not what this script gives")
else:
    print(text, end="")
