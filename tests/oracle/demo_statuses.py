"""The status of every occurrence of the demo, calculated without the program.

Reads `content/` and nothing else; each duty is written down here again from its clause, not from
the rule files. Prints the fixture `tests/fixtures/demo-status.csv`:
    python3 tests/oracle/demo_statuses.py > tests/fixtures/demo-status.csv
With `--history` it prints how many of the rows have each status at the end of each of the twelve
months before, the fixture `tests/fixtures/demo-history.csv`; it runs itself for each of these days.
With `--check` it prints nothing and fails if a fixture says something else.

The rows are the occurrences of periodic and interval duties whose window has opened by the day.
It stops with an assertion where the demo is ambiguous, that is where two faults fall on one
occurrence, so that no rule of precedence is needed here. Needs PyYAML.
"""

import csv
import io
import re
import subprocess
import sys
from calendar import monthrange
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

try:
    import yaml
except ModuleNotFoundError:
    print("PyYAML is not here; the statuses of the demo are not calculated again")
    sys.exit(0)

DEMO_DAY, DUE_SOON = date(2026, 11, 21), timedelta(days=14)
AS_OF = date.fromisoformat(sys.argv[2]) if sys.argv[1:2] == ["--counts"] else DEMO_DAY
YEARS = range(2025, 2027)
TESTS = Path(__file__).parent.parent
CONTENT, FIXTURE = TESTS.parent / "content", TESTS / "fixtures" / "demo-status.csv"
HISTORY = TESTS / "fixtures" / "demo-history.csv"
COLUMNS = (
    "regulation,obligation,scope,period,opens,due,status,"
    "required_records,required_users,actual_records,actual_users"
)


# Records: every value is a text.


def day(text):
    """2026-11-21, 115-11-21 or 民國115年11月21日."""
    text = text.replace(" ", "")
    if found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text):
        return date(*map(int, found.groups()))
    found = re.fullmatch(r"(\d{3})-(\d\d)-(\d\d)", text) or re.fullmatch(
        r"(?:中華)?民國(\d+)年(\d+)月(\d+)日", text
    )
    year, month, dom = map(int, found.groups())
    return date(year + 1911, month, dom)


def read(kind):
    files = [*CONTENT.glob(f"{kind}.yaml"), *CONTENT.glob(f"{kind}/**/*.yaml")]
    records = []
    for path in sorted(files):
        found = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        records += found if isinstance(found, list) else [found]
    return records


def by_id(records):
    return {record["id"]: record for record in records}


UNITS, POSTS = by_id(read("units")), by_id(read("posts"))
CONTRACTORS, EVIDENCE = by_id(read("contractors")), by_id(read("evidence"))
ACCOUNTS, TRAININGS, WAIVERS = read("accounts"), read("trainings"), read("waivers")
USAGE = {
    (row["unit"], row["system"], row["month"]): (int(row["queries"]), int(row["total_users"]))
    for row in read("usage")
}


def acts(records, date_key):
    """What had happened by the day, by duty, scope and period."""
    found = defaultdict(list)
    for record in records:
        if day(record[date_key]) <= AS_OF:
            key = record["obligation"], record["scope"], record.get("period")
            found[key].append(record)
    return found


AUDITS, SUBMISSIONS = acts(read("audits"), "done_on"), acts(read("submissions"), "sent_on")


# Periods and days.


def months_of(period):
    """The months of 2026, 2026-H1, 2026-Q3 or 2026-09."""
    year = period[:4]
    first, count = 1, 12
    if "Q" in period:
        first, count = int(period[6]) * 3 - 2, 3
    elif "H" in period:
        first, count = int(period[6]) * 6 - 5, 6
    elif len(period) == 7:
        return [period]
    return [f"{year}-{month:02}" for month in range(first, first + count)]


def first_day(period):
    year, month = map(int, months_of(period)[0].split("-"))
    return date(year, month, 1)


def last_day(period):
    year, month = map(int, months_of(period)[-1].split("-"))
    return date(year, month, monthrange(year, month)[1])


