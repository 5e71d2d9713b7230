#!/usr/bin/env python3
"""Checks a published Clausebook site without Clausebook: python3 verify.py [FOLDER] [-q]
Python 3.8 or later, its standard library, no network. FOLDER is the published site, or a copy of it.
  1. the manifest: every file is there, none more, size and SHA-256 of each, and the manifest's own hash
  2. the receipts (data/receipts): hashes, days by law and office calendar, figures, the order of acts; each status
  3. data/status.json says what the receipts say
Taken as published: the rule, which acts and which other duty answer it, whom a name means, whether a post holds a role,
a condition holds or a text is held, accounts on file, whether records of use are whole, what a duty rests on, since
when a scope came under it and when it left, the reasons of a status.
Exit: 0 all is so, 1 something is not (each with its file), 2 it could not be checked.
"""
import calendar as gregorian, collections, hashlib, json, os, pathlib, re, sys, unicodedata
from datetime import date, datetime, timedelta, timezone
MANIFEST, HASH, SIGNATURE, MARKER = "manifest.json", "manifest.sha256", "manifest.json.sig", ".clausebook-output"
KEPT = r"\+ ([0-9a-f]{64}) ((?:assets|search)/.+\.(?:css|js|json))"  # of the site before, kept once for its readers
DAY, TAIPEI, THERE, MISSING, UNKNOWN = timedelta(1), timezone(timedelta(hours=8)), "there", "missing", "unknown"
NOT_COUNTED, NOT_TOLD = ("supervisor", "outsider", "may"), ("text-not-held", "condition-failed", "length-open")
faults = []
fault = lambda file, message: faults.append("".join(c if c.isprintable() else "?" for c in f"{file}: {message}"))
sha256 = lambda data: hashlib.sha256(data).hexdigest()
canonical = lambda value: json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
day = lambda text: date.fromisoformat(text) if text else None
at = lambda text: datetime.fromisoformat(text) if text else None
start_of = lambda on: datetime(on.year, on.month, on.day, tzinfo=TAIPEI)
moment = lambda on, time=None: (at(time),) * 2 if time else (start_of(on) + DAY - timedelta(seconds=1), start_of(on))
when = lambda part, on="on", at="at": moment(day(part[on]), part.get(at))  # the latest, the earliest it can have been
later = lambda moments: tuple(map(max, zip(*moments)))  # what needs all of them was there then
instant = lambda moment: moment[0] if moment and moment[0] == moment[1] else None
event_of = lambda receipt, one: receipt["records"][one["event"]]["fields"] if "event" in one else None
plain = lambda words: "".join(unicodedata.normalize("NFKC", words).split())
within = lambda path: not re.search(r"[\\:]|(^|/)\.{0,2}(/|\Z)", path)  # it stays in the folder, on any system
place = lambda root, path: pathlib.Path(root, *path.split("/"))
read = lambda root, path: place(root, path).read_bytes() if within(path) and place(root, path).is_file() else None
def check_manifest(root):  # 1. The manifest.
    manifest = json.loads(text := read(root, MANIFEST))
    files, kept = manifest["files"], {}
    if read(root, HASH) != f"{sha256(text)}  {MANIFEST}\n".encode(): fault(HASH, f"it is not the hash of {MANIFEST}")
    quoted = lambda value: json.dumps(value, ensure_ascii=False)
    lines = [f'{quoted(path)}: {{"sha256": "{one["sha256"]}", "size": {one["size"]}}}' for path, one in files.items()]
    head = "".join(f'"{key}": {quoted(manifest[key])},\n' for key in ("schema", "program", "as_of", "build"))
    if ("{\n" + head + '"files": {\n' + ",\n".join(lines) + "\n}\n}\n").encode() != text or manifest["schema"] != 1:
        fault(MANIFEST, "it is not written as Clausebook writes it")
    for path, one in files.items():
        data = read(root, path)
        if data is None: fault(path, "it is missing" if within(path) else "its path leads out of the folder")
        elif [sha256(data), len(data)] != [*one.values()]: fault(path, "its bytes are not those of the manifest")
    if (marker := read(root, MARKER)) is not None:
        head, *lines = marker.decode("utf-8", "replace").split("\n")
        own = sorted([*files, MANIFEST, HASH], key=str.encode)
        rest = [re.fullmatch(KEPT, line) for line in lines[len(own):-1]]
        well = head == "clausebook writes this folder and replaces it as a whole." and lines[:len(own)] == own
        if not well or lines[-1:] != [""] or not all(match and within(match[2]) for match in rest):
            fault(MARKER, "it does not say what was written")
        kept = {match[2]: match[1] for match in rest if match}
    known = {*files, *kept, MANIFEST, HASH, SIGNATURE, MARKER}
    relative = lambda path: os.path.relpath(path, root).replace(os.sep, "/")
    for folder, folders, names in os.walk(root, onerror=lambda at: fault(relative(at.filename), "it cannot be read")):
        for place in (os.path.join(folder, name) for name in folders + names):
            if os.path.islink(place): fault(relative(place), "it is a link")
            elif not os.path.isdir(place) and relative(place) not in known:
                fault(relative(place), "the manifest does not have it")
    for path, hash in kept.items():
        if sha256(read(root, path) or b"") != hash: fault(path, "it is not what was kept")
    return manifest, sha256(text), len(kept)
