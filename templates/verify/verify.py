#!/usr/bin/env python3
"""Checks a published Clausebook site without Clausebook: python3 verify.py [FOLDER] [-q]

Python 3.8 or later, its standard library, no network. FOLDER is the published site, or a copy of it.
  1. the manifest: every file is there, none more, size and SHA-256 of each, and the manifest's own hash
  2. the receipts (data/receipts): hashes of rules, clauses, records and evidence; the days by article 48 of the
     Administrative Procedure Act and the office calendar; shares, sums, the order of acts; each status
  3. data/status.json says what the receipts say
Taken as published: which acts answer which duty, whether a post holds a role, whether a condition holds.
Exit: 0 all is so, 1 something is not (each with its file), 2 it could not be checked.
"""
import calendar as gregorian, hashlib, json, os, re, sys
from datetime import date, timedelta

MANIFEST, HASH, SIGNATURE, MARKER = "manifest.json", "manifest.sha256", "manifest.json.sig", ".clausebook-output"
KEPT = ("assets/", "search/")  # files of the site before, kept once for its readers
DAY, THERE, MISSING, UNKNOWN = timedelta(days=1), "there", "missing", "unknown"
faults = []
fault = lambda file, message: faults.append(f"{file}: {message}")
sha256 = lambda data: hashlib.sha256(data).hexdigest()
canonical = lambda value: json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
day = lambda text: date.fromisoformat(text) if text else None

def read(root, path):
    with open(os.path.join(root, *path.split("/")), "rb") as file:
        return file.read()

# 1. The manifest.
def check_manifest(root):
    text = read(root, MANIFEST)
    manifest = json.loads(text)
    files = manifest["files"]
    if not os.path.exists(os.path.join(root, HASH)) or read(root, HASH) != f"{sha256(text)}  {MANIFEST}\n".encode():
        fault(HASH, f"it does not give the hash of {MANIFEST}")
    quoted = lambda value: json.dumps(value, ensure_ascii=False)
    line = lambda path, entry: f'{quoted(path)}: {{"sha256": "{entry["sha256"]}", "size": {entry["size"]}}}'
    lines = [line(*item) for item in files.items()]
    head = "".join(f'"{key}": {quoted(manifest[key])},\n' for key in ("schema", "program", "as_of", "build"))
    if ("{\n" + head + '"files": {\n' + ",\n".join(lines) + "\n}\n}\n").encode() != text or manifest["schema"] != 1:
        fault(MANIFEST, "it is not written as Clausebook writes it")
    for path, entry in files.items():
        if "\\" in path or any(part in ("", ".", "..") for part in path.split("/")):
            fault(path, "its path leads out of the folder")
        elif not os.path.isfile(os.path.join(root, path)):
            fault(path, "it is missing")
        else:
            data = read(root, path)
            if len(data) != entry["size"] or sha256(data) != entry["sha256"]:
                fault(path, "its bytes are not those of the manifest")
    kept = {}
    if os.path.exists(os.path.join(root, MARKER)):
        head, *lines = read(root, MARKER).decode("utf-8", "replace").split("\n")
        own = sorted(list(files) + [MANIFEST, HASH], key=str.encode)
        rest = [re.fullmatch(r"\+ ([0-9a-f]{64}) (.+)", line) for line in lines[len(own):-1]]
        well = head == "clausebook writes this folder and replaces it as a whole." and lines[:len(own)] == own
        if not well or lines[-1:] != [""] or not all(match and match[2].startswith(KEPT) for match in rest):
            fault(MARKER, "it does not say what was written")
        kept = {match[2]: match[1] for match in rest if match}
    for folder, _, names in os.walk(root):
        for name in names:
            path = os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/")
            known = path in files or path in (MANIFEST, HASH, SIGNATURE, MARKER)
            if not known and sha256(read(root, path)) != kept.get(path):
                fault(path, "the manifest does not have it" if path not in kept else "it is not what was kept")
    for path in kept:
        if not os.path.exists(os.path.join(root, path)):
            fault(path, "it is missing")
    return manifest, sha256(text)
# 2a. Days.
class Calendar:
    def __init__(self, data):
        self.years, self.off, self.on = set(data["years"]), set(data["holidays"]), set(data["workdays"])
    def works(self, on):  # None: the calendar does not know the year
        works = str(on) in self.on or on.weekday() < 5 and str(on) not in self.off
        return works if on.year in self.years else None
    def count(self, on, n, step):  # the n-th working day from a day on
        while n > 0:
            on += step * DAY
            if self.works(on) is None:
                return None
            n -= self.works(on)
        return on
    def next(self, on):  # the day itself if it is worked
        works = self.works(on)
        return None if works is None else on if works else self.count(on, 1, 1)
