//! A page of a tree, as SQLite's file format has it: a header, pointers to cells that
//! grow upwards, cells that grow downwards, and empty space in between.

use std::ops::Range;

/// Before the first page's own header comes the file's.
const FILE_HEADER: usize = 100;

/// The empty space of a page, if it is one of a tree and something is in that space.
pub fn filled(number: i64, page: &[u8]) -> Option<Range<usize>> {
    let space = space(number, page)?;
    page[space.clone()].iter().any(|byte| *byte != 0).then_some(space)
}

fn space(number: i64, page: &[u8]) -> Option<Range<usize>> {
    let header = if number == 1 { FILE_HEADER } else { 0 };
    let width = match page.get(header)? {
        2 | 5 => 12,
        10 | 13 => 8,
        _ => return None,
    };
    let number = |at: usize| {
        Some(usize::from(u16::from_be_bytes([
            *page.get(at)?,
            *page.get(at + 1)?,
        ])))
    };
    let begin = header + width + 2 * number(header + 3)?;
    let end = match number(header + 5)? {
        0 => 65_536,
        end => end,
    };
    (begin <= end && end <= page.len()).then_some(begin..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A leaf of a table with one cell of four bytes at its end.
    fn leaf(header: usize) -> Vec<u8> {
        let mut page = vec![0; 512];
        page[header] = 13;
        page[header + 4] = 1;
        page[header + 5..header + 7].copy_from_slice(&508_u16.to_be_bytes());
        page[header + 8..header + 10].copy_from_slice(&508_u16.to_be_bytes());
        page[508..].copy_from_slice(b"cell");
        page
    }

    #[test]
    fn what_lies_between_pointers_and_cells_is_left_over() {
        let mut page = leaf(0);
        assert_eq!(filled(2, &page), None);
        page[10] = 7;
        assert_eq!(filled(2, &page), Some(10..508));
        page[10] = 0;
        page[507] = 7;
        assert_eq!(filled(2, &page), Some(10..508));
        let mut first = leaf(FILE_HEADER);
        assert_eq!(filled(1, &first), None);
        first[300] = 7;
        assert_eq!(filled(1, &first), Some(110..508));
    }

    #[test]
    fn other_pages_are_left_alone() {
        // The second page of a long value, one that is free, and one that is no page.
        for other in [
            vec![0, 0, 0, 9, b'x', b'x', b'x', b'x'],
            vec![0; 512],
            vec![13, 0, 0],
        ] {
            assert_eq!(filled(2, &other), None);
        }
        let mut torn = leaf(0);
        torn[3] = 9;
        assert_eq!(filled(2, &torn), None);
    }
}