class Calendar:  # 2a. Days.
    def __init__(self, data):
        self.years, self.off, self.on = set(data["years"]), set(data["holidays"]), set(data["workdays"])
    def works(self, on):  # None: the calendar does not know the year
        works = str(on) in self.on or on.weekday() < 5 and str(on) not in self.off
        return works if on.year in self.years else None
    def count(self, on, n, step):  # the n-th working day from a day on
        while n > 0 and on:
            on += step * DAY
            n, on = (n, None) if self.works(on) is None else (n - self.works(on), on)
        return on
    next = lambda self, on: self.count(on - DAY, 1, 1)  # the day itself if it is worked
WEEKDAYS = Calendar({"years": range(1, 10000), "holidays": [], "workdays": []})
def month_after(start, n, dom=None):  # that day of the month n months on; its last where it has none
    year, month = divmod(start.year * 12 + start.month - 1 + n, 12)
    last = gregorian.monthrange(year, month + 1)[1]
    return date(year, month + 1, dom if dom and dom <= last else last)
def months_end(start, n):  # article 48: to the day before the counterpart of the day after, or with a month without one
    counterpart = month_after(start + DAY, n, (start + DAY).day)
    return counterpart - DAY if counterpart.day == (start + DAY).day else counterpart
def length(text):
    number, unit = re.fullmatch(r"(\d+) (working day|day|month|year)s?", text).groups()
    return int(number) * (12 if unit == "year" else 1), unit.replace("year", "month")
def period_days(name):
    year = int(name[:4])
    if len(name) == 10 or "-W" in name:  # a day, or a week
        first, more = (date.fromisocalendar(year, int(name[6:]), 1), 6) if "-W" in name else (day(name), 0)
        return first, first + more * DAY
    months, at = {"Q": (3, name[6:]), "H": (6, name[6:]), "": (12, "1")}.get(name[5:6], (1, name[5:]))
    first = date(year, (int(at) - 1) * months + 1, 1)
    return first, month_after(first, months - 1)
def started(rule, event):  # with the last answer that starts the time anew, else when it happened or was known
    key = "known_" if rule.get("from_known") else ""
    anew = [when(answer) for answer in event.get("answers", []) if answer["what"] in rule.get("anew", [])]
    return (anew or [when(event, key + "on", key + "at")])[-1]
def hours(rule, event):  # when a time in hours starts and ends: at once, and through days off (article 48, 1)
    start = rule["due"][0]["limit"]["kind"] == "hours" and started(rule, event)
    return start and (start, tuple(one + timedelta(hours=rule["due"][0]["limit"]["hours"]) for one in start))
