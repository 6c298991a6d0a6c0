"""The organisation's own words for what everybody here talks about: a mentor may be a coach, a session a meeting."""
