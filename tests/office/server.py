"""The starter of LibreOffice, run by Debian's own Python, the only one with its bridge: server.py PROFILE DEEDS.

Standard library and uno only. Starts one headless LibreOffice in the profile folder it is given, has it load the
module DEEDS into its own process, and answers a JSON line on standard output for each JSON line on standard input,
until that ends. The deeds are done inside because every call over the bridge costs as much as a thousand there.
"""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import NamedValue


def start(profile):
    """A running LibreOffice: its process and its context."""
    pipe = re.sub(r"\W|_", "", Path(profile).name)
    command = [
        "soffice",
        "-env:UserInstallation=" + Path(profile).as_uri(),
        f"--accept=pipe,name={pipe};urp;",
    ]
    command += ["--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"]
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    others = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    process = subprocess.Popen(command, env={**others, "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}, **quiet)
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    address = f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"
    while process.poll() is None:
        with contextlib.suppress(Exception):  # not listening yet; the client has the time limit
            return process, resolver.resolve(address)
        time.sleep(0.1)
    raise RuntimeError(f"soffice ended with code {process.returncode} before it answered")


def main():
    profile, module = sys.argv[1:]
    process, context = start(profile)
    services = context.ServiceManager
    try:
        loader = services.createInstanceWithContext("com.sun.star.loader.Python", context)
        deeds = loader.activate("", "", Path(module).as_uri(), None)
        print("{}", flush=True)
        for line in sys.stdin:
            print(deeds.execute((NamedValue("line", line),)), flush=True)
        with contextlib.suppress(Exception):
            services.createInstanceWithContext("com.sun.star.frame.Desktop", context).terminate()
            process.wait(10)
    finally:
        if process.poll() is None:
            process.kill()
        shutil.rmtree(profile, ignore_errors=True)


if __name__ == "__main__":
    main()
