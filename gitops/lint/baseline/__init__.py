"""The baseline: findings that were there when somebody began to lint, written down so that only new ones count."""
