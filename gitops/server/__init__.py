"""The service's HTTP face: a thin reader of App."""
