#!/usr/bin/env python3
"""行政程序法第48條: the last day of a period of days, weeks, months or years, by the words of the article alone.

第二項 期間以日、星期、月或年計算者，其始日不計算在內。
第三項 期間不以星期、月或年之始日起算者，以最後之星期、月或年與起算日相當日之前一日為期間之末日。
       但以月或年定期間，而於最後之月無相當日者，以其月之末日為期間之末日。
(A period that does begin on the first day of a week, month or year ends with the last day of its last week, month or year.)
第四項 (a last day that is a Sunday, holiday or day off moves to the next day) is a matter of the calendar and not of this file.

No library of dates: days are counted here by hand, so that an error in one cannot hide in the other.

section_48.py START LENGTH UNIT      prints the last day; START is the day of the event, UNIT one of days weeks months years
section_48.py --csv N SEED [--skip F]  prints N rows start,length,unit,end; F is a file whose rows are left out
"""
import os, random, sys

MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def leap(y):
    return y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)


def days_in(y, m):
    return 29 if m == 2 and leap(y) else MONTH[m - 1]


def next_day(d):
    y, m, k = d
    if k < days_in(y, m):
        return (y, m, k + 1)
    return (y, m + 1, 1) if m < 12 else (y + 1, 1, 1)


def day_before(d):
    y, m, k = d
    if k > 1:
        return (y, m, k - 1)
    return (y, m - 1, days_in(y, m - 1)) if m > 1 else (y - 1, 12, 31)


def last_day(event, n, unit):
    """The last day of n units counted from the day of the event, which itself is not counted."""
    first = next_day(event)                         # 始日不計算在內: the day counted from
    if unit == "days":
        d = first
        for _ in range(n - 1):
            d = next_day(d)
        return d
    if unit == "weeks":                             # ends the day before the same day of the week, n weeks on; from a
        d = first                                   # week's first day that is its last day: the same day either way
        for _ in range(7 * n):
            d = next_day(d)
        return day_before(d)
    months = n * (12 if unit == "years" else 1)
    y, m, k = first
    at = y * 12 + (m - 1)
    if k == 1:                                      # from the first day of a month: whole months, to the end of the last
        y, m = divmod(at + months - 1, 12)
        return (y, m + 1, days_in(y, m + 1))
    y, m = divmod(at + months, 12)
    m += 1
    if k > days_in(y, m):                           # 最後之月無相當日: its last day
        return (y, m, days_in(y, m))
    return (y, m, k - 1)                            # 相當日之前一日


def show(d):
    return "%04d-%02d-%02d" % d


def read(s):
    return tuple(int(x) for x in s.split("-"))


KNOWN = [("2026-04-30", 3, "months", "2026-07-31"), ("2026-04-29", 3, "months", "2026-07-29"),
         ("2026-02-28", 6, "months", "2026-08-31"), ("2025-02-28", 3, "years", "2028-02-29"),
         ("2024-02-29", 3, "years", "2027-02-28"), ("2026-11-29", 3, "months", "2027-02-28"),
         ("2026-11-30", 3, "months", "2027-02-28"), ("2026-01-30", 1, "months", "2026-02-28"),
         ("2026-01-31", 1, "months", "2026-02-28"), ("2026-06-25", 5, "days", "2026-06-30"),
         ("2026-06-25", 1, "weeks", "2026-07-02"), ("2026-12-31", 1, "years", "2027-12-31"),
         ("2024-02-28", 1, "years", "2025-02-28"), ("2023-02-28", 1, "years", "2024-02-29")]


def rows(n, seed, skip):
    r = random.Random(seed)
    edge = [(y, m, days_in(y, m) - k) for y in range(2023, 2029) for m in range(1, 13) for k in (0, 1, 2)]
    short = [d for d in edge if d[2] == days_in(d[0], d[1]) < 31]       # the ends of short months, where most go wrong
    out = []
    while len(out) < n:
        d = r.choice(short) if r.random() < 0.4 else r.choice(edge) if r.random() < 0.55 else (lambda y, m: (y, m, r.randint(1, days_in(y, m))))(r.randint(2020, 2030), r.randint(1, 12))
        unit = r.choice(["days", "weeks", "months", "months", "months", "years", "years"])
        k = {"days": lambda: r.choice([1, 5, 7, 10, 14, 30, r.randint(1, 400)]), "weeks": lambda: r.randint(1, 60),
             "months": lambda: r.choice([1, 2, 3, 6, 12, 18, 36, r.randint(1, 72)]), "years": lambda: r.choice([1, 2, 3, 4, 5, 10])}[unit]()
        if (d, k, unit) in skip:
            continue
        skip.add((d, k, unit))
        out.append((d, k, unit, last_day(d, k, unit)))
    return out


def main(a):
    for s, n, u, e in KNOWN:
        assert show(last_day(read(s), n, u)) == e, (s, n, u, e, show(last_day(read(s), n, u)))
    if a[:1] == ["--csv"]:
        skip = set()
        if "--skip" in a:
            for line in open(a[a.index("--skip") + 1]).read().splitlines()[1:]:
                s, k, u, _ = line.split(",")
                skip.add((read(s), int(k), u))
        print("start,length,unit,end")
        for d, k, u, e in rows(int(a[1]), int(a[2]), skip):
            print(f"{show(d)},{k},{u},{show(e)}")
        return
    if a[:1] == ["--check"]:
        path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "fixtures", "section-48.csv")
        for line in open(path).read().splitlines()[1:]:
            s, k, u, e = line.split(",")
            assert show(last_day(read(s), int(k), u)) == e, line
        return
    print(show(last_day(read(a[0]), int(a[1]), a[2])))


if __name__ == "__main__":
    main(sys.argv[1:])
