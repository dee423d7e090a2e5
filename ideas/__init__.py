"""Ideas: proposed on boards, voted on, ranked, answered and shipped."""
