"""What a college takes, in one folder: wheel and lock, add-in, page, notes, bill of materials, checksums.

    python .ci/release.py FOLDER

makes FOLDER/mentorbook-VERSION anew. Nothing is published.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from addin.desktop.xlam.package import build as build_addin  # noqa: E402
from addin.web import build as page  # noqa: E402
from workbook import __version__  # noqa: E402

SUMS = "SHA256SUMS.txt"


def main(into: Path) -> None:
    folder = into / f"mentorbook-{__version__}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    wheel(folder)
    shutil.copy(ROOT / "requirements.lock", folder)
    build_addin(folder)
    site = into / "page"
    page.build(site, Path(sys.prefix) / "web-parts", replace=True)
    page.pack(site, folder / f"mentorbook-page-{__version__}.zip")
    shutil.copy(ROOT / "addin" / "desktop" / "setup" / "setup.ps1", folder)
    shutil.copy(ROOT / "docs" / "for-it.md", folder)
    shutil.copy(ROOT / "LICENSE", folder)
    (folder / "NOTES.md").write_text(notes(), "utf-8")
    materials(folder)
    sums = [f"{hashlib.sha256(one.read_bytes()).hexdigest()}  {one.name}" for one in sorted(folder.iterdir())]
    (folder / SUMS).write_text("\n".join(sums) + "\n", "utf-8")
    for one in sorted(folder.iterdir()):
        print(f"{one.stat().st_size:>12,}  {one.name}")


def wheel(folder: Path) -> None:
    """Without fetching anything: the build's own needs are in the lock."""
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*pip, "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)], check=True)


def notes() -> str:
    """The newest part of the changelog."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    newest = re.search(r"^## .*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return f"# Mentorbook {__version__}\n\n{newest[0].strip() if newest else ''}\n"


def materials(folder: Path) -> None:
    """The bill of materials, where this checkout can make one."""
    made = subprocess.run(
        ["make", "--no-print-directory", "sbom"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    found = sorted((ROOT / "dist").glob("*.cdx.json")) if made.returncode == 0 else []
    for one in found:
        shutil.copy(one, folder)
    if not found:
        print("There is no bill of materials: make sbom gave none.")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
