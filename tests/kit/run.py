#!/usr/bin/env python3
"""Asks any program the questions of the kit, and says which level it reaches (docs/kit.md).

  run.py --site SITE [--only GLOB] DIR [DIR ...] -- COMMAND [WORD ...]

DIR holds tables (`*.csv`) and cases (folders with `case.json`), at any depth. SITE is the folder cases take
calendar, roles, topics and regulations from. COMMAND is called with one question:

  COMMAND days                     a table `start,length,unit` on stdin; one last day a line on stdout
  COMMAND sizes SITE               a table `regulation,duty,clause,measure,population` on stdin; one number a line
  COMMAND statuses SITE DAY        rows as in data/status.json (`occurrences`), a JSON array on stdout
  COMMAND checks SITE DAY          rows as in data/checks.json
  COMMAND retention SITE DAY       rows as in data/retention.json
  COMMAND candidates SITE DAY      rows `{duty, id, fits}`

Code 3 says: this question is not answered. Python's standard library is enough.
"""
import argparse, concurrent.futures, csv, fnmatch, io, json, os, shutil, subprocess, sys, tempfile

DAY = "2026-11-21"
UNANSWERED = 3
QUESTIONS = {"id": "statuses", "check": "checks", "checks_all": "checks", "retention": "retention", "candidates": "candidates"}
OWN = ("diagnostic", "exit", "page", "import")  # about the program's own commands and pages
LEVELS = ["days", "sizes", "rules", "judgements"]


class Unanswered(Exception):
    """The program does not answer a question."""


def words(value):
    return value if isinstance(value, list) else [] if value is None else [value]


def ask(command, question, given=None):
    run = subprocess.run(command + question, input=given, capture_output=True, text=True, timeout=300)
    if run.returncode == UNANSWERED:
        raise Unanswered(question[0])
    if run.returncode != 0:
        raise ValueError(f"{question[0]} ended with {run.returncode}: {run.stderr.strip()[:200]}")
    return run.stdout


class Site:
    """A case's site in a folder of its own, and what the program says of it."""

    def __init__(self, folder, case, base, command, place):
        self.root, self.command, self.known = os.path.join(place, "site"), command, {}
        shutil.copytree(folder, self.root, ignore=shutil.ignore_patterns("case.json"))
        own = os.path.isdir(os.path.join(self.root, "regulations"))
        for name in ("calendar", "registers", "roles", "topics", "vocabulary"):
            if name not in case.get("omit", []):
                self.take(base, os.path.join("content", name + ".yaml"))
        wanted = case.get("regulations", [] if own else sorted(os.listdir(os.path.join(base, "regulations"))))
        for name in wanted:
            self.take(base, os.path.join("regulations", name))

    def take(self, base, name):
        source, target = os.path.join(base, name), os.path.join(self.root, name)
        if os.path.exists(source) and not os.path.exists(target):
            os.makedirs(os.path.dirname(target), exist_ok=True)
            (shutil.copytree if os.path.isdir(source) else shutil.copy)(source, target)

    def rows(self, question, day):
        if (question, day) not in self.known:
            self.known[question, day] = json.loads(ask(self.command, [question, self.root, day]))
        return self.known[question, day]


def duty(row):
    return f"{row['regulation']}/{row['obligation']}"


def statuses(site, wanted, day):
    rows = [row for row in site.rows("statuses", day) if fnmatch.fnmatchcase(row["id"], wanted["id"])]
    if not rows:
        return [] if "absent" in words(wanted.get("status")) else [f"{wanted['id']}: none"]
    said = [occurrence(row, wanted) for row in rows]
    if "*" in wanted["id"] and not wanted.get("every") and [] in said:
        return []
    return [f"{row['id']}: {why}" for row, all_why in zip(rows, said) for why in all_why]