def month_after(start, n, dom=None):  # that day of the month n months on; its last where it has none
    year, month = divmod(start.year * 12 + start.month - 1 + n, 12)
    last = gregorian.monthrange(year, month + 1)[1]
    return date(year, month + 1, dom if dom and dom <= last else last)
def months_end(start, n):
    """Article 48: counting begins the day after; it ends on the day before the counterpart n months on of that
    day, or with the month that has none."""
    first = start + DAY
    counterpart = month_after(first, n, first.day)
    return counterpart - DAY if counterpart.day == first.day else counterpart
def length(text):
    number, unit = re.fullmatch(r"(\d+) (working day|day|month|year)s?", text).groups()
    return int(number) * (12 if unit == "year" else 1), unit.replace("year", "month")
def period_days(name):
    year = int(name[:4])
    if "-W" in name:
        monday = date.fromordinal(date(year, 1, 4).toordinal() - date(year, 1, 4).weekday() + 7 * (int(name[6:]) - 1))
        return monday, monday + 6 * DAY
    months, at = {"Q": (3, name[6:]), "H": (6, name[6:]), "": (12, "1")}.get(name[5:6], (1, name[5:]))
    first = date(year, (int(at) - 1) * months + 1, 1)
    return first, month_after(first, months - 1)
def reckon(rule, one, event, days_off):
    """The days from the start to the due date; the opening as (not before, exactly); the day acts count from; whether
    the calendar does not reach."""
    first, due, gap = None, rule["due"][0], False
    if "period" in one:
        first, start = period_days(one["period"])
        half = 1 if first.month <= 6 else 2
        due = next((entry for entry in rule["due"] if entry.get("half", half) == half), due)
        opens = (first, None)
    else:
        start = day(one["since"] if "since" in one else event["known_on" if rule.get("from_known") else "on"])
        opens = (start if "since" in one else day(event["known_on"]),) * 2
    earliest = (first if due.get("site_default") else day(one["opens"])) if first else None
    if one["due_basis"] == "letter" and not one.get("limit_missing"):
        return [start, day(event["due"]), day(event["due"])], opens, None, False
    limit, kind = due["limit"], due["limit"]["kind"]
    days, moves = [start], rule["on_holiday"] == "next-working-day" and kind != "letter"
    n, unit = length(limit["length"]) if "length" in limit else (0, "")
    if kind in ("within", "letter"):
        start -= DAY if rule["first_day"] == "event-day" and kind == "within" else 0 * DAY
        days += [start + DAY] if n else []
        end = months_end(start, n) if unit == "month" else start + n * DAY
        if unit == "working day":
            end = days_off.count(start, n, 1)
            if end is None:  # as if no year had holidays: near the true day, and nothing is judged by it
                gap, end = True, start
                while n > 0:
                    end += DAY
                    n -= end.weekday() < 5
                days.append(end)
        days.append(end)
        opens = (days[0] + DAY,) * 2 if first else opens
    elif kind == "in-month":
        days.append(month_after(start, limit["months_after"], limit.get("day")))
        opens = (start + DAY,) * 2 if first and limit["months_after"] else opens
    elif kind in ("before", "within-before"):
        n += limit["counted"] == "clear-days"
        before = (days_off.count(start, n, -1) if unit == "working day" else start - n * DAY) or start
        days.append(before if kind == "before" else start)
        if kind == "within-before":
            opens, earliest = (before, before), day(one["opens"])
    else:
        days.append(start - DAY if kind == "day-before" else start)
    moved = days_off.next(days[-1]) if moves else days[-1]
    return days + [moved or days[-1]], opens, earliest, gap or moved is None
# 2b. Elements and statuses.
def tally(measure, acts):
    """How many were looked at together: a person looked at twice is one, those not named are others."""
    if measure == "records":
        return sum(act.get("records", 0) for act in acts)
    named = {person for act in acts for person in act.get("persons", [])}
    unnamed = sum(max(0, act.get("users", 0) - len(act.get("persons", []))) for act in acts)
    return len(named) + unnamed if any("users" in act for act in acts) else 0
