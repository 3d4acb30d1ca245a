"""From a push to a deployed revision and a commit status: planning, telling, applying, watching."""
