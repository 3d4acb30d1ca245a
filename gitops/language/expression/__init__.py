"""The expression language: the `{{ ... }}` and `{% ... %}` inside a source. `template` is its public face."""
