"""Draws the demonstration's own film from the portal's pictures: ``python -m tools.film OUT.mp4``. Needs ffmpeg.

The film is committed (``news/demo/files/``), so a site needs no ffmpeg; this shows how it came about.
"""

import subprocess
import sys
import tempfile
from itertools import pairwise
from pathlib import Path

import resvg_py

SCENES = Path(__file__).resolve().parents[1] / "images" / "demo" / "scenes"
#: Scene, and where its picture moves to while it is shown.
SHOTS = (("mubaoho", "right"), ("dien", "left"), ("giainhiet", "right"), ("tanca", "left"))
SIZE = (512, 288)
RATE, SECONDS, FADE = 12, 6, 1
#: A low chord of plucked notes, one at each new picture.
TONE = "0.16*exp(-1.1*mod(t\\,5))*(sin(2*PI*220*t)+0.6*sin(2*PI*277.2*t)+0.5*sin(2*PI*329.6*t))"


def main() -> None:
    """Draw the pictures, let them glide and fade into each other."""
    target = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        inputs: list[str] = []
        chains: list[str] = []
        for number, (scene, way) in enumerate(SHOTS):
            picture = Path(folder) / f"{scene}.png"
            picture.write_bytes(bytes(resvg_py.svg_to_bytes(svg_path=str(SCENES / f"{scene}.svg"), width=SIZE[0] * 2)))
            inputs += ["-loop", "1", "-framerate", str(RATE), "-t", str(SECONDS), "-i", str(picture)]
            x = f"{SIZE[0] // 6}*t/{SECONDS}" if way == "right" else f"{SIZE[0] // 6}*(1-t/{SECONDS})"
            width, height = SIZE[0] * 7 // 6 // 2 * 2, SIZE[1] * 7 // 6 // 2 * 2
            chains.append(
                f"[{number}:v]scale={width}:{height}:flags=area,crop={SIZE[0]}:{SIZE[1]}:x='{x}':y=20,format=yuv420p,"
                f"settb=1/{RATE}[s{number}]"
            )
        last = "s0"
        for before, number in pairwise(range(len(SHOTS))):
            offset = number * (SECONDS - FADE)
            chains.append(f"[{last}][s{number}]xfade=duration={FADE}:offset={offset}[x{before}]")
            last = f"x{before}"
        length = len(SHOTS) * (SECONDS - FADE) + FADE
        tone = f"aevalsrc='{TONE}':s=24000:d={length}"
        picture_coding = "-c:v libx264 -pix_fmt yuv420p -profile:v main -preset veryslow -tune animation -crf 36"
        coding = f"{picture_coding} -c:a aac -b:a 24k -ac 1 -movflags +faststart -map_metadata -1 -fflags +bitexact"
        sources = [*inputs, "-f", "lavfi", "-i", tone]
        chosen = ["-filter_complex", ";".join(chains), "-map", f"[{last}]", "-map", f"{len(SHOTS)}:a"]
        subprocess.run(
            ["ffmpeg", "-y", "-loglevel", "error", *sources, *chosen, *coding.split(), str(target)],
            check=True,
        )


if __name__ == "__main__":
    main()
