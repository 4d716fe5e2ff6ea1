//! Prompts that force an outcome, so that a client's handling of it can be tested.

use std::time::Duration;

use super::Failure;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forced {
    Nothing,
    Fail,
    Refuse,
    Slow(Duration),
    Partial,
    Hang,
}

/// The longest that `slow` waits.
const SLOWEST: u64 = 3600;

impl Forced {
    /// Reads `sandbox:…` at the beginning of a prompt.
    pub fn read(prompt: &str) -> Self {
        let Some(word) = prompt
            .strip_prefix("sandbox:")
            .and_then(|rest| rest.split_whitespace().next())
        else {
            return Self::Nothing;
        };
        match word.split_once('=') {
            None if word == "fail" => Self::Fail,
            None if word == "refuse" => Self::Refuse,
            None if word == "partial" => Self::Partial,
            None if word == "hang" => Self::Hang,
            Some(("slow", seconds)) => match seconds.parse::<u64>() {
                Ok(seconds) => Self::Slow(Duration::from_secs(seconds.min(SLOWEST))),
                Err(_) => Self::Nothing,
            },
            _ => Self::Nothing,
        }
    }

    /// Waits, fails or goes on.
    pub async fn delay(self) -> Result<(), Failure> {
        match self {
            Self::Nothing | Self::Partial => Ok(()),
            Self::Fail => Err(Failure::Failed("the sandbox was told to fail".to_owned())),
            Self::Refuse => Err(Failure::Refused("the sandbox was told to refuse".to_owned())),
            Self::Slow(duration) => {
                tokio::time::sleep(duration).await;
                Ok(())
            }
            Self::Hang => std::future::pending().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_beginning_of_a_prompt_forces() {
        assert_eq!(Forced::read("sandbox:fail"), Forced::Fail);
        assert_eq!(Forced::read("sandbox:refuse please"), Forced::Refuse);
        assert_eq!(
            Forced::read("sandbox:slow=5 a boat"),
            Forced::Slow(Duration::from_secs(5))
        );
        assert_eq!(Forced::read("sandbox:slow=x"), Forced::Nothing);
        assert_eq!(Forced::read("a sandbox:fail"), Forced::Nothing);
        assert_eq!(Forced::read("sandbox:unknown"), Forced::Nothing);
    }
}
