"""Where editors publish: stories, photos, corrections, discussions."""
