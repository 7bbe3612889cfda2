"""The day an article was published, as people write it."""

from __future__ import annotations

import re
from datetime import date

from quotetrack.errors import DateError

ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?")

# A day, a month and a year must all be there: "mai 2023" or "hier" is not a date of publication.
SETTINGS = {"DATE_ORDER": "DMY", "REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}


def parse_day(text: str, where: str = "date") -> date:
    """The day that `text` names: 2023-05-15, 15/05/2023, 15 mai 2023, May 15, 2023.

    Raises DateError, naming `where` it stood.
    """
    text = text.strip()
    found = ISO.fullmatch(text)
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError as error:
        raise DateError(f"{where}: {text!r} is not a day of the calendar ({error})") from None
    # Imported here: it takes a tenth of a second, and most dates are ISO.
    import dateparser

    when = dateparser.parse(text, languages=["fr", "en"], settings=SETTINGS)
    if when is None:
        raise DateError(f"{where}: {text!r} is not a date; write 2023-05-15, 15/05/2023 or '15 mai 2023'")
    return when.date()
