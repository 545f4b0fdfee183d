"""Text, dates and addresses in one form."""
