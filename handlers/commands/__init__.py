"""The commands and the table of them."""