half_of = lambda one: 1 + ("period" in one and period_days(one["period"])[0].month > 6)
due_of = lambda rule, one: next((e for e in rule["due"] if e.get("half") in (None, half_of(one))), rule["due"][0])
def reckon(rule, one, event, days_off):
    """The days to the due date; the opening as (not before, exactly); the day acts count from, calendar gap, basis."""
    first, due, gap, letter = None, due_of(rule, one), False, day((event or {}).get("due"))
    if "period" in one:
        first, start = period_days(one["period"])
        opens = (first, None)
    else:
        start = day(one["since"]) if "since" in one else started(rule, event)[0].date()
        opens = (start if "since" in one else day(event["known_on"]),) * 2
        if hours(rule, event): return [m[0].date() for m in hours(rule, event)], opens, (None, False, "text", False)
    limit, kind, ours = due["limit"], due["limit"]["kind"], due.get("site_default", False)
    inside = not ours and (kind == "same-day" or kind == "in-month" and not limit["months_after"])
    earliest = None if not first else day(one["opens"]) if inside or due.get("after_period") else first
    if letter and (kind == "letter" or ours): return [start, letter, letter], opens, (None, False, "letter", False)
    basis = ("letter" if kind == "letter" else "site-default" if ours else "text", kind == "letter" and bool(event))
    days, moves = [start], rule["on_holiday"] == "next-working-day" and kind != "letter"
    n, unit = length(limit["length"]) if "length" in limit else (0, "")
    if kind in ("within", "letter"):
        start -= DAY if rule["first_day"] == "event-day" and kind == "within" else 0 * DAY
        days += [start + DAY] if n else []
        end = months_end(start, n) if unit == "month" else start + n * DAY
        if unit == "working day":
            end = days_off.count(start, n, 1)
            gap, end = end is None, end or WEEKDAYS.count(start, n, 1)  # near the true day; nothing is judged by it
        days += [end, end] if gap else [end]
        opens = (days[0] + DAY,) * 2 if first else opens
    elif kind == "in-month":
        days.append(month_after(start, limit["months_after"], limit.get("day")))
        opens = (start + DAY,) * 2 if first and limit["months_after"] else opens
    elif kind in ("before", "within-before"):
        n += limit["counted"] == "clear-days"
        before = (days_off.count(start, n, -1) if unit == "working day" else start - n * DAY) or start
        days.append(before if kind == "before" else start)
        if kind == "within-before": opens, earliest = (before, before), day(one["opens"])
    elif kind == "day": days.append(max(start, day(limit["date"])))
    else: days.append(start - DAY if kind == "day-before" else start)
    moved = days_off.next(days[-1]) if moves else days[-1]
    return days + [moved or days[-1]] * (1 + ("at" in due)), opens, (earliest, gap or moved is None, *basis)
def tally(measure, acts):  # 2b. How many were looked at: a person looked at twice is one, those not named are others
    if measure == "records": return sum(act.get("records", 0) for act in acts)
    named = {person for act in acts for person in act.get("persons", [])}
    unnamed = sum(max(0, act.get("users", 0) - len(act.get("persons", []))) for act in acts)
    return len(named) + unnamed if any("users" in act for act in acts) else 0
