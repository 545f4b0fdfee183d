"""Reading a story's page of any publisher, by what the pages of all publishers have in common."""
