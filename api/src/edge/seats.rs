//! How many connections there is room for.
//!
//! Each is an open file, and many systems let a process open 1,024 until it asks
//! for more.

/// For what else a process opens: the database, the store, providers.
const BESIDES: u64 = 512;

/// As many seats as are wanted, or as the system allows.
pub fn seats(wanted: u32) -> usize {
    let needed = u64::from(wanted) + BESIDES;
    let allowed = rlimit::increase_nofile_limit(needed).unwrap_or(needed);
    if allowed >= needed {
        return wanted as usize;
    }
    let seats = allowed.saturating_sub(BESIDES).max(allowed / 2);
    tracing::warn!(
        wanted,
        seats,
        "the system allows {allowed} open files: raise its limit (`ulimit -n`, `LimitNOFILE`) \
         or lower `limits.connections`"
    );
    usize::try_from(seats).unwrap_or(wanted as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_promised_more_than_the_system_allows() {
        assert_eq!(seats(1), 1);
        let (_, hard) = rlimit::Resource::NOFILE.get().expect("it has a limit");
        assert!((seats(u32::MAX) as u64) < hard);
    }
}
