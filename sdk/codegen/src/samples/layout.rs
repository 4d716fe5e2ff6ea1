//! Source code with brackets, on one line where it fits, else with an item a line.

/// A piece of source code.
pub enum Code {
    /// Never broken.
    Text(String),
    Brackets {
        open: String,
        items: Vec<Item>,
        close: &'static str,
        /// What stands behind `open` and before `close` on one line.
        pad: &'static str,
    },
}

/// What stands between commas: `name: value`, or a value alone.
pub struct Item {
    /// With the colon or whatever ends it, and the space behind it.
    pub name: String,
    pub value: Code,
}

impl From<Code> for Item {
    fn from(value: Code) -> Self {
        Self {
            name: String::new(),
            value,
        }
    }
}

/// How a language lays it out.
#[derive(Clone, Copy)]
pub struct Layout {
    pub width: usize,
    pub indent: &'static str,
    /// Whether a call's last argument may be broken instead of the arguments: `f(a, {`.
    pub hugs: bool,
    /// Whether values of neighbouring lines stand in a column.
    pub aligns: bool,
}

impl Code {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    #[must_use]
    pub fn flat(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Brackets {
                open, items, close, ..
            } if items.is_empty() => format!("{open}{close}"),
            Self::Brackets {
                open,
                items,
                close,
                pad,
            } => {
                let items = items.iter();
                let items: Vec<_> = items
                    .map(|item| format!("{}{}", item.name, item.value.flat()))
                    .collect();
                format!("{open}{pad}{}{pad}{close}", items.join(", "))
            }
        }
    }

    /// The code behind `lead` and before `tail`, on lines that begin with `margin`.
    #[must_use]
    pub fn laid_out(&self, lead: &str, tail: &str, margin: &str, layout: Layout) -> String {
        let flat = format!("{lead}{}{tail}", self.flat());
        let Self::Brackets {
            open, items, close, ..
        } = self
        else {
            return flat;
        };
        if flat.chars().count() <= layout.width || items.is_empty() {
            return flat;
        }
        if let Some(hugged) = Self::hugged(open, items, close, layout) {
            let (before, last) = hugged;
            let end = format!("{close}{tail}");
            return last.laid_out(&format!("{lead}{open}{before}"), &end, margin, layout);
        }
        let inner = format!("{margin}{}", layout.indent);
        let lines = items.iter().map(|item| {
            let line = item
                .value
                .laid_out(&format!("{inner}{}", item.name), ",", &inner, layout);
            (item.name.as_str(), line)
        });
        let lines = column(lines.collect(), &inner, layout);
        format!("{lead}{open}\n{}\n{margin}{close}{tail}", lines.join("\n"))
    }

    /// The arguments before the last one, and that, if a call may look so.
    fn hugged<'a>(open: &str, items: &'a [Item], close: &str, layout: Layout) -> Option<(String, &'a Self)> {
        let (last, before) = items.split_last()?;
        let is_call = close == ")" && !open.is_empty() && last.name.is_empty();
        let plain = before.iter().all(|item| matches!(item.value, Self::Text(_)));
        if !(layout.hugs && is_call && plain && matches!(last.value, Self::Brackets { .. })) {
            return None;
        }
        let before = before.iter().map(|item| format!("{}, ", item.value.flat()));
        Some((before.collect(), &last.value))
    }
}

/// Pads the names of neighbouring lines, as gofmt does.
fn column(lines: Vec<(&str, String)>, inner: &str, layout: Layout) -> Vec<String> {
    let alone = |(name, line): &(&str, String)| name.is_empty() || line.contains('\n');
    let mut padded = Vec::new();
    for run in lines.chunk_by(|a, b| !alone(a) && !alone(b)) {
        let width = run.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
        padded.extend(run.iter().map(|(name, line)| {
            match line.strip_prefix(inner).and_then(|line| line.strip_prefix(name)) {
                Some(value) if layout.aligns && run.len() > 1 => format!("{inner}{name:width$}{value}"),
                _ => line.clone(),
            }
        }));
    }
    padded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(open: &str, items: &[(&str, &str)], close: &'static str) -> Code {
        let items = items.iter().map(|(name, value)| Item {
            name: (*name).to_owned(),
            value: Code::text(*value),
        });
        Code::Brackets {
            open: open.to_owned(),
            items: items.collect(),
            close,
            pad: "",
        }
    }

    #[test]
    fn what_is_too_long_is_broken() {
        let layout = Layout {
            width: 26,
            indent: "\t",
            hugs: true,
            aligns: true,
        };
        let object = || list("T{", &[("A: ", "1"), ("Long: ", "\"twelve\"")], "}");
        assert_eq!(object().laid_out("", "", "", layout), "T{A: 1, Long: \"twelve\"}");
        let call = Code::Brackets {
            open: "f(".to_owned(),
            items: vec![Code::text("ctx").into(), object().into()],
            close: ")",
            pad: "",
        };
        let broken = "x := f(ctx, T{\n\tA:    1,\n\tLong: \"twelve\",\n})";
        assert_eq!(call.laid_out("x := ", "", "", layout), broken);
        let not_hugged = Layout {
            hugs: false,
            aligns: false,
            ..layout
        };
        let broken = "x := f(\n\tctx,\n\tT{A: 1, Long: \"twelve\"},\n)";
        assert_eq!(call.laid_out("x := ", "", "", not_hugged), broken);
    }
}
