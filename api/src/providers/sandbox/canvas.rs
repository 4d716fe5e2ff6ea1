//! The few strokes every picture is made of, so that scenes speak of discs and
//! glows rather than of paints and shaders.

use tiny_skia::{
    Color, FillRule, GradientStop, LineCap, LineJoin, LinearGradient, Paint, Path, PathBuilder, Pixmap,
    Point, RadialGradient, Rect, Shader, SpreadMode, Stroke, Transform,
};

use super::palette::fade;

pub struct Canvas {
    pub pixels: Pixmap,
}

impl Canvas {
    /// A side of 0 is drawn as 1, so that there is always a picture.
    pub fn new(width: u32, height: u32) -> Self {
        let pixels = Pixmap::new(width.clamp(1, 16_383), height.clamp(1, 16_383))
            .expect("both sides are within what a pixmap takes");
        Self { pixels }
    }

    pub fn width(&self) -> f32 {
        self.pixels.width() as f32
    }

    pub fn height(&self) -> f32 {
        self.pixels.height() as f32
    }

    /// What sizes are measured in: grows with the picture, and neither a
    /// banner nor a column makes it absurd.
    pub fn unit(&self) -> f32 {
        let (short, long) = (self.width().min(self.height()), self.width().max(self.height()));
        (short * long).sqrt().min(short * 1.35)
    }

    /// Top to bottom, evenly spaced, over the whole picture.
    pub fn wash(&mut self, colors: &[Color]) {
        let height = self.height();
        self.band(0.0, height, colors);
    }

    /// The same between two heights, edge to edge.
    pub fn band(&mut self, top: f32, bottom: f32, colors: &[Color]) {
        let width = self.width();
        if let Some(area) = Rect::from_ltrb(0.0, top, width, bottom) {
            let path = PathBuilder::from_rect(area);
            self.shade(&path, (0.0, top), (0.0, bottom), colors);
        }
    }

    pub fn fill(&mut self, path: &Path, color: Color) {
        self.lay(path, Shader::SolidColor(color));
    }

    /// Filled with colours that run from one point to another.
    pub fn shade(&mut self, path: &Path, from: (f32, f32), to: (f32, f32), colors: &[Color]) {
        let shader = LinearGradient::new(
            Point::from_xy(from.0, from.1),
            Point::from_xy(to.0, to.1),
            spread(colors),
            SpreadMode::Pad,
            Transform::identity(),
        );
        self.lay(path, shader.unwrap_or(Shader::SolidColor(colors[0])));
    }

    pub fn disc(&mut self, x: f32, y: f32, radius: f32, color: Color) {
        if let Some(path) = PathBuilder::from_circle(x, y, radius) {
            self.fill(&path, color);
        }
    }

    /// Light that thins out towards its edge.
    pub fn glow(&mut self, x: f32, y: f32, radius: f32, color: Color) {
        let stops = [1.0, 0.52, 0.2, 0.05, 0.0].map(|strength| fade(color, strength));
        let center = Point::from_xy(x, y);
        let shader = RadialGradient::new(
            center,
            0.0,
            center,
            radius,
            spread(&stops),
            SpreadMode::Pad,
            Transform::identity(),
        );
        if let (Some(path), Some(shader)) = (PathBuilder::from_circle(x, y, radius), shader) {
            self.lay(&path, shader);
        }
    }

    pub fn line(&mut self, path: &Path, width: f32, color: Color) {
        let stroke = Stroke {
            width,
            line_cap: LineCap::Round,
            line_join: LineJoin::Round,
            ..Stroke::default()
        };
        let paint = Paint {
            shader: Shader::SolidColor(color),
            ..Paint::default()
        };
        self.pixels
            .stroke_path(path, &paint, &stroke, Transform::identity(), None);
    }

    fn lay(&mut self, path: &Path, shader: Shader<'_>) {
        let paint = Paint {
            shader,
            ..Paint::default()
        };
        self.pixels
            .fill_path(path, &paint, FillRule::Winding, Transform::identity(), None);
    }
}

/// Everything below a crest line, down to the foot of the picture.
pub fn below(crest: &[(f32, f32)], foot: f32) -> Option<Path> {
    let (first, last) = (crest.first()?, crest.last()?);
    let mut path = PathBuilder::with_capacity(crest.len() + 3, crest.len() + 3);
    path.move_to(first.0, foot);
    for (x, y) in crest {
        path.line_to(*x, y.min(foot));
    }
    path.line_to(last.0, foot);
    path.close();
    path.finish()
}

/// A line through the points.
pub fn through(points: &[(f32, f32)]) -> Option<Path> {
    let (first, rest) = points.split_first()?;
    let mut path = PathBuilder::with_capacity(points.len(), points.len());
    path.move_to(first.0, first.1);
    for (x, y) in rest {
        path.line_to(*x, *y);
    }
    path.finish()
}

fn spread(colors: &[Color]) -> Vec<GradientStop> {
    let last = colors.len().saturating_sub(1).max(1) as f32;
    let stop = |(at, color): (usize, &Color)| GradientStop::new(at as f32 / last, *color);
    colors.iter().enumerate().map(stop).collect()
}
