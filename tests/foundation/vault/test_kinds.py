"""Is a file taken for what its content says, whatever its name claims, and given back to be saved and never shown?"""

import pytest

from foundation.vault.kinds import ACCEPT, FileKind, kind_of
from foundation.vault.names import NAMELESS, disposition, shown_name
from tests.vaults import EICAR, HEIC, JPEG, PDF, PNG, WEBP


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, FileKind.PDF),
        (JPEG, FileKind.JPEG),
        (PNG, FileKind.PNG),
        (WEBP, FileKind.WEBP),
        (HEIC, FileKind.HEIC),
        (b"<html><script>alert(1)</script>", None),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', None),
        (b"MZ" + bytes(90), None),
        (b"PK\x03\x04" + bytes(90), None),
        (b"GIF89a" + bytes(90), None),
        (EICAR, None),
        (b"", None),
        (b"%", None),
    ],
)
def test_a_file_is_what_its_content_says(content: bytes, kind: FileKind | None) -> None:
    assert kind_of(content) is kind


def test_every_kind_ends_as_people_know_it() -> None:
    assert [kind.suffix for kind in FileKind] == [".pdf", ".jpg", ".png", ".webp", ".heic"]
    assert {"application/pdf", ".jpeg", ".heif"} <= set(ACCEPT.split(","))


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        (r"C:\Users\ada\certificate.pdf", "certificate.pdf"),
        ("../../etc/passwd", "passwd"),
        ("cert\u202efdp.exe", "certfdp.exe"),
        ("a\r\nSet-Cookie: b", "aSet-Cookie: b"),
        ("Übung 3.pdf", "Übung 3.pdf"),
        ("\0", NAMELESS),
        ("", NAMELESS),
        ("x" * 500, "x" * 120),
    ],
)
def test_a_name_is_shown_without_its_folders_and_without_signs_that_do_not_show(
    sent: str, shown: str
) -> None:
    assert shown_name(sent) == shown


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("certificate.pdf", "attachment; filename=\"certificate.pdf\"; filename*=UTF-8''certificate.pdf"),
        ("Certificate.PDF", "attachment; filename=\"Certificate.PDF\"; filename*=UTF-8''Certificate.PDF"),
        ("run.exe", "attachment; filename=\"run.exe.pdf\"; filename*=UTF-8''run.exe.pdf"),
        (
            'Übung "3".pdf',
            "attachment; filename=\"_bung _3_.pdf\"; filename*=UTF-8''%C3%9Cbung%20%223%22.pdf",
        ),
    ],
)
def test_a_file_is_to_be_saved_under_a_name_that_ends_as_its_content_does(name: str, header: str) -> None:
    assert disposition(name, FileKind.PDF) == header
