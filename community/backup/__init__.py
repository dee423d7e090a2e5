"""Backups: made while the site serves, verified, and restored into an empty place.

A backup is one tar file. Its **members** are the database, the attached files that its rows name,
the secret key unless it is left out, and the **manifest**, which says of each its size and sha256.
The database is one snapshot: on SQLite a copy of the file, on PostgreSQL the rows of each table.
It holds data and nothing that would be executed: the schema comes from our own migrations.
"""
