//! Values as the bytes that compiled contracts write (`stdlib/fvm/internal/codecs.scala`):
//! big-endian, without gaps, one encoding for each value.

use crate::interface::{Case, Field, Interface};
use crate::limits::{DECODED_PARTS_MAX, VALUE_DEPTH_MAX};
use crate::types::{Form, Number, Type};
use crate::value::{Data, Record, Value};
use fvm_keys::Address;
use num_bigint::{BigInt, Sign};

// ── to bytes ────────────────────────────────────────────────────────────────

impl Value {
    /// The bytes of the value.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.put(&mut out);
        out
    }

    /// Appends the bytes of the value.
    pub fn put(&self, out: &mut Vec<u8>) {
        match self {
            Value::Unit => {}
            Value::Boolean(value) => out.push(u8::from(*value)),
            Value::Number(number, value) => put_number(*number, value, out),
            Value::Char(unit) => out.extend(unit.to_be_bytes()),
            Value::Text(text) => put_bytes(text.as_bytes(), out),
            Value::Bytes(bytes) => put_bytes(bytes, out),
            Value::Address(address) => out.extend(address.0),
            Value::Hash(hash) => out.extend(hash),
            Value::Option(None) => out.push(0),
            Value::Option(Some(value)) | Value::Right(value) => {
                out.push(1);
                value.put(out);
            }
            Value::Left(value) => {
                out.push(0);
                value.put(out);
            }
            Value::Sequence(values) | Value::Set(values) => {
                put_count(values.len(), out);
                values.iter().for_each(|value| value.put(out));
            }
            Value::Map(entries) => {
                put_count(entries.len(), out);
                for (key, value) in entries {
                    key.put(out);
                    value.put(out);
                }
            }
            Value::Product(data) => data.put(out),
            Value::Case(number, data) => {
                out.push(*number);
                data.put(out);
            }
            Value::Record(record) => record.put(out),
        }
    }
}

impl Data {
    fn put(&self, out: &mut Vec<u8>) {
        self.fields.iter().for_each(|(_, value)| value.put(out));
    }
}

impl Record {
    fn put(&self, out: &mut Vec<u8>) {
        out.extend(self.hash);
        out.extend(self.number.to_be_bytes());
        put_bytes(&self.fields, out);
        put_bytes(self.text.as_bytes(), out);
    }
}

fn put_count(count: usize, out: &mut Vec<u8>) {
    let count = u32::try_from(count).expect("a value has fewer than four thousand million parts");
    out.extend(count.to_be_bytes());
}

fn put_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    put_count(bytes.len(), out);
    out.extend(bytes);
}

fn put_number(number: Number, value: &BigInt, out: &mut Vec<u8>) {
    let Some(bytes) = number.bytes() else {
        let (sign, magnitude) = value.to_bytes_be();
        out.push(match sign {
            Sign::Minus => 255,
            Sign::NoSign => 0,
            Sign::Plus => 1,
        });
        let magnitude = if sign == Sign::NoSign { &[][..] } else { &magnitude };
        return put_bytes(magnitude, out);
    };
    // Two's complement; of a number without a sign the first byte may be a zero too many.
    let digits = value.to_signed_bytes_be();
    let digits = &digits[digits.len().saturating_sub(bytes)..];
    let filling = if value.sign() == Sign::Minus { 255 } else { 0 };
    out.extend(std::iter::repeat_n(filling, bytes - digits.len()));
    out.extend(digits);
}

// ── from bytes ──────────────────────────────────────────────────────────────

/// Why bytes are no value of a type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// They end too early.
    #[error("the bytes end in the middle of a value")]
    Short,
    /// Something follows.
    #[error("{0} bytes follow the value")]
    Long(usize),
    /// Not an encoding that a contract makes.
    #[error("no value of {0} has these bytes")]
    Malformed(String),
    /// Nothing says what values of the type look like.
    #[error("the ABI does not say what values of {0} look like")]
    UnknownType(String),
    /// More than is decoded.
    #[error("the value is too large or too deep to be shown")]
    TooLarge,
}

