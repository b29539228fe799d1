//! Values of a type, read from what people and programs write: literals of Scala and JSON.

use crate::interface::{Case, Field, Interface};
use crate::literal::{Argument, Kind, Literal, SyntaxError};
use crate::show::visible;
use crate::types::{Form, Number, Type};
use crate::value::{Data, SOME, Value};
use crate::wire::{self, simple_name};
use fvm_keys::{Address, from_hex};
use num_bigint::BigInt;
use std::collections::BTreeMap;

/// Why arguments are not values of the parameters.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Too few or too many.
    #[error("{signature} takes {expected} arguments, and {given} are given")]
    Count {
        /// What is called.
        signature: String,
        /// How many it takes.
        expected: usize,
        /// How many there are.
        given: usize,
    },
    /// The text is no literal.
    #[error("{place}: {error}")]
    Syntax {
        /// Which argument.
        place: String,
        /// What is wrong with it.
        error: SyntaxError,
    },
    /// It is no value of the type.
    #[error("{place}: expected {expected}, given `{given}`")]
    Type {
        /// Which argument, and where in it.
        place: String,
        /// What is expected there.
        expected: String,
        /// What is there.
        given: String,
    },
    /// Nothing says what values of the type look like.
    #[error("{place}: the ABI does not say what values of {ty} look like")]
    Unknown {
        /// Which argument, and where in it.
        place: String,
        /// The type.
        ty: String,
    },
}

/// How many letters of a wrong value are told.
const GIVEN_LETTERS: usize = 60;

impl Interface {
    /// The values that a text for each parameter means, encoded one after the other.
    pub fn read_arguments(
        &self,
        signature: &str,
        params: &[Field],
        texts: &[String],
    ) -> Result<Vec<Value>, ReadError> {
        if params.len() != texts.len() {
            let (expected, given) = (params.len(), texts.len());
            return Err(ReadError::Count { signature: signature.into(), expected, given });
        }
        let arguments = (1..).zip(params).zip(texts);
        arguments
            .map(|((number, field), text)| {
                let place = format!("argument {number} `{}`", field.name);
                self.read(&place, &field.ty, text)
            })
            .collect()
    }

    /// The value of a type that a text means. A text for a `String` that does not begin with quotes
    /// is taken as it is.
    pub fn read(&self, place: &str, ty: &Type, text: &str) -> Result<Value, ReadError> {
        let is_text = matches!(self.form(ty), Some(Form::Text));
        if is_text && !text.trim_start().starts_with('"') {
            return Ok(Value::Text(text.to_string()));
        }
        let literal = Literal::parse(text)
            .map_err(|error| ReadError::Syntax { place: place.to_string(), error })?;
        Reader { interface: self, path: vec![place.to_string()] }.value(ty, &literal)
    }
}

struct Reader<'a> {
    interface: &'a Interface,
    /// Where the value is that is being read.
    path: Vec<String>,
}

type Answer = Result<Value, ReadError>;

