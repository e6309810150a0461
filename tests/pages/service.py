"""The whole service, as a browser meets it."""

from attested.app import create_app

app = create_app()
