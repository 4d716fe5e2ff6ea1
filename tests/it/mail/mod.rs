//! Mails: what they look like, who carries them, and what comes back.

mod back;
mod letters;
mod smtp;
mod told;
