//! Little-endian input from hostile bytes: every read is checked.

use super::DecodeError;

/// Reads numbers and texts from bytes.
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader { bytes, at: 0 }
    }
    /// Bytes read so far.
    pub fn offset(&self) -> usize {
        self.at
    }
    pub fn remaining(&self) -> usize {
        self.bytes.len() - self.at
    }
    /// An error at the current offset.
    pub fn error(&self, text: impl Into<String>) -> DecodeError {
        DecodeError { offset: self.at, text: text.into() }
    }
    pub fn take(&mut self, count: usize) -> Result<&'a [u8], DecodeError> {
        if count > self.remaining() {
            let text = format!("{count} bytes expected, {} left", self.remaining());
            return Err(self.error(text));
        }
        let slice = &self.bytes[self.at..self.at + count];
        self.at += count;
        Ok(slice)
    }
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], DecodeError> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }
    pub fn u8(&mut self) -> Result<u8, DecodeError> {
        Ok(u8::from_le_bytes(self.array()?))
    }
    pub fn u16(&mut self) -> Result<u16, DecodeError> {
        Ok(u16::from_le_bytes(self.array()?))
    }
    pub fn u32(&mut self) -> Result<u32, DecodeError> {
        Ok(u32::from_le_bytes(self.array()?))
    }
    /// A flag: 0 or 1.
    pub fn flag(&mut self, what: &str) -> Result<bool, DecodeError> {
        match self.u8()? {
            0 => Ok(false),
            1 => Ok(true),
            other => Err(self.error(format!("{what} must be 0 or 1, found {other}"))),
        }
    }
    /// Seven bits a byte, low ones first; no more bytes than the number needs.
    pub fn number(&mut self) -> Result<u32, DecodeError> {
        let mut value: u64 = 0;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.u8()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte >= 0x80 {
                continue;
            }
            if byte == 0 && shift > 0 {
                return Err(self.error("a number takes more bytes than it needs"));
            }
            return u32::try_from(value).map_err(|_| self.error("a number is too large"));
        }
        Err(self.error("a number is too long"))
    }
    /// A number of at most 16 bits.
    pub fn number16(&mut self) -> Result<u16, DecodeError> {
        let number = self.number()?;
        u16::try_from(number).map_err(|_| self.error("a number is too large"))
    }
    /// A number whose sign stands in its lowest bit.
    pub fn signed(&mut self) -> Result<i32, DecodeError> {
        let coded = self.number()?;
        Ok(((coded >> 1) ^ (coded & 1).wrapping_neg()) as i32)
    }
    /// A number of up to `max` bytes: how many, and then no more than it needs, low ones first.
    pub fn wide(&mut self, max: usize) -> Result<u128, DecodeError> {
        let bytes = self.counted(max)?;
        if bytes.last() == Some(&0) {
            return Err(self.error("a number takes more bytes than it needs"));
        }
        Ok(bytes.iter().rev().fold(0, |value, byte| (value << 8) | u128::from(*byte)))
    }
    /// The same in two's complement, of which the highest byte decides the sign.
    pub fn wide_signed(&mut self, max: usize) -> Result<i128, DecodeError> {
        let bytes = self.counted(max)?;
        let Some((last, below)) = bytes.split_last() else { return Ok(0) };
        let sign =
            |byte: Option<&u8>| if byte.is_some_and(|byte| *byte >= 0x80) { 0xff } else { 0 };
        let needs_last = if below.is_empty() { *last != 0 } else { *last != sign(below.last()) };
        if !needs_last {
            return Err(self.error("a number takes more bytes than it needs"));
        }
        let start = -i128::from(sign(Some(last)) & 1);
        Ok(bytes.iter().rev().fold(start, |value, byte| (value << 8) | i128::from(*byte)))
    }
    fn counted(&mut self, max: usize) -> Result<&'a [u8], DecodeError> {
        let count = usize::from(self.u8()?);
        if count > max {
            return Err(self.error(format!("a number of {count} bytes, at most {max} fit")));
        }
        self.take(count)
    }
    /// `count` numbers of `width` bits each, low ones first, in whole bytes of which the rest is
    /// zero; fewer than 64 bits.
    pub fn packed(&mut self, count: u32, width: u32) -> Result<u64, DecodeError> {
        let bits = count * width;
        let bytes = self.take(bits.div_ceil(8) as usize)?;
        let packed = bytes.iter().rev().fold(0, |value, byte| (value << 8) | u64::from(*byte));
        if packed >> bits != 0 {
            return Err(self.error("unused bits must be zero"));
        }
        Ok(packed)
    }
    /// A count of elements of at least `bytes_each`: within the limit and what is left.
    pub fn count(
        &mut self,
        what: &str,
        max: usize,
        bytes_each: usize,
    ) -> Result<usize, DecodeError> {
        let count = self.number()? as usize;
        if count > max {
            return Err(self.error(format!("{count} {what}, at most {max} are allowed")));
        }
        if count.saturating_mul(bytes_each) > self.remaining() {
            let left = self.remaining();
            return Err(self.error(format!("{count} {what} do not fit into {left} bytes")));
        }
        Ok(count)
    }
    pub fn blob(&mut self, what: &str, max: usize) -> Result<&'a [u8], DecodeError> {
        let count = self.count(what, max, 1)?;
        self.take(count)
    }
    pub fn text(&mut self, what: &str, max: usize) -> Result<String, DecodeError> {
        let start = self.at;
        let bytes = self.blob(what, max)?;
        let malformed =
            |_| DecodeError { offset: start, text: format!("{what} that are no UTF-8") };
        Ok(std::str::from_utf8(bytes).map_err(malformed)?.to_owned())
    }
}