def later(start, months):
    """The same day some months later, or the month's last if it has no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def period_end(start, months):
    """The last day of so many months counted from a day, which itself does not count (行政程序法第48條第2、3項)."""
    first = start + timedelta(1)
    counterpart = later(first, months)
    return counterpart - timedelta(1) if counterpart.day == first.day else counterpart


def end_of_month_after(period, months):
    last = later(last_day(period).replace(day=1), months)
    return last.replace(day=monthrange(last.year, last.month)[1])


def within(period):
    return first_day(period), last_day(period)


def next_month(period):
    return last_day(period) + timedelta(1), end_of_month_after(period, 1)


def second_month(period):
    return last_day(period) + timedelta(1), end_of_month_after(period, 2)


def august_or_10_march(period):
    due = end_of_month_after(period, 2 if period.endswith("H1") else 3)
    return last_day(period) + timedelta(1), due if period.endswith("H1") else due.replace(day=10)


def periods(every):
    for year in YEARS:
        match every:
            case "month":
                yield from (f"{year}-{month:02}" for month in range(1, 13))
            case "quarter":
                yield from (f"{year}-Q{number}" for number in range(1, 5))
            case "half-year":
                yield from (f"{year}-H{number}" for number in (1, 2))
            case "year":
                yield str(year)


# Samples.


def percent(rate, n):
    return (rate * n + 99) // 100


def seal_7_2_2(n):
    return max(1, percent(1, n))


def cadastral_7_1_1(n):
    return 300 if n >= 30_000 else max(5, percent(1, n))


def market_6_2(n):
    return min(80, max(6, percent(6, n)))


def market_6_3(n):
    if n <= 500:
        return max(20, percent(6, n))
    if n <= 2000:
        return min(80, max(30, percent(5, n)))
    return min(150, percent(4, n))


def nantou_5_1(n):
    return max(10, percent(3, n))


def half(n):
    return percent(50, n)


# Duties. What a rule asks: `records` and `users` of the population, every `months` used,
# half `of` another duty's samples, `joint` parties, `approval`, `forms` of evidence, `unannounced`,
# `hours` of training; or papers sent `to` an agency.

SYSTEMS = {
    "taipei-seal": "seal-matching",
    "taipei-cadastral": "land-cloud",
    "taipei-market-household": "market-household-link",
    "taipei-health-household": "health-household-link",
    "nantou-household": "nantou-verification",
}
TEAM = ["土地登記科", "資訊室", "政風室"]
RULES = [
    ("taipei-seal", "query-report", "unit", "month", next_month, {"approval": True}),
    ("taipei-seal", "external-audit-offices", "office", "quarter", within,
     {"joint": TEAM, "forms": ["稽核紀錄表（附件二）"]}),
    ("taipei-seal", "external-audit-contractors", "contractor", "half-year", within,
     {"joint": TEAM, "forms": ["稽核紀錄表（附件二）"]}),
    ("taipei-seal", "internal-audit", "unit", "month", next_month,
     {"records": seal_7_2_2, "forms": ["稽核紀錄表（附件三）"]}),
    ("taipei-seal", "vulnerability-scan", "system", "quarter", within,
     {"forms": ["弱點掃描報告"]}),
    ("taipei-seal", "account-review", "system", "quarter", within,
     {"forms": ["使用者帳號清冊（附件四）"]}),
    ("taipei-cadastral", "unit-audit", "unit", "quarter", next_month,
     {"records": cadastral_7_1_1, "users": half, "months": True, "forms": ["稽核紀錄（附件二）"]}),
    ("taipei-cadastral", "agency-audit", "agency", "half-year", next_month,
     {"of": "unit-audit", "months": True, "joint": ["政風單位"], "approval": True,
      "forms": ["稽核紀錄（附件三）"]}),
    ("taipei-cadastral", "submit-audit-records", "agency", "half-year", second_month,
     {"to": "臺北市政府地政局"}),
    ("taipei-market-household", "rights-inventory", "agency", "half-year", within, {}),
    ("taipei-market-household", "monthly-spot-check", "unit", "month", next_month,
     {"records": market_6_2, "approval": True, "forms": ["案件抽查表（附件4）"]}),
    ("taipei-market-household", "half-year-audit", "agency", "half-year", next_month,
     {"records": market_6_3, "joint": ["政風人員"], "approval": True,
      "forms": ["稽核紀錄表（附件5）", "案件抽查表（附件4）"]}),
    ("taipei-market-household", "submit-audit-results", "agency", "half-year",
     august_or_10_march, {"to": "臺北市政府民政局"}),
    ("taipei-health-household", "half-year-check", "agency", "half-year", next_month,
     {"joint": ["資訊室", "政風室"]}),
    ("taipei-health-household", "monthly-unannounced-audit", "agency", "month", within,
     {"joint": ["資訊室", "政風室"], "unannounced": True}),
    ("nantou-household", "ip-inventory", "agency", "half-year", within, {}),
    ("nantou-household", "security-training", "post", "year", within, {"hours": 3}),
    ("nantou-household", "monthly-check", "agency", "month", next_month,
     {"records": nantou_5_1, "forms": ["查詢紀錄單"]}),
    ("nantou-household", "civil-affairs-audit", "agency", "year", within,
     {"joint": ["民政處"], "forms": ["稽核紀錄"]}),
    ("nantou-household", "self-audit", "agency", "year", within, {"forms": ["稽核紀錄"]}),
    ("nantou-household", "contractor-audit", "contractor", "year", within,
     {"forms": ["稽核紀錄"]}),
]


def users_of(system):
    """The units that use a system, with their first day."""
    return {
        unit["id"]: min(day(use["from"]) for use in unit["uses"] if use["system"] == system)
        for unit in UNITS.values()
        if any(use["system"] == system for use in unit.get("uses", []))
    }


def scopes(regulation, kind):
    """What a duty is laid on, with the day it begins."""
    system = SYSTEMS[regulation]
    users = users_of(system)
    agencies = {}
    for unit, start in users.items():
        agency = UNITS[unit]["agency"]
        agencies[agency] = min(agencies.get(agency, start), start)
    match kind:
        case "unit":
            return users
        case "office":
            return {unit: at for unit, at in users.items() if UNITS[unit]["kind"] == "office"}
        case "agency":
            return agencies
        case "system":
            return {system: min(users.values())}
        case "contractor":
            firms = [firm for firm in CONTRACTORS.values() if system in firm["systems"]]
            return {firm["id"]: day(firm["from"]) for firm in firms}
        case "post":
            return {
                post["id"]: max(day(post["from"]), agencies[post["agency"]])
                for post in POSTS.values()
                if post["agency"] in agencies
                and {"project-officer", "operator"} & set(post.get("roles", []))
            }


def waived(duty, scope, due):
    return any(
        waiver["obligation"] == duty
        and waiver["scope"] == scope
        and day(waiver["from"]) <= due <= day(waiver["until"])
        and day(waiver["approved"]["on"]) <= AS_OF
        for waiver in WAIVERS
    )


def not_done(opens, due):
    if AS_OF < opens:
        return "upcoming"
    if AS_OF > due:
        return "overdue"
    return "due-soon" if due - AS_OF <= DUE_SOON else "open"


def figure(audit, key):
    return int(audit.get("sample", {}).get(key, 0))


def population(regulation, kind, scope, period, asks):
    """Required records and users, months used, and whether usage is not recorded."""
    if not {"records", "users", "months"} & asks.keys():
        return None, None, None, False
    system = SYSTEMS[regulation]
    users = users_of(system)
    units = [scope] if kind == "unit" else [u for u in users if UNITS[u]["agency"] == scope]
    cells = [
        (unit, month)
        for unit in units
        for month in months_of(period)
        if month >= users[unit].isoformat()[:7]
    ]
    usage = {cell: USAGE.get((cell[0], system, cell[1])) for cell in cells}
    if None in usage.values():
        return None, None, None, True
    queries = sum(row[0] for row in usage.values())
    records = people = None
    if "records" in asks:
        records = min(queries, asks["records"](queries))
    if "users" in asks:
        most = max(row[1] for row in usage.values())
        people = min(most, asks["users"](most))
    months = {month for (_, month), row in usage.items() if row[0]} if "months" in asks else None
    return records, people, months, False


def shortfalls(asks, audits, records, users, months):
    """What a rule asks and the audits have not."""
    if records is not None and sum(figure(audit, "records") for audit in audits) < records:
        yield "records"
    if users is not None and sum(figure(audit, "users") for audit in audits) < users:
        yield "users"
    if months and months - {month for audit in audits for month in audit["sample"]["months"]}:
        yield "months"
    approved = lambda audit: "approved" in audit and day(audit["approved"]["on"]) <= AS_OF
    if "approval" in asks and not all(map(approved, audits)):
        yield "approval"
    for party in asks.get("joint", []):
        if not any(party in audit.get("joint", []) for audit in audits):
            yield party
    papers = [EVIDENCE[name] for audit in audits for name in audit.get("evidence", [])]
    forms = {paper.get("form") for paper in papers if day(paper["received_on"]) <= AS_OF}
    yield from (form for form in asks.get("forms", []) if form not in forms)
    if "unannounced" in asks and any(audit.get("unannounced") != "true" for audit in audits):
        yield "announced"


def completed_on(audits, records, users):
    """The day the sample was complete; the last audit's if it never was."""
    seen_records = seen_users = 0
    for audit in sorted(audits, key=lambda audit: day(audit["done_on"])):
        seen_records += figure(audit, "records")
        seen_users += figure(audit, "users")
        if seen_records >= (records or 0) and seen_users >= (users or 0):
            break
    return day(audit["done_on"])


