"""The blocks, labels and whole texts of a message, by the names that the templates give them."""

from __future__ import annotations

from campaign.counting.platforms import platforms

BLOCKS = (
    "title",
    "lead",
    "signs_title",
    "signs",
    "rights_title",
    "rights",
    "steps_title",
    "steps",
    "closing",
    "sms",
    "post",
    "alt",
    "easy",
)
LABELS = (
    "contacts_title",
    "emergency_line",
    "scan",
    "qr_alt",
    "edition_line",
    "draft",
    "draft_line",
    "logo_alt",
    "exit",
    "exit_note",
    "languages",
    "write_sms",
    "write_whatsapp",
    "opt_out_line",
    "hashtag",
)
#: The texts of a message that a template of templates/channels writes whole: the SMS, the image description, the posts.
TEXT_CHANNELS = ("sms", "alt", *platforms())
