"""The pure state machine: each module says how one kind of event, or one consequence of it, moves an execution."""