impl Interface {
    /// The value of a type that these bytes are.
    pub fn decode(&self, ty: &Type, bytes: &[u8]) -> Result<Value, WireError> {
        let mut decoder = Decoder::new(self, bytes);
        let value = decoder.value(ty)?;
        decoder.finish()?;
        Ok(value)
    }

    /// Values of fields that follow each other in these bytes.
    pub fn decode_fields(
        &self,
        fields: &[Field],
        bytes: &[u8],
    ) -> Result<Vec<(String, Value)>, WireError> {
        let mut decoder = Decoder::new(self, bytes);
        let values = decoder.fields(fields)?;
        decoder.finish()?;
        Ok(values)
    }
}

/// A record, taken apart; the fields are decoded by who knows its type.
pub fn record(bytes: &[u8]) -> Result<Record, WireError> {
    let mut reader = Reader { bytes };
    let record = reader.record()?;
    reader.finish()?;
    Ok(record)
}

struct Reader<'b> {
    bytes: &'b [u8],
}

impl<'b> Reader<'b> {
    fn take(&mut self, count: usize) -> Result<&'b [u8], WireError> {
        let (taken, rest) = self.bytes.split_at_checked(count).ok_or(WireError::Short)?;
        self.bytes = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], WireError> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    fn byte(&mut self) -> Result<u8, WireError> {
        Ok(self.array::<1>()?[0])
    }

    fn count(&mut self) -> Result<u32, WireError> {
        Ok(u32::from_be_bytes(self.array()?))
    }

    fn lengthy(&mut self) -> Result<&'b [u8], WireError> {
        let length = self.count()?;
        self.take(usize::try_from(length).map_err(|_| WireError::Short)?)
    }

    fn text(&mut self) -> Result<String, WireError> {
        let text = std::str::from_utf8(self.lengthy()?);
        text.map(str::to_string).map_err(|_| WireError::Malformed("String".into()))
    }

    fn record(&mut self) -> Result<Record, WireError> {
        let (hash, number) = (self.array()?, self.count()?);
        Ok(Record { hash, number, fields: self.lengthy()?.to_vec(), text: self.text()? })
    }

    fn finish(&self) -> Result<(), WireError> {
        match self.bytes.len() {
            0 => Ok(()),
            left => Err(WireError::Long(left)),
        }
    }
}

struct Decoder<'a, 'b> {
    interface: &'a Interface,
    reader: Reader<'b>,
    depth: u32,
    parts: u32,
}

impl<'a, 'b> Decoder<'a, 'b> {
    fn new(interface: &'a Interface, bytes: &'b [u8]) -> Self {
        Decoder { interface, reader: Reader { bytes }, depth: 0, parts: 0 }
    }

    fn finish(&self) -> Result<(), WireError> {
        self.reader.finish()
    }

    fn value(&mut self, ty: &'a Type) -> Result<Value, WireError> {
        self.parts += 1;
        if self.depth >= VALUE_DEPTH_MAX || self.parts > DECODED_PARTS_MAX {
            return Err(WireError::TooLarge);
        }
        self.depth += 1;
        let form = self.interface.form(ty);
        let form = form.ok_or_else(|| WireError::UnknownType(ty.to_string()))?;
        let value = self.of_form(form, ty)?;
        self.depth -= 1;
        Ok(value)
    }

    fn boxed(&mut self, ty: &'a Type) -> Result<Box<Value>, WireError> {
        self.value(ty).map(Box::new)
    }