impl Reader<'_> {
    fn wrong(&self, expected: impl Into<String>, given: &Literal<'_>) -> ReadError {
        let mut letters = given.text.chars();
        let mut text: String = letters.by_ref().take(GIVEN_LETTERS).collect();
        if letters.next().is_some() {
            text.push('…');
        }
        let (place, given) = (self.path.join(", "), visible(&text));
        ReadError::Type { place, expected: expected.into(), given }
    }

    fn inside(&mut self, place: String, ty: &Type, literal: &Literal<'_>) -> Answer {
        self.path.push(place);
        let value = self.value(ty, literal)?;
        self.path.pop();
        Ok(value)
    }

    fn value(&mut self, ty: &Type, literal: &Literal<'_>) -> Answer {
        let Some(form) = self.interface.form(ty) else {
            let place = self.path.join(", ");
            return Err(ReadError::Unknown { place, ty: ty.to_string() });
        };
        match form {
            Form::Number(number) => self.number(number, literal),
            Form::Option(element) => self.option(ty, element, literal),
            Form::Either(left, right) => self.either([left, right], literal),
            Form::Sequence(element) => Ok(Value::Sequence(self.elements(ty, element, literal)?)),
            Form::Set(element) => {
                let elements = self.elements(ty, element, literal)?;
                let sorted: BTreeMap<Vec<u8>, Value> =
                    elements.into_iter().map(|value| (value.encode(), value)).collect();
                Ok(Value::Set(sorted.into_values().collect()))
            }
            Form::Map(key, value) => self.map(ty, [key, value], literal),
            Form::Product(fields) => self.product(ty, fields, literal),
            Form::Sum(cases) => self.sum(ty, cases, literal),
            form => self.simple(form, ty, literal),
        }
    }

    /// A value without parts.
    fn simple(&self, form: Form<'_>, ty: &Type, literal: &Literal<'_>) -> Answer {
        let (value, expected) = match form {
            Form::Unit => {
                let is_unit = match &literal.kind {
                    Kind::Tuple(inside) => inside.is_empty(),
                    Kind::Named(name, None) => *name == "null",
                    _ => false,
                };
                (is_unit.then_some(Value::Unit), "Unit: `()`")
            }
            Form::Boolean => {
                let value = match &literal.kind {
                    Kind::Named(name, None) => name.parse().ok().map(Value::Boolean),
                    Kind::Text(text) => text.parse().ok().map(Value::Boolean),
                    _ => None,
                };
                (value, "Boolean: `true` or `false`")
            }
            Form::Char => {
                let unit = match &literal.kind {
                    Kind::Char(unit) => Some(*unit),
                    Kind::Text(text) => {
                        let mut units = text.encode_utf16();
                        units.next().filter(|_| units.next().is_none())
                    }
                    _ => None,
                };
                (unit.map(Value::Char), "Char, such as `'a'`")
            }
            Form::Text => {
                let text = match &literal.kind {
                    Kind::Text(text) => Some(Value::Text(text.clone())),
                    _ => None,
                };
                (text, "String, such as `\"text\"`")
            }
            Form::Bytes => {
                (from_hex(written(literal)).map(Value::Bytes), "Bytes: `0x` and pairs of digits")
            }
            Form::Hash => {
                let hash = from_hex(written(literal)).and_then(|bytes| bytes.try_into().ok());
                (hash.map(Value::Hash), "Hash: `0x` and 64 digits")
            }
            Form::Address => {
                let address: Result<Address, _> = written(literal).parse();
                return address
                    .map(Value::Address)
                    .map_err(|error| self.wrong(format!("Address ({error})"), literal));
            }
            _ => {
                let record = from_hex(written(literal));
                let record = record.and_then(|bytes| wire::record(&bytes).ok());
                return record.map(Value::Record).ok_or_else(|| {
                    self.wrong(format!("{ty}: the bytes of a record, `0x…`"), literal)
                });
            }
        };
        value.ok_or_else(|| self.wrong(expected, literal))
    }

    fn number(&self, number: Number, literal: &Literal<'_>) -> Answer {
        let value = match &literal.kind {
            Kind::Number(digits, unit) => match (number, unit) {
                (Number::Amount, Some("fsc")) => coins(digits),
                (_, None) => digits.parse().ok(),
                _ => None,
            },
            Kind::Text(text) => {
                let literal = Literal::parse(text).ok();
                let literal = literal.filter(|literal| matches!(literal.kind, Kind::Number(..)));
                match literal {
                    Some(literal) => return self.number(number, &literal),
                    None => None,
                }
            }
            _ => None,
        };
        let range = number.range();
        let is_inside = |value: &BigInt| {
            range.as_ref().is_none_or(|(least, most)| (least..=most).contains(&value))
        };
        value.filter(is_inside).map(|value| Value::Number(number, value)).ok_or_else(|| {
            let name = number.name();
            let expected = match (&range, number) {
                (_, Number::Amount) => "Amount: so many of the smallest unit, or coins such as \
                                        `0.25.fsc`; at least 0 and below 2^128"
                    .to_string(),
                (Some((least, most)), _) => format!("{name}: a number from {least} to {most}"),
                (None, _) => format!("{name}: a whole number"),
            };
            self.wrong(expected, literal)
        })
    }

    fn option(&mut self, ty: &Type, element: &Type, literal: &Literal<'_>) -> Answer {
        let some = |value: Value| Value::Option(Some(Box::new(value)));
        match &literal.kind {
            Kind::Named("None" | "null", None) => Ok(Value::Option(None)),
            Kind::Named("Some", Some(arguments)) => match &arguments[..] {
                [(_, inner)] => self.inside("Some".into(), element, inner).map(some),
                _ => Err(self.wrong(format!("{ty}: `Some` has one argument"), literal)),
            },
            Kind::Object(members) if matches!(&members[..], [(name, _)] if name == SOME) => {
                self.inside(SOME.into(), element, &members[0].1).map(some)
            }
            _ => self.inside("Some".into(), element, literal).map(some),
        }
    }

    fn either(&mut self, types: [&Type; 2], literal: &Literal<'_>) -> Answer {
        let chosen = match &literal.kind {
            Kind::Named(name, Some(arguments)) if arguments.len() == 1 => {
                Some((*name, &arguments[0].1))
            }
            Kind::Object(members) if members.len() == 1 => {
                Some((members[0].0.as_str(), &members[0].1))
            }
            _ => None,
        };
        match chosen {
            Some(("Left", inner)) => {
                Ok(Value::Left(Box::new(self.inside("Left".into(), types[0], inner)?)))
            }
            Some(("Right", inner)) => {
                Ok(Value::Right(Box::new(self.inside("Right".into(), types[1], inner)?)))
            }
            _ => Err(self.wrong("`Left(…)` or `Right(…)`", literal)),
        }
    }

    fn elements(
        &mut self,
        ty: &Type,
        element: &Type,
        literal: &Literal<'_>,
    ) -> Result<Vec<Value>, ReadError> {
        let list = parts(literal, &[ty.head(), "List", "Seq", "Vector", "Set"]);
        let list = list.ok_or_else(|| self.wrong(format!("{ty}, such as `[…, …]`"), literal))?;
        let elements = (1..).zip(list);
        elements
            .map(|(number, literal)| self.inside(format!("element {number}"), element, literal))
            .collect()
    }

    fn map(&mut self, ty: &Type, [key, value]: [&Type; 2], literal: &Literal<'_>) -> Answer {
        let mut entries: BTreeMap<Vec<u8>, (Value, Value)> = BTreeMap::new();
        let mut enter = |key: Value, value: Value| entries.insert(key.encode(), (key, value));
        if let Kind::Object(members) = &literal.kind {
            for (number, (name, inner)) in (1..).zip(members) {
                let read = self.object_key(number, key, name)?;
                enter(read, self.inside(format!("value of entry {number}"), value, inner)?);
            }
        } else {
            let expected =
                || format!("{ty}, such as `Map(key -> value, …)` or `{{\"key\": value, …}}`");
            let pairs = parts(literal, &["Map"]).ok_or_else(|| self.wrong(expected(), literal))?;
            for (number, pair) in (1..).zip(pairs) {
                let [first, second] = match &pair.kind {
                    Kind::Tuple(pair) | Kind::List(pair) if pair.len() == 2 => [&pair[0], &pair[1]],
                    _ => return Err(self.wrong("an entry `key -> value`", pair)),
                };
                let first = self.inside(format!("key of entry {number}"), key, first)?;
                enter(first, self.inside(format!("value of entry {number}"), value, second)?);
            }
        }
        Ok(Value::Map(entries.into_values().collect()))
    }

    /// The name of a member of a JSON object as a key: a literal, or a text as it is.
    fn object_key(&mut self, number: usize, key: &Type, name: &str) -> Answer {
        let place = format!("{}, key of entry {number}", self.path.join(", "));
        match self.interface.form(key) {
            Some(Form::Text) => Ok(Value::Text(name.to_string())),
            _ => self.interface.read(&place, key, name),
        }
    }

    fn product(&mut self, ty: &Type, fields: &[Field], literal: &Literal<'_>) -> Answer {
        let name = simple_name(ty);
        let read = |fields| Ok(Value::Product(Data { name: name.clone(), fields }));
        match &literal.kind {
            Kind::Tuple(parts) | Kind::List(parts)
                if ty.is_tuple() && parts.len() == fields.len() =>
            {
                let parts = fields.iter().zip(parts);
                let values = parts.map(|(field, literal)| {
                    let value = self.inside(format!("part {}", field.name), &field.ty, literal)?;
                    Ok((field.name.clone(), value))
                });
                read(values.collect::<Result<_, _>>()?)
            }
            Kind::Named(given, Some(arguments)) if names(given, ty.head()) => {
                read(self.arguments(&name, fields, arguments, literal)?)
            }
            Kind::Named(given, None) if fields.is_empty() && names(given, ty.head()) => {
                read(Vec::new())
            }
            Kind::Object(members) => read(self.members(&name, fields, members, literal)?),
            _ => match fields {
                // Some types are a name for what they hold: a length of time, a reference.
                [field] => {
                    let value = match self.measured(ty, literal) {
                        Some(value) => value,
                        None => self.inside(format!("`{}`", field.name), &field.ty, literal)?,
                    };
                    read(vec![(field.name.clone(), value)])
                }
                _ => {
                    let list: Vec<String> = fields.iter().map(shown).collect();
                    Err(self.wrong(format!("{ty}: `{name}({})`", list.join(", ")), literal))
                }
            },
        }
    }

    /// The number that a unit of the library means: `3.days`, `5.percent`.
    fn measured(&self, ty: &Type, literal: &Literal<'_>) -> Option<Value> {
        let Kind::Number(digits, Some(unit)) = &literal.kind else { return None };
        let (number, scale) = match (ty.name(), *unit) {
            ("Duration", "seconds") => (Number::Long, 1),
            ("Duration", "minutes") => (Number::Long, 60),
            ("Duration", "hours") => (Number::Long, 3600),
            ("Duration", "days") => (Number::Long, 86_400),
            ("Ratio", "percent") => (Number::Int, 100),
            _ => return None,
        };
        let value = digits.parse::<BigInt>().ok()? * BigInt::from(scale);
        let (least, most) = number.range()?;
        (least..=most).contains(&value).then_some(Value::Number(number, value))
    }

    fn sum(&mut self, ty: &Type, cases: &[Case], literal: &Literal<'_>) -> Answer {
        let find = |name: &str| {
            let (owner, last) = name.rsplit_once('.').unwrap_or(("", name));
            let is_owned = owner.is_empty() || names(owner, ty.head());
            let found = (0u8..=u8::MAX).zip(cases).find(|(_, case)| case.name == last);
            found.filter(|_| is_owned)
        };
        let found = match &literal.kind {
            Kind::Named(name, arguments) => find(name).map(|case| (case, arguments.as_deref())),
            Kind::Text(name) => find(name).map(|case| (case, None)),
            Kind::Object(members) if members.len() == 1 => match find(&members[0].0) {
                Some((number, case)) => {
                    let inner = &members[0].1;
                    let fields = match &inner.kind {
                        Kind::Object(members) => {
                            self.members(&case.name, &case.fields, members, inner)?
                        }
                        _ => return Err(self.wrong("an object with the fields", inner)),
                    };
                    return Ok(Value::Case(number, Data { name: case.name.clone(), fields }));
                }
                None => None,
            },
            _ => None,
        };
        let Some(((number, case), arguments)) = found else {
            let list: Vec<String> = cases.iter().map(shown_case).collect();
            return Err(self.wrong(format!("{ty}: one of {}", list.join(", ")), literal));
        };
        let arguments = arguments.unwrap_or_default();
        let fields = self.arguments(&case.name, &case.fields, arguments, literal)?;
        Ok(Value::Case(number, Data { name: case.name.clone(), fields }))
    }

    /// Arguments in order, then perhaps by name, as Scala takes them.
    fn arguments(
        &mut self,
        name: &str,
        fields: &[Field],
        arguments: &[Argument<'_>],
        whole: &Literal<'_>,
    ) -> Result<Vec<(String, Value)>, ReadError> {
        let list = || {
            let list: Vec<String> = fields.iter().map(shown).collect();
            format!("`{name}({})`", list.join(", "))
        };
        let in_order = arguments.iter().take_while(|(name, _)| name.is_none()).count();
        let is_wrong = |(at, (name, _)): (usize, &Argument<'_>)| match name {
            None => at >= in_order,
            Some(name) => {
                let place = fields.iter().position(|field| field.name == *name);
                let is_again = arguments[..at].iter().any(|(other, _)| *other == Some(*name));
                is_again || place.is_none_or(|place| place < in_order)
            }
        };
        if arguments.len() != fields.len() || arguments.iter().enumerate().any(is_wrong) {
            return Err(self.wrong(list(), whole));
        }
        let given = |(at, field): (usize, &Field)| {
            let by_name = arguments.iter().find(|(name, _)| *name == Some(field.name.as_str()));
            by_name.or(arguments.get(at)).map(|(_, literal)| literal)
        };
        let mut values = Vec::with_capacity(fields.len());
        for (at, field) in fields.iter().enumerate() {
            let literal = given((at, field)).ok_or_else(|| self.wrong(list(), whole))?;
            let value = self.inside(format!("`{}`", field.name), &field.ty, literal)?;
            values.push((field.name.clone(), value));
        }
        Ok(values)
    }

    /// The members of a JSON object: each field once, and nothing else.
    fn members(
        &mut self,
        name: &str,
        fields: &[Field],
        members: &[(String, Literal<'_>)],
        whole: &Literal<'_>,
    ) -> Result<Vec<(String, Value)>, ReadError> {
        let mut values = Vec::with_capacity(fields.len());
        for field in fields {
            let mut found = members.iter().filter(|(name, _)| *name == field.name);
            let (Some((_, literal)), None) = (found.next(), found.next()) else {
                let expected = format!("{name}: an object with one `{}`", field.name);
                return Err(self.wrong(expected, whole));
            };
            let value = self.inside(format!("`{}`", field.name), &field.ty, literal)?;
            values.push((field.name.clone(), value));
        }
        let is_field = |name: &String| fields.iter().any(|field| field.name == *name);
        match members.iter().find(|(name, _)| !is_field(name)) {
            None => Ok(values),
            Some((other, _)) => {
                Err(self.wrong(format!("{name}: it has no field `{}`", visible(other)), whole))
            }
        }
    }
}

/// What stands for bytes: digits, or a text of JSON with them.
fn written<'l>(literal: &'l Literal<'_>) -> &'l str {
    match &literal.kind {
        Kind::Text(text) => text,
        _ => literal.text,
    }
}

/// Whether a name is this one, or its end behind a point.
fn names(given: &str, full: &str) -> bool {
    full.strip_suffix(given).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// The values in `[…]`, or in `Name(…)` with one of these names.
fn parts<'l, 't>(literal: &'l Literal<'t>, heads: &[&str]) -> Option<Vec<&'l Literal<'t>>> {
    match &literal.kind {
        Kind::List(inside) => Some(inside.iter().collect()),
        Kind::Named("Nil", None) if heads.contains(&"List") => Some(Vec::new()),
        Kind::Named(name, Some(arguments)) if heads.contains(name) => {
            let plain = arguments.iter().map(|(name, literal)| name.is_none().then_some(literal));
            plain.collect()
        }
        _ => None,
    }
}

/// So many coins in the smallest unit.
fn coins(digits: &str) -> Option<BigInt> {
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    if part.len() > 18 {
        return None;
    }
    format!("{whole}{part:0<18}").parse().ok()
}

/// Coins that a text means: so many of the smallest unit, or coins such as `0.25.fsc`.
pub fn amount(place: &str, text: &str) -> Result<u128, ReadError> {
    let literal = Literal::parse(text)
        .map_err(|error| ReadError::Syntax { place: place.to_string(), error })?;
    let nothing = Interface::default();
    let reader = Reader { interface: &nothing, path: vec![place.to_string()] };
    let value = reader.number(Number::Amount, &literal)?;
    let Value::Number(_, value) = value else { return Err(reader.wrong("Amount", &literal)) };
    u128::try_from(value).map_err(|_| reader.wrong("Amount", &literal))
}

fn shown(field: &Field) -> String {
    format!("{}: {}", field.name, field.ty)
}

fn shown_case(case: &Case) -> String {
    let fields: Vec<String> = case.fields.iter().map(shown).collect();
    match &fields[..] {
        [] => case.name.clone(),
        fields => format!("{}({})", case.name, fields.join(", ")),
    }
}
