"""Invented articles in bulk, for measuring."""
