"""OpenDocument texts built part by part, for tests."""

from __future__ import annotations

from docx_samples import zipped

NAMES = "urn:oasis:names:tc:opendocument:xmlns"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{NAMES}:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("style", "style"),
        ("svg", "svg-compatible"),
        ("number", "datastyle"),
        ("manifest", "manifest"),
    )
)
NAMESPACES += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'


def p(content: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{content}</text:p>'


def table(*rows: str) -> str:
    return f'<table:table><table:table-column table:number-columns-repeated="2"/>{"".join(rows)}</table:table>'


def row(*cells: str) -> str:
    return (
        "<table:table-row>" + "".join(f"<table:table-cell>{c}</table:table-cell>" for c in cells) + "</table:table-row>"
    )


def odt(body: str, styles: str = "", masters: str = "", more: dict[str, str] | None = None) -> bytes:
    """A text. ``styles`` are its automatic styles, ``masters`` the content of its page styles."""
    date = '<number:date-style style:name="N1"><number:text>.</number:text></number:date-style>'
    content = f"<office:automatic-styles>{date}{styles}</office:automatic-styles>"
    content += f"<office:body><office:text>{body}</office:text></office:body>"
    page = f'<style:master-page style:name="Standard">{masters}</style:master-page>'
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {NAMESPACES}>{content}</office:document-content>",
            "styles.xml": f"<office:document-styles {NAMESPACES}><office:master-styles>{page}</office:master-styles>"
            "</office:document-styles>",
            **(more or {}),
        }
    )
