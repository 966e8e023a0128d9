"""What the reference campaign promises to ship."""

AUDIENCES = (
    "humanitarian-emergency",
    "poor-prospects",
    "children-out-of-school",
    "disability-learning",
    "mental-health",
    "addiction",
    "unaccompanied-children",
    "migrants",
    "seasonal-workers",
    "domestic-workers",
    "sexual-gender-minorities",
    "ethnic-religious-minorities",
    "homeless",
    "women-children",
    "carers",
    "survivors-proceedings",
    "service-providers",
)