def elements(site, receipt, one, acts):  # what a complete answer has: (name, state, since)
    demand, found, places = receipt["rule"]["demand"], [], lambda key: range(len(demand.get(key, [])))
    since = lambda name, on, state=MISSING: found.append((name, THERE if on else state, on))
    first = lambda has: next((when(act) for act in acts if has(act)), None)
    filled = lambda enough: next((when(acts[n]) for n in range(len(acts)) if enough(acts[:n + 1])), None)
    for size in one.get("sample", []):
        since("sample-" + size["measure"], filled(lambda some: tally(size["measure"], some) >= size["required"]))
    if one.get("doubts"): since("population", None, UNKNOWN)
    if not acts: return found + ([("hours", MISSING, None)] if "hours" in demand else [])  # the numbers to come
    begun, last = when(acts[0]), max(map(when, acts))
    if demand.get("every_used_month") and one.get("months"):
        since("months", filled(lambda some: set(one["months"]) <= {m for act in some for m in act.get("months", [])}))
    bases = [site.by_id[id][1] for id in one.get("drawn_from", [])]
    base = [day(act["on"]) for other in bases if other["status"] != "not-applicable" for act in other.get("acts", [])]
    if base: since("base", last if max(base) <= last[0].date() else None, UNKNOWN)
    for n in places("roles"):
        unsure = any(act["roles"][n] == UNKNOWN for act in acts)
        since("actor", first(lambda act: act["roles"][n] == "yes"), UNKNOWN if unsure else MISSING)
    for n in places("joint"): since("joint", first(lambda act: n in act.get("joint", [])))
    if "approval" in demand:
        late = lambda act: demand.get("approval_first") and when(act)[0] < when(act["approved"])[1]
        fits = {"no" if "approved" not in act or late(act) else act["approved"]["fit"] for act in acts}
        days = [when(act["approved"]) for act in acts if "approved" in act]
        state = UNKNOWN if fits <= {"yes", UNKNOWN} else MISSING
        since("approval", later([begun] + days) if fits == {"yes"} else None, state)
    bounds = period_days(one["period"]) if "period" in one else (day(one.get("since")), None)
    papers = [(act, paper) for act in acts for paper in act.get("papers", [])]
    for n in places("forms"):
        received = []
        for act, id in ((act, paper["record"]) for act, paper in papers if n in paper.get("forms", [])):
            fields = receipt["records"][id]["fields"]
            covers = [day(text) for text in fields.get("covers", [])]
            other = covers and bounds[1] and (covers[1] < bounds[0] or bounds[1] < covers[0])
            old = bounds[0] and day(fields.get("collected_on", fields["received_on"])) < bounds[0]
            if not (other or old or fields.get("valid_until", "9") < act["on"]):
                received.append(when(fields, "received_on", "received_at"))
        since("form", later([min(received), begun]) if received else None)
    unsaid = lambda key: UNKNOWN if any(key not in act for act in acts) else MISSING
    for n in places("contains"): since("item", first(lambda act: n in act.get("contains", [])), unsaid("contains"))
    if "manner" in demand: since("manner", first(lambda act: act.get("manner")), unsaid("manner"))
    if demand.get("unannounced"): since("unannounced", None if any(act.get("announced") for act in acts) else begun)
    if "to" in demand: since("recipient", first(lambda act: act.get("received")))
    for n in places("notify"): since("told", first(lambda act: n in act.get("told", [])))
    if demand.get("after"):
        ready = [on for on in map(site.ready, one.get("rests_on", [])) if on != "nothing"]
        since("order", None if None in ready else first(lambda act: all(day(act["on"]) >= on for on in ready)))
    if "hours" in demand:
        only, least = demand.get("courses", []), demand["hours"]  # a course that is not recorded may be one that counts
        full = lambda some, fit: least <= sum(a.get("hours", 0) for a in some if not only or a.get("course") in fit)
        since("hours", filled(lambda some: full(some, only)), UNKNOWN if full(acts, [*only, None]) else MISSING)
    if "earliest" in one: since("window", None if acts[0]["on"] < one["earliest"] else begun)
    return found
