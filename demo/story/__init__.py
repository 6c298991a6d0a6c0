"""What has happened in the demo so far, told through the rooms' own verbs: a living test that they fit together."""
