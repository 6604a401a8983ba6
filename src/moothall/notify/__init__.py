"""What is told to people outside the page."""
