//! Checks of matches: whether the cases take every value (an error lists what is missing) and
//! whether each case can be reached (a warning).
//!
//! **Method.** The matrix algorithm of Maranget ("Warnings for pattern matching"), with pieces of
//! a type instead of constructors: a column's type is cut into pieces that every pattern of the
//! column takes wholly or not at all (the classes of a sealed hierarchy, the constants that occur,
//! the rest). See `pieces`.
//!
//! **As in Scala:** only closed types must be covered (sealed types and enums, Boolean, case
//! classes with tuples, unions of such); a case with a guard covers nothing; `@unchecked` turns the check off.
//! **Bounded:** both checks stop at [`limits::MATCH_STEPS_MAX`] steps.

mod lower;
mod pieces;
mod search;
#[cfg(test)]
mod tests;

use crate::symbols::Symbols;
use crate::typed::{Body, Case, Expr, ExprKind, MatchKind, Pattern, PatternKind, Program};
use crate::types::{Ty, TyId, Types};
use crate::visit;
use fscc_base::{Applicability, Diagnostic, Fix, Span, codes, limits};
use lower::Lower;
use pieces::{Column, Context};
use search::{Overrun, Search};

/// Missing values that a message lists.
const EXAMPLES_SHOWN: usize = 5;

/// Checks all matches of user code.
pub fn check(program: &Program) -> Vec<Diagnostic> {
    let mut checker = Checker { program, found: Vec::new() };
    for (method, body) in program.bodies.iter() {
        if crate::effects::is_library(&program.symbols, *method) {
            continue;
        }
        checker.body(body);
    }
    checker.found
}

struct Checker<'a> {
    program: &'a Program,
    found: Vec<Diagnostic>,
}

