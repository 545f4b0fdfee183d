"""Where everything seen is kept. The only home of SQLAlchemy."""
