"""The prebuilt index: building, publishing, verifying and opening it."""
