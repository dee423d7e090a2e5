"""Members: the people. A member row holds no person; the profile does, and goes with erasure."""
