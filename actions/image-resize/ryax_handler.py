import os
import tempfile

from PIL import Image, ImageColor, ImageOps, UnidentifiedImageError

MOST_PIXELS = 80_000_000
LARGEST_SIDE = 16_384
ENDINGS = {"PNG": ".png", "JPEG": ".jpg", "WEBP": ".webp"}
READABLE = ("PNG", "JPEG", "WEBP", "GIF", "TIFF", "BMP")


def opened(path):
    # Counted here, from the header: Pillow's own limit only warns at first.
    Image.MAX_IMAGE_PIXELS = None
    try:
        image = Image.open(path, formats=READABLE)
    except UnidentifiedImageError:
        raise ValueError(f"{os.path.basename(path)} is not a PNG, JPEG, WebP, GIF, TIFF or BMP image.") from None
    if image.width * image.height > MOST_PIXELS:
        raise ValueError(f"The image has {image.width} x {image.height} pixels; at most {MOST_PIXELS} are read.")
    try:
        image.load()
    except (OSError, SyntaxError, ValueError) as error:
        raise ValueError(f"The image is damaged: {error}.") from None
    return image


def sides_of(image, width, height):
    for name, side in (("width", width), ("height", height)):
        if side is not None and not 1 <= side <= LARGEST_SIDE:
            raise ValueError(f"{name} must be from 1 to {LARGEST_SIDE}, not {side}.")
    if width is None and height is None:
        return image.size
    if width is None:
        return max(1, round(image.width * height / image.height)), height
    return width, height if height is not None else max(1, round(image.height * width / image.width))


def resized(image, inputs, background):
    size = sides_of(image, inputs["width"], inputs["height"])
    if size[0] * size[1] > MOST_PIXELS:
        raise ValueError(f"{size[0]} x {size[1]} are more than {MOST_PIXELS} pixels.")
    fit = inputs["fit"]
    if not inputs["enlarge"] and fit != "pad":
        size = min(size[0], image.width), min(size[1], image.height)
    if size == image.size:
        return image
    if fit == "stretch":
        return image.resize(size, Image.Resampling.LANCZOS)
    if fit == "cover":
        return ImageOps.fit(image, size, Image.Resampling.LANCZOS)
    if fit == "pad":
        if not inputs["enlarge"] and image.width <= size[0] and image.height <= size[1]:
            canvas = Image.new("RGBA", size, background)
            canvas.paste(image, ((size[0] - image.width) // 2, (size[1] - image.height) // 2))
            return canvas
        return ImageOps.pad(image, size, Image.Resampling.LANCZOS, color=background)
    return ImageOps.contain(image, size, Image.Resampling.LANCZOS)


def flattened(image, background):
    canvas = Image.new("RGB", image.size, background[:3])
    canvas.paste(image, mask=image.getchannel("A"))
    return canvas


def handle(inputs):
    if not 1 <= inputs["quality"] <= 100:
        raise ValueError(f"quality must be from 1 to 100, not {inputs['quality']}.")
    try:
        background = ImageColor.getcolor(inputs["background"], "RGBA")
    except ValueError:
        raise ValueError(f"{inputs['background']!r} is not a colour such as white or #ffcc00.") from None
    source = opened(inputs["image"])
    written = source.format if inputs["format"] == "same" else inputs["format"].upper()
    written = written if written in ENDINGS else "PNG"
    image = resized(ImageOps.exif_transpose(source).convert("RGBA"), inputs, background)
    has_transparency = image.getextrema()[3][0] < 255
    if written == "JPEG" or not has_transparency:
        image = flattened(image, background)
    stem = os.path.splitext(os.path.basename(inputs["image"]))[0] or "image"
    path = os.path.join(tempfile.mkdtemp(dir="."), stem + ENDINGS[written])
    options = {"optimize": True} if written == "PNG" else {"quality": inputs["quality"]}
    image.save(path, written, **options)
    return {
        "image": path,
        "width": image.width,
        "height": image.height,
        "size": os.path.getsize(path),
        "format": written.lower(),
    }
