"""What the bot knows: digests, their articles and metrics, the index and the search. Knows no chat."""
