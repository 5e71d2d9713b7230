"""The elements of every rule that tests can exercise, listed from the rule files alone.

Reads `regulations/*/obligations.yaml` and `regulation.yaml` and nothing else, by the definition in
`docs/tests.md` ("What is counted"). Prints the fixture `tests/fixtures/rule-elements.csv`:
    python3 tests/oracle/rule_elements.py > tests/fixtures/rule-elements.csv
With `--check` it compares the fixture with what it would print, and ends with 1 where they differ.

Conditions are read by Python's own parser, whose words they share; sizes are looked for one
population after the other. Nothing here knows how the program does either. Needs PyYAML.
"""

import ast
import sys
from fractions import Fraction
from itertools import product
from math import ceil
from pathlib import Path

try:
    import yaml
except ModuleNotFoundError:
    print("PyYAML is not here; the elements of the rules are not listed again")
    sys.exit(0)

ROOT = Path(__file__).resolve().parents[2]
FIXTURE = ROOT / "tests" / "fixtures" / "rule-elements.csv"
T, F, U = "true", "false", "unknown"

# What every record of a kind has (docs/records.md, in bold), as far as conditions read it.
ALWAYS = {
    "account": ["system", "unit", "staff", "role", "opened_on"],
    "post": ["agency", "title", "staff"],
    "audit": ["obligation", "scope", "done_on"],
    "transfer": ["unit", "system", "notified_on"],
    "endpoint": ["system", "agency", "address", "since"],
    "service_link": ["system", "agency", "since"],
    "asset": ["system", "agency", "name", "since"],
    "contractor": ["name", "agency", "systems", "from"],
    "agency": ["name"],
    "unit": ["agency", "name", "kind"],
    "system": ["name", "agency", "regulations"],
}
# What is derived from other records: always there, but for the last three.
DERIVED = {
    "agency.roles", "unit.roles", "post.staff_roles", "account.staff_roles", "account.idle_since",
    "audit.auditor_roles", "endpoint.same_address",
}
MAY_LACK = {"account.approver_roles", "account.approver_staff", "post.deputy_staff"}
# Yes or no, numbers and lists: there, and false or nothing all the same.
EMPTY_TOO = {
    "endpoint.fixed", "transfer.password_separate", "transfer.records", "endpoint.same_address",
    "service_link.signed_on_line", "service_link.rights", "audit.evidence", "audit.joint",
    "transfer.comparison",
}
LISTS = {"agency.query_right.attached", "agency.procedures", "unit.use_application.countersigned",
         "system.log_fields", "audit.joint", "agency.roles", "unit.roles", "post.roles",
         "audit.evidence"}


def many(value):
    return value if isinstance(value, list) else [value] if value is not None else []


def dotted(node):
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (head := dotted(node.value)):
        return f"{head}.{node.attr}"
    return None


class Operand:
    """One comparison, or one bare value, of a condition."""

    def __init__(self, left, op=None, right=None):
        self.left, self.op, self.right = left, op, right
        self.text = " ".join(ast.dump(part) if isinstance(part, ast.AST) else str(part)
                             for part in (left, op, right))

    def names(self):
        found = set()

        def walk(node):
            if isinstance(node, ast.Call):
                if node.func.id != "holders":
                    for given in node.args:
                        walk(given)
                return
            if isinstance(node, (ast.Attribute, ast.Name)):
                name = dotted(node)
                if name and "." in name:
                    found.add(name)
                return
            for child in ast.iter_child_nodes(node):
                walk(child)

        for part in (self.left, self.right):
            if part is not None:
                walk(part)
        return found

    def literal(self):
        """The name and the value of `name == value`."""
        if self.op == "Eq" and dotted(self.left) and isinstance(self.right, ast.Constant):
            if self.right.value is not None:
                return dotted(self.left), self.right.value
        return None

    def values(self, absent):
        gone = self.names() & absent
        if self.op is None:
            name = dotted(self.left)
            assert name, ast.dump(self.left)
            if gone:
                return [F]
            return [T, F] if name in EMPTY_TOO or name in LISTS else [T]
        left, right = dotted(self.left), dotted(self.right)
        if self.op in ("Eq", "NotEq") and not any(
            isinstance(part, (ast.Call, ast.BinOp)) for part in (self.left, self.right)
        ):
            none = [isinstance(part, (ast.Constant, ast.Name)) and
                    (getattr(part, "value", 0) is None or dotted(part) == "none")
                    for part in (self.left, self.right)]
            lacks = [name in absent or nothing for name, nothing in zip((left, right), none)]
            if all(lacks):
                same = True
            elif any(lacks) or any(none):
                same = False
            else:
                return [T, F]
            return [T if same == (self.op == "Eq") else F]
        if self.op == "In" and isinstance(self.right, ast.List) and left in absent:
            return [F]
        if self.op == "In" and right in absent:
            return [F if right in LISTS else U]
        return [U] if gone else [T, F]