def trained(scope, period, hours, opens, due):
    end = min(last_day(period), AS_OF)
    done = [
        int(training["hours"])
        for training in TRAININGS
        if training["post"] == scope and first_day(period) <= day(training["on"]) <= end
    ]
    if sum(done) >= hours:
        return "done"
    return "deficient" if done and AS_OF > due else not_done(opens, due)


def sent(duty, scope, period, to, opens, due):
    found = [day(x["sent_on"]) for x in SUBMISSIONS[duty, scope, period] if x["to"] == to]
    if found:
        return "done" if min(found) <= due else "done-late"
    return "waived" if waived(duty, scope, due) else not_done(opens, due)


def audited(regulation, duty, kind, scope, period, asks, opens, due):
    """Status, required records and users, actual records and users."""
    name = f"{regulation}/{duty}"
    audits = AUDITS[name, scope, period]
    records, users, months, unknown = population(regulation, kind, scope, period, asks)
    nothing_used = records == 0
    if "of" in asks:
        quarters = {month_quarter(month) for month in months_of(period)}
        units = [u for u in users_of(SYSTEMS[regulation]) if UNITS[u]["agency"] == scope]
        sources = [
            audit
            for unit in units
            for quarter in quarters
            for audit in AUDITS[f"{regulation}/{asks['of']}", unit, quarter]
        ]
        records = half(sum(figure(audit, "records") for audit in sources))
        users = half(sum(figure(audit, "users") for audit in sources))
    required = records, users
    if not audits:
        if waived(name, scope, due):
            return "waived", *required, None, None
        return "not-applicable" if nothing_used else not_done(opens, due), *required, None, None
    lacks = list(shortfalls(asks, audits, records, users, months))
    done = completed_on(audits, records, users)
    faults = len(lacks) + unknown + (done > due)
    assert faults <= 1, f"ambiguous: {name}/{scope}/{period} {lacks}"
    if lacks:
        status = "deficient"
    elif unknown:
        status = "unknown"
    else:
        status = "done" if done <= due else "done-late"
    sums = [sum(figure(audit, key) for audit in audits) for key in ("records", "users")]
    asked = ["records" in asks or "of" in asks, "users" in asks or "of" in asks]
    return status, *required, *(n if ask else None for n, ask in zip(sums, asked))


