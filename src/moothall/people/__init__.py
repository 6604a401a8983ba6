"""Who is reading and speaking: accounts, identities, sessions, roles."""
