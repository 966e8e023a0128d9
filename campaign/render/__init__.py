"""From templates and texts to a message: an audience's words in one language for one country.

Templates run in Jinja2's sandbox with StrictUndefined. Translations are data: only `%(name)s` and `%%` mean something
in them, and only names that the source uses. Every unit that a block used is recorded with its state, and so is every
fallback.
"""