def parse(text):
    """A condition as a function of the values of its operands, and the operands."""
    operands = []

    def walk(node):
        if isinstance(node, ast.BoolOp):
            parts = [walk(value) for value in node.values]
            word = "all" if isinstance(node.op, ast.And) else "any"
            return (word, parts)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return ("not", walk(node.operand))
        if isinstance(node, ast.Compare):
            left, parts = node.left, []
            for op, right in zip(node.ops, node.comparators):
                name = type(op).__name__
                operands.append(Operand(left, "In" if name == "NotIn" else name, right))
                leaf = ("leaf", len(operands) - 1)
                parts.append(("not", leaf) if name == "NotIn" else leaf)
                left = right
            return parts[0] if len(parts) == 1 else ("all", parts)
        operands.append(Operand(node))
        return ("leaf", len(operands) - 1)

    tree = walk(ast.parse(text.strip(), mode="eval").body)

    def told(values, node=tree):
        word, inner = node
        if word == "leaf":
            return values[inner]
        if word == "not":
            return {T: F, F: T, U: U}[told(values, inner)]
        all_of = [told(values, part) for part in inner]
        strong, weak = (F, T) if word == "all" else (T, F)
        return strong if strong in all_of else U if U in all_of else weak

    return operands, told


def always(name):
    root, path = name.split(".", 1)
    return name in DERIVED or (name not in MAY_LACK and path in ALWAYS.get(root, []))


def reach(when, then, audited=None):
    """What `when` and, where it holds, `then` come to, and which operands decide so."""
    one, say_one = parse(when) if when else ([], None)
    two, say_two = parse(then) if then else ([], None)
    operands = one + two
    names = sorted({n for operand in operands for n in operand.names() if not always(n)})
    found = {"when": set(), "then": set(), "when_operands": set(), "then_operands": set()}

    def decide(say, values, key):
        outcome = say(values)
        found[key].add(outcome)
        for at, value in enumerate(values):
            for other in {T: [F], F: [T], U: [T, F]}[value]:
                if say([*values[:at], other, *values[at + 1:]]) != outcome:
                    found[key + "_operands"].add((at, value))
        return outcome

    for bits in product([False, True], repeat=len(names)):
        absent = {name for name, gone in zip(names, bits) if gone}
        # What stands within a mapping is not there without it.
        if any(name.startswith(f"{gone}.") for gone in absent for name in names if name not in absent):
            continue
        for values in product(*[operand.values(absent) for operand in operands]):
            clash = False
            for at, operand in enumerate(operands):
                for before in range(at):
                    other = operands[before]
                    if operand.text == other.text and values[at] != values[before]:
                        clash = True
                    a, b = operand.literal(), other.literal()
                    if a and b and a[0] == b[0] and a[1] != b[1]:
                        clash |= values[at] == values[before] == T
            denied = {literal[1] for operand, value in zip(operands, values)
                      if value == F and (literal := operand.literal())
                      and literal[0] == "audit.obligation"}
            if clash or (denied and audited is not None and audited <= denied):
                continue
            values = list(values)
            if one and decide(say_one, values[:len(one)], "when") != T:
                continue
            if two:
                decide(say_two, values[len(one):], "then")
    return found


def of_operands(found, part):
    for at, told in found["when_operands"]:
        yield f"when/{at + 1}/{told}"
    for at, told in found["then_operands"]:
        yield f"{part}/{at + 1}/{told}"


