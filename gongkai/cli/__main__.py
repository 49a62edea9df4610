"""`python -m gongkai.cli`, where the console script is not on the PATH."""

from gongkai.cli import main

main()
