//! `Patch<T>`: a field that may be absent, null or a value. Absent, it leaves things as
//! they are; null takes away what there is. Optional and nullable in the contract.

use std::borrow::Cow;

use poem_openapi::registry::{MetaSchema, MetaSchemaRef, Registry};
use poem_openapi::types::{ParseError, ParseFromJSON, ParseResult, ToJSON, Type};
use serde_json::Value;

/// `None`: absent. `Some(None)`: null.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patch<T>(pub Option<Option<T>>);

impl<T> Default for Patch<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Type> Type for Patch<T> {
    const IS_REQUIRED: bool = false;
    type RawValueType = T::RawValueType;
    type RawElementValueType = T::RawElementValueType;

    fn name() -> Cow<'static, str> {
        format!("patch_{}", T::name()).into()
    }

    fn schema_ref() -> MetaSchemaRef {
        T::schema_ref().merge(MetaSchema {
            nullable: true,
            ..MetaSchema::ANY
        })
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }

    fn as_raw_value(&self) -> Option<&Self::RawValueType> {
        self.0.as_ref()?.as_ref().and_then(Type::as_raw_value)
    }

    fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Self::RawElementValueType> + 'a> {
        match &self.0 {
            Some(Some(value)) => value.raw_element_iter(),
            _ => Box::new(std::iter::empty()),
        }
    }

    fn is_none(&self) -> bool {
        self.0.is_none()
    }
}

impl<T: ParseFromJSON> ParseFromJSON for Patch<T> {
    fn parse_from_json(value: Option<Value>) -> ParseResult<Self> {
        match value {
            None => Ok(Self(None)),
            Some(Value::Null) => Ok(Self(Some(None))),
            value => T::parse_from_json(value)
                .map(|value| Self(Some(Some(value))))
                .map_err(ParseError::propagate),
        }
    }
}

impl<T: ToJSON> ToJSON for Patch<T> {
    fn to_json(&self) -> Option<Value> {
        match self.0.as_ref()? {
            Some(value) => value.to_json(),
            None => Some(Value::Null),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absent_and_null_are_told_apart() {
        let read = |value| Patch::<i64>::parse_from_json(value).unwrap();
        assert_eq!(read(None), Patch(None));
        assert_eq!(read(Some(Value::Null)), Patch(Some(None)));
        assert_eq!(read(Some(5.into())), Patch(Some(Some(5))));
        assert_eq!(Patch::<i64>(Some(None)).to_json(), Some(Value::Null));
        assert_eq!(Patch::<i64>(None).to_json(), None);
    }
}