def judge(site, receipt, one):  # the status with the day and the time it was done; and the elements
    outside, acts = one.get("outside"), one.get("acts", [])
    if outside and outside not in NOT_COUNTED:
        return ("unknown" if outside in NOT_TOLD else "not-applicable", None, None), []
    due, clock = day(one["due"]), moment(None, one["due_at"]) if "period" in one and "due_at" in one else None
    ends = (hours(receipt["rule"], event_of(receipt, one)) or [clock])[-1]
    latest, earliest = ends or moment(due)[:1] * 2
    timely = lambda on: "done" if on[0] <= earliest else "done-late" if on[1] > latest else "unknown"
    told = everything = elements(site, receipt, one, acts)
    short, complete = any(state == MISSING for _, state, _ in everything), None
    for n in range(1, len(acts) + 1):
        some = elements(site, receipt, one, acts[:n])
        on = later([when(acts[n - 1])] + [since for _, _, since in some if since])
        if all(state == THERE for _, state, _ in some) and (complete is None or on < complete):
            complete, told = on, some if short else everything
    now, opens, done = day(receipt["as_of"]), day(one["opens"]), None
    passed, unjudged = now > due, "calendar_gap" in one or one.get("limit_missing", False)
    if complete and not unjudged: status, done = timely(complete), complete
    elif unjudged and (complete or passed): status = "unknown"
    elif passed and not acts and one.get("ended", "9") <= str(now): status, done = "done-late", when(one, "ended", "")
    elif passed:
        unsure = not short if acts else bool(receipt["rule"].get("only_used") and one.get("doubts"))
        status = "unknown" if unsure else "deficient" if acts else "overdue"
    else: status = "upcoming" if now < opens else "open" if due - now > receipt["due_soon_days"] * DAY else "due-soon"
    if status not in ("done", "done-late") and "waiver" in one:
        waiver = receipt["records"][one["waiver"]]["fields"]
        ours = one["id"].startswith(f"{waiver['obligation']}/{waiver['scope']}/") and one["due"] <= waiver["until"]
        first = waiver["from"] if receipt["rule"].get("in_principle") else max(waiver["from"], waiver["approved"]["on"])
        if ours and first <= one["due"]: status, done = "waived", None
    if (not done or status == "unknown") and "instead" in one:
        done, told, status = when(one["instead"]), [], timely(when(one["instead"]))
    told = [(name, state, since and since[0].date()) for name, state, since in told]
    done = done if done and status != "unknown" else None
    return ("not-applicable" if outside else status, done and done[0].date(), ends and instant(done)), told
class Site:  # 2c. Receipts.
    def __init__(self, root, manifest):
        data = read(root, "data/calendar.json")
        self.files, self.calendar, self.calendar_hash = manifest["files"], Calendar(json.loads(data)), sha256(data)
        self.status = json.loads(read(root, "data/status.json"))
        self.receipts = {path: json.loads(read(root, path)) for path in self.files if path.startswith("data/receipts/")}
        both = [(receipt, one) for receipt in self.receipts.values() for one in receipt["occurrences"]]
        self.ids, self.by_id = [one["id"] for _, one in both], {pair[1]["id"]: pair for pair in both}
    def ready(self, id):  # from when on what reports it may follow; None: never; "nothing": it need not be
        receipt, one = self.by_id[id]
        if one["status"] in ("not-applicable", "waived"): return "nothing"
        days = [day(act["on"]) for act in one.get("acts", [])]
        asks, approved = "approval" in receipt["rule"]["demand"], day(one.get("approved_on"))
        return max(days + [approved or days[0]]) if days and (approved or not asks) else None
    def base(self, measure, ids):  # a population that other occurrences give: what was due, not only what was done
        acts, short = [], 0
        for one in (self.by_id[id][1] for id in ids):
            here = one.get("acts", [])
            if not here and one["status"] not in ("not-applicable", "waived"): return None
            if one["status"] != "not-applicable" and here:
                asked = [size["required"] for size in one.get("sample", []) if size["measure"] == measure]
                short, acts = short + max(0, sum(asked) - tally(measure, here)), acts + here
        return tally(measure, acts) + short if ids else None
