"""Times in hours, judged by counting seconds, independent of the program.

Prints the fixture `tests/fixtures/hours.csv`:
    python3 tests/oracle/hours.py > tests/fixtures/hours.csv
With `--check` it compares the fixture with what it would print, and ends with 1 where they differ.

行政程序法第48條第1項: 期間以時計算者，即時起算. What is recorded of an event or an answer is a time, or a day that
may stand for any second of it in Taiwan. An answer is in time if it is for every second that either can
have been, late if for none, and else unknown. The starts lie around midnight, the ends of months and years,
days off and other offsets. Only the standard library.
"""

import sys
from calendar import timegm
from pathlib import Path
from time import gmtime, strftime

FIXTURE = Path(__file__).resolve().parents[1] / "fixtures" / "hours.csv"
DAY, TAIWAN = 86400, 8 * 3600
HOURS = (1, 24, 72)
# A Friday before a day off, the last hour of February, of a leap February, of a year; two of other offsets.
STARTS = (
    "2026-11-20T16:40+08:00",
    "2026-02-28T23:30+08:00",
    "2028-02-28T23:59+08:00",
    "2026-12-31T23:00+08:00",
    "2026-11-20T16:00Z",
    "2026-03-01T00:30+14:00",
)


def seconds(text):
    """Of `2026-11-20T16:40+08:00`, from 1970 in UTC."""
    local, offset = (text[:16], text[16:])
    year, month, day = map(int, local[:10].split("-"))
    hour, minute = map(int, local[11:].split(":"))
    ahead = 0 if offset == "Z" else int(offset[:3]) * 3600 + int(offset[0] + offset[4:]) * 60
    return timegm((year, month, day, hour, minute, 0)) - ahead


def day_of(second):
    return strftime("%Y-%m-%d", gmtime(second + TAIWAN))


def time_of(second):
    return strftime("%Y-%m-%dT%H:%M+08:00", gmtime(second + TAIWAN))


def whole(second):
    """The first and the last second of its day in Taiwan."""
    first = (second + TAIWAN) // DAY * DAY - TAIWAN
    return first, first + DAY - 1


def judge(start, hours, answer):
    """By the first and the last second that the start and the answer can have been."""
    ends = [second + hours * 3600 for second in start]
    if answer[1] <= ends[0]:
        return "done"
    return "done-late" if answer[0] > ends[1] else "unknown"


def rows():
    for hours in HOURS:
        for text in STARTS:
            second = seconds(text)
            for start, at in (((second, second), text), (whole(second), "")):
                end = second + hours * 3600
                due = day_of(start[1] + hours * 3600)
                due_at = time_of(end) if at else ""
                for away in (-DAY, -60, 0, 60, DAY):
                    answer = end + away
                    if answer < start[0]:
                        continue
                    for known, said in (((answer, answer), time_of(answer)), (whole(answer), "")):
                        status = judge(start, hours, known)
                        yield (hours, day_of(second), at, day_of(answer), said, status, due, due_at)
                yield (hours, day_of(second), at, "", "", "overdue", due, due_at)


def main():
    lines = ["hours,on,at,answer_on,answer_at,status,due,due_at"]
    seen = set()
    for row in rows():
        line = ",".join(map(str, row))
        if line not in seen:
            seen.add(line)
            lines.append(line)
    text = "\n".join(lines) + "\n"
    if "--check" in sys.argv:
        sys.exit(FIXTURE.read_text(encoding="utf-8") != text)
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
