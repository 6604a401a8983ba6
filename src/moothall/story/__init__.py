"""The story page: model, publishing, related stories, metadata."""
