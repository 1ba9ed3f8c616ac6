//! Pictures that are shared: each is decoded, encoded anew and made smaller twice, beside a loop that does only that.

use super::beside::measured_beside;
use super::{Bench, Metric, Outcome};
use crate::crowd::{Crowd, Layout, Pace, room_id};
use crate::load::Connection;
use crate::machine::{ThreadTime, Usage};
use crate::servers::Contender;
use anyhow::{Context as _, ensure};
use fast_image_resize::images::Image;
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::codecs::jpeg::JpegEncoder;
use image::{ImageFormat, RgbImage};
use std::iter::once;
use std::net::{Ipv4Addr, SocketAddrV4};
use std::time::{Duration, Instant};

/// Pixels of a usual phone.
const WIDTH: u32 = 4000;
const HEIGHT: u32 = 3000;
/// The widths of the smaller ones, and how well all are encoded, as Chinwag does.
const SMALLER: [u32; 2] = [1600, 480];
const QUALITY: u8 = 85;

/// People who share pictures at the same time.
const PEOPLE: usize = 4;

/// `count` pictures are shared by a few people, one after the other by each.
pub(super) fn run(bench: &Bench, contender: Contender, count: usize) -> anyhow::Result<Outcome> {
    let picture = photograph()?;
    if contender == Contender::Bare {
        return bare_loop(&picture, count);
    }
    let server = bench.launcher.start(contender)?;
    let mut crowd = Crowd::gather(&server, Layout::apart(1, PEOPLE))?;
    let address = server.address;
    let tokens: Vec<_> = (0..PEOPLE).map(|client| crowd.token(client).to_owned()).collect();
    let picture = &picture;
    let sharing = tokens.iter().map(|token| move || share(address, token, picture, count / PEOPLE)).collect();
    let beside = measured_beside(&server, &mut crowd, Pace::Silence, Duration::ZERO, sharing)?;
    let shared = (count / PEOPLE * PEOPLE) as u64;
    let figures = [
        (Metric::PicturesPerSecond, beside.span.rate(shared)),
        (Metric::CpuPerPicture, beside.span.cost(shared)),
        (Metric::PeakMemory, beside.memory),
    ];
    Ok(beside.span.outcome(beside.tally, &figures))
}

fn share(address: SocketAddrV4, token: &str, picture: &[u8], count: usize) -> anyhow::Result<()> {
    let mut connection = Connection::open(address, Ipv4Addr::LOCALHOST)?;
    let what = format!("POST /api/files?room={}&name=tea.jpg", room_id(0));
    let headers = format!("Authorization: Bearer {token}\r\nContent-Type: image/jpeg\r\n");
    for _ in 0..count {
        let answer = connection.bring(&what, &headers, once(picture))?;
        ensure!(answer.status == 201, "a picture was answered {answer:?}");
        ensure!(answer.body["width"] == WIDTH, "it is not taken for a picture: {answer:?}");
    }
    Ok(())
}

fn bare_loop(picture: &[u8], count: usize) -> anyhow::Result<Outcome> {
    let own = || Usage::of_process(std::process::id());
    let (mut resident, empty) = (0, own()?.resident);
    let (begin, before) = (Instant::now(), ThreadTime::now()?);
    for _ in 0..count {
        let whole = image::load_from_memory_with_format(picture, ImageFormat::Jpeg)?.into_rgb8();
        let mut made = encoded(&whole)?.len();
        for width in SMALLER {
            made += encoded(&scaled(&whole, width)?)?.len();
        }
        ensure!(made > 0, "nothing was made");
        resident = own()?.resident.max(resident);
    }
    let (time, work) = (begin.elapsed().as_secs_f64(), ThreadTime::now()?.since(before).running);
    let figures = vec![
        (Metric::PicturesPerSecond, count as f64 / time),
        (Metric::CpuPerPicture, work.as_secs_f64() * 1e6 / count as f64),
        (Metric::PeakMemory, resident.saturating_sub(empty) as f64 / f64::from(1 << 20)),
    ];
    Ok(Outcome { figures, notes: Vec::new() })
}

fn encoded(image: &RgbImage) -> anyhow::Result<Vec<u8>> {
    let mut out = Vec::new();
    image.write_with_encoder(JpegEncoder::new_with_quality(&mut out, QUALITY))?;
    Ok(out)
}

fn scaled(image: &RgbImage, width: u32) -> anyhow::Result<RgbImage> {
    let height = image.height() * width / image.width();
    let source = Image::from_vec_u8(image.width(), image.height(), image.as_raw().clone(), PixelType::U8x3)?;
    let mut target = Image::new(width, height, PixelType::U8x3);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom));
    Resizer::new().resize(&source, &mut target, &options)?;
    RgbImage::from_raw(width, height, target.into_vec()).context("the picture has another size")
}

/// Soft colours with grain, so that it is as hard to encode as what a camera takes.
fn photograph() -> anyhow::Result<Vec<u8>> {
    let mut grain = 0x2545_f491_u32;
    let image = RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
        grain ^= grain << 13;
        grain ^= grain >> 17;
        grain ^= grain << 5;
        let soft = |part: u32| (part * 200 / (WIDTH + HEIGHT)) as u8;
        let noise = (grain >> 28) as u8;
        image::Rgb([soft(x + y) + noise, soft(x + HEIGHT - y) + noise, soft(WIDTH - x + y) + noise])
    });
    encoded(&image)
}