def steps(measure, draw):
    first = 1
    for at, tier in enumerate(draw["tiers"], 1):
        least = int(tier["min"]) if "min" in tier else None
        most = int(tier["max"]) if "max" in tier else None
        rate = Fraction(tier["rate"].rstrip("%")) / 100 if "rate" in tier else None
        fixed = int(tier.get("fixed", 0))
        last = int(tier["up_to"]) if "up_to" in tier else None
        bounds = set()
        # Behind ten times what the largest number takes nothing new comes.
        far = last or 10 * max(first, ceil(max(least or 1, most or 1, fixed) / (rate or 1)))
        for population in range(first, far + 1):
            share = ceil(rate * population) if rate is not None else fixed
            asked = max(min(share, most if most is not None else share), least or 0)
            if asked > population:
                bounds.add("all")
            elif most is not None and share > most:
                bounds.add("max")
            elif least is not None and share < least:
                bounds.add("min")
            else:
                bounds.add("share")
        for bound in bounds:
            yield f"{measure}/{at}/{bound}"
        if last:
            yield f"{measure}/{at}/last"
            yield f"{measure}/{at + 1}/first"
            first = last + 1


def missing(rule, periodic):
    by = rule.get("answered_by", "audit")
    sample = rule.get("sample", {})
    for measure in ("records", "users"):
        if measure in sample and (periodic or sample[measure]["of"] == "accounts"):
            yield f"sample/{measure}"
    if "months" in sample and periodic:
        yield "months"
    if "acts" in rule and by == "audit":
        each = rule.get("each") == "true"
        for at in range(len(many(rule["acts"])) if each else 1):
            yield f"acts/{at + 1}"
    for key in ("joint", "evidence", "contains", "notify"):
        for at in range(len(many(rule.get(key)))):
            yield f"{key}/{at + 1}"
    if "approval" in rule:
        yield "approval"
        if rule.get("approval_first") == "true":
            yield "approval-first"
    for key, word in (("unannounced", "unannounced"), ("to", "to"), ("hours", "hours")):
        if key in rule:
            yield word
    if "after" in rule and periodic:
        yield "after"
        yield "order"


def looks_at_use(rule):
    sample = rule.get("sample", {})
    users = sample.get("users")
    return ("records" in sample or "months" in sample or "only" in rule
            or (users is not None and users["of"] != "accounts"))


def may_ask_nothing(rule, rules):
    if looks_at_use(rule):
        return True
    before = [rules[one] for one in many(rule.get("after"))]
    return bool(before) and all(
        one["kind"] == "periodic"
        and (looks_at_use(one) or F in reach(one.get("when"), None)["when"])
        for one in before
    )


def uncounted(rule):
    return any(key in rule for key in ("supervisor", "outsider", "may"))


def occurrences(rule, rules):
    kind = rule["kind"]
    periodic, event = kind == "periodic", kind == "event"
    found = reach(rule.get("when"), None)
    yield from of_operands(found, "")
    if uncounted(rule):
        yield "status/not-applicable"
        return
    by = rule.get("answered_by", "audit")
    deadline = rule.get("deadline", {})
    within_before = event and "within_before" in deadline
    own_day = by in ("training", "password-change")
    window = within_before or (periodic and not own_day)
    short = list(missing(rule, periodic))
    for one in short:
        yield f"missing/{one}"
    if window:
        yield "missing/window"
    sample = rule.get("sample", {})
    for measure in ("records", "users"):
        if measure in sample and (periodic or sample[measure]["of"] == "accounts"):
            yield from steps(measure, sample[measure])
    late = True
    if periodic and own_day and "approval" not in rule and "evidence" not in rule:
        late = any(due.get("on") != "period-end" and
                   not (due.get("months_after") == "0" and due.get("day", "last") == "last")
                   for due in rule["due"])
    counted = any(sample[measure]["of"] != "accounts" for measure in ("records", "users") if measure in sample)
    population = periodic and (counted or "months" in sample or "only" in rule)
    unknown = (U in found["when"] or ("acts" in rule and by == "audit") or "approval" in rule
               or "contains" in rule or "courses" in rule or population or deadline.get("on") == "letter")
    yield from ("status/done", "status/overdue", "status/open")
    if late:
        yield "status/done-late"
    if short or (window and periodic):
        yield "status/deficient"
    if periodic or within_before:
        yield "status/upcoming"
    if unknown:
        yield "status/unknown"
    if F in found["when"] or (periodic and may_ask_nothing(rule, rules)):
        yield "status/not-applicable"


def periodic(rule, rules):
    halves = {1, 2}
    if rule["every"] == "year":
        halves = {1}
    elif "months" in rule:
        halves = {1 if int(month) <= 6 else 2 for month in many(rule["months"])}
    for half in halves:
        for at, due in enumerate(rule["due"], 1):
            if due.get("half") in (None, f"H{half}"):
                yield f"due/{at}"
                break
    yield from occurrences(rule, rules)