def elements(site, receipt, one, acts):
    """What a complete answer has: (name, state, since)."""
    demand, sizes, found = receipt["rule"]["demand"], one.get("sample", []), []
    since = lambda name, on, state=MISSING: found.append((name, THERE if on else state, on))
    first = lambda has: next((day(act["on"]) for act in acts if has(act)), None)
    filled = lambda enough: next((day(acts[n]["on"]) for n in range(len(acts)) if enough(acts[:n + 1])), None)
    for size in sizes:
        since("sample-" + size["measure"], filled(lambda some: tally(size["measure"], some) >= size["required"]))
    if one.get("doubts"):
        since("population", None, UNKNOWN)
    if not acts:  # only the numbers to come can be told
        return found + ([("hours", MISSING, None)] if "hours" in demand else [])
    begun, last = day(acts[0]["on"]), max(day(act["on"]) for act in acts)
    if demand.get("every_used_month") and one.get("months"):
        since("months", filled(lambda some: set(one["months"]) <= {m for act in some for m in act.get("months", [])}))
    bases = [site.by_id[id][1] for id in one.get("drawn_from", [])]
    base = [day(act["on"]) for other in bases if other["status"] != "not-applicable" for act in other.get("acts", [])]
    if base:
        since("base", last if max(base) <= last else None, UNKNOWN)
    for n in range(len(demand.get("roles", []))):
        unsure = any(act["roles"][n] == UNKNOWN for act in acts)
        since("actor", first(lambda act: act["roles"][n] == "yes"), UNKNOWN if unsure else MISSING)
    for n in range(len(demand.get("joint", []))):
        since("joint", first(lambda act: n in act.get("joint", [])))
    if "approval" in demand:
        late = lambda act: demand.get("approval_first") and act["approved"]["on"] > act["on"]
        fits = {"no" if "approved" not in act or late(act) else act["approved"]["fit"] for act in acts}
        days = [day(act["approved"]["on"]) for act in acts if "approved" in act]
        state = UNKNOWN if fits <= {"yes", UNKNOWN} else MISSING
        since("approval", max([begun] + days) if fits == {"yes"} else None, state)
    bounds = period_days(one["period"]) if "period" in one else (day(one.get("since")), None)
    for n in range(len(demand.get("forms", []))):
        received = []
        papers = [(act, paper) for act in acts for paper in act.get("papers", [])]
        for act, paper in (pair for pair in papers if n in pair[1].get("forms", [])):
            fields = receipt["records"][paper["record"]]["fields"]
            covers = [day(text) for text in fields.get("covers", [])]
            other = covers and bounds[1] and (covers[1] < bounds[0] or bounds[1] < covers[0])
            old = bounds[0] and day(fields.get("collected_on", fields["received_on"])) < bounds[0]
            if not (other or old or fields.get("valid_until", "9") < act["on"]):
                received.append(day(fields["received_on"]))
        since("form", max(min(received), begun) if received else None)
    if demand.get("unannounced"):
        since("unannounced", None if any(act.get("announced") for act in acts) else begun)
    if "to" in demand:
        since("recipient", first(lambda act: act.get("received")))
    for n in range(len(demand.get("notify", []))):
        since("told", first(lambda act: n in act.get("told", [])))
    if demand.get("after"):
        ready = [on for on in map(site.ready, one.get("rests_on", [])) if on != "nothing"]
        since("order", None if None in ready else first(lambda act: all(day(act["on"]) >= on for on in ready)))
    if "hours" in demand:
        since("hours", filled(lambda some: sum(act.get("hours", 0) for act in some) >= demand["hours"]))
    if "earliest" in one:
        since("window", None if acts[0]["on"] < one["earliest"] else begun)
    return found
def judge(site, receipt, one):
    """The status, the day it was done, and the elements."""
    outside, acts = one.get("outside"), one.get("acts", [])
    if outside and outside != "supervisor":
        return "unknown" if outside in ("text-not-held", "condition-failed") else "not-applicable", None, []
    told = everything = elements(site, receipt, one, acts)
    short, complete = any(state == MISSING for _, state, _ in everything), None
    for n in range(1, len(acts) + 1):
        some = elements(site, receipt, one, acts[:n])
        on = max([day(acts[n - 1]["on"])] + [since for _, _, since in some if since])
        if all(state == THERE for _, state, _ in some) and (complete is None or on < complete):
            complete, told = on, some if short else everything
    as_of, opens, due, done = day(receipt["as_of"]), day(one["opens"]), day(one["due"]), None
    passed, unjudged = as_of > due, "calendar_gap" in one or one.get("limit_missing", False)
    if complete and not unjudged:
        status, done = ("done" if complete <= due else "done-late"), complete
    elif unjudged and (complete or passed):
        status = "unknown"
    elif passed and not acts and one.get("ended", "9") <= str(as_of):
        status, done = "done-late", day(one["ended"])
    elif passed:
        status = "overdue" if not acts else "deficient" if short else "unknown"
    elif as_of < opens:
        status = "upcoming"
    else:
        status = "due-soon" if (due - as_of).days <= receipt["due_soon_days"] else "open"
    if status not in ("done", "done-late") and "waiver" in one:
        waiver = receipt["records"][one["waiver"]]["fields"]
        if waiver["from"] <= one["due"] <= waiver["until"] and waiver["approved"]["on"] <= one["due"]:
            status, done = "waived", None
    if not done and "instead" in one:
        done, told = day(one["instead"]["on"]), []
        status = "done" if done <= due else "done-late"
    return "not-applicable" if outside else status, done, told
