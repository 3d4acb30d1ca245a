"""Git-backed flows as code: a sync service, a linter and an engine for Kestra's flow language."""
