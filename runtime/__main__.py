"""`python -m sartor.runtime`: the same as the command `sartor`."""

from sartor.runtime.cli import main

main()
