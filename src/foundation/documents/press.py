"""Lay out one document: HTML comes in, a tagged PDF goes out. A program of its own, which imports nothing of ours.

It is run in a process that holds no secrets and no open connections, once for each document, so that whatever a
document does to it ends with it.
"""

import contextlib
import io
import resource
import sys

NO_LIBRARIES = 3
TOO_LONG = 4
_MEGABYTE = 1024 * 1024


def main() -> int:
    """Read HTML from standard input and write a PDF to standard output; the exit status says what went wrong."""
    seconds, megabytes, pages = (int(argument) for argument in sys.argv[1:4])
    _limit(resource.RLIMIT_CPU, seconds)
    _limit(resource.RLIMIT_AS, megabytes * _MEGABYTE)
    html = sys.stdin.buffer.read().decode()
    try:
        with contextlib.redirect_stdout(
            io.StringIO()
        ):  # it tells of a missing library where our document goes
            import weasyprint  # type: ignore[import-untyped]  # noqa: PLC0415 - it looks for libraries on import
    except OSError as missing:
        print(missing, file=sys.stderr)  # noqa: T201 - this is how the program that started us is told
        return NO_LIBRARIES
    # Nothing outside the document is ever fetched: neither a file nor an address, and no redirect to one (traps 2.2).
    fetcher = weasyprint.URLFetcher(allowed_protocols=("data",), allow_redirects=False)
    document = weasyprint.HTML(string=html, url_fetcher=fetcher, base_url=None).render(
        pdf_variant="pdf/ua-1", pdf_tags=True
    )
    if len(document.pages) > pages:
        return TOO_LONG
    sys.stdout.buffer.write(document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True))
    return 0


def _limit(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    resource.setrlimit(what, (most, hard if hard != resource.RLIM_INFINITY else most))


if __name__ == "__main__":
    sys.exit(main())
