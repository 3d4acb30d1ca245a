"""The task types that run scripts."""

from __future__ import annotations

from gitops.language.task import Task
from gitops.tasks.scripts.bun.commands import Commands as BunCommands
from gitops.tasks.scripts.bun.script import Script as BunScript
from gitops.tasks.scripts.deno.commands import Commands as DenoCommands
from gitops.tasks.scripts.deno.script import Script as DenoScript
from gitops.tasks.scripts.dotnet.commands import Commands as DotnetCommands
from gitops.tasks.scripts.dotnet.script import Script as DotnetScript
from gitops.tasks.scripts.go.commands import Commands as GoCommands
from gitops.tasks.scripts.go.script import Script as GoScript
from gitops.tasks.scripts.groovy.commands import Commands as GroovyCommands
from gitops.tasks.scripts.groovy.eval import Eval as GroovyEval
from gitops.tasks.scripts.groovy.file_transform import FileTransform as GroovyFileTransform
from gitops.tasks.scripts.groovy.script import Script as GroovyScript
from gitops.tasks.scripts.jbang.commands import Commands as JbangCommands
from gitops.tasks.scripts.jbang.script import Script as JbangScript
from gitops.tasks.scripts.julia.commands import Commands as JuliaCommands
from gitops.tasks.scripts.julia.script import Script as JuliaScript
from gitops.tasks.scripts.jython.eval import Eval as JythonEval
from gitops.tasks.scripts.jython.file_transform import FileTransform as JythonFileTransform
from gitops.tasks.scripts.lua.commands import Commands as LuaCommands
from gitops.tasks.scripts.lua.script import Script as LuaScript
from gitops.tasks.scripts.nashorn.eval import Eval as NashornEval
from gitops.tasks.scripts.nashorn.file_transform import FileTransform as NashornFileTransform
from gitops.tasks.scripts.node.commands import Commands as NodeCommands
from gitops.tasks.scripts.node.script import Script as NodeScript
from gitops.tasks.scripts.perl.commands import Commands as PerlCommands
from gitops.tasks.scripts.perl.script import Script as PerlScript
from gitops.tasks.scripts.php.commands import Commands as PhpCommands
from gitops.tasks.scripts.php.script import Script as PhpScript
from gitops.tasks.scripts.powershell.commands import Commands as PowershellCommands
from gitops.tasks.scripts.powershell.script import Script as PowershellScript
from gitops.tasks.scripts.python.commands import Commands as PythonCommands
from gitops.tasks.scripts.python.script import Script as PythonScript
from gitops.tasks.scripts.r.commands import Commands as RCommands
from gitops.tasks.scripts.r.script import Script as RScript
from gitops.tasks.scripts.ruby.commands import Commands as RubyCommands
from gitops.tasks.scripts.ruby.script import Script as RubyScript
from gitops.tasks.scripts.shell.commands import Commands as ShellCommands
from gitops.tasks.scripts.shell.script import Script as ShellScript

SCRIPT_TASKS: tuple[type[Task], ...] = (
    BunCommands,
    BunScript,
    DenoCommands,
    DenoScript,
    DotnetCommands,
    DotnetScript,
    GoCommands,
    GoScript,
    GroovyCommands,
    GroovyEval,
    GroovyFileTransform,
    GroovyScript,
    JbangCommands,
    JbangScript,
    JuliaCommands,
    JuliaScript,
    JythonEval,
    JythonFileTransform,
    LuaCommands,
    LuaScript,
    NashornEval,
    NashornFileTransform,
    NodeCommands,
    NodeScript,
    PerlCommands,
    PerlScript,
    PhpCommands,
    PhpScript,
    PowershellCommands,
    PowershellScript,
    PythonCommands,
    PythonScript,
    RCommands,
    RScript,
    RubyCommands,
    RubyScript,
    ShellCommands,
    ShellScript,
)
