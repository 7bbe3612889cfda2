"""quotetrack: who said what, when, and when to check it."""

__version__ = "0.1.0"
