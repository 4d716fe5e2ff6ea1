//! Mails: what they look like, who carries them, and what comes back.

mod back;
mod letters;
mod relay;
mod smtp;
mod told;