# 2c. Receipts.
class Site:
    def __init__(self, root, manifest):
        data = read(root, "data/calendar.json")
        self.files, self.calendar, self.calendar_hash = manifest["files"], Calendar(json.loads(data)), sha256(data)
        self.status = json.loads(read(root, "data/status.json"))
        paths = [path for path in self.files if path.startswith("data/receipts/")]
        self.receipts = {path: json.loads(read(root, path)) for path in paths}
        self.by_id = {one["id"]: (receipt, one) for receipt in self.receipts.values() for one in receipt["occurrences"]}
    def ready(self, id):  # from when on what reports it may follow; None: never; "nothing": it need not be
        receipt, one = self.by_id[id]
        if one["status"] in ("not-applicable", "waived"):
            return "nothing"
        days = [day(act["on"]) for act in one.get("acts", [])]
        if "approval" in receipt["rule"]["demand"]:
            days = days and one.get("approved_on") and days + [day(one["approved_on"])]
        return max(days) if days else None
    def base(self, measure, ids):  # a population that other occurrences give: what was due, not only what was done
        acts, short = [], 0
        for one in (self.by_id[id][1] for id in ids):
            here = one.get("acts", [])
            if one["status"] != "not-applicable" and not here and one["status"] != "waived":
                return None
            if one["status"] != "not-applicable" and here:
                asked = [size["required"] for size in one.get("sample", []) if size["measure"] == measure]
                short, acts = short + max(0, sum(asked) - tally(measure, here)), acts + here
        return tally(measure, acts) + short if ids else None

def check_receipt(site, path, receipt):
    rule, records = receipt["rule"], receipt["records"]
    if receipt["as_of"] != site.status["as_of"] or receipt["calendar_sha256"] != site.calendar_hash:
        fault(path, "it is of another day, or was reckoned by another office calendar")
    if receipt["rule_sha256"] != sha256(canonical(rule)):
        fault(path, "the hash is not that of the rule")
    for clause in receipt["clauses"]:
        if clause["sha256"] != sha256("".join(clause["text"].split()).encode()):
            fault(path, f"the hash is not that of clause {clause['clause']}")
    for key, record in records.items():
        fields = record["fields"]
        if record["sha256"] != sha256(canonical(fields)):
            fault(path, f"{key}: the hash is not that of the record")
        if "file" in fields and site.files.get(fields["file"], {}).get("sha256") != fields.get("sha256"):
            fault(path, f"{key}: {fields['file']} is not the file it was")
    for one in receipt["occurrences"]:
        say = lambda message: fault(path, f"{one['id']}: {message}")
        event = records[one["event"]]["fields"] if "event" in one else None
        days, (low, exact), earliest, gap = reckon(rule, one, event, site.calendar)
        opens, due = day(one["opens"]), day(one["due"])
        if days[-1] != due or [day(step["day"]) for step in one["reckoning"]] != days:
            say(f"it is due on {days[-1]}, by {len(days)} steps")
        if opens != min(low, due) if exact else not low <= opens <= due:
            say("it opens on another day")
        if day(one.get("earliest")) != earliest or gap != ("calendar_gap" in one):
            say("acts count from another day, or the calendar knows more")
        for act in one.get("acts", []):
            check_act(say, act, records[act["record"]]["fields"])
        for size in one.get("sample", []):
            check_sample(say, site, receipt, one, size)
        status, done, told = judge(site, receipt, one)
        if (status, done) != (one["status"], day(one.get("done_on"))):
            say(f"it is {status}{f', done on {done}' if done else ''}, not {one['status']}")
        written = [(entry["element"], entry["state"], day(entry.get("since"))) for entry in one.get("elements", [])]
        approved = next((since for name, state, since in told if name == "approval" and state == THERE), None)
        if told != written or approved != day(one.get("approved_on")):
            say("its elements are others")

