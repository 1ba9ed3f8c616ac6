//! Pictures. Whatever a camera or a program wrote beside the pixels (where it was, who owns it) goes: they are turned upright as they say, and then
//! encoded anew. What they would need is read from their header first, so a small file cannot ask for much.

mod gif;
mod scale;

use chinwag_core::domain::{Picture, Refusal};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use std::io::Cursor;

/// Pixels of a picture at most.
const MOST_PIXELS: u64 = 50_000_000;
/// Bytes of its pixels at most, as they are decoded.
const MOST_MEMORY: u64 = 256 * 1024 * 1024;
/// Pixels of the longer side of the smaller ones.
const PREVIEW: u32 = 1600;
const THUMB: u32 = 480;
/// Pixels of a side of the pictures of people and rooms.
const SQUARE: u32 = 512;
const SMALL_SQUARE: u32 = 96;
/// Pixels of the longer side of an emoji.
const EMOJI: u32 = 128;
/// Of JPEG.
const QUALITY: u8 = 85;
/// A GIF up to this length moves among messages; of a longer one there is a still picture.
const MOVING: usize = 2 * 1024 * 1024;

const TOO_LARGE: Refusal =
    Refusal::FileRefused("This picture is too large. At most 50 megapixels are allowed.");
const NO_PICTURE: Refusal = Refusal::FileRefused("Choose a picture: JPEG, PNG, WebP or GIF.");
const UNREADABLE: Refusal = Refusal::FileRefused("This picture cannot be read. It may be damaged.");

/// A picture as it is kept.
pub(super) struct MadePicture {
    pub(super) whole: Vec<u8>,
    /// A preview and a thumb, and what both are; none of a picture that is small itself.
    pub(super) scaled: Option<(Vec<u8>, Vec<u8>, &'static str)>,
    pub(super) picture: Picture,
}

/// Makes what is kept of a picture. None for what is no picture, or one that is only kept as a file. Blocks, and takes as much memory as the
/// pixels need.
///
/// # Errors
/// [`Refusal::FileRefused`].
pub(super) fn make(bytes: &[u8], media_type: &str) -> Result<Option<MadePicture>, Refusal> {
    let Some(format) = Format::of(media_type) else { return Ok(None) };
    let image = decoded(bytes, format)?;
    let whole = match format {
        // All its pictures, one after the other, as they are.
        Format::Gif => gif::without_remarks(bytes).ok_or(UNREADABLE)?,
        Format::Jpeg | Format::Png | Format::WebP => encoded(&image, format)?,
    };
    let (width, height) = (image.width(), image.height());
    let thumb = scale::within(&image, THUMB).ok_or(UNREADABLE)?;
    let picture = Picture { width, height, color: scale::color(&thumb) };
    let is_small = width.max(height) <= THUMB || (format == Format::Gif && whole.len() <= MOVING);
    let scaled = if is_small { None } else { Some(smaller(&image, &thumb)?) };
    Ok(Some(MadePicture { whole, scaled, picture }))
}

/// Makes a square of the middle of a picture, and a small one of it. Answers what both are. Blocks, as [`make`] does.
///
/// # Errors
/// [`Refusal::FileRefused`].
pub(super) fn square(bytes: &[u8], media_type: &str) -> Result<(Vec<u8>, Vec<u8>, &'static str), Refusal> {
    let format = Format::of(media_type).ok_or(NO_PICTURE)?;
    let image = decoded(bytes, format)?;
    let side = image.width().min(image.height());
    let image = image.crop_imm((image.width() - side) / 2, (image.height() - side) / 2, side, side);
    let (whole, small) = (scale::within(&image, SQUARE), scale::within(&image, SMALL_SQUARE));
    let (format, media_type) = still(&image);
    Ok((encoded(&whole.ok_or(UNREADABLE)?, format)?, encoded(&small.ok_or(UNREADABLE)?, format)?, media_type))
}

/// Makes the picture of an emoji: all of it, small and still. Answers what it is. Blocks, as [`make`] does.
///
/// # Errors
/// [`Refusal::FileRefused`].
pub(super) fn emoji(bytes: &[u8], media_type: &str) -> Result<(Vec<u8>, &'static str), Refusal> {
    let image = decoded(bytes, Format::of(media_type).ok_or(NO_PICTURE)?)?;
    let image = scale::within(&image, EMOJI).ok_or(UNREADABLE)?;
    let (format, media_type) = still(&image);
    Ok((encoded(&image, format)?, media_type))
}

/// What is shown as a picture.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Jpeg,
    Png,
    WebP,
    Gif,
}

impl Format {
    fn of(media_type: &str) -> Option<Self> {
        match media_type {
            "image/jpeg" => Some(Self::Jpeg),
            "image/png" => Some(Self::Png),
            "image/webp" => Some(Self::WebP),
            "image/gif" => Some(Self::Gif),
            _ => None,
        }
    }

    fn of_decoder(self) -> ImageFormat {
        match self {
            Self::Jpeg => ImageFormat::Jpeg,
            Self::Png => ImageFormat::Png,
            Self::WebP => ImageFormat::WebP,
            Self::Gif => ImageFormat::Gif,
        }
    }
}

/// The pixels, upright.
fn decoded(bytes: &[u8], format: Format) -> Result<DynamicImage, Refusal> {
    let reader = ImageReader::with_format(Cursor::new(bytes), format.of_decoder());
    let mut decoder = reader.into_decoder().map_err(|_| UNREADABLE)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS || decoder.total_bytes() > MOST_MEMORY {
        return Err(TOO_LARGE);
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    decoder.set_limits(limits).map_err(|_| TOO_LARGE)?;
    let orientation = decoder.orientation().map_err(|_| UNREADABLE)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(|_| UNREADABLE)?;
    image.apply_orientation(orientation);
    Ok(plain(image))
}

/// Eight bits of each colour, and no transparency where there is none.
fn plain(image: DynamicImage) -> DynamicImage {
    if !image.color().has_alpha() {
        return image.into_rgb8().into();
    }
    let pixels = image.into_rgba8();
    let is_opaque = pixels.pixels().all(|pixel| pixel.0[3] == u8::MAX);
    let image = DynamicImage::from(pixels);
    if is_opaque { image.into_rgb8().into() } else { image }
}

fn encoded(image: &DynamicImage, format: Format) -> Result<Vec<u8>, Refusal> {
    let mut out = Vec::new();
    let done = match format {
        Format::Png => image.write_with_encoder(PngEncoder::new(&mut out)),
        Format::WebP => image.write_with_encoder(WebPEncoder::new_lossless(&mut out)),
        // A still one of those that move, which have no smaller ones that do.
        Format::Jpeg | Format::Gif => {
            image.write_with_encoder(JpegEncoder::new_with_quality(&mut out, QUALITY))
        }
    };
    done.map_err(|_| UNREADABLE)?;
    Ok(out)
}

/// How a picture is encoded that is smaller than what came.
fn still(image: &DynamicImage) -> (Format, &'static str) {
    match image.color().has_alpha() {
        true => (Format::WebP, "image/webp"),
        false => (Format::Jpeg, "image/jpeg"),
    }
}

fn smaller(image: &DynamicImage, thumb: &DynamicImage) -> Result<(Vec<u8>, Vec<u8>, &'static str), Refusal> {
    let (format, media_type) = still(image);
    let preview = scale::within(image, PREVIEW).ok_or(UNREADABLE)?;
    Ok((encoded(&preview, format)?, encoded(thumb, format)?, media_type))
}

#[cfg(test)]
mod tests;
