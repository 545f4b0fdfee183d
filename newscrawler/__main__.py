"""`python -m newscrawler`."""

from newscrawler.cli import main

main()
