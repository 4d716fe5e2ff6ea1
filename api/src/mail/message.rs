//! A letter as a message on the wire: headers, a text, a page, and the logo.

use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};

use super::brand::Logo;
use super::mailer::Letter;

macro_rules! header {
    ($(#[$doc:meta])* $type:ident, $name:literal) => {
        $(#[$doc])*
        #[derive(Clone)]
        struct $type(String);

        impl Header for $type {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($name)
            }

            fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
                Ok(Self(text.to_owned()))
            }

            fn display(&self) -> HeaderValue {
                HeaderValue::new(Self::name(), self.0.clone())
            }
        }
    };
}

header!(/// RFC 3834: no out-of-office note answers it.
    AutoSubmitted, "Auto-Submitted");
header!(/// Comes back in the announcements of Brevo.
    Custom, "X-Mailin-custom");
header!(ListUnsubscribe, "List-Unsubscribe");
header!(/// RFC 8058: a single POST is enough.
    ListUnsubscribePost, "List-Unsubscribe-Post");

/// Whom mails come from, and what they carry.
pub struct Sender {
    pub from: Mailbox,
    pub reply_to: Option<Mailbox>,
    pub logo: Option<Logo>,
}

/// The address that a letter goes to, its domain in ASCII.
#[must_use]
pub fn recipient(letter: &Letter) -> Option<Address> {
    let (user, domain) = letter.to.rsplit_once('@')?;
    let domain = url::Host::parse(domain).ok()?.to_string();
    Address::new(user, domain).ok()
}

/// Writes the message; the same each time, but for its date.
///
/// # Errors
/// When the letter fits no message.
pub fn message(sender: &Sender, letter: &Letter, to: Address) -> Result<Message, String> {
    let domain = sender.from.email.domain();
    let mut message = Message::builder()
        .message_id(Some(format!("<{}@{domain}>", letter.id)))
        .from(sender.from.clone())
        .to(Mailbox::new(None, to))
        .subject(&letter.subject)
        .header(AutoSubmitted("auto-generated".to_owned()))
        .header(Custom(letter.id.clone()));
    if let Some(reply_to) = &sender.reply_to {
        message = message.reply_to(reply_to.clone());
    }
    if let Some(link) = &letter.unsubscribe {
        message = message
            .header(ListUnsubscribe(format!("<{link}>")))
            .header(ListUnsubscribePost("List-Unsubscribe=One-Click".to_owned()));
    }
    let text = SinglePart::plain(letter.text.clone());
    let written = match (letter.html.is_empty(), &sender.logo) {
        (true, _) => message.singlepart(text),
        (false, None) => {
            let page = SinglePart::html(letter.html.clone());
            message.multipart(MultiPart::alternative().singlepart(text).singlepart(page))
        }
        (false, Some(logo)) => {
            let kind = ContentType::parse(logo.content_type).map_err(|error| error.to_string())?;
            let logo = Attachment::new_inline("logo".to_owned()).body(logo.bytes.clone(), kind);
            let page = SinglePart::html(letter.html.clone());
            let page = MultiPart::related().singlepart(page).singlepart(logo);
            message.multipart(MultiPart::alternative().singlepart(text).multipart(page))
        }
    };
    written.map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(unsubscribe: Option<&str>) -> Letter {
        Letter {
            id: "mail_1".to_owned(),
            to: "Ada@bücher.example".to_owned(),
            subject: "Grüße".to_owned(),
            text: "Hallo\n.\nWelt\n".to_owned(),
            html: "<p>Hallo</p>".to_owned(),
            unsubscribe: unsubscribe.map(str::to_owned),
        }
    }

    fn written(letter: &Letter, logo: Option<Logo>) -> String {
        let sender = Sender {
            from: "Büro <no-reply@studio.example>".parse().unwrap(),
            reply_to: Some("help@studio.example".parse().unwrap()),
            logo,
        };
        let message = message(&sender, letter, recipient(letter).unwrap()).unwrap();
        String::from_utf8(message.formatted()).unwrap()
    }

    #[test]
    fn a_message_is_known_by_its_letter() {
        let text = written(&letter(None), None);
        for line in [
            "Message-ID: <mail_1@studio.example>\r\n",
            "To: Ada@xn--bcher-kva.example\r\n",
            "Reply-To: help@studio.example\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "Content-Type: multipart/alternative;",
        ] {
            assert!(text.contains(line), "{line}: {text}");
        }
        assert!(text.is_ascii() && !text.contains("List-Unsubscribe"), "{text}");
    }

    #[test]
    fn a_mail_that_is_no_necessity_can_be_ended_with_one_click() {
        let text = written(&letter(Some("https://api.example/unsubscribe/t")), None);
        assert!(
            text.contains("List-Unsubscribe: <https://api.example/unsubscribe/t>\r\n"),
            "{text}"
        );
        assert!(
            text.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"),
            "{text}"
        );
    }

    #[test]
    fn a_logo_travels_with_the_mail() {
        let logo = Logo {
            content_type: "image/png",
            bytes: vec![0x89, b'P', b'N', b'G'],
        };
        let text = written(&letter(None), Some(logo));
        assert!(
            text.contains("multipart/related") && text.contains("Content-ID: <logo>"),
            "{text}"
        );
    }
}
