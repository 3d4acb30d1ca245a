"""The task types that run scripts: where the class of each name is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SCRIPT_TASKS: Final[Mapping[str, str]] = {
    "io.kestra.plugin.scripts.bun.Commands": "gitops.tasks.scripts.bun.commands:Commands",
    "io.kestra.plugin.scripts.bun.Script": "gitops.tasks.scripts.bun.script:Script",
    "io.kestra.plugin.scripts.deno.Commands": "gitops.tasks.scripts.deno.commands:Commands",
    "io.kestra.plugin.scripts.deno.Script": "gitops.tasks.scripts.deno.script:Script",
    "io.kestra.plugin.scripts.dotnet.Commands": "gitops.tasks.scripts.dotnet.commands:Commands",
    "io.kestra.plugin.scripts.dotnet.Script": "gitops.tasks.scripts.dotnet.script:Script",
    "io.kestra.plugin.scripts.go.Commands": "gitops.tasks.scripts.go.commands:Commands",
    "io.kestra.plugin.scripts.go.Script": "gitops.tasks.scripts.go.script:Script",
    "io.kestra.plugin.scripts.groovy.Commands": "gitops.tasks.scripts.groovy.commands:Commands",
    "io.kestra.plugin.scripts.groovy.Eval": "gitops.tasks.scripts.groovy.eval:Eval",
    "io.kestra.plugin.scripts.groovy.FileTransform": "gitops.tasks.scripts.groovy.file_transform:FileTransform",
    "io.kestra.plugin.scripts.groovy.Script": "gitops.tasks.scripts.groovy.script:Script",
    "io.kestra.plugin.scripts.jbang.Commands": "gitops.tasks.scripts.jbang.commands:Commands",
    "io.kestra.plugin.scripts.jbang.Script": "gitops.tasks.scripts.jbang.script:Script",
    "io.kestra.plugin.scripts.julia.Commands": "gitops.tasks.scripts.julia.commands:Commands",
    "io.kestra.plugin.scripts.julia.Script": "gitops.tasks.scripts.julia.script:Script",
    "io.kestra.plugin.scripts.jython.Eval": "gitops.tasks.scripts.jython.eval:Eval",
    "io.kestra.plugin.scripts.jython.FileTransform": "gitops.tasks.scripts.jython.file_transform:FileTransform",
    "io.kestra.plugin.scripts.lua.Commands": "gitops.tasks.scripts.lua.commands:Commands",
    "io.kestra.plugin.scripts.lua.Script": "gitops.tasks.scripts.lua.script:Script",
    "io.kestra.plugin.scripts.nashorn.Eval": "gitops.tasks.scripts.nashorn.eval:Eval",
    "io.kestra.plugin.scripts.nashorn.FileTransform": "gitops.tasks.scripts.nashorn.file_transform:FileTransform",
    "io.kestra.plugin.scripts.node.Commands": "gitops.tasks.scripts.node.commands:Commands",
    "io.kestra.plugin.scripts.node.Script": "gitops.tasks.scripts.node.script:Script",
    "io.kestra.plugin.scripts.perl.Commands": "gitops.tasks.scripts.perl.commands:Commands",
    "io.kestra.plugin.scripts.perl.Script": "gitops.tasks.scripts.perl.script:Script",
    "io.kestra.plugin.scripts.php.Commands": "gitops.tasks.scripts.php.commands:Commands",
    "io.kestra.plugin.scripts.php.Script": "gitops.tasks.scripts.php.script:Script",
    "io.kestra.plugin.scripts.powershell.Commands": "gitops.tasks.scripts.powershell.commands:Commands",
    "io.kestra.plugin.scripts.powershell.Script": "gitops.tasks.scripts.powershell.script:Script",
    "io.kestra.plugin.scripts.python.Commands": "gitops.tasks.scripts.python.commands:Commands",
    "io.kestra.plugin.scripts.python.Script": "gitops.tasks.scripts.python.script:Script",
    "io.kestra.plugin.scripts.r.Commands": "gitops.tasks.scripts.r.commands:Commands",
    "io.kestra.plugin.scripts.r.Script": "gitops.tasks.scripts.r.script:Script",
    "io.kestra.plugin.scripts.ruby.Commands": "gitops.tasks.scripts.ruby.commands:Commands",
    "io.kestra.plugin.scripts.ruby.Script": "gitops.tasks.scripts.ruby.script:Script",
    "io.kestra.plugin.scripts.shell.Commands": "gitops.tasks.scripts.shell.commands:Commands",
    "io.kestra.plugin.scripts.shell.Script": "gitops.tasks.scripts.shell.script:Script",
}
