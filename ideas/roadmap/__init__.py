"""The roadmap: what the statuses of ideas say about what comes next."""
