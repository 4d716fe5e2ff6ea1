//! The map in ARCHITECTURE.md: what stands above may use what stands below.

use super::source::Source;

/// The rooms of the server, from the top down.
pub struct Map {
    pub rooms: Vec<String>,
}

impl Map {
    /// Reads the first words of each line of the block under "Rooms of the server".
    pub fn read(architecture: &str) -> Self {
        let (_, after) = architecture
            .split_once("## Rooms of the server")
            .expect("the chapter");
        let block = after.split("```").nth(1).expect("its map");
        let rooms = block.lines().flat_map(|line| {
            let words = line
                .split(' ')
                .take_while(|word| word.ends_with('/') || word.ends_with(".rs"));
            words.map(|word| word.trim_end_matches('/').trim_end_matches(".rs").to_owned())
        });
        Self {
            rooms: rooms.collect(),
        }
    }

    fn floor(&self, room: &str) -> Option<usize> {
        self.rooms.iter().position(|known| known == room)
    }

    /// The order of the slices, from the left to the right: the map's, from below.
    pub fn slices(&self) -> Vec<&str> {
        let from = self.floor("sandbox").expect("the rightmost slice");
        let to = self.floor("auth").expect("the leftmost slice");
        self.rooms[from..=to].iter().rev().map(String::as_str).collect()
    }

    /// The lines on which a source of the server names a room above its own.
    pub fn broken(&self, source: &Source) -> Vec<usize> {
        let Some(own) = source.room() else {
            return Vec::new();
        };
        let Some(floor) = self.floor(own) else {
            return vec![1];
        };
        let names = source.names();
        let upwards = names.iter().filter(|named| {
            let room = named.path.get(1).filter(|_| named.is(&["crate"]));
            let other = room.and_then(|room| self.floor(room));
            other.is_some_and(|other| other < floor)
        });
        upwards.map(|named| named.line).collect()
    }
}
