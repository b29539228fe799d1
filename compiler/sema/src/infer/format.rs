//! `f"…"`: compares each format with the type of the value before it, as Scala does when it compiles. Relies on the
//! library's `StringContext.f`, which does the formatting. Guarantees that what it accepts cannot fail there.

use crate::checker::Checker;
use crate::infer::args::ArgValue;
use crate::typed::{Expr, ExprKind};
use crate::types::TyId;
use fscc_base::{Span, codes};
use fscc_syntax::ast;

/// A format such as `%-8.2f`.
struct Format<'t> {
    flags: &'t str,
    has_width: bool,
    has_precision: bool,
    conversion: char,
}

impl<'a> Checker<'a> {
    /// The values of an `f"…"`, each as its format wants it.
    pub(super) fn formatted(
        &mut self,
        parts: &'a [Box<str>],
        args: &'a [ast::Expr],
        span: Span,
    ) -> Vec<ArgValue<'a>> {
        let mut values = Vec::new();
        for (number, part) in parts.iter().enumerate() {
            let mut rest: &str = part;
            if let Some(arg) = number.checked_sub(1).and_then(|number| args.get(number)) {
                let format = own_format(&mut rest);
                let value = self.formatted_value(arg, format, span);
                values.push(ArgValue::Typed(Some(value)));
            }
            let mut chars = rest.chars();
            while let Some(c) = chars.next() {
                if c == '%' && !matches!(chars.next(), Some('%' | 'n')) {
                    self.refuse_format(
                        span,
                        "a format without a value before it; write `%%` for a percent sign",
                    );
                }
            }
        }
        values
    }

    fn formatted_value(
        &mut self,
        arg: &'a ast::Expr,
        format: Option<Format<'_>>,
        span: Span,
    ) -> Expr {
        let mut value = self.infer(arg, None);
        value.ty = self.solve_all(value.ty);
        let Some(format) = format else { return value };
        if let ExprKind::Error = value.kind {
            return value;
        }
        if let Err(problem) = format.check() {
            self.refuse_format(span, problem);
        }
        let roots = self.types.roots();
        let (accepted, wanted): (&[TyId], TyId) = match format.conversion {
            'd' | 'x' | 'X' | 'o' => (&[roots.int, roots.long, roots.short, roots.byte], roots.int),
            'f' | 'e' | 'E' | 'g' | 'G' => (&[roots.double, roots.float], roots.double),
            'c' | 'C' => (&[roots.char, roots.int, roots.short, roots.byte], roots.char),
            'b' | 'B' => (&[roots.boolean], roots.boolean),
            _ => return value,
        };
        let ty = self.types.widen(value.ty);
        let is_big = "dxXo".contains(format.conversion)
            && self.known.class("scala.math.BigInt").is_some()
            && self.types.class_of(ty) == self.known.class("scala.math.BigInt");
        if is_big || accepted.contains(&ty) { value } else { self.adapt(value, Some(wanted)) }
    }

    fn refuse_format(&mut self, span: Span, problem: &str) {
        self.outside(
            codes::INTERPOLATOR,
            span,
            &format!("`f\"…\"` has {problem}"),
            "write `%d`, `%5.2f`, `%-8s`, `%c`, `%b`, `%x` or `%e` directly behind the value",
        );
    }
}

/// The format at the start of a part; `rest` goes on behind it.
fn own_format<'t>(rest: &mut &'t str) -> Option<Format<'t>> {
    let text = *rest;
    let body = text.strip_prefix('%')?;
    if body.starts_with(['%', 'n']) {
        return None;
    }
    let after_flags = body.trim_start_matches(['-', '#', '+', ' ', '0', ',', '(']);
    let flags = &body[..body.len() - after_flags.len()];
    let after_width = after_flags.trim_start_matches(|c: char| c.is_ascii_digit());
    let mut tail = after_width;
    let mut has_precision = false;
    if let Some(digits) = after_width.strip_prefix('.') {
        tail = digits.trim_start_matches(|c: char| c.is_ascii_digit());
        has_precision = true;
    }
    let conversion = tail.chars().next().unwrap_or(' ');
    *rest = tail.get(conversion.len_utf8()..).unwrap_or("");
    let has_width = after_width.len() < after_flags.len();
    Some(Format { flags, has_width, has_precision, conversion })
}

impl Format<'_> {
    /// Whether Java's formatter takes it.
    fn check(&self) -> Result<(), &'static str> {
        let allowed = match self.conversion {
            'd' => "-+ 0,(",
            'x' | 'X' | 'o' => "-#0",
            'f' => "-#+ 0,(",
            'e' | 'E' => "-#+ 0(",
            'g' | 'G' => "-+ 0,(",
            's' | 'S' | 'b' | 'B' | 'h' | 'H' | 'c' | 'C' => "-",
            _ => return Err("a format that is outside the subset"),
        };
        let has = |flag| self.flags.contains(flag);
        let repeated =
            self.flags.char_indices().any(|(at, flag)| self.flags[at + 1..].contains(flag));
        if repeated || self.flags.chars().any(|flag| !allowed.contains(flag)) {
            Err("a format with a flag that it cannot have")
        } else if has('-') && has('0') || has('+') && has(' ') {
            Err("a format with flags that exclude each other")
        } else if (has('-') || has('0')) && !self.has_width {
            Err("a format with `-` or `0` but no width")
        } else if self.has_precision && "dxXocC".contains(self.conversion) {
            Err("a format with a precision that it cannot have")
        } else {
            Ok(())
        }
    }
}
