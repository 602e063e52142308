"""`python -m sartor.runtime`: the same as the command `sartor`."""

from sartor.runtime.cli.main import main

main()
