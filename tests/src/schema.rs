//! As much of JSON Schema as the schemas in `docs/` use: a check that what the tools print is what
//! the pages promise.

use serde_json::Value;

/// What is wrong with `value`, as lines `path: mistake`; empty if it follows `schema`.
pub fn mistakes(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(schema, schema, value, "$", &mut found);
    found
}

fn check(root: &Value, schema: &Value, value: &Value, path: &str, found: &mut Vec<String>) {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = reference.strip_prefix('#').and_then(|pointer| root.pointer(pointer));
        match target {
            Some(target) => check(root, target, value, path, found),
            None => found.push(format!("{path}: the schema has no {reference}")),
        }
    }
    if let Some(allowed) = schema["enum"].as_array()
        && !allowed.contains(value)
    {
        found.push(format!("{path}: {value} is none of {allowed:?}"));
    }
    if !has_type(&schema["type"], value) {
        found.push(format!("{path}: {value} is no {}", schema["type"]));
        return;
    }
    if let (Some(minimum), Some(number)) = (schema["minimum"].as_i64(), value.as_i64())
        && number < minimum
    {
        found.push(format!("{path}: {number} is less than {minimum}"));
    }
    if let Some(values) = value.as_array() {
        let minimum = schema["minItems"].as_u64().unwrap_or(0);
        if (values.len() as u64) < minimum {
            found.push(format!("{path}: fewer than {minimum} items"));
        }
        let is_twice = values.iter().enumerate().any(|(at, item)| values[..at].contains(item));
        if schema["uniqueItems"] == Value::Bool(true) && is_twice {
            found.push(format!("{path}: an item stands twice"));
        }
    }
    if let (Some(items), Some(values)) = (schema.get("items"), value.as_array()) {
        for (index, value) in values.iter().enumerate() {
            check(root, items, value, &format!("{path}[{index}]"), found);
        }
    }
    let Some(fields) = value.as_object() else { return };
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !fields.contains_key(name) {
            found.push(format!("{path}: `{name}` is missing"));
        }
    }
    for (name, value) in fields {
        match schema["properties"].get(name) {
            Some(schema) => check(root, schema, value, &format!("{path}.{name}"), found),
            None if schema["additionalProperties"] == Value::Bool(false) => {
                found.push(format!("{path}: `{name}` is not foreseen"));
            }
            None => {}
        }
    }
}

fn has_type(wanted: &Value, value: &Value) -> bool {
    let is = |wanted: &str| match wanted {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        _ => false,
    };
    match wanted {
        Value::String(wanted) => is(wanted),
        Value::Array(several) => several.iter().filter_map(Value::as_str).any(is),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::mistakes;
    use serde_json::json;

    #[test]
    fn what_is_wrong_is_found() {
        let schema = json!({
            "type": "object", "required": ["a"], "additionalProperties": false,
            "properties": { "a": { "$ref": "#/$defs/n" }, "b": { "enum": ["x"] } },
            "$defs": { "n": { "type": ["integer", "null"] } },
        });
        assert!(mistakes(&schema, &json!({ "a": 1, "b": "x" })).is_empty());
        assert!(mistakes(&schema, &json!({ "a": null })).is_empty());
        assert_eq!(mistakes(&schema, &json!({ "b": "y", "c": 1 })).len(), 3);
        assert_eq!(mistakes(&schema, &json!({ "a": "1" })).len(), 1);
        assert_eq!(mistakes(&schema, &json!([])).len(), 1);
    }

    #[test]
    fn numbers_and_lists_have_bounds() {
        let schema = json!({
            "type": "array", "minItems": 2, "uniqueItems": true, "items": { "minimum": 1 },
        });
        assert!(mistakes(&schema, &json!([1, 2])).is_empty());
        assert_eq!(mistakes(&schema, &json!([1])).len(), 1);
        assert_eq!(mistakes(&schema, &json!([1, 1])).len(), 1);
        assert_eq!(mistakes(&schema, &json!([0, 2])).len(), 1);
    }
}
