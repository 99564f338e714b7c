"""Chromium, started once for all that look at pages."""

from collections.abc import Iterator

import pytest
from selenium.webdriver import Chrome

from tests.bot.browser import chromium, is_here
from tests.conftest import missing


@pytest.fixture(scope="session")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    if not is_here():
        missing("Chromium", "Install Debian's packages chromium and chromium-driver.")
    with chromium(tmp_path_factory.mktemp("chromium")) as started:
        yield started
