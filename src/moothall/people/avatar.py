"""An abstract portrait for everybody: drawn from the account's number, nothing is fetched or uploaded."""

import hashlib

# Muted pairs (ground, figure) that stand beside text in light and in dark.
_PALETTE = (
    ("#d8c7b0", "#7a4b3a"), ("#b9cbd3", "#2f5266"), ("#cfd3b4", "#5a6b35"), ("#e0bfb0", "#8a4538"),
    ("#c9c2d9", "#54487a"), ("#b7d0c2", "#2f6150"), ("#e2d2a0", "#856522"), ("#d3b9c4", "#783f5c"),
    ("#bcc4cc", "#3d4a5c"), ("#d5cabf", "#5e5147"),
)  # fmt: skip


def portrait_svg(account_id: int, display_name: str) -> str:
    """A head and shoulders in two colours, under 900 bytes; the same account always looks the same."""
    dice = hashlib.blake2b(f"{account_id}:{display_name}".encode(), digest_size=8).digest()
    ground, figure = _PALETTE[dice[0] % len(_PALETTE)]
    lean, size, width = dice[1] % 9 - 4, 10 + dice[2] % 4, 17 + dice[3] % 6
    sun_x, sun_y, sun = 8 + dice[4] % 48, 6 + dice[5] % 22, 8 + dice[6] % 9
    head_x, head_y = 32 + lean, 27 - dice[7] % 3
    hair = _HAIR[dice[5] % len(_HAIR)].format(x=head_x, y=head_y, r=size, top=head_y - size)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<path fill="{ground}" d="M0 0h64v64H0z"/>'
        f'<circle cx="{sun_x}" cy="{sun_y}" r="{sun}" fill="#fff" opacity=".35"/>'
        f'<path fill="{figure}" d="M{32 - width} 64c0-16 {width - 8}-22 {width}-22s{width} 6 {width} 22z"/>'
        f'<circle cx="{head_x}" cy="{head_y}" r="{size}" fill="{figure}" opacity=".82"/>'
        f'<g fill="{figure}">{hair}</g></svg>'
    )


_HAIR = (
    '<path d="M{x} {top}a{r} {r} 0 0 1 {r} {r}h-{r}z"/>',
    '<path d="M{x} {top}a{r} {r} 0 0 0-{r} {r}h{r}z"/>',
    '<circle cx="{x}" cy="{top}" r="5"/>',
    '<ellipse cx="{x}" cy="{top}" rx="{r}" ry="4"/>',
    "",
)
