"""Small pictures of pages: as wide as the docs show them, in few colours, written the same way each time."""

import base64
import struct
import zlib
from pathlib import Path

import numpy as np
from playwright.sync_api import FloatRect, Page

WIDE, HIGH = 1000, 1180
COLOURS = 64
MOST_BYTES = 120_000
# Nothing here reads a PNG, but the browser does.
UNPACK = """async (packed) => {
  const picture = new Image();
  picture.src = "data:image/png;base64," + packed;
  await picture.decode();
  const canvas = new OffscreenCanvas(picture.width, picture.height), on = canvas.getContext("2d");
  on.drawImage(picture, 0, 0);
  const data = new Blob([on.getImageData(0, 0, picture.width, picture.height).data]);
  const told = await new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.readAsDataURL(data);
  });
  return [picture.width, picture.height, told.slice(told.indexOf(",") + 1)];
}"""


def taken(page: Page, bare: Page, file: Path, *, window: bool = False) -> None:
    """Write a picture of the upper part of a page, or of its window; `bare` is empty, and unpacks the picture."""
    high = min(HIGH, int(page.evaluate("document.documentElement.scrollHeight")))
    upper: FloatRect = {"x": 0, "y": 0, "width": WIDE, "height": high}
    shot = page.screenshot(full_page=not window, clip=None if window else upper, animations="disabled")
    width, height, told = bare.evaluate(UNPACK, base64.b64encode(shot).decode())
    pixels = np.frombuffer(base64.b64decode(told), np.uint8).reshape(height, width, 4)[:, :, :3]
    for colours in (COLOURS, 32, 16):
        written = png(*reduced(pixels, colours))
        if len(written) <= MOST_BYTES:
            break
    file.write_bytes(written)


def reduced(pixels: np.ndarray, colours: int) -> tuple[np.ndarray, np.ndarray]:
    """Return colours that are common in a picture and unlike each other, and which is nearest to each pixel."""
    flat = pixels.reshape(-1, 3)
    bins = (flat >> 3).astype(np.int32) @ np.array([1 << 10, 1 << 5, 1])
    _, first, where, many = np.unique(bins, return_index=True, return_inverse=True, return_counts=True)
    seen, weight = flat[first].astype(np.float64), np.sqrt(many)
    apart, chosen = np.full(len(seen), np.inf), [int(many.argmax())]
    for _ in range(min(colours, len(seen)) - 1):
        apart = np.minimum(apart, ((seen - seen[chosen[-1]]) ** 2).sum(axis=1))
        chosen.append(int((weight * apart).argmax()))
    palette = seen[chosen]
    nearest = ((seen[:, None] - palette[None]) ** 2).sum(axis=2).argmin(axis=1)
    return palette.astype(np.uint8), nearest[where].astype(np.uint8).reshape(pixels.shape[:2])


def png(palette: np.ndarray, index: np.ndarray) -> bytes:
    """Return a PNG of indexed colours."""
    height, width = index.shape
    rows = np.zeros((height, width + 1), np.uint8)  # each row begins with its filter, which is none
    rows[:, 1:] = index
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", palette.tobytes()), (b"IDAT", zlib.compress(rows.tobytes(), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(told)) + name + told + struct.pack(">I", zlib.crc32(name + told)) for name, told in parts
    )
