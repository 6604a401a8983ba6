"""The standards' machinery: ordered phases, findings, one verdict table, decisions."""
