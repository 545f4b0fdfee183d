"""`newscrawler watch`: crawls sites in their turn, one process for each crawl."""
