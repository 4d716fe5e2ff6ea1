//! The sandbox's provider: models of every kind, made on this machine.
//!
//! What comes is decided by prompt and seed alone. A prompt that begins with
//! `sandbox:` forces an outcome: `fail`, `refuse`, `slow=5`, `partial`, `hang`.

mod canvas;
mod caption;
mod chance;
mod draw;
mod encode;
mod face;
mod film;
mod forced;
mod palette;
mod scenes;
mod speech;
mod syllables;
mod webm;
mod write;

use bytes::Bytes;
use entity::generation::Kind;
use futures_util::future::BoxFuture;
use serde_json::{Map, Value};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use self::encode::Format;
use self::forced::Forced;
use super::provider::{Failure, LookUp, Made, Media, Outcome, Provider, Request};

pub struct Sandbox {
    /// Drawing keeps a processor and megabytes busy: as many at a time as there
    /// are processors.
    easels: Semaphore,
}

impl Default for Sandbox {
    fn default() -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            easels: Semaphore::new(processors),
        }
    }
}

impl Provider for Sandbox {
    fn name(&self) -> &str {
        "sandbox"
    }

    fn run<'a>(&'a self, request: &'a Request, cancel: &'a CancellationToken) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let asked = Asked::read(request.kind, &request.input);
            let forced = Forced::read(&asked.prompt);
            tokio::select! {
                () = cancel.cancelled() => return Err(Failure::Canceled),
                delayed = forced.delay() => delayed?,
            }
            let partial = forced == Forced::Partial;
            let _easel = tokio::select! {
                () = cancel.cancelled() => return Err(Failure::Canceled),
                easel = self.easels.acquire() => easel,
            };
            // Not on the threads that serve.
            tokio::task::spawn_blocking(move || asked.make(partial))
                .await
                .unwrap_or_else(|_| Err(Failure::Failed("the sandbox broke while drawing".to_owned())))
        })
    }

    /// Its work leaves no trace but the answer: what was not answered never ran.
    fn look_up<'a>(&'a self, _request: &'a Request) -> BoxFuture<'a, LookUp> {
        Box::pin(std::future::ready(LookUp::NeverRan))
    }
}

/// The input as the sandbox understands it.
struct Asked {
    kind: Kind,
    prompt: String,
    seed: u64,
    input: Map<String, Value>,
}

impl Asked {
    fn read(kind: Kind, input: &Map<String, Value>) -> Self {
        let message = |input: &Map<String, Value>| {
            let last = input.get("messages")?.as_array()?.last()?;
            Some(last.get("content")?.as_str()?.to_owned())
        };
        let prompt = input.get("prompt").and_then(Value::as_str).map(str::to_owned);
        Self {
            kind,
            prompt: prompt.or_else(|| message(input)).unwrap_or_default(),
            seed: input.get("seed").and_then(Value::as_u64).unwrap_or_default(),
            input: input.clone(),
        }
    }

    fn text(&self, field: &str) -> &str {
        self.input.get(field).and_then(Value::as_str).unwrap_or_default()
    }

    fn number(&self, field: &str, default: u32) -> u32 {
        let number = self.input.get(field).and_then(Value::as_u64);
        number
            .and_then(|number| u32::try_from(number).ok())
            .unwrap_or(default)
    }

    fn make(self, partial: bool) -> Outcome {
        match self.kind {
            Kind::Image => {
                let wanted = self.number("n", 1);
                let count = if partial { wanted / 2 } else { wanted };
                if count == 0 {
                    return Err(Failure::Failed(
                        "the sandbox was told to make a part of one picture".to_owned(),
                    ));
                }
                Ok(Made {
                    media: (0..count).map(|at| self.picture(at)).collect(),
                    ..Made::default()
                })
            }
            Kind::Video => Ok(Made {
                media: vec![self.clip(partial)],
                ..Made::default()
            }),
            Kind::Speech => Ok(Made {
                media: vec![self.voice()],
                ..Made::default()
            }),
            Kind::Text => {
                let most = self.number("max_tokens", 256);
                let written = write::write(&self.prompt, self.seed, if partial { most / 2 } else { most });
                let units = u64::from(written.input_tokens) + u64::from(written.output_tokens);
                Ok(Made {
                    text: Some(written.text),
                    units: Some(units),
                    ..Made::default()
                })
            }
        }
    }

    fn picture(&self, at: u32) -> Media {
        let (width, height) = self
            .text("size")
            .split_once('x')
            .and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)))
            .unwrap_or((1024, 1024));
        let (format, content_type, extension) = match self.text("format") {
            "jpeg" => (Format::Jpeg, "image/jpeg", "jpg"),
            "webp" => (Format::Webp, "image/webp", "webp"),
            _ => (Format::Png, "image/png", "png"),
        };
        let quality = match self.text("quality") {
            "low" => 60,
            "high" => 95,
            _ => 85,
        };
        let image = draw::draw(&self.prompt, self.seed.wrapping_add(u64::from(at)), width, height);
        Media {
            bytes: Bytes::from(encode::encode(&image, format, quality)),
            content_type,
            extension,
            width: Some(width),
            height: Some(height),
            milliseconds: None,
        }
    }

    fn clip(&self, partial: bool) -> Media {
        let seconds = self.number("seconds", 4);
        let seconds = if partial { seconds.div_ceil(2) } else { seconds };
        let (width, height) = match self.text("aspect_ratio") {
            "9:16" => (360, 640),
            "1:1" => (480, 480),
            _ => (640, 360),
        };
        Media {
            bytes: Bytes::from(film::film(&self.prompt, self.seed, seconds, width, height)),
            content_type: "video/webm",
            extension: "webm",
            width: Some(width),
            height: Some(height),
            milliseconds: Some(u64::from(seconds) * 1000),
        }
    }

    fn voice(&self) -> Media {
        let speed = self.input.get("speed").and_then(Value::as_f64).unwrap_or(1.0);
        let spoken = speech::speak(&self.prompt, self.text("voice"), self.seed, speed as f32);
        Media {
            bytes: Bytes::from(spoken.wav),
            content_type: "audio/wav",
            extension: "wav",
            width: None,
            height: None,
            milliseconds: Some((spoken.seconds * 1000.0).round() as u64),
        }
    }
}
