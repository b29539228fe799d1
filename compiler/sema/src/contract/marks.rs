//! What the syntax says about a method beyond its type: the kind of messages (`@entry`, …) and
//! effect rows (`T can E`). For the types, `T can E` is only an alias of `T`, so these marks are
//! read from the syntax tree, method by method, once signatures are done.

use crate::effects::{Effect, Row};
use crate::symbols::{EntryKind, MethodId, Symbols};
use fscc_base::{Diagnostic, FastMap, FastSet, Span, codes};
use fscc_syntax::ast;

/// Facts from the syntax that the symbols do not hold.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    /// Methods that are `protected`.
    pub protected: FastSet<MethodId>,
    /// Where the kind of a method is written.
    pub kinds: FastMap<MethodId, Span>,
}

impl Marks {
    /// Reads the marks of a method: its kind, its row, and the rows of its function parameters.
    pub fn read(
        &mut self,
        symbols: &mut Symbols,
        method: MethodId,
        def: &ast::MethodDef,
        modifiers: &ast::Modifiers,
        found: &mut Vec<Diagnostic>,
    ) {
        if matches!(modifiers.access, ast::Access::Protected(_)) {
            self.protected.insert(method);
        }
        for annotation in &modifiers.annotations {
            let Some(kind) = entry_kind(&annotation.ty) else { continue };
            if let Some(first) = self.kinds.get(&method) {
                found.push(
                    Diagnostic::error(
                        codes::ENTRY_SHAPE,
                        annotation.span,
                        format!("`{}` has two kinds", def.name.as_str()),
                    )
                    .because("a message is handled in one way")
                    .label(*first, "the first one")
                    .help("`@payable` is an entry that takes coins; keep one of the two"),
                );
                continue;
            }
            self.kinds.insert(method, annotation.span);
            symbols.methods[method].entry = Some(kind);
        }
        if let Some(result) = &def.result {
            symbols.methods[method].declared_effects = declared(result, found);
        }
        let params: Vec<_> = symbols.methods[method].params.clone();
        let written = def.clauses.iter().flat_map(|clause| &clause.params);
        for (local, param) in params.into_iter().zip(written) {
            let Some(ty) = &param.ty else { continue };
            let result = match &ty.kind {
                ast::TypeKind::Function { result, .. } => result,
                _ if param.by_name => ty,
                _ => continue,
            };
            if let Some(bound) = declared(result, found) {
                symbols.function_effects.insert(local, bound);
            }
        }
    }
}

fn entry_kind(ty: &ast::Type) -> Option<EntryKind> {
    Some(match last_name(ty)?.as_str() {
        "entry" => EntryKind::Entry,
        "payable" => EntryKind::Payable,
        "view" => EntryKind::View,
        "handler" => EntryKind::Handler,
        _ => return None,
    })
}

fn last_name(ty: &ast::Type) -> Option<&ast::Ident> {
    match &ty.kind {
        ast::TypeKind::Ident(name) | ast::TypeKind::Select { name, .. } => Some(name),
        ast::TypeKind::Apply { constructor, .. } => last_name(constructor),
        _ => None,
    }
}

/// The row of `T can E`, with the place of `E`.
fn declared(ty: &ast::Type, found: &mut Vec<Diagnostic>) -> Option<(Row, Span)> {
    let row = match &ty.kind {
        ast::TypeKind::Infix { op, rhs, .. } if op.as_str() == "can" => rhs,
        ast::TypeKind::Apply { constructor, args } if last_name(constructor)?.as_str() == "can" => {
            args.get(1)?
        }
        _ => return None,
    };
    let mut effects = Row::PURE;
    // A chain of `&` nests to the left as deep as it is long, so it is taken apart in a loop.
    let mut work = vec![row];
    while let Some(part) = work.pop() {
        match &part.kind {
            ast::TypeKind::Infix { lhs, op, rhs } if op.as_str() == "&" => {
                work.extend([&**lhs, rhs]);
            }
            ast::TypeKind::Error => return None,
            _ => match last_name(part) {
                Some(name) if name.as_str() == "Pure" => {}
                Some(name) if Effect::named(name.as_str()).is_some() => {
                    effects =
                        Effect::named(name.as_str()).map_or(effects, |e| effects | Row::of(e));
                }
                // The name may be unknown altogether, which was reported.
                _ if found.iter().any(|known| known.span() == part.span) => return None,
                name => {
                    let name = name.map_or("this", |name| name.as_str());
                    found.push(
                        Diagnostic::error(
                            codes::UNKNOWN_EFFECT,
                            part.span,
                            format!("`{name}` is not an effect"),
                        )
                        .because("stands in an effect row")
                        .help(
                            "a row is `Pure`, or some of `Read`, `Write`, `Emit`, `Send`, \
                             `Schedule`, `Conclude`, joined with `&`",
                        ),
                    );
                    return None;
                }
            },
        }
    }
    Some((effects, row.span))
}

#[cfg(test)]
mod tests {
    use super::*;
    use fscc_base::{FileId, Name};
    use pretty_assertions::assert_eq;

    fn span() -> Span {
        Span::new(FileId::from_u32(0), 0, 1)
    }

    fn named(name: &str) -> ast::Type {
        let ident = ast::Ident::new(Name::new(name), span());
        ast::Type { kind: ast::TypeKind::Ident(ident), span: span() }
    }

    fn infix(lhs: ast::Type, op: &str, rhs: ast::Type) -> ast::Type {
        let op = ast::Ident::new(Name::new(op), span());
        let (lhs, rhs) = (Box::new(lhs), Box::new(rhs));
        ast::Type { kind: ast::TypeKind::Infix { lhs, op, rhs }, span: span() }
    }

    #[test]
    fn a_row_is_a_chain_of_effects() {
        let mut found = Vec::new();
        let row = infix(named("Write"), "&", named("Send"));
        let ty = infix(named("Unit"), "can", row);
        let (row, _) = declared(&ty, &mut found).expect("it has a row");
        assert_eq!(row.to_string(), "Write & Send");
        assert_eq!(declared(&named("Unit"), &mut found), None);
        assert!(found.is_empty());
    }

    #[test]
    fn pure_is_the_empty_row_and_unknown_words_are_reported() {
        let mut found = Vec::new();
        let pure = infix(named("Unit"), "can", named("Pure"));
        assert_eq!(declared(&pure, &mut found).map(|(row, _)| row), Some(Row::PURE));
        let unknown = infix(named("Unit"), "can", named("Fly"));
        assert_eq!(declared(&unknown, &mut found), None);
        assert_eq!(found.len(), 1);
    }
}