def month_quarter(month):
    return f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}"


def periodic():
    for regulation, duty, kind, every, window, asks in RULES:
        name = f"{regulation}/{duty}"
        for scope, start in scopes(regulation, kind).items():
            until = CONTRACTORS.get(scope, {}).get("until") if kind == "contractor" else None
            for period in periods(every):
                opens, due = window(period)
                over = until and day(until) < first_day(period)
                if last_day(period) < start or over or opens > AS_OF:
                    continue
                row = regulation, duty, scope, period, opens, due
                if "hours" in asks:
                    status = trained(scope, period, asks["hours"], opens, due)
                    yield *row, status, None, None, None, None
                elif "to" in asks:
                    status = sent(name, scope, period, asks["to"], opens, due)
                    yield *row, status, None, None, None, None
                else:
                    figures = audited(regulation, duty, kind, scope, period, asks, opens, due)
                    yield *row, *figures


def gaps(regulation, duty, scope, start, done, months, ends=None):
    """From each time to the next: the first from the beginning, the last still running."""
    if start > AS_OF:
        return
    ends = ends if ends and ends <= AS_OF else None
    done = sorted(when for when in done if when <= AS_OF)
    for begins, answered in zip([start, *done], [*done, None]):
        due = period_end(begins, months)
        if answered is None and ends and ends <= due:
            continue  # The account ended before the next change was due.
        if answered:
            status = "done" if answered <= due else "done-late"
        elif waived(f"{regulation}/{duty}", scope, due):
            status = "waived"
        else:
            status = not_done(begins, due)
        yield regulation, duty, scope, begins, begins, due, status, None, None, None, None


