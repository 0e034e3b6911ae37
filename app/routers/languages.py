"""The language of what people read: the one that the address names, else the one that the caller prefers."""

from typing import Annotated

from fastapi import Depends, Query, Request

from app.routers.problems import language_of
from app.texts.languages import Language


async def language_asked(request: Request, lang: Annotated[Language | None, Query()] = None) -> Language:
    """The language to answer in."""
    return lang or language_of(request)


LanguageAsked = Annotated[Language, Depends(language_asked)]
