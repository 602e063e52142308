"""A worker process whose job is soon taken over when it dies. The workspace is that of the environment."""

from __future__ import annotations

from datetime import timedelta

from sartor.platform.settings import Settings
from sartor.platform.workspace import Workspace
from sartor.runtime.worker import run_worker

if __name__ == "__main__":
    run_worker(Workspace.open(Settings.from_environment().with_secret_key()), lease=timedelta(seconds=3))