def check_act(say, act, record):
    source = record["answers"][act["answer"]] if "answer" in act else record
    key = {"audit": "done_on", "submission": "sent_on", "training": "on", "answer": "on"}.get(act["kind"])
    days = record["password_changed"] if act["kind"] == "password-change" else record.get("days", {}).values()
    approved = {key: act["approved"][key] for key in ("on", "by")} if "approved" in act else None
    papers = [paper["record"] for paper in act.get("papers", [])]
    same = act["on"] in ([source[key]] if key else days) and approved == source.get("approved")
    same = same and papers == ["evidence/" + id for id in source.get("evidence", [])]
    same = same and act.get("hours") == record.get("hours")
    if act["kind"] == "audit":
        told, sample = [act.get("records"), act.get("users"), act.get("months", [])], record["sample"]
        same = same and told == [sample.get("records"), sample.get("users"), sample["months"]]
        same = same and act.get("persons", []) == record["audited_staff"]
    if not same:
        say(f"{act['record']} says otherwise")

def check_sample(say, site, receipt, one, size):
    measure, records, acts, months = size["measure"], receipt["records"], one.get("acts", []), {}
    draw = next(draw for draw in receipt["rule"]["demand"]["sample"] if draw["measure"] == measure)
    for month in (records[key]["fields"] for key in one.get("usage", [])):
        months.setdefault(month["month"], []).append(month["queries" if draw["of"] == "queries" else "total_users"])
    sums = [sum(figures) for figures in months.values()]
    recorded = sum(sums) if draw["of"] == "queries" else max(sums, default=0)
    figures = [records[act["record"]]["fields"].get("population", {}).get(measure) for act in acts]
    stated = max((figure for figure in figures if figure is not None), default=None)
    if draw["of"] in ("queries", "users"):
        if size.get("recorded", recorded) != recorded or size.get("stated") != stated:
            say(f"the figures of {measure} are others")
        population = max(recorded, stated or 0, size.get("on_file", 0)) if "recorded" in size else stated
    else:
        population = size.get("on_file") if draw["of"] == "accounts" else site.base(measure, size.get("base", []))
    if population != size["population"] and not (one.get("outside") == "population-zero" and size["population"] == 0):
        say(f"the population of {measure} is {population}")
    population = size["population"]
    tier = next(tier for tier in draw["tiers"] if population <= tier.get("up_to", population))
    share = tier.get("fixed", 0)
    if "rate" in tier:  # in hundredths of a per cent, rounded up: no floating point
        whole, _, part = tier["rate"].rstrip("%").partition(".")
        share = -(-population * (int(whole) * 100 + int(part.ljust(2, "0"))) // 10000)
    required = min(max(min(share, tier.get("max", share)), tier.get("min", 0)), population)
    if (tier, share, required) != (size["tier"], size["by_share"], size["required"]):
        say(f"{required} {measure} are required")
    if size.get("actual", 0) != tally(measure, acts):
        say(f"{tally(measure, acts)} {measure} were looked at")
# 3. What is published of statuses.
def check_status(site):
    rows, path = site.status["occurrences"], "data/status.json"
    for row in (row for row in rows if row["id"] in site.by_id):
        one = site.by_id[row["id"]][1]
        required = {size["measure"]: size["required"] for size in one.get("sample", [])}
        same = all(row[key] == one.get(key) for key in ("status", "opens", "due", "due_basis", "done_on"))
        same = same and [reason["code"] for reason in row["because"]] == one["because"]
        if not same or any(row["required"][key] != required.get(key) for key in ("records", "users")):
            fault(path, f"{row['id']}: its receipt says otherwise")
    if sorted(row["id"] for row in rows) != sorted(site.by_id):
        fault(path, "other occurrences than those with receipts")

def main(arguments):
    names = [name for name in arguments if not name.startswith("-")]
    root, count = names[0] if names else os.path.dirname(os.path.abspath(__file__)), 0
    if not os.path.isfile(os.path.join(root, MANIFEST)):
        print(f"cannot check: no {MANIFEST} in {root}", file=sys.stderr)
        return 2
    try:
        manifest, own = check_manifest(root)
        site = Site(root, manifest)
        for path, receipt in site.receipts.items():
            check_receipt(site, path, receipt)
        check_status(site)
        count = len(site.by_id)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, StopIteration) as error:
        where = path if "path" in locals() else MANIFEST
        fault(where, f"it is not as Clausebook writes it ({type(error).__name__}: {error})")
    for line in faults + [f"{len(faults)} faults"] if faults else []:
        print(line, file=sys.stderr)
    if not faults and "-q" not in arguments:
        print(f"manifest.json {own}\n{len(manifest['files'])} files, as of {manifest['as_of']}, {manifest['program']}")
        print(f"{count} statuses reckoned again\nall is so; whose it is, only a signature says")
    return 1 if faults else 0

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
