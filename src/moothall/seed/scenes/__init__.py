"""The lead photographs, drawn: one file a scene, with `brush`, `lens` and `water` to draw them with."""
