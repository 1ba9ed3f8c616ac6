//! Pictures as cameras and attackers make them.

use super::*;
use image::codecs::gif::GifEncoder;
use image::{Frame, Rgb, RgbImage, Rgba, RgbaImage};

/// Left is red, right is green, and the lower half is darker: each way of lying is another one.
fn upright() -> RgbImage {
    RgbImage::from_fn(64, 32, |x, y| {
        let strength = if y < 16 { 250 } else { 90 };
        if x < 32 { Rgb([strength, 0, 0]) } else { Rgb([0, strength, 0]) }
    })
}

/// The picture as a camera stores it that was held so: undone by the orientation of this number.
fn lying(orientation: u8) -> DynamicImage {
    let image = DynamicImage::from(upright());
    match orientation {
        2 => image.fliph(),
        3 => image.rotate180(),
        4 => image.flipv(),
        5 => image.rotate90().fliph(),
        6 => image.rotate270(),
        7 => image.rotate270().fliph(),
        8 => image.rotate90(),
        _ => image,
    }
}

/// What a camera writes into a JPEG: how it was held, and where it was.
fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0\x2a\0\0\0\x08".to_vec();
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [&tag.to_be_bytes()[..], &kind.to_be_bytes(), &count.to_be_bytes(), &value].concat()
    };
    tiff.extend(2_u16.to_be_bytes());
    tiff.extend(entry(0x0112, 3, 1, [0, orientation, 0, 0]));
    tiff.extend(entry(0x8825, 4, 1, 38_u32.to_be_bytes()));
    tiff.extend(0_u32.to_be_bytes());
    // The GPS directory: north, and a text in place of a degree that is looked for below.
    tiff.extend(2_u16.to_be_bytes());
    tiff.extend(entry(1, 2, 2, *b"N\0\0\0"));
    tiff.extend(entry(0x1d, 2, 11, 68_u32.to_be_bytes()));
    tiff.extend(0_u32.to_be_bytes());
    tiff.extend(b"GPS-MARKER\0");
    let content = [b"Exif\0\0".as_slice(), &tiff].concat();
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&[0xff, 0xe1], &length[..], &content].concat()
}

fn jpeg(image: &DynamicImage) -> Vec<u8> {
    let mut out = Vec::new();
    image.write_with_encoder(JpegEncoder::new_with_quality(&mut out, 95)).unwrap();
    out
}

fn has(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

fn refused(bytes: &[u8], media_type: &str) -> Refusal {
    match make(bytes, media_type) {
        Err(refusal) => refusal,
        Ok(_) => panic!("it was taken"),
    }
}

#[test]
fn each_way_of_holding_a_camera_ends_upright_and_nowhere() {
    for orientation in 1..=8 {
        let plain = jpeg(&lying(orientation));
        let taken = [&plain[..2], &exif(orientation), &plain[2..]].concat();
        assert!(has(&taken, "GPS-MARKER"));
        let made = make(&taken, "image/jpeg").unwrap().unwrap();
        assert_eq!((made.picture.width, made.picture.height), (64, 32), "{orientation}");
        assert!(!has(&made.whole, "GPS-MARKER") && !has(&made.whole, "Exif"), "{orientation}");
        let seen = image::load_from_memory(&made.whole).unwrap().to_rgb8();
        for (x, y) in [(8, 4), (56, 4), (8, 28), (56, 28)] {
            let (is, should) = (seen.get_pixel(x, y).0, upright().get_pixel(x, y).0);
            let near = is.iter().zip(should).all(|(is, should)| is.abs_diff(should) < 40);
            assert!(near, "{orientation}: {is:?} in place of {should:?} at {x}, {y}");
        }
    }
}

#[test]
fn a_large_picture_has_smaller_ones_beside_it() {
    let image = RgbImage::from_pixel(2000, 1000, Rgb([32, 160, 192]));
    let made = make(&jpeg(&image.into()), "image/jpeg").unwrap().unwrap();
    let (preview, thumb, kind) = made.scaled.unwrap();
    assert_eq!(kind, "image/jpeg");
    let size = |bytes: &[u8]| {
        let image = image::load_from_memory(bytes).unwrap();
        (image.width(), image.height())
    };
    assert_eq!((size(&made.whole), size(&preview), size(&thumb)), ((2000, 1000), (1600, 800), (480, 240)));
    let hue = u32::from_str_radix(&made.picture.color[1..], 16).unwrap();
    assert!((hue >> 16).abs_diff(32) < 4 && (hue & 0xff).abs_diff(192) < 4, "{}", made.picture.color);

    let glass = RgbaImage::from_pixel(900, 300, Rgba([200, 0, 0, 128]));
    let mut png = Vec::new();
    DynamicImage::from(glass).write_with_encoder(PngEncoder::new(&mut png)).unwrap();
    let (_, thumb, kind) = make(&png, "image/png").unwrap().unwrap().scaled.unwrap();
    assert_eq!(kind, "image/webp");
    let thumb = image::load_from_memory(&thumb).unwrap().to_rgba8();
    let pixel = thumb.get_pixel(100, 50).0;
    assert!(pixel[0].abs_diff(200) < 6 && pixel[3].abs_diff(128) < 6, "{pixel:?}");
}

/// A header that asks for 400 megapixels, and hardly anything behind it.
#[test]
fn a_bomb_is_refused_by_its_header() {
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    png.extend([&20_000_u32.to_be_bytes()[..], &20_000_u32.to_be_bytes(), &[8, 6, 0, 0, 0]].concat());
    let checked = &png[12..29];
    png.extend(crc(checked).to_be_bytes());
    png.extend(b"\0\0\0\x01IDAT\0");
    let begin = std::time::Instant::now();
    assert_eq!(refused(&png, "image/png"), TOO_LARGE);
    assert!(begin.elapsed().as_millis() < 100, "nothing was decoded");
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 * (crc & 1)))
    })
}

