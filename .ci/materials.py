"""A bill of materials: what Mentorbook is shipped with and runs on, as CycloneDX JSON, with licences.

    python .ci/materials.py FOLDER

The packages are those of requirements.lock that are installed and that Mentorbook itself needs, not its tests.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

# Packages of the lock that only other systems need, so that they cannot be asked here.
_ELSEWHERE = {"appscript": "Public Domain", "colorama": "BSD-3-Clause", "pywin32": "PSF-2.0"}
ROOT = Path(__file__).resolve().parent.parent
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def plain(name: str) -> str:
    """A package's name as the lock spells it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(name: str, extras: frozenset[str] = frozenset()) -> set[str]:
    """The packages that a package needs here, and those that these need."""
    found: set[str] = set()
    waiting = [(name, extras)]
    while waiting:
        one, wanted = waiting.pop()
        try:
            requires = metadata.distribution(one).requires or []
        except metadata.PackageNotFoundError:
            continue
        for line in requires:
            if "extra ==" in line and not any(f'"{extra}"' in line or f"'{extra}'" in line for extra in wanted):
                continue
            match = _NAME.match(line)
            other = plain(match[0]) if match else ""
            asked = re.match(r"[^\[;]*\[([^\]]*)\]", line)
            if other and other not in found:
                found.add(other)
                waiting.append((other, frozenset(asked[1].replace(" ", "").split(",")) if asked else frozenset()))
    return found


def locked() -> dict[str, list[str]]:
    """Each package of the lock with its version and the SHA-256 sums of its files."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    found = {}
    for entry in re.split(r"\n(?=[a-z0-9])", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE)):
        name, _, rest = entry.partition("==")
        found[name.partition("[")[0]] = [rest.split()[0], *re.findall(r"--hash=sha256:([0-9a-f]{64})", rest)]
    return found


def licence(about: metadata.PackageMetadata) -> list[dict[str, Any]]:
    """A package's licence as it says itself: an expression, else its classifiers, else its own words."""
    if about.get("License-Expression"):
        return [{"expression": about["License-Expression"]}]
    classes = [
        line.rpartition(" :: ")[2] for line in about.get_all("Classifier") or [] if line.startswith("License ::")
    ]
    words = classes or [(about.get("License") or "not stated").splitlines()[0][:80]]
    return [{"license": {"name": word}} for word in words]


def component(name: str, version: str) -> dict[str, Any]:
    """A package as the bill lists it."""
    try:
        licences = licence(metadata.metadata(name))
    except metadata.PackageNotFoundError:
        licences = [{"license": {"name": _ELSEWHERE.get(name, "not stated")}}]
    return {
        "type": "library",
        "bom-ref": f"pkg:pypi/{name}@{version}",
        "name": name,
        "version": version,
        "purl": f"pkg:pypi/{name}@{version}",
        "licenses": licences,
    }


def of_the_page(one: dict[str, str]) -> dict[str, Any]:
    """A part of the page for the browser that is no package of the command line."""
    link = f"pkg:{one['registry']}/{one['name']}@{one['version']}"
    return {
        "type": "library",
        "bom-ref": link,
        "name": one["name"],
        "version": one["version"],
        "purl": link,
        "licenses": [{"expression": one["licence"]}],
        "hashes": [{"alg": "SHA-256", "content": one["sha256"]}],
    }


def bill() -> dict[str, Any]:
    """The whole bill."""
    names, lock = needed("mentorbook"), locked()
    parts = [component(name, lock[name][0]) for name in sorted(names & lock.keys())]
    page = tomllib.loads((ROOT / "addin" / "web" / "parts.toml").read_text(encoding="utf-8"))["part"]
    parts += [of_the_page(one) for one in page if plain(one["name"]) not in names]
    version = metadata.version("mentorbook")
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "mentorbook",
                "name": "mentorbook",
                "version": version,
                "licenses": [{"license": {"id": "MIT"}}],
            }
        },
        "components": parts,
        "dependencies": [{"ref": "mentorbook", "dependsOn": [one["bom-ref"] for one in parts]}],
    }


def main(folder: Path) -> None:
    """Write the bill, and say what it holds."""
    told = bill()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"mentorbook-{told['metadata']['component']['version']}.cdx.json"
    path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    print(f"{path}: {len(told['components'])} packages")
    for one in told["components"]:
        words = ", ".join(each.get("expression") or each["license"]["name"] for each in one["licenses"])
        print(f"  {one['name']:24} {one['version']:12} {words}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
