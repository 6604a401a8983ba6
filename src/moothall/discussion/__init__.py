"""The heart: comments, who may see and do what, and the use cases."""
