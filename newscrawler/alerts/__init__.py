"""Alerts: events on their way to a person. Rules say which, channels say where, the dispatcher sends them."""
