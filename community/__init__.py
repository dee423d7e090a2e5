"""The community: its kernel (flat modules), its people, its capabilities and its places."""
