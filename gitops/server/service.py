"""The service as a process: checks, start, the first lines that a person reads, and a clean end."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable
from pathlib import Path

import uvicorn

from gitops.app import App
from gitops.errors import InvalidSettings
from gitops.server.sample import Sample, with_sample
from gitops.server.server import create_app
from gitops.settings import Settings
from gitops.sync.outbox import pass_by

_GRACE_SECONDS = 3


def serve(settings: Settings, *, sample: Path | None = None, checkpoint: Callable[[str], None] = pass_by) -> int:
    """Serve until Ctrl-C or SIGTERM."""
    listener = listen(settings.host, settings.port)
    settings = settings.model_copy(update={"port": listener.getsockname()[1]})
    shown = with_sample(settings, sample) if sample is not None else None
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    with App.open(shown.settings if shown else settings, checkpoint) as app:
        app.start()
        print(f"gitops answers at {app.settings.public_url}  (pages: /ui, API: /docs, stop with Ctrl-C)", flush=True)
        if shown is not None:
            threading.Thread(target=_show, args=(shown, app), name="sample", daemon=True).start()
        _run(app, listener)
    return 0


def _show(sample: Sample, app: App) -> None:
    print(sample.story(app), flush=True)


def listen(host: str, port: int) -> socket.socket:
    """The socket that the service answers on; raises InvalidSettings when it cannot be had."""
    try:
        listener = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise InvalidSettings(
            f"port: cannot listen on {host}:{port} ({error.strerror}); choose another with --port or GITOPS_PORT"
        ) from error
    # Connections inherit it. asyncio sets it only where a socket names its protocol, and without it an answer on a
    # connection that is kept alive waits 40 ms for the client's delayed acknowledgement.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listener.set_inheritable(False)
    return listener


def _run(app: App, listener: socket.socket) -> None:
    config = uvicorn.Config(
        create_app(app),
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        server_header=False,
    )
    uvicorn.Server(config).run(sockets=[listener])