def intervals():
    for scope, start in scopes("taipei-cadastral", "agency").items():
        audits = AUDITS["taipei-cadastral/rights-inventory", scope, None]
        done = [day(audit["done_on"]) for audit in audits]
        yield from gaps("taipei-cadastral", "rights-inventory", scope, start, done, 6)
    for regulation in ("taipei-health-household", "nantou-household"):
        for account in ACCOUNTS:
            if account["system"] != SYSTEMS[regulation]:
                continue
            changes = [day(text) for text in account.get("password_changed", [])]
            ends = day(account["cancelled_on"]) if "cancelled_on" in account else None
            start = day(account["opened_on"])
            yield from gaps(
                regulation, "password-change", account["id"], start, changes, 3, ends
            )


def history():
    """The counts at the ends of the twelve months before the demo's day, by a run for each."""
    lines = ["as_of,status,count\n"]
    for month in range(-12, 0):
        first = later(DEMO_DAY.replace(day=1), month)
        end = first.replace(day=monthrange(first.year, first.month)[1])
        run = [sys.executable, __file__, "--counts", end.isoformat()]
        lines.append(subprocess.run(run, check=True, capture_output=True, text=True).stdout)
    return "".join(lines)


def compare(made, fixture):
    if made != fixture.read_text(encoding="utf-8"):
        sys.exit(f"{fixture.name} says something else")


def main():
    rows = [["" if cell is None else str(cell) for cell in row] for row in periodic()]
    rows += [["" if cell is None else str(cell) for cell in row] for row in intervals()]
    rows.sort(key=lambda row: row[:4])
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS.split(","))
    writer.writerows(rows)
    if "--counts" in sys.argv[1:]:
        for status, count in sorted(Counter(row[6] for row in rows).items()):
            print(f"{AS_OF},{status},{count}")
    elif "--history" in sys.argv[1:]:
        print(history(), end="")
    elif "--check" in sys.argv[1:]:
        compare(text.getvalue(), FIXTURE)
        compare(history(), HISTORY)
    else:
        print(text.getvalue(), end="")


main()