def check_receipt(site, path, receipt):
    rule, records, duty = receipt["rule"], receipt["records"], f"{receipt['regulation']}/{receipt['obligation']}"
    head = (1, site.status["as_of"], site.calendar_hash, f"data/receipts/{duty}.json")
    if (receipt["schema"], receipt["as_of"], receipt["calendar_sha256"], path) != head:
        fault(path, "it is of another duty, day or form, or was reckoned by another office calendar")
    if receipt["rule_sha256"] != sha256(canonical(rule)): fault(path, "the hash is not that of the rule")
    bad = [c["clause"] for c in receipt["clauses"] if c["sha256"] != sha256("".join(c["text"].split()).encode())]
    if bad: fault(path, f"the hash is not that of clause {', '.join(bad)}")
    for key, record in records.items():
        fields = record["fields"]
        if record["sha256"] != sha256(canonical(fields)) or key != f"{fields['kind']}/{fields['id']}":
            fault(path, f"{key}: the hash is not that of the record, or the name that of another")
        if "file" in fields and site.files.get(fields["file"], {}).get("sha256") != fields.get("sha256"):
            fault(path, f"{key}: {fields['file']} is not the file it was")
    for one in receipt["occurrences"]:
        say, event = lambda message: fault(path, f"{one['id']}: {message}"), event_of(receipt, one)
        terms = [one[key] for key in ("period", "since") if key in one] + ([event["id"]] if event else [])
        if len(terms) != 1 or not (one["id"].startswith(duty + "/") and one["id"].endswith("/" + terms[0])):
            say("it is of another duty or term than its id says")
        days, (low, exact), rests = reckon(rule, one, event, site.calendar)
        opens, due, earliest = day(one["opens"]), day(one["due"]), day(one.get("earliest"))
        ends, clock = [instant(end) for end in hours(rule, event) or [None] * len(days)], due_of(rule, one).get("at")
        if clock: ends[-1] = at(f"{days[-1]}T{clock}+08:00")
        steps = [(day(step["day"]), at(step.get("at"))) for step in one["reckoning"]]
        if days[-1] != due or steps != list(zip(days, ends)) or at(one.get("due_at")) != ends[-1]:
            say(f"it is due on {days[-1]}, by {len(days)} steps")
        if opens != min(low, due) if exact else not low <= opens <= due: say("it opens on another day")
        if (earliest, "calendar_gap" in one, one["due_basis"], one.get("limit_missing", False)) != rests:
            say("acts count from another day, its limit rests on something else, or the calendar knows more")
        for act in one.get("acts", []): check_act(say, rule["demand"], act, records)
        for size in one.get("sample", []): check_sample(say, site, receipt, one, size)
        check_left_out(say, site, receipt, one)
        (status, *done), told = judge(site, receipt, one)
        if (status, *done) != (one["status"], day(one.get("done_on")), at(one.get("done_at"))):
            say(f"it is {status}{f', done on {done[1] or done[0]}' if done[0] else ''}, not {one['status']}")
        written = [(entry["element"], entry["state"], day(entry.get("since"))) for entry in one.get("elements", [])]
        approved = next((since for name, state, since in told if name == "approval" and state == THERE), None)
        if told != written or approved != day(one.get("approved_on")): say("its elements are others")
