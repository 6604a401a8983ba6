"""The fictional newsroom that `make run` shows: its stories, photographs, people and what they say."""