def occurrence(row, wanted):
    why = []
    for key in ("status", "due", "due_at", "done_on", "done_at", "opens", "due_basis", "suspect"):
        if key in wanted and row.get(key) not in words(wanted[key]):
            why.append(f"{key} is {row.get(key)}, expected {wanted[key]}")
    if row["status"] in words(wanted.get("not_status")):
        why.append(f"is {row['status']}")
    if "due_max" in wanted and not (row["due"] and row["due"] <= wanted["due_max"]):
        why.append(f"due {row['due']} lies after {wanted['due_max']}")
    for key in ("required", "actual"):
        why += [f"{key}.{name} is {row[key][name]}, expected {figure}"
                for name, figure in wanted.get(key, {}).items() if row[key][name] not in words(figure)]
    why += [f"no reason is {code}" for code in wanted.get("reasons", []) if not reason(row, code)]
    spoken = words(wanted.get("reason_any"))
    if spoken and not any(word in text for word in spoken for text in row["reasons"]):
        why.append(f"no reason speaks of {spoken}")
    return why


def reason(row, code):
    if code == "sample-short":
        return any(one["code"] == "sample" and one["args"]["actual"] < one["args"]["required"] for one in row["because"])
    return any(one["code"] == code for one in row["because"])


def checks(site, wanted, day):
    name = wanted["check"]
    rows = [row for row in site.rows("checks", day) if f"{duty(row)}/{row['record']['id']}" == name
            and wanted.get("kind", row["record"]["kind"]) == row["record"]["kind"]]
    if not rows:
        return [] if "absent" in words(wanted.get("verdict")) else [f"check {name}: none"]
    verdict = rows[0]["verdict"]
    right = verdict in words(wanted.get("verdict", verdict)) and verdict not in words(wanted.get("not_verdict"))
    return [] if right else [f"check {name}: {verdict}, expected {wanted.get('verdict')}"]


def checks_all(site, wanted, day):
    rows = [row for row in site.rows("checks", day) if duty(row) == wanted["checks_all"]]
    bad = [row["record"]["id"] for row in rows if row["verdict"] not in words(wanted["verdict"])]
    few = len(rows) < wanted.get("count", 1)
    return [f"checks of {wanted['checks_all']}: {len(rows)}, otherwise {bad[:6]}"] if bad or few else []


def retention(site, wanted, day):
    of, _, record = wanted["retention"].rpartition("/")
    rows = [row for row in site.rows("retention", day) if row["record"]["id"] == record and of in ("", duty(row))]
    if not rows:
        return [] if "absent" in words(wanted.get("state")) else [f"retention of {wanted['retention']}: none"]
    until, states = rows[0]["keep_until"], [state.replace("-", "_") for state in words(wanted.get("state"))]
    why = []
    if "keep_until" in wanted and until != wanted["keep_until"] and until not in (wanted["keep_until"] or []):
        why.append(f"{wanted['retention']} is kept until {until}, expected {wanted['keep_until']}")
    if states and rows[0]["state"] not in states:
        why.append(f"{wanted['retention']} is {rows[0]['state']}, expected {states}")
    return why


def candidates(site, wanted, day):
    rows = {row["id"]: row["fits"] for row in site.rows("candidates", day) if row["duty"] == wanted["candidates"]}
    why = [f"{one} is not listed" for one in wanted.get("has", []) if rows.get(one) is not True]
    why += [f"{one} is not listed as uncertain" for one in wanted.get("uncertain", []) if rows.get(one) is not False]
    return why + [f"{one} is listed" for one in wanted.get("has_not", []) if one in rows]


ANSWERED_BY = {"id": statuses, "check": checks, "checks_all": checks_all, "retention": retention, "candidates": candidates}


def judge(site, wanted, day):
    day = wanted.get("as_of", day)
    if "any_of" in wanted and "diagnostic" not in wanted:
        said = [judge(site, one, day) for one in wanted["any_of"]]
        return [] if [] in said else ["none of: " + " || ".join("; ".join(one) for one in said)]
    if "all_of" in wanted:
        return [why for one in wanted["all_of"] for why in judge(site, one, day)]
    for key, answer in ANSWERED_BY.items():
        if key in wanted:
            return [f"as of {day}: {why}" for why in answer(site, wanted, day)]
    return [f"an expectation of no known kind: {wanted}"]