impl Checker<'_> {
    fn body(&mut self, body: &Body) {
        visit::body(body, &mut |expr| self.expr(expr));
    }

    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Match(scrutinee, cases) => {
                let kind = cases.first().map(|case| case.pattern.span);
                let kind = kind.and_then(|span| self.program.match_kinds.get(&span)).copied();
                self.check_match(scrutinee, cases, kind);
            }
            ExprKind::Lambda { body, is_defined_at, .. }
                if is_defined_at.is_some() || self.is_partial_function(expr.ty) =>
            {
                // The test repeats the patterns of the body.
                self.partial(body);
                return;
            }
            _ => {}
        }
        visit::children(expr, &mut |child| self.expr(child));
    }

    fn is_partial_function(&self, ty: TyId) -> bool {
        let known = self.program.known.partial_function;
        known.is_some() && self.program.types.class_of(ty) == known
    }

    /// The body of a partial function: its cases need not take everything.
    fn partial(&mut self, body: &Expr) {
        match &body.kind {
            ExprKind::Match(scrutinee, cases) => {
                self.check_match(scrutinee, cases, Some(MatchKind::Unchecked));
                visit::children(body, &mut |child| self.expr(child));
            }
            ExprKind::Block(stmts, result) => {
                stmts.iter().for_each(|stmt| visit::stmt(stmt, &mut |expr| self.expr(expr)));
                self.partial(result);
            }
            ExprKind::Cast(inner, _) => self.partial(inner),
            _ => self.expr(body),
        }
    }

    fn check_match(&mut self, scrutinee: &Expr, cases: &[Case], kind: Option<MatchKind>) {
        let program = self.program;
        if program.types.has_error(scrutinee.ty) {
            return;
        }
        let context = Context::new(program);
        let lower = Lower { context: &context, is_binding: kind == Some(MatchKind::Binding) };
        let rows: Vec<_> = cases.iter().map(|case| lower.pattern(&case.pattern)).collect();
        let column = Column::Value(program.types.widen(scrutinee.ty));
        let must_cover = match kind {
            None => is_checkable(&program.symbols, &program.types, scrutinee.ty),
            Some(MatchKind::Binding) => true,
            Some(MatchKind::Unchecked | MatchKind::Partial) => false,
        };
        if must_cover {
            let covering = cases.iter().zip(&rows).filter(|(case, _)| case.guard.is_none());
            let matrix = covering.map(|(_, row)| vec![row.clone()]).collect();
            let mut search = Search::new(&context, limits::MATCH_STEPS_MAX);
            match search.missing(matrix, std::slice::from_ref(&column), EXAMPLES_SHOWN + 1) {
                Ok(missing) if missing.is_empty() => {}
                Ok(missing) => {
                    let examples: Vec<String> =
                        missing.into_iter().map(|mut example| example.remove(0)).collect();
                    self.report_missing(scrutinee, cases, kind, examples);
                }
                Err(Overrun) => {
                    let message = "this match is too large to check";
                    self.found.push(
                        Diagnostic::error(codes::PATTERN_LIMIT, scrutinee.span, message)
                            .because(format!(
                                "more than {} steps, the limit MATCH_STEPS_MAX",
                                limits::MATCH_STEPS_MAX
                            ))
                            .help("split it into several matches"),
                    );
                    return;
                }
            }
        }
        if matches!(kind, None | Some(MatchKind::Unchecked)) {
            self.check_reachable(&context, scrutinee.ty, &column, cases, &rows);
        }
    }

    /// Whether `null` is a value of the type.
    fn has_null(&self, ty: TyId) -> bool {
        let class = self.program.types.erase(&self.program.symbols, ty);
        let any_val = self.program.types.roots().any_val_class;
        !self.program.types.derives(&self.program.symbols, class, any_val)
    }

    fn check_reachable(
        &mut self,
        context: &Context,
        scrutinee: TyId,
        column: &Column,
        cases: &[Case],
        rows: &[lower::Pat],
    ) {
        // One budget for all cases: a large match is checked as far as it goes, since nothing
        // depends on a warning.
        let mut search = Search::new(context, limits::MATCH_STEPS_MAX);
        let mut above: Vec<Vec<lower::Pat>> = Vec::new();
        for (case, row) in cases.iter().zip(rows) {
            if is_null(&case.pattern) {
                continue;
            }
            let columns = std::slice::from_ref(column);
            let useful = search.useful(&above, std::slice::from_ref(row), columns);
            // What is impossible by the types inside of a value is passed over, as in Scala.
            let useful = match useful {
                Ok(false) if search.fits(row, column) => {
                    search.possible(std::slice::from_ref(row), columns).map(|possible| !possible)
                }
                other => other,
            };
            match useful {
                Ok(true) => {}
                Ok(false) => {
                    let only_null = takes_anything(&case.pattern)
                        && self.has_null(scrutinee)
                        && above.iter().all(|row| !lower::is_total(&row[0]));
                    self.found.push(unreachable_case(case, only_null));
                }
                Err(Overrun) => return,
            }
            if case.guard.is_none() && !depends_on_instance(&case.pattern) {
                above.push(vec![row.clone()]);
            }
        }
    }

    fn report_missing(
        &mut self,
        scrutinee: &Expr,
        cases: &[Case],
        kind: Option<MatchKind>,
        mut examples: Vec<String>,
    ) {
        let ty = self.program.types.show(&self.program.symbols, scrutinee.ty);
        let more = examples.len() > EXAMPLES_SHOWN;
        examples.truncate(EXAMPLES_SHOWN);
        let listed: Vec<String> = examples.iter().map(|example| format!("`{example}`")).collect();
        let listed = format!("{}{}", listed.join(", "), if more { ", …" } else { "" });
        if kind == Some(MatchKind::Binding) {
            let at = cases.first().map_or(scrutinee.span, |case| case.pattern.span);
            self.found.push(
                Diagnostic::error(codes::REFUTABLE_BINDING, at, "this pattern may fail")
                    .because(format!("does not take {listed}"))
                    .label(scrutinee.span, format!("this has type `{ty}`"))
                    .help("write a `match`, or `for case …` in a generator, which filters")
                    .help("or add `: @unchecked` after the value, to stop with MatchError"),
            );
            return;
        }
        let count = if examples.len() == 1 && !more { "a case is" } else { "cases are" };
        let example = &examples[0];
        let mut found =
            Diagnostic::error(codes::NON_EXHAUSTIVE, scrutinee.span, format!("{count} missing"))
                .because(format!("{listed} would not be taken"));
        if let Some((span, name)) = self.closed_class(scrutinee.ty) {
            found = found.label(span, format!("`{name}` is closed: every value must be taken"));
        }
        if cases.iter().any(|case| case.guard.is_some()) {
            found = found.note("a case with a guard does not count, since the guard may be false");
        }
        if let Some(last) = cases.last() {
            let text: String =
                examples.iter().map(|example| format!("case {example} => ???\n")).collect();
            let place = last.span.start();
            let title = "insert the missing cases";
            found = found.fix(Fix::replace(Applicability::HasPlaceholders, title, place, text));
        }
        self.found.push(
            found
                .help(format!("add `case {example} => …`"))
                .help("or take the rest with `case _ => …`"),
        );
    }

    /// The user's sealed class behind a type.
    fn closed_class(&self, ty: TyId) -> Option<(Span, fscc_base::Name)> {
        let class = self.program.types.class_of(self.program.types.widen(ty))?;
        let info = &self.program.symbols.classes[class];
        let is_closed = (info.is_sealed || info.is_enum) && !info.is_library;
        is_closed.then_some((info.span, info.name))
    }
}

