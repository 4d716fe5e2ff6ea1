//! Operations: gone, moved, asking for more, or answering something else.

use super::{received, sent, spelled};
use crate::load::Auth;
use crate::model::{Answer, Api, Operation, Parameter};

pub fn compare(old: &Api, new: &Api, breaks: &mut Vec<String>) {
    for before in old.operations() {
        match new.operations().find(|operation| operation.id == before.id) {
            Some(after) => operation(before, after, breaks),
            None => breaks.push(format!("{}: is removed", before.id)),
        }
    }
}

fn operation(old: &Operation, new: &Operation, breaks: &mut Vec<String>) {
    let id = &old.id;
    let shape = |operation: &Operation| {
        let path = operation
            .path
            .split('{')
            .map(|part| part.split_once('}').map_or(part, |(_, rest)| rest));
        format!("{} {}", operation.method, path.collect::<Vec<_>>().join("{}"))
    };
    if shape(old) != shape(new) {
        breaks.push(format!(
            "{id}: was {} {}, is {} {}",
            old.method, old.path, new.method, new.path
        ));
    }
    if new.auth == Auth::Required && old.auth != Auth::Required {
        breaks.push(format!("{id}: now needs a key"));
    }
    for scope in new.scopes.iter().filter(|scope| !old.scopes.contains(scope)) {
        breaks.push(format!("{id}: now needs the scope `{scope}`"));
    }
    for (able, still, what) in [
        (old.idempotent, new.idempotent, "an Idempotency-Key"),
        (old.waits, new.waits, "`Prefer: wait`"),
        (old.resumes, new.resumes, "Last-Event-ID"),
    ] {
        if able && !still {
            breaks.push(format!("{id}: no longer takes {what}"));
        }
    }
    for status in old
        .statuses
        .iter()
        .filter(|status| !new.statuses.contains(status))
    {
        breaks.push(format!("{id}: no longer answers {status}"));
    }
    // Path parameters go by position: their names are ours.
    for (old, new) in old.path_params.iter().zip(&new.path_params) {
        sent(&format!("{id}({})", new.wire), &old.ty, &new.ty, breaks);
    }
    parameters(id, &old.params, &new.params, breaks);
    match (&old.body, &new.body) {
        (Some(old), Some(new)) => {
            sent(&format!("{id} body"), &old.ty, &new.ty, breaks);
            if new.required && !old.required {
                breaks.push(format!("{id} body: is now required"));
            }
            if new.multipart != old.multipart {
                breaks.push(format!("{id} body: has another content type"));
            }
        }
        (Some(_), None) => breaks.push(format!("{id} body: is removed")),
        (None, Some(body)) if body.required => breaks.push(format!("{id} body: is new and required")),
        (None, _) => {}
    }
    answer(id, &old.answer, &new.answer, breaks);
}

fn parameters(id: &str, old: &[Parameter], new: &[Parameter], breaks: &mut Vec<String>) {
    let find = |among: &[Parameter], one: &Parameter| {
        let same = |other: &&Parameter| other.wire == one.wire && other.place == one.place;
        among.iter().find(same).cloned()
    };
    for before in old {
        let at = format!("{id}({})", before.wire);
        match find(new, before) {
            Some(after) => {
                sent(&at, &before.ty, &after.ty, breaks);
                if after.required && !before.required {
                    breaks.push(format!("{at}: is now required"));
                }
            }
            None => breaks.push(format!("{at}: is removed")),
        }
    }
    for after in new
        .iter()
        .filter(|after| after.required && find(old, after).is_none())
    {
        breaks.push(format!("{id}({}): is new and required", after.wire));
    }
}

fn answer(id: &str, old: &Answer, new: &Answer, breaks: &mut Vec<String>) {
    let at = format!("{id} answer");
    match (old, new) {
        (Answer::None, _) | (Answer::Download { .. }, Answer::Download { .. }) => {}
        (Answer::Json { ty: old }, Answer::Json { ty: new })
        | (Answer::Page { item: old, .. }, Answer::Page { item: new, .. })
        | (Answer::Stream { item: old }, Answer::Stream { item: new }) => received(&at, old, new, breaks),
        _ => breaks.push(format!("{at}: was {}, is {}", word(old), word(new))),
    }
}

fn word(answer: &Answer) -> String {
    match answer {
        Answer::None => "empty".to_owned(),
        Answer::Json { ty } => spelled(ty),
        Answer::Page { item, .. } => format!("a page of {}", spelled(item)),
        Answer::Stream { item } => format!("a stream of {}", spelled(item)),
        Answer::Download { media_type } => media_type.clone(),
    }
}
