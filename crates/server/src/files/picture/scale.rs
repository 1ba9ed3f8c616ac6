//! Smaller pictures.

use fast_image_resize::images::Image;
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::{DynamicImage, RgbImage, RgbaImage};

/// The picture so that its longer side has at most so many pixels. None when that cannot be done.
pub(super) fn within(image: &DynamicImage, most: u32) -> Option<DynamicImage> {
    let (width, height) = (image.width(), image.height());
    if width.max(height) <= most {
        return Some(image.clone());
    }
    let longer = u64::from(width.max(height));
    let part = |side: u32| u32::try_from(u64::from(side) * u64::from(most) / longer).unwrap_or(most).max(1);
    to(image, part(width), part(height))
}

/// The colour of the whole picture, such as `#20a0c0`. What is transparent counts as it would be without.
pub(super) fn color(image: &DynamicImage) -> String {
    let (mut sums, mut count) = ([0_u64; 3], 0_u64);
    for pixel in image.to_rgb8().pixels() {
        for (sum, value) in sums.iter_mut().zip(pixel.0) {
            *sum += u64::from(value);
        }
        count += 1;
    }
    let [red, green, blue] = sums.map(|sum| sum / count.max(1));
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn to(image: &DynamicImage, width: u32, height: u32) -> Option<DynamicImage> {
    let has_alpha = image.color().has_alpha();
    let (kind, pixels) = match has_alpha {
        true => (PixelType::U8x4, image.to_rgba8().into_raw()),
        false => (PixelType::U8x3, image.to_rgb8().into_raw()),
    };
    let source = Image::from_vec_u8(image.width(), image.height(), pixels, kind).ok()?;
    let mut target = Image::new(width, height, kind);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom));
    Resizer::new().resize(&source, &mut target, &options).ok()?;
    let pixels = target.into_vec();
    match has_alpha {
        true => RgbaImage::from_raw(width, height, pixels).map(DynamicImage::from),
        false => RgbImage::from_raw(width, height, pixels).map(DynamicImage::from),
    }
}
