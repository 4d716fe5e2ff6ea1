//! How many connections there is room for.
//!
//! Each is an open file, and many systems let a process open 1,024 until it asks
//! for more.

/// For what else a process opens: the database, the store, providers.
const BESIDES: u64 = 512;

/// With no number in the configuration.
const USUAL: u32 = 20_000;

/// Fewer are worth a word even where nobody asked for a number.
const FEW: usize = 1000;

/// As many seats as were asked for, or as the system allows. 0 asks for no number.
pub fn seats(asked: u32) -> usize {
    let wanted = if asked == 0 { USUAL } else { asked };
    let needed = u64::from(wanted) + BESIDES;
    let allowed = rlimit::increase_nofile_limit(needed).unwrap_or(needed);
    if allowed >= needed {
        return wanted as usize;
    }
    let seats = allowed.saturating_sub(BESIDES).max(allowed / 2);
    let seats = usize::try_from(seats).unwrap_or(wanted as usize);
    if asked > 0 || seats < FEW {
        tracing::warn!(
            "there is room for {seats} connections at a time, since the system allows {allowed} open files: \
             raise its limit (`ulimit -n`, `LimitNOFILE`), or set `limits.connections` to so many"
        );
    }
    seats
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_promised_more_than_the_system_allows() {
        assert_eq!(seats(1), 1);
        let (_, hard) = rlimit::Resource::NOFILE.get().expect("it has a limit");
        assert!((seats(u32::MAX) as u64) < hard);
        assert!((1..=USUAL as usize).contains(&seats(0)));
    }
}
