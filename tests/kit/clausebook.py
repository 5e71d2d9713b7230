#!/usr/bin/env python3
"""Answers the kit's questions (run.py) with the commands of clausebook: clausebook.py PROGRAM QUESTION [SITE] [DAY]

An example of what another program needs; candidates stand on pages only and are not answered.
"""
import csv, json, os, subprocess, sys, tempfile

program, question, *rest = sys.argv[1:]


def run(*words):
    with tempfile.TemporaryDirectory() as nowhere:
        ended = subprocess.run([program, *words], capture_output=True, text=True, cwd=nowhere)
    if ended.returncode != 0:
        sys.exit(f"{' '.join(words)}: {ended.stderr.strip()}")
    return ended.stdout


def days():
    for row in csv.DictReader(sys.stdin):
        steps = json.loads(run("day", row["start"], f"+{row['length']} {row['unit']}", "--keep", "--format", "json"))
        print(steps["day"])


def sizes(site):
    """One call for each duty and measure; the answers in the order of the rows."""
    rows = list(csv.DictReader(sys.stdin))
    key = lambda row: (row["regulation"], row["clause"], row["duty"], row["measure"])
    found = {}
    for regulation, clause, duty, measure in sorted({key(row) for row in rows}):
        asked = [row["population"] for row in rows if key(row) == (regulation, clause, duty, measure)]
        option = "--users" if measure == "users" else "--population"
        duty_words = ["--regulation", regulation, "--clause", clause, "--obligation", duty, "--format", "json"]
        options = [word for one in asked for word in (option, one)]
        if measure == "users":
            options += [word for one in asked for word in ("--population", one)]
        answers = json.loads(run("-C", site, "sample-size", *duty_words, *options))
        size = "required_users" if measure == "users" else "required"
        found.update({(regulation, clause, duty, measure, one): row[size] for one, row in zip(asked, answers)})
    for row in rows:
        print(found[(*key(row), row["population"])])


def main():
    if question == "days":
        days()
    elif question == "sizes":
        sizes(rest[0])
    elif question == "statuses":
        print(json.dumps(json.loads(run("-C", rest[0], "status", "--format", "json", "--as-of", rest[1]))["occurrences"]))
    elif question == "checks":
        print(json.dumps(json.loads(run("-C", rest[0], "status", "--checks", "--format", "json", "--as-of", rest[1]))["checks"]))
    elif question == "retention":
        with tempfile.TemporaryDirectory() as place:
            out = os.path.join(place, "out")
            run("-C", rest[0], "build", "--quiet", "--as-of", rest[1], "--output", out)
            with open(os.path.join(out, "data", "retention.json"), encoding="utf-8") as file:
                rows = json.load(file)
            print(json.dumps(rows if isinstance(rows, list) else rows["retention"]))
    else:
        sys.exit(3)


main()
