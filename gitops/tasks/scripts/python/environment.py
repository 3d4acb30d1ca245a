"""What every Python task has: its packages, and the variables that make Python print at once and pip stay quiet."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.model import UNAVAILABLE
from gitops.language.scalars import Templated, TemplatedStr, Text
from gitops.tasks.scripts.script_task import IMAGE, ScriptTask
from gitops.tasks.scripts.workplace import Workplace

# The first `python` of the PATH, which is that of an activated virtual environment; Debian only has `python3`.
PYTHON = '"$(command -v python || echo python3)"'
_PACKAGES = "packages"


class PythonTask(ScriptTask):
    """A script task whose commands run Python."""

    PROGRAM: ClassVar[str] = "python3"

    container_image: TemplatedStr | None = Field("python:3.13-slim", description=IMAGE)
    dependencies: Templated[tuple[Text, ...]] = Field(
        (), description="Packages that are installed first, as pip writes them."
    )
    python_version: TemplatedStr | None = Field(
        None, description="The version that packages are chosen for.", json_schema_extra=UNAVAILABLE
    )
    dependency_cache_enabled: Templated[bool] = Field(
        True, description="Whether the package manager may use packages that it fetched before."
    )
    package_manager: Templated[Literal["PIP", "UV"]] = Field(
        "UV", description="What installs the packages; pip does where uv is not installed."
    )
    uv_auto_install_enabled: Templated[bool] = Field(
        True, description="Whether uv may be installed when it is absent; pip is used instead."
    )
    uv_installer_version: TemplatedStr | None = Field(None, description="The version of uv that may be installed.")
    uv_installer_sha256: TemplatedStr | None = Field(
        None, alias="uvInstallerSha256", description="The digest that the installer of uv must have."
    )

    def preparation(self, place: Workplace) -> Sequence[str]:
        """Install the packages into a folder of the attempt's own."""
        if not self.dependencies:
            return ()
        target = f"--quiet --target {shlex.quote(str(place.own(_PACKAGES)))} {shlex.join(self.dependencies)}"
        pip = f"{PYTHON} -m pip install {'' if self.dependency_cache_enabled else '--no-cache-dir '}{target}"
        if self.package_manager == "PIP":
            return (pip,)
        uv = f"uv pip install --python {PYTHON} {'' if self.dependency_cache_enabled else '--no-cache '}{target}"
        return (f"if command -v uv > /dev/null; then {uv}; else {pip}; fi",)

    def environment(self, place: Workplace) -> dict[str, str]:
        """Output without buffering, a quiet pip, and where the packages are."""
        return {
            **super().environment(place),
            "PYTHONUNBUFFERED": "true",
            "PIP_ROOT_USER_ACTION": "ignore",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            **({"PYTHONPATH": str(place.own(_PACKAGES))} if self.dependencies else {}),
        }