def event(rule, rules):
    deadline = rule.get("deadline", {})
    yield "deadline/letter" if deadline.get("on") == "letter" else "deadline"
    if "anew" in deadline:
        yield "deadline/anew"
    if deadline.get("from") == "known_on":
        yield "deadline/known"
    for at in range(len(many(rule.get("follows")))):
        yield f"follows/{at + 1}"
    ways = [("answer", "answer"), ("answered-on", "answered_on"), ("unless", "unless")]
    if sum(len(many(rule.get(key))) for _, key in ways) > 1 and not uncounted(rule):
        for word, key in ways:
            for at in range(len(many(rule.get(key)))):
                yield f"{word}/{at + 1}"
    yield from occurrences(rule, rules)


def invariant(rule, audited):
    found = reach(rule.get("when"), rule.get("must"), audited)
    yield from of_operands(found, "must")
    may = {{T: "held", F: "breached", U: "unknown"}[told] for told in found["then"]}
    if independent := rule.get("independent"):
        may |= {"held", "breached", "unknown"}
        if independent.get("not_previous") == "true":
            yield "independent/previous"
        for at in range(len(many(independent.get("not_roles")))):
            yield f"independent/role/{at + 1}"
        if independent.get("not_users") == "true":
            yield "independent/user"
    if U in found["when"]:
        may.add("unknown")
    if F in found["when"]:
        may.add("not-applicable")
    for verdict in may:
        yield f"check/{verdict}"


def permission(rule):
    found = reach(rule.get("when"), rule["candidates"])
    yield from of_operands(found, "candidates")
    may = found["then"] | (found["when"] - {T})
    for told in may:
        yield f"candidate/{ {T: 'yes', F: 'no', U: 'unknown'}[told] }"


def retention(rule):
    keep = rule["keep"]
    if "under" in keep:
        yield "keep/other-law"
    elif keep.get("permanent"):
        yield "keep/permanent"
    else:
        yield "keep/until"
        if keep["from"] in ("approval", "cancellation"):
            yield "keep/not-begun"
    answering = many(keep.get("answering"))
    if len(answering) > 1:
        for at in range(len(answering)):
            yield f"keep/answering/{at + 1}"


def in_time(rule, versions):
    if "from" in rule:
        yield "time/before"
    if "until" in rule:
        yield "time/after"
    if len(versions) < 2:
        return
    # The oldest is the first; each is in force until the day the next one is.
    days = sorted(version["in_force"] for version in versions)
    for at, begins in enumerate(days):
        ends = days[at + 1] if at + 1 < len(days) else "9999"
        if rule.get("until", "9999") >= begins and rule.get("from", "0000") < ends:
            yield f"version/{at + 1}"


def elements(rule, rules, versions, audited):
    kind = rule["kind"]
    if kind == "periodic":
        found = periodic(rule, rules)
    elif kind == "interval" and "left_open" in rule and "no_more_than" not in rule:
        found = ["status/unknown"]
    elif kind in ("interval", "once"):
        found = iter(["deadline", *occurrences(rule, rules)])
    elif kind == "event":
        found = event(rule, rules)
    elif kind == "invariant" and ("must" in rule or "independent" in rule):
        found = invariant(rule, audited)
    elif kind == "permission" and "candidates" in rule:
        found = permission(rule)
    elif kind == "retention":
        return sorted(set(retention(rule)))
    else:
        return []
    found = set(found)
    if rule.get("on_holiday") == "next-working-day":
        found.add("due/moved")
    return sorted(found | set(in_time(rule, versions)))


def load(path):
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def table():
    lines = ["duty,count,elements"]
    for folder in sorted((ROOT / "regulations").iterdir()):
        rules = load(folder / "obligations.yaml")
        versions = load(folder / "regulation.yaml")["versions"]
        by_id = {rule["id"]: rule for rule in rules}
        audited = {f"{folder.name}/{rule['id']}" for rule in rules
                   if rule["kind"] in ("periodic", "interval", "once") and rule.get("answered_by", "audit") == "audit"}
        for rule in rules:
            if found := elements(rule, by_id, versions, audited):
                lines.append(f"{folder.name}/{rule['id']},{len(found)},{' '.join(found)}")
    return "\n".join([lines[0], *sorted(lines[1:])]) + "\n"


def main():
    made = table()
    if "--check" not in sys.argv:
        print(made, end="")
        return
    if made != FIXTURE.read_text(encoding="utf-8"):
        sys.exit(f"{FIXTURE} says something else")


if __name__ == "__main__":
    main()
