"""Figures: finding them in articles and answering questions about them."""
