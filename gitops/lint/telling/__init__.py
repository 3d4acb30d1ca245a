"""What reporters share: words, lines of source, what a terminal shows, and what a report comes to."""
