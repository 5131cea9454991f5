"""Cut the portal's fonts from the full Be Vietnam Pro.

The web gets one WOFF2 per weight with Latin and Vietnamese together, so that kerning between plain and accented
letters survives; Pillow gets larger TrueType cuts for share cards. The source is the npm package
``@expo-google-fonts/be-vietnam-pro`` (SIL Open Font License)::

    npm pack @expo-google-fonts/be-vietnam-pro@0.4.1 && tar xzf expo-google-fonts-be-vietnam-pro-0.4.1.tgz
    uv run --group tools python tools/fonts/subset.py package
"""

import argparse
import shutil
import unicodedata
from pathlib import Path

from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent

PROJECT = Path(__file__).resolve().parents[2]
WEB, DRAWING = PROJECT / "static" / "fonts", PROJECT / "core" / "fonts"
WEIGHTS = {"400": "400Regular/BeVietnamPro_400Regular.ttf", "700": "700Bold/BeVietnamPro_700Bold.ttf"}

TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
VOWELS = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
# Tones and letter marks by themselves, for text that arrives decomposed.
MARKS = "\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b"
PUNCTUATION = "\u00a0«»–—‘’“”…•·×÷±−°²³½%‰§©®€₫≤≥†‹›"
DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
# Wide enough for every digit of both weights; figures in a column stand under each other.
DIGIT_WIDTH = 680


def vietnamese_letters() -> set[str]:
    """Every vowel of the alphabet with every tone, as one code point each, and Đ."""
    return {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES} | {"đ", "Đ"}


def characters() -> set[int]:
    """Code points of the web fonts: ASCII, Vietnamese, marks and the punctuation that editors type."""
    ascii_text = {chr(code) for code in range(0x20, 0x7F)}
    return {ord(character) for character in ascii_text | vietnamese_letters() | set(MARKS) | set(PUNCTUATION)}


def drawing_characters(font: TTFont) -> set[int]:
    """Code points for share cards: everything Latin in the font, so that foreign names are drawn too."""
    return {code for code in font.getBestCmap() if code < 0x2300}


def subset(font: TTFont, codes: set[int], features: list[str]) -> None:
    """Keep the characters and layout features, drop hints and the names nobody reads."""
    options = Options()
    options.hinting = False
    options.layout_features = features
    # resvg takes no font without the sixth, its PostScript name.
    options.name_IDs = [0, 1, 2, 6, 13, 14] if "ccmp" in features else [1, 2]
    options.name_languages = [0x409]
    options.notdef_outline = False
    options.glyph_names = False
    options.legacy_kern = False
    options.drop_tables += ["DSIG", "gasp"]
    cutter = Subsetter(options)
    cutter.populate(unicodes=codes)
    cutter.subset(font)


def add_tabular_figures(font: TTFont) -> None:
    """Give the face figures of one width under the feature ``tnum``: each digit centred, as a component.

    Comma and full stop keep their width: they stand in the same place in every row.
    """
    glyphs, metrics, cmap = font["glyf"], font["hmtx"], font.getBestCmap()
    digits = [cmap[ord(character)] for character in "0123456789"]
    order = list(font.getGlyphOrder())
    rules = []
    for digit, name in zip(digits, DIGITS, strict=True):
        width, bearing = metrics[digit]
        shift = (DIGIT_WIDTH - width) // 2
        component = GlyphComponent()
        component.glyphName, component.x, component.y = digit, shift, 0
        component.flags = 0x0004 | 0x0002  # round to grid, offsets are values
        tabular = Glyph()
        tabular.numberOfContours = -1
        tabular.components = [component]
        target = f"{name}.tnum"
        glyphs[target] = tabular
        metrics[target] = (DIGIT_WIDTH, bearing + shift)
        tabular.recalcBounds(glyphs)
        rules.append(f"sub {digit} by {target};")
    order += [f"{name}.tnum" for name in DIGITS]
    font.setGlyphOrder(order)
    glyphs.setGlyphOrder(order)
    addOpenTypeFeaturesFromString(font, f"feature tnum {{ {' '.join(rules)} }} tnum;", tables=["GSUB"])


def cut_web(source: Path, target: Path) -> int:
    """Write one weight for the web; return its size in bytes."""
    font = TTFont(source, recalcTimestamp=False)
    subset(font, characters(), ["kern", "mark", "mkmk"])
    add_tabular_figures(font)
    font.flavor = "woff2"
    font.save(target)
    return target.stat().st_size


def cut_drawing(source: Path, target: Path) -> int:
    """Write one weight for Pillow; return its size in bytes."""
    font = TTFont(source, recalcTimestamp=False)
    subset(font, drawing_characters(font), ["ccmp", "locl", "kern", "mark", "mkmk"])
    font.save(target)
    return target.stat().st_size


def main() -> None:
    """Cut every weight and copy the licence beside both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=Path, help="the unpacked npm package")
    package = parser.parse_args().package
    for folder in (WEB, DRAWING):
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(package / "LICENSE_FONT", folder / "OFL.txt")
    for weight, name in WEIGHTS.items():
        web, drawing = WEB / f"be-vietnam-pro-{weight}.woff2", DRAWING / f"BeVietnamPro-{weight}.ttf"
        print(f"{web.name}: {cut_web(package / name, web):,} bytes")
        print(f"{drawing.name}: {cut_drawing(package / name, drawing):,} bytes")


if __name__ == "__main__":
    main()
