"""What can go wrong, as one tree.

QuotetrackError                 anything a user should read in one line
├── ReadingError                a file or page that cannot become an article
├── LanguageError               a language without data, or data that does not validate
├── ModelsError                 models that are missing or that do not load
├── ConlluError                 a parse in CoNLL-U that is not one
├── DateError                   a date that is not one
├── LogError                    a database that is not ours, locked, read-only, full
└── NotFoundError               an identifier that is not in the log

Each message says what is wrong, where, and what to do, in one line.
"""

from __future__ import annotations


class QuotetrackError(Exception):
    """Base of all errors that quotetrack raises on purpose."""


class ReadingError(QuotetrackError):
    """A file, page or stream that cannot be read as an article."""


class LanguageError(QuotetrackError):
    """A language without data, or language data that does not validate."""


class ModelsError(QuotetrackError):
    """Stanza models that are missing or cannot be loaded."""


class ConlluError(QuotetrackError):
    """A parse in CoNLL-U that breaks the format, or does not fit its text."""


class DateError(QuotetrackError):
    """Something given as a date that is not one."""


class LogError(QuotetrackError):
    """A database that cannot be opened, is not a quotetrack log, or cannot be written."""


class NotFoundError(LogError):
    """An identifier that the log does not hold."""
