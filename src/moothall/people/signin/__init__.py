"""Ways to sign in, one file a provider kind."""
