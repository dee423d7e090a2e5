"""Credentials: addresses, passwords, sign-ins and one-time links, apart from the member row."""
