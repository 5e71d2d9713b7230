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
    for records in found.values():
        records.sort(key=lambda record: day(record[date_key]))
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
# half `of` what another duty's samples are, at least as large as they had to be, `joint` parties,
# `approval` by one who has the role, `by` whom it is done, `forms` of evidence, `unannounced`,
# `hours` of training; or papers sent `to` an agency, `after` the audits they report. `open` marks a
# duty whose text names no day: it may be done in its period or after it. What a `supervisor` has to
# do never counts.

SYSTEMS = {
    "taipei-seal": "seal-matching",
    "taipei-cadastral": "land-cloud",
    "taipei-market-household": "market-household-link",
    "taipei-health-household": "health-household-link",
    "nantou-household": "nantou-verification",
}
TEAM = ["土地登記科", "資訊室", "政風室"]
RULES = [
    ("taipei-seal", "query-report", "unit", "month", next_month,
     {"approval": "unit-head", "open": True}),
    ("taipei-seal", "external-audit-offices", "office", "quarter", within,
     {"joint": TEAM, "forms": ["稽核紀錄表（附件二）"]}),
    ("taipei-seal", "external-audit-contractors", "contractor", "half-year", within,
     {"joint": TEAM, "forms": ["稽核紀錄表（附件二）"]}),
    ("taipei-seal", "internal-audit", "unit", "month", next_month,
     {"records": seal_7_2_2, "forms": ["稽核紀錄表（附件三）"], "open": True}),
    ("taipei-seal", "vulnerability-scan", "system", "quarter", within,
     {"forms": ["弱點掃描報告"]}),
    ("taipei-seal", "account-review", "system", "quarter", within,
     {"forms": ["使用者帳號清冊（附件四）"]}),
    ("taipei-cadastral", "unit-audit", "unit", "quarter", next_month,
     {"records": cadastral_7_1_1, "users": half, "months": True, "forms": ["稽核紀錄（附件二）"],
      "by": {"unit-head", "auditor"}}),
    ("taipei-cadastral", "agency-audit", "agency", "half-year", next_month,
     {"of": "unit-audit", "months": True, "joint": ["政風單位"], "approval": "agency-head",
      "forms": ["稽核紀錄（附件三）"]}),
    ("taipei-cadastral", "submit-audit-records", "agency", "half-year", second_month,
     {"to": "臺北市政府地政局",
      "after": [("unit-audit", "unit"), ("agency-audit", "agency")]}),
    ("taipei-market-household", "rights-inventory", "agency", "half-year", within, {}),
    ("taipei-market-household", "monthly-spot-check", "unit", "month", next_month,
     {"records": market_6_2, "approval": "agency-head", "forms": ["案件抽查表（附件4）"],
      "by": {"unit-head"}, "open": True}),
    ("taipei-market-household", "half-year-audit", "agency", "half-year", next_month,
     {"records": market_6_3, "joint": ["政風人員"], "approval": "agency-head", "by": {"auditor"},
      "open": True,
      "forms": ["稽核紀錄表（附件5）", "案件抽查表（附件4）"]}),
    ("taipei-market-household", "submit-audit-results", "agency", "half-year",
     august_or_10_march, {"to": "臺北市政府民政局", "after": [("half-year-audit", "agency")]}),
    ("taipei-health-household", "half-year-check", "agency", "half-year", next_month,
     {"joint": ["資訊室", "政風室"], "open": True}),
    ("taipei-health-household", "monthly-unannounced-audit", "agency", "month", within,
     {"joint": ["資訊室", "政風室"], "unannounced": True}),
    ("nantou-household", "ip-inventory", "agency", "half-year", within, {}),
    ("nantou-household", "security-training", "post", "year", within, {"hours": 3}),
    ("nantou-household", "monthly-check", "agency", "month", next_month,
     {"records": nantou_5_1, "forms": ["查詢紀錄單"], "open": True}),
    ("nantou-household", "civil-affairs-audit", "agency", "year", within,
     {"joint": ["民政處"], "forms": ["稽核紀錄"], "supervisor": True}),
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
        and day(waiver["approved"]["on"]) <= min(AS_OF, due)
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
        # 期間總使用人數: persons, by the accounts on file or by the month with the most of them.
        by_month = defaultdict(int)
        for (_, month), row in usage.items():
            by_month[month] += row[1]
        most = max(*by_month.values(), holders(system, units, period))
        people = min(most, asks["users"](most))
    months = {month for (_, month), row in usage.items() if row[0]} if "months" in asks else None
    return records, people, months, False


def holders(system, units, period):
    """The persons who had the right on some day of a period."""
    first, last = first_day(period), last_day(period)
    ended = lambda account, key: key in account and day(account[key]) < first
    return len(
        {
            account["staff"]
            for account in ACCOUNTS
            if account["system"] == system
            and account["unit"] in units
            and day(account["opened_on"]) <= last
            and not ended(account, "cancelled_on")
            and (not ended(account, "suspended_on") or "reactivation" in account)
        }
    )


def persons(audits):
    """The people looked at: each once, however often."""
    named = {code for audit in audits for code in audit.get("audited_staff", [])}
    rest = (max(0, figure(audit, "users") - len(audit.get("audited_staff", []))) for audit in audits)
    return len(named) + sum(rest)


def agency_of(kind, scope):
    if kind == "agency":
        return scope
    if kind == "contractor":
        return CONTRACTORS[scope]["agency"]
    return UNITS[scope]["agency"] if kind in ("unit", "office") else None


def holds(post, roles, agency, unit, when):
    post = POSTS[post]
    held = day(post.get("from", "1912-01-01")) <= when <= day(post.get("until", "2200-01-01"))
    near = not unit or "unit" not in post or post["unit"] == unit or "agency-head" in roles
    return held and near and post["agency"] == agency and bool(roles & set(post.get("roles", [])))


def approved_on(audit, role, agency, unit):
    """The day it was approved by one who may, and did not do it; `None` if it was not."""
    approved = audit.get("approved")
    if not approved or day(approved["on"]) > AS_OF:
        return None
    staff = lambda post: POSTS[post]["staff"]
    if staff(approved["by"]) in map(staff, audit.get("auditors", [])):
        return None
    when = day(approved["on"])
    return when if holds(approved["by"], {role}, agency, unit, when) else None


def lacking(asks, audits, records, users, months, place):
    """What a rule asks and the audits have not, and the day the last of the rest was there."""
    lacks, ready = [], max(day(audit["done_on"]) for audit in audits)
    if records is not None and sum(figure(audit, "records") for audit in audits) < records:
        lacks.append("records")
    if users is not None and persons(audits) < users:
        lacks.append("users")
    if months and months - {month for audit in audits for month in audit["sample"]["months"]}:
        lacks.append("months")
    if "approval" in asks:
        days = [approved_on(audit, asks["approval"], *place) for audit in audits]
        lacks += ["approval"] * (None in days)
        ready = max([ready, *filter(None, days)])
    if "by" in asks and not any(
        holds(post, asks["by"], *place, day(audit["done_on"]))
        for audit in audits
        for post in audit.get("auditors", [])
    ):
        lacks.append("by")
    for party in asks.get("joint", []):
        if not any(party in audit.get("joint", []) for audit in audits):
            lacks.append(party)
    papers = [EVIDENCE[name] for audit in audits for name in audit.get("evidence", [])]
    for form in asks.get("forms", []):
        days = [day(one["received_on"]) for one in papers if one.get("form") == form]
        days = [when for when in days if when <= AS_OF]
        lacks += [form] * (not days)
        ready = max([ready, *([min(days)] if days else [])])
    if "unannounced" in asks and any(audit.get("unannounced") != "true" for audit in audits):
        lacks.append("announced")
    return lacks, ready


def trained(scope, period, hours, opens, due):
    """Training follows the person, not the post; none after the post had ended counts for it."""
    end = min(last_day(period), AS_OF, day(POSTS[scope].get("until", "2200-01-01")))
    person = lambda post: (POSTS[post]["agency"], POSTS[post]["staff"])
    done = [
        int(training["hours"])
        for training in TRAININGS
        if person(training["post"]) == person(scope)
        and first_day(period) <= day(training["on"]) <= end
    ]
    if sum(done) >= hours:
        return "done"
    return "deficient" if done and AS_OF > due else not_done(opens, due)


RULE = {(regulation, duty): asks for regulation, duty, *_, asks in RULES}


def reported(regulation, scope, period, after):
    """The day everything a paper reports was done and approved; `None` if something was not."""
    ready, asked = date.min, False
    quarters = sorted({month_quarter(month) for month in months_of(period)})
    for duty, kind in after:
        asks = RULE[regulation, duty]
        units = [u for u, at in users_of(SYSTEMS[regulation]).items() if UNITS[u]["agency"] == scope]
        places = [(scope, period)] if kind == "agency" else [(u, q) for u in units for q in quarters]
        for place, term in places:
            if last_day(term) < scopes(regulation, kind)[place]:
                continue
            used = population(regulation, kind, place, term, {"records": lambda n: n, "months": True})
            audits = AUDITS[f"{regulation}/{duty}", place, term]
            excused = waived(f"{regulation}/{duty}", place, next_month(term)[1])
            if not audits and (used[0] == 0 or excused):
                continue
            asked = True
            if not audits:
                return None, True
            at = (agency_of(kind, place), place if kind == "unit" else None)
            days = [day(audit["done_on"]) for audit in audits]
            if "approval" in asks:
                days += [approved_on(audit, asks["approval"], *at) for audit in audits]
            if None in days:
                return None, True
            ready = max([ready, *days])
    return ready, asked


def sent(regulation, duty, scope, period, asks, opens, due):
    name = f"{regulation}/{duty}"
    ready, asked = reported(regulation, scope, period, asks["after"])
    papers = [day(x["sent_on"]) for x in SUBMISSIONS[name, scope, period] if x["to"] == asks["to"]]
    if not papers and not asked:
        return "not-applicable"
    found = [when for when in papers if ready and when >= ready]
    if found:
        return "done" if min(found) <= due else "done-late"
    if waived(name, scope, due):
        return "waived"
    return "deficient" if papers and AS_OF > due else not_done(opens, due)


def base(regulation, duty, scope, period):
    """What audits of a duty looked at, at least what they had to; `None` if one is missing."""
    quarters = sorted({month_quarter(month) for month in months_of(period)})
    sums, asks = [0, 0], RULE[regulation, duty]
    for unit, start in users_of(SYSTEMS[regulation]).items():
        for quarter in quarters:
            if UNITS[unit]["agency"] != scope or last_day(quarter) < start:
                continue
            audits = AUDITS[f"{regulation}/{duty}", unit, quarter]
            records, users, _, _ = population(regulation, "unit", unit, quarter, asks)
            if not audits:
                if records == 0 or waived(f"{regulation}/{duty}", unit, next_month(quarter)[1]):
                    continue
                return None
            looked = sum(figure(audit, "records") for audit in audits)
            sums[0] += max(records or 0, looked)
            sums[1] += max(users or 0, persons(audits))
    return [half(number) for number in sums]


def audited(regulation, duty, kind, scope, period, asks, opens, due):
    """Status, required records and users, actual records and users."""
    name = f"{regulation}/{duty}"
    audits = AUDITS[name, scope, period]
    records, users, months, unknown = population(regulation, kind, scope, period, asks)
    nothing_used = "months" in asks and not unknown and not months or records == 0
    if "of" in asks:
        found = base(regulation, asks["of"], scope, period)
        records, users = found or (None, None)
        unknown = unknown or found is None
    required = records, users
    if not audits:
        if waived(name, scope, due):
            return "waived", *required, None, None
        return "not-applicable" if nothing_used else not_done(opens, due), *required, None, None
    place = agency_of(kind, scope), scope if kind in ("unit", "office") else None
    tries = [audits[:count] for count in range(1, len(audits) + 1)]
    early = ["early"] if "open" not in asks and day(audits[0]["done_on"]) < opens else []
    tries = [lacking(asks, some, records, users, months, place) for some in tries]
    tries = [(lacks + early, ready) for lacks, ready in tries]
    days = [ready for lacks, ready in tries if not lacks]
    if days and not unknown:
        status = "done" if min(days) <= due else "done-late"
    elif AS_OF <= due:
        status = not_done(opens, due)
    else:
        status = "deficient" if tries[-1][0] else "unknown"
    sums = sum(figure(audit, "records") for audit in audits), persons(audits)
    asked = ["records" in asks or "of" in asks, "users" in asks or "of" in asks]
    return status, *required, *(n if ask else None for n, ask in zip(sums, asked))


def month_quarter(month):
    return f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}"


def periodic():
    for regulation, duty, kind, every, window, asks in RULES:
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
                    status = sent(regulation, duty, scope, period, asks, opens, due)
                    yield *row, status, None, None, None, None
                else:
                    figures = audited(regulation, duty, kind, scope, period, asks, opens, due)
                    if "supervisor" in asks:
                        figures = "not-applicable", *figures[1:]
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
