//! What a trap says in detail: the texts that `call.try` and an uncaught trap give.

/// A bad index of an array or byte sequence.
pub fn index(index: i32, length: usize) -> String {
    format!("Index {index} out of bounds for length {length}")
}

/// A bad index of a string; says what it is, because it becomes another exception.
pub fn string_index(index: i32) -> String {
    format!("String index out of range: {index}")
}

/// A bad range from `start` until `end`.
pub fn range(start: i32, end: i64, length: usize) -> String {
    format!("begin {start}, end {end}, length {length}")
}

/// A bad range of `count` elements.
pub fn range_of(start: i32, count: i32, length: usize) -> String {
    range(start, i64::from(start) + i64::from(count), length)
}

/// An array of negative length.
pub fn negative_size(length: i32) -> String {
    length.to_string()
}

/// A cast or unboxing to a class that the value has not.
pub fn cast(from: &str, to: &str) -> String {
    format!("class {from} cannot be cast to class {to}")
}

/// A text that is no number.
pub fn number_format(source: &str) -> String {
    match source.trim_matches(|c: char| c <= ' ').is_empty() {
        true => "empty String".to_owned(),
        false => format!("For input string: \"{source}\""),
    }
}
