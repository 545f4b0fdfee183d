"""The HTTP API under /api/v1: the queries of the project, as JSON."""

from fastapi import APIRouter

from newscrawler.web.api import articles, events, runs, sites
from newscrawler.web.api.models import PROBLEMS

PREFIX = "/api/v1"

router = APIRouter(prefix=PREFIX, responses=PROBLEMS)
for module in (articles, events, runs, sites):
    router.include_router(module.router)
