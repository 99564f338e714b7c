"""An address as a QR code, for paper: a phone opens it without typing."""

from markupsafe import Markup

MARGIN = 4
"""White modules around the code, without which many phones do not find it."""


def qr(address: str) -> Markup:
    """An SVG without a size of its own, so that the page says how large it is printed."""
    import segno  # only where something is printed

    code = segno.make_qr(address, error="m")
    svg = code.svg_inline(border=MARGIN, omitsize=True, svgclass="qr", lineclass=None)
    return Markup(svg)  # noqa: S704  (drawn from the address's bits; no letter of it is in there)