def is_own(wanted):
    return any(key in wanted for key in OWN) or any(is_own(one) for key in ("any_of", "all_of")
                                                     for one in wanted.get(key, []) if isinstance(one, dict))


def run_case(folder, base, command):
    """What does not hold of a case; `None` where the program does not answer it, `OWN` where nothing of it is
    for any program."""
    with open(os.path.join(folder, "case.json"), encoding="utf-8") as file:
        case = json.load(file)
    wanted = [one for one in case["expect"] if not is_own(one)]
    if not wanted:
        return case, OWN
    with tempfile.TemporaryDirectory() as place:
        try:
            site = Site(folder, case, base, command, place)
            return case, [why for one in wanted for why in judge(site, one, case.get("as_of", DAY))]
        except Unanswered:
            return case, None
        except (ValueError, KeyError, TypeError, OSError, subprocess.TimeoutExpired) as fault:
            return case, [f"no answer: {fault}"]


def run_table(path, base, command):
    """The level of a table and its rows that are answered otherwise; `None` for any other file."""
    with open(path, encoding="utf-8", newline="") as file:
        head, *rows = list(csv.reader(file))
    kind = {"end": "days", "required": "sizes"}.get(head[-1])
    if kind is None:
        return None
    given = io.StringIO()
    csv.writer(given, lineterminator="\n").writerows([head[:-1]] + [row[:-1] for row in rows])
    try:
        got = ask(command, [kind] if kind == "days" else [kind, base], given.getvalue()).split()
    except Unanswered:
        return kind, None
    except (ValueError, OSError, subprocess.TimeoutExpired) as fault:
        return kind, [f"no answer: {fault}"]
    if len(got) != len(rows):
        return kind, [f"{len(got)} answers to {len(rows)} rows"]
    return kind, [f"{','.join(row)}: {one}" for row, one in zip(rows, got) if row[-1] != one]


def main():
    before, command = split(sys.argv[1:])
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", required=True)
    parser.add_argument("--only", default="*")
    parser.add_argument("folders", nargs="+", metavar="DIR")
    given = parser.parse_args(before)
    if not command:
        parser.error("name the command that answers, after `--`")
    base = os.path.abspath(given.site)
    tally = {level: [0, 0, 0] for level in LEVELS}  # right, wrong, not answered

    def count(level, name, problems):
        tally[level][2 if problems is None else 1 if problems else 0] += 1
        for why in problems or []:
            print(f"FAIL {name}: {why}")

    cases = []
    for top in given.folders:
        for folder, _, names in sorted(os.walk(top)):
            if "case.json" in names and fnmatch.fnmatchcase(os.path.basename(folder), given.only):
                cases.append(folder)
            for name in sorted(name for name in names if name.endswith(".csv") and "case.json" not in names):
                table = run_table(os.path.join(folder, name), base, command)
                if table is not None:
                    count(table[0], name, table[1])
    own = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for folder, (case, problems) in zip(cases, pool.map(lambda one: run_case(one, base, command), cases)):
            if problems is OWN:
                own += 1
            else:
                count("rules" if case.get("group") == "rule" else "judgements", folder, problems)
    reached = 0
    for number, level in enumerate(LEVELS, 1):
        right, wrong, open_ = tally[level]
        print(f"level {number} {level}: {right} right, {wrong} wrong, {open_} not answered")
        if right and not wrong and not open_ and reached == number - 1:
            reached = number
    print(f"reaches level {reached}; {own} cases are about one program's commands and pages")
    sys.exit(1 if any(wrong for _, wrong, _ in tally.values()) else 0)


def split(arguments):
    at = arguments.index("--") if "--" in arguments else len(arguments)
    return arguments[:at], arguments[at + 1:]


if __name__ == "__main__":
    main()
