"""Contacts in a text as people write them: telephone numbers, short codes, e-mail and web addresses, in any script."""