fn unreachable_case(case: &Case, only_null: bool) -> Diagnostic {
    let span = case.pattern.span;
    if only_null {
        return Diagnostic::warning(codes::UNREACHABLE_CASE, span, "only `null` reaches this case")
            .because("the cases before it take every other value")
            .help("write `case null` if that is meant, or remove it");
    }
    Diagnostic::warning(codes::UNREACHABLE_CASE, span, "this case is never reached")
        .because("the cases before it take every value of this shape")
        .help("remove it, or move it up")
}

/// `_` or a variable.
fn takes_anything(pattern: &Pattern) -> bool {
    match &pattern.kind {
        PatternKind::Wildcard => true,
        PatternKind::Bind(_, inner) => takes_anything(inner),
        _ => false,
    }
}

/// Whether a pattern asks to which instance a value belongs: what looks the same may not be.
fn depends_on_instance(pattern: &Pattern) -> bool {
    match &pattern.kind {
        PatternKind::Belongs(..) => true,
        PatternKind::Equals(value) => {
            matches!(value.kind, ExprKind::Call { .. } | ExprKind::Field(..))
        }
        PatternKind::Bind(_, inner) | PatternKind::Typed(inner) => depends_on_instance(inner),
        PatternKind::Class(_, parts) | PatternKind::Alternative(parts) => {
            parts.iter().any(depends_on_instance)
        }
        PatternKind::Wildcard | PatternKind::Sequence { .. } | PatternKind::Extractor { .. } => {
            false
        }
    }
}

/// `case null`: whatever the cases before it take, `null` may be left.
fn is_null(pattern: &Pattern) -> bool {
    match &pattern.kind {
        PatternKind::Equals(value) => {
            matches!(value.kind, ExprKind::Constant(crate::typed::Constant::Null))
        }
        _ => false,
    }
}

/// Whether a match on this type must take every value, as scalac decides it.
fn is_checkable(symbols: &Symbols, types: &Types, ty: TyId) -> bool {
    match types.get(ty) {
        Ty::Class(class, _) | Ty::This(class) => {
            let info = &symbols.classes[class];
            info.is_sealed || info.is_enum || info.is_case || ty == types.roots().boolean
        }
        Ty::Or(..) => true,
        Ty::And(a, b) => is_checkable(symbols, types, a) || is_checkable(symbols, types, b),
        Ty::Literal(of, _) => is_checkable(symbols, types, of),
        Ty::Local(local) => is_checkable(symbols, types, symbols.locals[local].ty),
        Ty::Param(param) => is_checkable(symbols, types, symbols.type_params[param].upper),
        Ty::Error
        | Ty::Applied(..)
        | Ty::Constructor(_)
        | Ty::Lambda(..)
        | Ty::Var(_)
        | Ty::Wildcard(..) => false,
    }
}