    fn of_form(&mut self, form: Form<'a>, ty: &'a Type) -> Result<Value, WireError> {
        let malformed = || WireError::Malformed(ty.to_string());
        Ok(match form {
            Form::Unit => Value::Unit,
            Form::Boolean => Value::Boolean(self.flag(ty)?),
            Form::Number(number) => Value::Number(number, self.number(number, ty)?),
            Form::Char => Value::Char(u16::from_be_bytes(self.reader.array()?)),
            Form::Text => Value::Text(self.reader.text()?),
            Form::Bytes => Value::Bytes(self.reader.lengthy()?.to_vec()),
            Form::Address => Value::Address(Address(self.reader.array()?)),
            Form::Hash => Value::Hash(self.reader.array()?),
            Form::Option(element) => Value::Option(match self.flag(ty)? {
                true => Some(self.boxed(element)?),
                false => None,
            }),
            Form::Either(left, right) => match self.flag(ty)? {
                true => Value::Right(self.boxed(right)?),
                false => Value::Left(self.boxed(left)?),
            },
            Form::Sequence(element) => {
                let count = self.reader.count()?;
                Value::Sequence((0..count).map(|_| self.value(element)).collect::<Result<_, _>>()?)
            }
            Form::Set(element) => {
                let mut elements = Vec::new();
                self.ascending(ty, |decoder| {
                    let value = decoder.value(element)?;
                    let key = value.clone();
                    elements.push(value);
                    Ok(key)
                })?;
                Value::Set(elements)
            }
            Form::Map(key, value) => {
                let mut entries = Vec::new();
                self.ascending(ty, |decoder| {
                    let entry = (decoder.value(key)?, decoder.value(value)?);
                    let key = entry.0.clone();
                    entries.push(entry);
                    Ok(key)
                })?;
                Value::Map(entries)
            }
            Form::Product(fields) => {
                Value::Product(Data { name: simple_name(ty), fields: self.fields(fields)? })
            }
            Form::Sum(cases) => {
                let number = self.reader.byte()?;
                let case = cases.get(usize::from(number)).ok_or_else(malformed)?;
                Value::Case(number, self.case(case)?)
            }
            Form::Record => Value::Record(self.reader.record()?),
        })
    }

    /// Reads a count and as many entries, whose keys ascend.
    fn ascending(
        &mut self,
        ty: &Type,
        mut read: impl FnMut(&mut Self) -> Result<Value, WireError>,
    ) -> Result<(), WireError> {
        let mut last: Option<Vec<u8>> = None;
        for _ in 0..self.reader.count()? {
            let next = read(self)?.encode();
            if last.is_some_and(|last| last >= next) {
                return Err(WireError::Malformed(ty.to_string()));
            }
            last = Some(next);
        }
        Ok(())
    }

    fn case(&mut self, case: &'a Case) -> Result<Data, WireError> {
        Ok(Data { name: case.name.clone(), fields: self.fields(&case.fields)? })
    }

    fn fields(&mut self, fields: &'a [Field]) -> Result<Vec<(String, Value)>, WireError> {
        let fields = fields.iter();
        fields.map(|field| Ok((field.name.clone(), self.value(&field.ty)?))).collect()
    }

    fn flag(&mut self, ty: &Type) -> Result<bool, WireError> {
        match self.reader.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(WireError::Malformed(ty.to_string())),
        }
    }

    fn number(&mut self, number: Number, ty: &Type) -> Result<BigInt, WireError> {
        if let Some(bytes) = number.bytes() {
            let digits = self.reader.take(bytes)?;
            return Ok(match number.is_signed() {
                true => BigInt::from_signed_bytes_be(digits),
                false => BigInt::from_bytes_be(Sign::Plus, digits),
            });
        }
        let sign = self.reader.byte()?;
        let digits = self.reader.lengthy()?;
        match (sign, digits) {
            (0, []) => Ok(BigInt::ZERO),
            (1, [1..=255, ..]) => Ok(BigInt::from_bytes_be(Sign::Plus, digits)),
            (255, [1..=255, ..]) => Ok(BigInt::from_bytes_be(Sign::Minus, digits)),
            _ => Err(WireError::Malformed(ty.to_string())),
        }
    }
}

/// The name of a class without its package and its objects; of a tuple nothing.
pub(crate) fn simple_name(ty: &Type) -> String {
    match ty.is_tuple() {
        true => String::new(),
        false => ty.head().rsplit('.').next().unwrap_or_default().to_string(),
    }
}
