"""What the scripts in this folder share: the cases that the catalog's own samples make, the option --only, and files of one entry each, a case a line.

A script prints nothing and writes nothing but the files of the entries it was asked for: `--only NAME` (more than once for several) writes NAME.json
alone; without it every file is written anew, and files of entries that are gone are removed.
"""

import argparse
import json
import pathlib
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]


def arguments(description):
    parser = argparse.ArgumentParser(description=description.partition("\n")[0])
    parser.add_argument("--only", action="append", metavar="NAME", help="an entry of the catalog, whose file alone is written; may be given again")
    return parser.parse_args()


def cases_of(module):
    """What a TypeScript file beside this prints, run by the Node that the repository's dependencies bring, else by the one on the path (22.18 or newer)."""
    own = sorted(ROOT.glob("node_modules/node-*/bin/node"))
    return json.loads(subprocess.run([*(own[:1] or ["node"]), HERE / module], check=True, stdout=subprocess.PIPE, text=True).stdout)


def write(folder, name, head, cases):
    """{**head, "cases": [...]}, with one case a line."""
    (HERE / folder).mkdir(exist_ok=True)
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    start = json.dumps({**head, "cases": []}, separators=(",", ":")).removesuffix("]}")
    (HERE / folder / f"{name}.json").write_text(f"{start}\n{lines}\n]}}\n")


def make(description, folder, module, name_of, figures, head):
    """Writes the file of every entry, or of those named by --only. `name_of` says of a case whose it is."""
    only = arguments(description).only
    entries = {}
    for case in cases_of(module):
        entries.setdefault(name_of(case), []).append(case)
    unknown = set(only or []) - set(entries)
    if unknown:
        raise SystemExit(f"There is no {', '.join(sorted(unknown))}. There are: {', '.join(entries)}.")
    for name, cases in entries.items():
        if only is None or name in only:
            write(folder, name, head, [figures(case) for case in cases])
    for file in [] if only else (HERE / folder).glob("*.json"):
        if file.stem not in entries:
            file.unlink()
