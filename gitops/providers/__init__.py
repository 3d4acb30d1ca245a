"""The Git hosts: reading their webhooks and posting commit statuses, one host in one file."""