#[test]
fn what_is_cut_or_something_else_is_no_harm() {
    let whole = jpeg(&upright().into());
    let mut webp = Vec::new();
    DynamicImage::from(upright()).write_with_encoder(WebPEncoder::new_lossless(&mut webp)).unwrap();
    let gif = moving(&[]);
    for (bytes, kind) in [(&whole, "image/jpeg"), (&webp, "image/webp"), (&gif, "image/gif")] {
        for length in [4, 12, bytes.len() / 3, bytes.len() / 2] {
            // Half of a picture may be one. It is encoded anew like every other, or refused.
            if let Ok(made) = make(&bytes[..length], kind) {
                assert!(image::load_from_memory(&made.unwrap().whole).is_ok());
            }
        }
    }
    let page = b"\xff\xd8\xff\xe0<html><script>alert(1)</script></html>";
    assert_eq!(refused(page, "image/jpeg"), UNREADABLE);
    let hidden = [&whole[..], b"<script>alert(1)</script>"].concat();
    assert!(!has(&make(&hidden, "image/jpeg").unwrap().unwrap().whole, "script"));
    assert!(make(b"%PDF", "application/pdf").unwrap().is_none());
}

fn moving(remark: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    {
        let mut encoder = GifEncoder::new(&mut out);
        encoder.set_repeat(image::codecs::gif::Repeat::Infinite).unwrap();
        for _ in 0..2 {
            let frame = DynamicImage::from(upright()).into_rgba8();
            encoder.encode_frame(Frame::new(frame)).unwrap();
        }
    }
    let end = out.pop().unwrap();
    out.extend_from_slice(remark);
    out.push(end);
    out
}

#[test]
fn a_gif_keeps_moving_and_says_nothing_else() {
    let remark = [&[0x21, 0xfe, 10][..], b"GPS-MARKER", &[0]].concat();
    let told = [&moving(&remark)[..], b"<script>"].concat();
    let made = make(&told, "image/gif").unwrap().unwrap();
    assert!(
        !has(&made.whole, "GPS-MARKER") && !has(&made.whole, "script") && has(&made.whole, "NETSCAPE2.0")
    );
    let decoder = image::codecs::gif::GifDecoder::new(Cursor::new(&made.whole)).unwrap();
    assert_eq!(image::AnimationDecoder::into_frames(decoder).filter(Result::is_ok).count(), 2);
    assert!(made.scaled.is_none(), "it moves among messages");
}

#[test]
fn a_square_is_cut_of_the_middle_upright_and_of_nothing_else() {
    let plain = jpeg(&lying(6));
    let taken = [&plain[..2], &exif(6), &plain[2..]].concat();
    let (whole, thumb, kind) = square(&taken, "image/jpeg").unwrap();
    assert!(kind == "image/jpeg" && !has(&whole, "GPS-MARKER") && !has(&thumb, "GPS-MARKER"));
    let seen = image::load_from_memory(&whole).unwrap().to_rgb8();
    assert_eq!((seen.width(), seen.height()), (32, 32), "nothing is made larger");
    assert!(
        seen.get_pixel(4, 4).0[0] > 200 && seen.get_pixel(28, 4).0[1] > 200,
        "left is red, right is green"
    );

    let clear = RgbaImage::from_fn(1200, 700, |x, _| Rgba([0, 0, 250, if x < 600 { 0 } else { 255 }]));
    let mut png = Vec::new();
    DynamicImage::from(clear).write_with_encoder(PngEncoder::new(&mut png)).unwrap();
    let (whole, thumb, kind) = square(&png, "image/png").unwrap();
    assert_eq!(kind, "image/webp");
    for (bytes, side) in [(whole, 512), (thumb, 96)] {
        let seen = image::load_from_memory(&bytes).unwrap().to_rgba8();
        assert_eq!((seen.width(), seen.height()), (side, side));
        assert_eq!((seen.get_pixel(1, 1).0[3], seen.get_pixel(side - 1, 1).0[3]), (0, 255));
    }
    assert!(square(b"hello", "text/plain").is_err() && square(&png[..500], "image/png").is_err());
}
