"""What a campaign is made of, changed everywhere at once: audiences, languages, countries, contacts, formats."""