def check_act(say, demand, act, records):
    record = records[act["record"]]["fields"]
    source = record["answers"][act["answer"]] if "answer" in act else record
    key = {"audit": "done_on", "submission": "sent_on", "training": "on", "answer": "on"}.get(act["kind"])
    days = record["password_changed"] if act["kind"] == "password-change" else record.get("days", {}).values()
    approved = {key: word for key, word in act["approved"].items() if key != "fit"} if "approved" in act else None
    timed = {"audit": "done_at", "submission": "sent_at", "answer": "at"}.get(act["kind"])
    form = lambda id: plain(records[id]["fields"].get("form", ""))
    asks = lambda id: [n for n, words in enumerate(demand.get("forms", [])) if plain(words) == form(id)]
    papers = [(id, asks(id)) for id in ("evidence/" + id for id in source.get("evidence", []))]
    ways, own = [*map(plain, demand.get("manner", []))], source.get("contains")  # None: the record says nothing of it
    items = [n for n, item in enumerate(demand.get("contains", [])) if plain(item) in map(plain, own or [])]
    was_told = demand.get("unannounced", False) and record.get("unannounced") is False
    sample = record.get("sample", {})
    said = [act.get(key) for key in ("at", "manner", "contains", "course", "hours", "records", "users")] + [
        act.get("months", []), act.get("persons", []), act.get("announced", False), approved, str(when(act)[0].date()),
        [(paper["record"], paper.get("forms", [])) for paper in act.get("papers", [])]]
    same = act["on"] in ([source[key]] if key else days) and said == [
        source.get(timed), plain(source["manner"]) in ways if ways and "manner" in source else None,
        None if own is None else items, *map(record.get, ("course", "hours")),
        *map(sample.get, ("records", "users")), sample.get("months", []), record.get("audited_staff", []), was_told,
        source.get("approved"), act["on"], papers]
    if not same: say(f"{act['record']} says otherwise")
