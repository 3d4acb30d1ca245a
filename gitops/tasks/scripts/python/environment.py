"""What every Python task has: its packages, and the variables that make Python print at once and pip stay quiet."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.model import UNAVAILABLE
from gitops.language.scalars import Templated, TemplatedStr, Text
from gitops.tasks.scripts.script_task import IMAGE, ScriptTask


class PythonTask(ScriptTask):
    """A script task whose commands run Python."""

    PROGRAM: ClassVar[str] = "python3"

    container_image: TemplatedStr | None = Field("python:3.13-slim", description=IMAGE)
    dependencies: Templated[tuple[Text, ...]] = Field(
        (), description="Packages that are installed first, as pip writes them.", json_schema_extra=UNAVAILABLE
    )
    python_version: Templated[Text] | None = Field(None, description="The version that packages are chosen for.")
    dependency_cache_enabled: Templated[bool] = Field(True, description="Whether installed packages are kept.")
    package_manager: Templated[Literal["PIP", "UV"]] = Field("UV", description="What installs the packages.")
    uv_auto_install_enabled: Templated[bool] = Field(True, description="Whether uv itself is installed when needed.")
    uv_installer_version: TemplatedStr | None = Field(None, description="The version of uv that is installed.")
    uv_installer_sha256: TemplatedStr | None = Field(
        None, alias="uvInstallerSha256", description="The digest that the installer of uv must have."
    )

    def environment(self) -> dict[str, str]:
        """Output without buffering, and a quiet pip."""
        return {
            "PYTHONUNBUFFERED": "true",
            "PIP_ROOT_USER_ACTION": "ignore",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        }
