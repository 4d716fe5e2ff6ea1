//! The WebM container, as little of it as a player needs: one picture track
//! whose every frame stands alone, and an index so that a viewer may seek.

/// Players like a cluster to be about this long.
const CLUSTER: u64 = 1000;

/// A film being written, frame after frame. Times are milliseconds.
pub struct Webm {
    info_and_tracks: Vec<u8>,
    clusters: Vec<u8>,
    current: Vec<u8>,
    /// When each cluster starts, and where, counted from the first.
    starts: Vec<(u64, usize)>,
}

impl Webm {
    pub fn new(width: u32, height: u32, lasts: u64, frame: u64) -> Self {
        let info = [
            number(&[0x2A, 0xD7, 0xB1], 1_000_000), // One tick is a millisecond.
            element(&[0x44, 0x89], &(lasts as f64).to_be_bytes()),
            element(&[0x4D, 0x80], b"tintype sandbox"),
            element(&[0x57, 0x41], b"tintype sandbox"),
        ];
        let size = [number(&[0xB0], width.into()), number(&[0xBA], height.into())];
        let track = [
            number(&[0xD7], 1),       // Track number,
            number(&[0x73, 0xC5], 1), // its identity,
            number(&[0x83], 1),       // a picture,
            number(&[0x9C], 0),       // unlaced,
            number(&[0x23, 0xE3, 0x83], frame * 1_000_000),
            element(&[0x86], b"V_VP8"),
            element(&[0xE0], &size.concat()),
        ];
        let tracks = element(&[0xAE], &track.concat());
        Self {
            info_and_tracks: [
                element(&[0x15, 0x49, 0xA9, 0x66], &info.concat()),
                element(&[0x16, 0x54, 0xAE, 0x6B], &tracks),
            ]
            .concat(),
            clusters: Vec::new(),
            current: Vec::new(),
            starts: Vec::new(),
        }
    }

    /// Adds a VP8 key frame; frames come in the order of their times.
    pub fn frame(&mut self, at: u64, vp8: &[u8]) {
        let begun = match self.starts.last() {
            Some((start, _)) if at < start + CLUSTER => *start,
            _ => {
                self.close_cluster();
                self.starts.push((at, self.clusters.len()));
                self.current = number(&[0xE7], at);
                at
            }
        };
        let [high, low] = ((at - begun) as u16).to_be_bytes();
        // Track 1, the time within the cluster, and the mark of a key frame.
        let block = [&[0x81, high, low, 0x80], vp8].concat();
        self.current.extend(element(&[0xA3], &block));
    }

    pub fn finish(mut self) -> Vec<u8> {
        self.close_cluster();
        // Numbers have one fixed width, so an index of zeros is as long as the true one.
        let before_clusters = self.info_and_tracks.len() + self.cues(0).len();
        let cues = self.cues(before_clusters);
        let segment = [self.info_and_tracks, cues, self.clusters].concat();
        let head = [
            number(&[0x42, 0x86], 1),
            number(&[0x42, 0xF7], 1),
            number(&[0x42, 0xF2], 4),
            number(&[0x42, 0xF3], 8),
            element(&[0x42, 0x82], b"webm"),
            number(&[0x42, 0x87], 2),
            number(&[0x42, 0x85], 2),
        ];
        let head = element(&[0x1A, 0x45, 0xDF, 0xA3], &head.concat());
        [head, element(&[0x18, 0x53, 0x80, 0x67], &segment)].concat()
    }

    fn close_cluster(&mut self) {
        if !self.current.is_empty() {
            self.clusters
                .extend(element(&[0x1F, 0x43, 0xB6, 0x75], &self.current));
            self.current.clear();
        }
    }

    fn cues(&self, before_clusters: usize) -> Vec<u8> {
        let mut points = Vec::new();
        for (time, place) in &self.starts {
            let position = [
                number(&[0xF7], 1),
                number(&[0xF1], (before_clusters + place) as u64),
            ];
            let point = [number(&[0xB3], *time), element(&[0xB7], &position.concat())];
            points.extend(element(&[0xBB], &point.concat()));
        }
        element(&[0x1C, 0x53, 0xBB, 0x6B], &points)
    }
}

/// An element: its id, its length in the widest form EBML has, its content.
fn element(id: &[u8], content: &[u8]) -> Vec<u8> {
    let length = (1 << 56) | content.len() as u64;
    [id, &length.to_be_bytes(), content].concat()
}

fn number(id: &[u8], value: u64) -> Vec<u8> {
    element(id, &value.to_be_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_points_at_clusters() {
        let mut webm = Webm::new(16, 16, 2500, 500);
        for at in [0, 500, 1000, 1500, 2000] {
            webm.frame(at, b"frame");
        }
        assert_eq!(
            webm.starts.iter().map(|(time, _)| *time).collect::<Vec<_>>(),
            [0, 1000, 2000]
        );
        let places: Vec<usize> = webm.starts.iter().map(|(_, place)| *place).collect();
        let before = webm.info_and_tracks.len() + webm.cues(0).len();
        let file = webm.finish();
        let segment = file
            .windows(4)
            .position(|id| id == [0x18, 0x53, 0x80, 0x67])
            .unwrap()
            + 12;
        for place in places {
            let cluster = segment + before + place;
            assert_eq!(file[cluster..cluster + 4], [0x1F, 0x43, 0xB6, 0x75]);
        }
    }
}
