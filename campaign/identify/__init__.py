"""Which language a text is in, and which one a file says that it is in."""
