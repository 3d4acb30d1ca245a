"""`python -m gitops` is the command `gitops`."""

from gitops.cli.main import program

program()
