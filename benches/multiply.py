"""A large site: the records of the demo, many times over.

    python3 benches/multiply.py 8 FOLDER
    clausebook -C FOLDER build -v

Every agency, unit, post, account and so on is there 8 times, each time under names of its own; the
systems, regulations and evidence files stay one. FOLDER must not be there yet. Needs PyYAML.
"""

import json
import re
import shutil
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
# Shared by all copies, so that the regulations still apply to each.
SHARED = {"systems"}
# Words of the program, though some record's id may be the same.
WORDS = {"kind", "role", "result", "what"}


class Loader(yaml.BaseLoader):
    """Whole numbers and truth values as such; all else, days among it, as it is written."""


Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"(?:0|[1-9]\d*)$"), "0123456789")
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(?:true|false)$"), "tf")
Loader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))
Loader.add_constructor("tag:yaml.org,2002:bool", lambda loader, node: node.value == "true")


def kind_of(path):
    return path.relative_to(ROOT / "content").parts[0].removesuffix(".yaml")


def renamed(value, key, ids, copy):
    """A value of a record for one of the copies."""
    match value:
        case dict():
            return {k: renamed(v, k, ids, copy) for k, v in value.items()}
        case list():
            return [renamed(item, key, ids, copy) for item in value]
        case str() if value in ids and copy and key not in WORDS:
            return f"{value}-x{copy}"
        case _:
            return value


def main():
    copies, out = int(sys.argv[1]), Path(sys.argv[2])
    out.mkdir(parents=True)
    for name in ("regulations", "templates", "clausebook.yaml"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, out / name)
    records = {}
    for path in sorted((ROOT / "content").rglob("*.yaml")):
        if path.name != "calendar.yaml":
            found = yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)
            found = found if isinstance(found, list) else [found]
            records.setdefault(kind_of(path), []).extend(found)
    ids = {r["id"] for kind, rs in records.items() if kind not in SHARED for r in rs if "id" in r}
    count = 0
    for kind, found in records.items():
        (out / "content" / kind).mkdir(parents=True)
        for copy in range(1 if kind in SHARED else copies):
            rows = [renamed(record, "", ids, copy) for record in found]
            text = "".join(f"- {json.dumps(row, ensure_ascii=False)}\n" for row in rows)
            (out / "content" / kind / f"{copy}.yaml").write_text(text, encoding="utf-8")
            count += len(rows)
    shutil.copy(ROOT / "content" / "calendar.yaml", out / "content")
    shutil.copytree(
        ROOT / "content" / "evidence" / "files",
        out / "content" / "evidence" / "files",
        dirs_exist_ok=True,
    )
    print(f"{count} records in {out}")


main()
