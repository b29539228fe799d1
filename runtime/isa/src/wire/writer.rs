//! Little-endian output.

/// Appends numbers and texts to bytes.
#[derive(Default)]
pub(crate) struct Writer {
    /// What has been written.
    pub bytes: Vec<u8>,
}

impl Writer {
    pub fn u8(&mut self, value: u8) {
        self.bytes.push(value);
    }
    pub fn u16(&mut self, value: u16) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }
    pub fn u32(&mut self, value: u32) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }
    /// Seven bits a byte, low ones first; the top bit says that more follow.
    pub fn number(&mut self, mut value: u32) {
        while value >= 0x80 {
            self.u8(value as u8 | 0x80);
            value >>= 7;
        }
        self.u8(value as u8);
    }
    /// A number whose sign goes to the lowest bit, so that small ones of both signs are short.
    pub fn signed(&mut self, value: i32) {
        self.number(((value << 1) ^ (value >> 31)) as u32);
    }
    /// How many bytes a number needs, and these, low ones first.
    pub fn wide(&mut self, value: u128) {
        self.counted(value.to_le_bytes(), 128 - value.leading_zeros());
    }
    /// The same in two's complement; zero needs none.
    pub fn wide_signed(&mut self, value: i128) {
        // The bits that differ from the sign, and the sign.
        let bits = if value == 0 { 0 } else { 129 - (value ^ (value >> 127)).leading_zeros() };
        self.counted(value.to_le_bytes(), bits);
    }
    fn counted(&mut self, bytes: [u8; 16], bits: u32) {
        let count = bits.div_ceil(8);
        self.u8(count as u8);
        self.bytes.extend_from_slice(&bytes[..count as usize]);
    }
    pub fn count(&mut self, count: usize) {
        self.number(u32::try_from(count).unwrap_or(u32::MAX));
    }
    pub fn text(&mut self, text: &str) {
        self.blob(text.as_bytes());
    }
    pub fn blob(&mut self, bytes: &[u8]) {
        self.count(bytes.len());
        self.bytes.extend_from_slice(bytes);
    }
    /// A section: what `content` writes, behind number and length.
    pub fn section(&mut self, number: u8, content: impl FnOnce(&mut Writer)) {
        let mut inner = Writer::default();
        content(&mut inner);
        self.u8(number);
        self.blob(&inner.bytes);
    }
}

/// How many bytes [`Writer::number`] takes.
pub(crate) fn number_bytes(value: usize) -> usize {
    (value | 1).ilog2() as usize / 7 + 1
}
