"""Makes sure that the tests have a browser: what is on the machine, else Debian's Chromium when we may install it.

Run by `make test`. Without a browser and without the right to install one it says what to do; the tests then skip,
and in CI they fail.
"""

from __future__ import annotations

import os
import shutil
import subprocess

NAMES = ("chromium", "chromium-browser", "google-chrome")
_QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def find_browser() -> str | None:
    """The path of a Chromium on this machine."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def main() -> None:
    """Install Chromium when there is none and apt can."""
    if find_browser():
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        print("installing Chromium for the browser tests")
        subprocess.run(["apt-get", "update"], check=False, env=environment, **_QUIET)  # type: ignore[call-overload]  # keywords by name
        subprocess.run(
            ["apt-get", "install", "-y", "--no-install-recommends", "chromium", "fonts-dejavu-core"],
            check=False,
            env=environment,
            **_QUIET,  # type: ignore[call-overload]  # keywords by name
        )
    if not find_browser():
        print(f"no browser found ({', '.join(NAMES)}): the browser tests will be skipped; install Chromium to run them")


if __name__ == "__main__":
    main()
