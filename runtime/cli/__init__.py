"""The command line: one module for each group of commands."""

from sartor.runtime.cli.main import main

__all__ = ["main"]