def check_sample(say, site, receipt, one, size):
    measure, records, acts, months = size["measure"], receipt["records"], one.get("acts", []), {}
    draw = next(draw for draw in receipt["rule"]["demand"]["sample"] if draw["measure"] == measure)
    for month in (records[key]["fields"] for key in one.get("usage", [])):
        months.setdefault(month["month"], []).append(month["queries" if draw["of"] == "queries" else "total_users"])
    sums = [sum(figures) for figures in months.values()]
    recorded = sum(sums) if draw["of"] == "queries" else max(sums, default=0)
    stated = population_stated(records, acts, measure)
    if draw["of"] in ("queries", "users"):
        if size.get("recorded", recorded) != recorded or size.get("stated") != stated:
            say(f"the figures of {measure} are others")
        population = max(recorded, stated or 0, size.get("on_file", 0)) if "recorded" in size else stated
    else: population = size.get("on_file") if draw["of"] == "accounts" else site.base(measure, size.get("base", []))
    if population != size["population"] and not (one.get("outside") == "population-zero" and size["population"] == 0):
        say(f"the population of {measure} is {population}")
    tier = next(tier for tier in draw["tiers"] if size["population"] <= tier.get("up_to", size["population"]))
    population, share = size["population"], tier.get("fixed", 0)
    if "rate" in tier:  # in hundredths of a per cent, rounded up: no floating point
        whole, _, part = tier["rate"].rstrip("%").partition(".")
        share = -(-population * (int(whole) * 100 + int(part.ljust(2, "0"))) // 10000)
    required = min(max(min(share, tier.get("max", share)), tier.get("min", 0)), population)
    if [tier, share, required] != [*map(size.get, ("tier", "by_share", "required"))]: say(f"{required} are required")
    if size.get("actual", 0) != tally(measure, acts): say(f"{tally(measure, acts)} {measure} were looked at")
def population_stated(records, acts, measure):
    figures = (records[act["record"]]["fields"].get("population", {}).get(measure) for act in acts)
    return max((figure for figure in figures if figure is not None), default=None)
def check_left_out(say, site, receipt, one):  # what decides a status may neither be left out nor put in
    rule, records, acts, outside = receipt["rule"], receipt["records"], one.get("acts", []), one.get("outside")
    ends = str(period_days(one["period"])[1]) if "period" in one else ""
    for draw in rule["demand"].get("sample", []):  # without a figure: what it is drawn from is not known, or to come
        measure, of, use = draw["measure"], draw["of"], draw["of"] in ("queries", "users")
        idle = outside or "instead" in one or not ends and of != "accounts"
        unsure = ("population-unknown" if use else "base-unknown") in one.get("doubts", []) and of != "accounts"
        if use: unsure = (unsure or ends > receipt["as_of"]) and population_stated(records, acts, measure) is None
        if not (idle or unsure or any(size["measure"] == measure for size in one.get("sample", []))):
            say(f"it does not say how many {measure} are required")
    usage = [records[key]["fields"] for key in one.get("usage", [])]
    used = sorted({month["month"] for month in usage if month["queries"] > 0})
    if [act["on"] for act in acts] != sorted(act["on"] for act in acts): say("its acts are not in order")
    if ends and not outside and one.get("months", []) != (used if rule["demand"].get("every_used_month") else []):
        say("other months are in use")
    persons = all(draw["of"] == "users" for draw in rule["demand"].get("sample", [])) and not rule.get("only_used")
    persons = persons and not rule["demand"].get("every_used_month")  # only persons are looked at
    idle = not acts and (not used or persons and not any(month["total_users"] for month in usage))
    before = {site.by_id[id][1]["status"] for id in one.get("rests_on", [])}
    fits = {None: True, "text-not-held": True, **{why: why in rule for why in NOT_COUNTED}, "population-zero": idle,
            "length-open": "length_open" in rule, "nothing-to-send": not acts and before == {"not-applicable"}}
    if not fits.get(outside, "when" in rule): say(f"{outside} is no reason here")
    if "instead" in one:
        duty, on, scope = one["instead"]["duty"], one["instead"]["on"], one["id"].split("/", 2)[2].rpartition("/")[0]
        done = {id.rpartition("/")[0] for id, (_, other) in site.by_id.items() if other.get("done_on") == on}
        if f"{duty}/{scope}" not in done or duty not in rule.get("unless", []):
            say(f"{duty} was not done on {on}, or is no choice here")
def check_status(site, manifest):  # 3. What is published of statuses.
    rows, path = site.status["occurrences"], "data/status.json"
    for row, one in ((row, site.by_id[row["id"]][1]) for row in rows if row["id"] in site.by_id):
        required = {size["measure"]: size["required"] for size in one.get("sample", [])}
        same = all(row.get(key) == one.get(key) for key in "status opens due due_at due_basis done_on done_at".split())
        same = same and [reason["code"] for reason in row["because"]] == one["because"]
        if not same or any(row["required"][key] != required.get(key) for key in ("records", "users")):
            fault(path, f"{row['id']}: its receipt says otherwise")
    if site.status["as_of"] != manifest["as_of"]: fault(path, f"it is of another day than {MANIFEST}")
    shown, held = collections.Counter(row["id"] for row in rows), collections.Counter(site.ids)
    for id in sorted({*shown, *held}):
        if (shown[id], held[id]) != (1, 1): fault(path, f"{id}: it has {shown[id]}, the receipts have {held[id]} of it")
def main(arguments):
    sys.stdout.reconfigure(errors="backslashreplace")
    root, path = [*(a for a in arguments if a[:1] != "-"), os.path.dirname(os.path.abspath(__file__))][0], MANIFEST
    if not os.path.isfile(os.path.join(root, MANIFEST)):
        return print(f"cannot check: no {MANIFEST} in {root}", file=sys.stderr) or 2
    try:
        manifest, own, kept = check_manifest(root)
        site = Site(root, manifest)
        for path, receipt in site.receipts.items(): check_receipt(site, path, receipt)
        check_status(site, manifest)
    except Exception as error: fault(path, f"it is not as Clausebook writes it ({type(error).__name__}: {error})")
    if faults: print(*faults, f"{len(faults)} faults", sep="\n", file=sys.stderr)
    if not faults and "-q" not in arguments:
        print(f"checked {root}\n{MANIFEST} {own}\n{len(site.files)} files, {manifest['as_of']}, {manifest['program']}")
        if kept: print(f"{kept} files of the site before, kept for its readers: no signature covers them")
        print(f"{len(site.ids)} statuses reckoned again\nall is so; whose it is, only a signature says")
    return 1 if faults else 0
if __name__ == "__main__": sys.exit(main(sys.argv[1:]))
