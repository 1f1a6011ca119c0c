"""The starter of LibreOffice, run by Debian's own Python, the only one with its bridge: server.py PROFILE.

Standard library and uno only. Starts one headless LibreOffice in the profile folder it is given and answers a JSON line
on standard output for each line on standard input, until that ends. A line names a module of deeds and, behind a tab,
tells a deed as JSON. LibreOffice loads the module into its own process and does the deed there, because every call over
the bridge costs as much as a thousand within.
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
    profile, deeds = sys.argv[1], {}
    process, context = start(profile)
    services = context.ServiceManager
    try:
        loader = services.createInstanceWithContext("com.sun.star.loader.Python", context)
        print("{}", flush=True)
        for line in sys.stdin:
            module, _, deed = line.partition("\t")
            if module not in deeds:
                deeds[module] = loader.activate("", "", Path(module).as_uri(), None)
            print(deeds[module].execute((NamedValue("deed", deed),)), flush=True)
        with contextlib.suppress(Exception):
            services.createInstanceWithContext("com.sun.star.frame.Desktop", context).terminate()
            process.wait(10)
    finally:
        if process.poll() is None:
            process.kill()
        shutil.rmtree(profile, ignore_errors=True)


if __name__ == "__main__":
    main()
