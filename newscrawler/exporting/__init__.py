"""Answers written to files: JSONL, CSV, Parquet, SQLite. Rows pass through; none are held."""
