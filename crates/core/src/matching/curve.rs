//! The one shape of every numeric criterion: straight lines between at most three points, level outside.

/// A piecewise straight line. It has no branches, so that the index runs it over whole columns and
/// gets the same bits as a single call.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Curve {
    x0: f32,
    y0: f32,
    per01: f32,
    dy01: f32,
    x1: f32,
    per12: f32,
    dy12: f32,
}

impl Curve {
    /// The value itself, held within 0 and 1.
    pub const IDENTITY: Self = Self { x0: 0.0, y0: 0.0, per01: 1.0, dy01: 1.0, x1: 1.0, per12: 0.0, dy12: 0.0 };

    /// `from` at or below `x0`, `to` at or above `x1`.
    pub fn line((x0, from): (f32, f32), (x1, to): (f32, f32)) -> Self {
        Self { x0, y0: from, per01: per(x0, x1), dy01: to - from, x1, per12: 0.0, dy12: 0.0 }
    }

    /// Through three points with rising x.
    pub fn bent((x0, y0): (f32, f32), (x1, y1): (f32, f32), (x2, y2): (f32, f32)) -> Self {
        Self { x0, y0, per01: per(x0, x1), dy01: y1 - y0, x1, per12: per(x1, x2), dy12: y2 - y1 }
    }

    /// Start, steepness and rise of both pieces.
    pub(super) fn pieces(&self) -> [(f32, f32, f32); 2] {
        [(self.x0, self.per01, self.dy01), (self.x1, self.per12, self.dy12)]
    }

    #[inline(always)]
    pub fn at(&self, x: f32) -> f32 {
        self.y0 + self.dy01 * unit((x - self.x0) * self.per01) + self.dy12 * unit((x - self.x1) * self.per12)
    }
}

/// A step where both are the same: just above x0 the line has arrived.
fn per(x0: f32, x1: f32) -> f32 {
    if x1 > x0 { 1.0 / (x1 - x0) } else { f32::MAX }
}

#[inline(always)]
fn unit(t: f32) -> f32 {
    let t = if t > 0.0 { t } else { 0.0 };
    if t < 1.0 { t } else { 1.0 }
}
