"""Due days of answers to events, counted over the office calendar, independent of the program.

Prints the fixture `tests/fixtures/event-deadlines.csv`:
    python3 tests/oracle/event_deadlines.py > tests/fixtures/event-deadlines.csv
With `--check` it compares the fixture with what it would print, and ends with 1 where they differ.

The event days lie around what is easily counted wrong: make-up working days, the long holidays of
the lunar new year, month ends, and a day every five weeks. The rule forms are those of the clauses:
10 個工作日前, 五日內, 7 日內, 當日（前或當日）, 前 and 每三個月. Only the standard library.
"""

import re
import sys
from calendar import monthrange
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CALENDAR = ROOT / "content" / "calendar.yaml"
FIXTURE = ROOT / "tests" / "fixtures" / "event-deadlines.csv"
YEARS = range(2020, 2028)


def read_calendar():
    """The lines `      2026-02-16: 農曆除夕` under `holidays:` and `workdays:` of each year."""
    days = {"holidays": {}, "workdays": {}}
    years, into = set(), None
    for line in CALENDAR.read_text(encoding="utf-8").splitlines():
        if found := re.match(r" +(holidays|workdays):", line):
            into = found[1]
        elif found := re.match(r" +(\d{4}-\d\d-\d\d): (.+)", line):
            days[into][date.fromisoformat(found[1])] = found[2]
        elif found := re.match(r" +(\d{4}):$", line):
            years.add(int(found[1]))
    assert years == set(YEARS), years
    return days["holidays"], days["workdays"]


HOLIDAYS, WORKDAYS = read_calendar()
# Every working day there is, in order: counting backward is taking steps in this list.
WORKING = [
    day
    for day in (date(2020, 1, 1) + timedelta(n) for n in range((date(2028, 1, 1) - date(2020, 1, 1)).days))
    if day in WORKDAYS or (day.isoweekday() <= 5 and day not in HOLIDAYS)
]


def working_days_before(event, count):
    """The count-th working day before the event; the event's own day does not count."""
    earlier = [day for day in WORKING if day < event]
    return earlier[-count]


def months_after(event, count):
    """行政程序法第48條第2、3項: counted from the day after the event (始日不計算在內) to the day before the counterpart of that
    day (相當日之前一日); the month's last day where it has no such day (無相當日者，以其月之末日). From a month's first day
    that is the last day of the month before."""
    first = event + timedelta(1)
    year, month = divmod(first.year * 12 + first.month - 1 + count, 12)
    last = monthrange(year, month + 1)[1]
    if first.day > last:
        return date(year, month + 1, last)
    return date(year, month + 1, first.day) - timedelta(1)


FORMS = [
    ("before 10 working days", lambda event: working_days_before(event, 10)),
    ("within 5 days", lambda event: event + timedelta(5)),
    ("within 7 days", lambda event: event + timedelta(7)),
    ("same-day", lambda event: event),
    ("day-before", lambda event: event - timedelta(1)),
    ("within 3 months", lambda event: months_after(event, 3)),
]


def event_days():
    days = set()
    for day in WORKDAYS:
        # The make-up day itself, the day after it, and the events whose count it falls into last.
        days |= {day, day + timedelta(1), day + timedelta(13), day + timedelta(14)}
    for year in YEARS:
        new_year = [day for day, name in HOLIDAYS.items() if day.year == year and re.search("除夕|小年夜|春節", name)]
        first = min(new_year)
        days |= {first + timedelta(n) for n in (-1, 0, 3, 6, 7, 8, 10, 14, 18, 19)}
        days |= {date(year, *day) for day in [(1, 31), (2, 28), (8, 31), (11, 29), (11, 30), (12, 31)]}
        days |= {date(year, 2, 1) + timedelta(35 * n) for n in range(9)}
    days.add(date(2024, 2, 29))
    # Earlier events would count back beyond the calendar.
    return sorted(day for day in days if date(2020, 1, 17) <= day <= date(2027, 12, 31))


def csv():
    rows = ["event,form,due"]
    for day in event_days():
        rows += [f"{day},{form},{due(day)}" for form, due in FORMS]
    return "\n".join(rows) + "\n"


if "--check" in sys.argv[1:]:
    if FIXTURE.read_text(encoding="utf-8") != csv():
        sys.exit(f"{FIXTURE.name} is not what this script gives")
else:
    print(csv(), end="")
