"""A desk for several people behind a proxy: invitations, who is in, who sits where, how much is too much."""
