"""The way from SQLite to PostgreSQL: every row is carried over and compared."""
