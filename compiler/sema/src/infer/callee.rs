//! What stands before arguments: names, packages, classes without `new`. Selections are in
//! `select`.

use crate::checker::{Checker, Term, TypeSym};
use crate::infer::apply::Item;
use crate::infer::args::{ArgList, ArgValue};
use crate::infer::expr::{Expected, typed};
use crate::scope::{Found, ImportBase, ImportId, PackageId};
use crate::symbols::{ClassId, FieldId, LocalId, MethodId, Owner};
use crate::typed::{Dispatch, Expr, ExprKind};
use crate::types::{Ty, TyId};
use fscc_base::{Name, Span, codes};
use fscc_syntax::ast;

/// What is applied.
#[derive(Debug)]
pub(crate) enum Callee {
    /// A value; applying it calls its `apply`.
    Value(Expr),
    /// A method, perhaps overloaded.
    Methods(Box<MethodRef>),
    /// A class used as a function: `C(x)` for `new C(x)`.
    Creator(ClassId, Option<TyId>, Span),
    /// A package: only members of it can be meant.
    Package(PackageId, Span),
    /// A reported mistake.
    Error(Span),
}

/// A method, perhaps overloaded, with what is known before its arguments.
#[derive(Debug)]
pub(crate) struct MethodRef {
    pub name: Name,
    pub span: Span,
    /// The object that it is a member of; none for local functions and constructors.
    pub receiver: Option<Expr>,
    /// The type through which the signature is seen.
    pub prefix: Option<TyId>,
    pub candidates: Vec<MethodId>,
    /// For `super` calls.
    pub dispatch: Option<Dispatch>,
    /// For constructors: what is made.
    pub creates: Option<Creation>,
    /// For an extension method: the value on the left.
    pub extension: Option<Expr>,
}

/// A class to be instantiated.
#[derive(Debug)]
pub(crate) struct Creation {
    pub class: ClassId,
    /// The type, if its arguments are known.
    pub ty: Option<TyId>,
    pub outer: Option<Expr>,
}

impl<'a> Checker<'a> {
    /// A name, selection or call, with everything that is applied to it.
    pub fn spine(&mut self, expr: &'a ast::Expr, expected: Expected) -> Expr {
        let mut items = Vec::new();
        let mut head = expr;
        loop {
            match &head.kind {
                ast::ExprKind::TypeApply { function, args } => {
                    items.push(Item::Types(args, head.span));
                    head = function;
                }
                ast::ExprKind::Apply { function, args } => {
                    items.push(Item::Args(ArgList::of_args(args)));
                    head = function;
                }
                _ => break,
            }
        }
        items.reverse();
        if let ast::ExprKind::This(None) = head.kind
            && !items.is_empty()
            && self.in_constructor
        {
            return self.fail(
                codes::NO_THIS,
                head.span,
                "another constructor can only be called first in a constructor",
            );
        }
        if let [Item::Types(..), _, ..] = &items[..] {
            let rest = items.split_off(1);
            match self.special_form(head, &items, expr.span) {
                Some(value) => {
                    return self.apply_callee(Callee::Value(value), rest, expr.span, expected);
                }
                None => items.extend(rest),
            }
        } else if let Some(found) = self.special_form(head, &items, expr.span) {
            return found;
        }
        if let Some(callee) = self.written_apply(head, &mut items) {
            let result = self.apply_callee(callee, items, expr.span, expected);
            return self.refuse_special(result);
        }
        let callee = self.callee(head);
        let result = self.apply_callee(callee, items, expr.span, expected);
        self.refuse_special(result)
    }

    /// `f(a).apply(b)` for a method with two lists is `f(a)(b)`.
    fn written_apply(&mut self, head: &'a ast::Expr, items: &mut Vec<Item<'a>>) -> Option<Callee> {
        let ast::ExprKind::Select { base, name } = &head.kind else { return None };
        if name.as_str() != "apply" || !matches!(items.first(), Some(Item::Args(_))) {
            return None;
        }
        let mut inner = Vec::new();
        let mut function = &**base;
        loop {
            match &function.kind {
                ast::ExprKind::TypeApply { function: next, args } => {
                    inner.push(Item::Types(args, function.span));
                    function = next;
                }
                ast::ExprKind::Apply { function: next, args } => {
                    inner.push(Item::Args(ArgList::of_args(args)));
                    function = next;
                }
                // The same once more: `f(a).apply(b).apply(c)`.
                ast::ExprKind::Select { base, name } if name.as_str() == "apply" => {
                    if !matches!(base.kind, ast::ExprKind::Apply { .. }) || inner.is_empty() {
                        break;
                    }
                    function = base;
                }
                _ => break,
            }
        }
        if !inner.iter().any(|item| matches!(item, Item::Args(_)))
            || !matches!(function.kind, ast::ExprKind::Ident(_) | ast::ExprKind::Select { .. })
        {
            return None;
        }
        inner.reverse();
        let before = self.diagnostics.len();
        let callee = self.callee(function);
        let lists = |items: &[Item<'a>]| {
            items.iter().filter(|item| matches!(item, Item::Args(list) if !list.using)).count()
        };
        if let Callee::Methods(methods) = &callee
            && let [method] = methods.candidates[..]
        {
            self.complete_params(method);
            let explicit =
                self.symbols.methods[method].lists.iter().filter(|l| !l.is_using).count();
            if explicit > lists(&inner) {
                inner.append(items);
                *items = inner;
                return Some(callee);
            }
        }
        self.diagnostics.truncate(before);
        None
    }

    /// What an expression in front of arguments means.
    pub fn callee(&mut self, expr: &'a ast::Expr) -> Callee {
        match &expr.kind {
            ast::ExprKind::Ident(name) => self.ident(*name),
            ast::ExprKind::Select { base, name } => match &base.kind {
                ast::ExprKind::Super { class, parent } => {
                    self.super_member(*class, *parent, *name, base.span)
                }
                _ => match self.qualifier(base) {
                    Callee::Package(package, _) => self.package_member(package, *name),
                    Callee::Value(value) => self.select_written(value, *name),
                    Callee::Error(span) => Callee::Error(span),
                    // A class without companion has no members.
                    Callee::Creator(class, _, span) if self.symbols.classes[class].is_library => {
                        let text = self.symbols.classes[class].name;
                        self.outside_library(&format!("object {text}"), span);
                        Callee::Error(span)
                    }
                    Callee::Creator(class, _, span) => {
                        let text = self.symbols.classes[class].name;
                        self.fail(
                            codes::NOT_A_VALUE,
                            span,
                            format!("`{text}` is a class, and it has no companion object"),
                        );
                        Callee::Error(span)
                    }
                    callee @ Callee::Methods(_) => {
                        let value = self.apply_callee(callee, Vec::new(), base.span, None);
                        self.select_written(value, *name)
                    }
                },
            },
            ast::ExprKind::Super { .. } => {
                self.fail(codes::NOT_A_VALUE, expr.span, "`super` stands only before a member");
                Callee::Error(expr.span)
            }
            _ => {
                let value = self.infer(expr, None);
                if let ExprKind::Error = value.kind {
                    return Callee::Error(expr.span);
                }
                Callee::Value(value)
            }
        }
    }

    /// The left side of a dot: a value or a package.
    fn qualifier(&mut self, base: &'a ast::Expr) -> Callee {
        match &base.kind {
            ast::ExprKind::Ident(_) | ast::ExprKind::Select { .. } => self.callee(base),
            _ => {
                let value = self.infer(base, None);
                if let ExprKind::Error = value.kind {
                    return Callee::Error(base.span);
                }
                Callee::Value(value)
            }
        }
    }

    fn ident(&mut self, name: ast::Ident) -> Callee {
        let scope = self.env.scope;
        self.looking_at = name.span;
        match self.lookup_term(name.name, scope) {
            Some(found) => {
                if matches!(found, Found::Imported(..)) {
                    self.check_ambiguous_name(name, scope, true);
                }
                let callee = self.callee_of_found(found, name);
                self.sibling_extension(callee)
            }
            None => {
                if name.as_str() == "_root_" {
                    return Callee::Package(crate::scope::ROOT_PACKAGE, name.span);
                }
                if let Some((symbol, prefix)) = self.lookup_type(name.name, scope)
                    && let Some(creator) = self.creator_of(symbol, prefix, name.span)
                {
                    return creator;
                }
                self.unknown_name(name.name, name.span, scope);
                Callee::Error(name.span)
            }
        }
    }

    /// Inside an extension, the name of another of its methods means that of the same receiver.
    fn sibling_extension(&mut self, callee: Callee) -> Callee {
        let Callee::Methods(mut methods) = callee else { return callee };
        let extension_of = |this: &Self, method: MethodId| match this.methods[method].source {
            crate::checker::MethodSource::Extension(extension, ..) => {
                Some(std::ptr::from_ref(extension))
            }
            _ => None,
        };
        let Some(wanted) = methods.candidates.first().and_then(|m| extension_of(self, *m)) else {
            return Callee::Methods(methods);
        };
        let mut next = self.env.method;
        while let Some(here) = next {
            if extension_of(self, here) == Some(wanted) {
                let list = self.methods[here].receiver_list.unwrap_or(0) as usize;
                let info = &self.symbols.methods[here];
                let at: u32 = info.lists[..list].iter().map(|list| list.len).sum();
                if let Some(param) = info.params.get(at as usize).copied() {
                    let span = methods.span;
                    methods.extension = Some(self.local(param, span));
                }
                break;
            }
            next = self.methods[here].outer;
        }
        Callee::Methods(methods)
    }

    /// `C(…)` for a class, or for an alias of one.
    pub(super) fn creator_of(
        &mut self,
        symbol: TypeSym,
        prefix: Option<TyId>,
        span: Span,
    ) -> Option<Callee> {
        let ty = self.type_of_symbol(symbol, prefix, span);
        match self.types.get(ty) {
            Ty::Class(class, _) => {
                // An alias of a class with a companion means the companion.
                if let TypeSym::Alias(_) = symbol
                    && let Some(object) = self.symbols.classes[class].companion
                    && self.classes[object].is_static
                {
                    return Some(Callee::Value(self.object(object, span)));
                }
                Some(Callee::Creator(class, Some(ty), span))
            }
            Ty::Constructor(class) => {
                if let TypeSym::Alias(_) = symbol
                    && let Some(object) = self.symbols.classes[class].companion
                    && self.classes[object].is_static
                {
                    return Some(Callee::Value(self.object(object, span)));
                }
                Some(Callee::Creator(class, None, span))
            }
            Ty::Lambda(_, body) => {
                let class = self.types.class_of(body)?;
                Some(Callee::Creator(class, None, span))
            }
            _ => None,
        }
    }

    /// What a found name means before arguments.
    pub fn callee_of_found(&mut self, found: Found, name: ast::Ident) -> Callee {
        match found {
            Found::Terms(terms) => self.callee_of_terms(&terms, name),
            Found::Member(class, there) => {
                let receiver = self.receiver_of_member(class, name.span);
                if let ExprKind::Error = receiver.kind {
                    return Callee::Error(name.span);
                }
                self.select(receiver, there, name.span)
            }
            Found::Imported(import, there) => match self.import_base(import) {
                ImportBase::None => Callee::Error(name.span),
                ImportBase::Package(package) => match self.package_term(package, there) {
                    Some(found) => self.callee_of_found(found, name),
                    None => Callee::Error(name.span),
                },
                ImportBase::Object(class) => {
                    let receiver = self.object(class, name.span);
                    self.select(receiver, there, name.span)
                }
                ImportBase::Value(_) => {
                    let receiver = self.import_path(import, name.span);
                    self.select(receiver, there, name.span)
                }
            },
        }
    }

    /// The object through which a member of an enclosing template is reached.
    fn receiver_of_member(&mut self, class: ClassId, span: Span) -> Expr {
        if self.is_object_class(class) && self.classes[class].is_static {
            let inside = self.env.class.is_some_and(|own| own == class);
            if !inside || self.env.before_super {
                return self.object(class, span);
            }
        }
        self.this_of(class, span)
    }

    /// The value of the path of an import.
    pub fn import_path(&mut self, import: ImportId, span: Span) -> Expr {
        let (clause, scope) = (self.imports[import].clause, self.imports[import].scope);
        let saved = std::mem::replace(&mut self.env.scope, scope);
        let mut value = None;
        for part in &clause.path {
            let callee = match value {
                None if part.as_str() == "this" => {
                    let class = self.class_of_scope(scope);
                    match class {
                        Some(class) => Callee::Value(self.this_of(class, span)),
                        None => Callee::Error(span),
                    }
                }
                None => self.ident(ast::Ident { span, ..*part }),
                Some(Callee::Package(package, _)) => {
                    self.package_member(package, ast::Ident { span, ..*part })
                }
                Some(callee) => {
                    let base = self.apply_callee(callee, Vec::new(), span, None);
                    self.select(base, part.name, span)
                }
            };
            value = Some(callee);
        }
        let result = match value {
            Some(callee) => self.apply_callee(callee, Vec::new(), span, None),
            None => self.error_expr(span),
        };
        self.env.scope = saved;
        result
    }

    fn callee_of_terms(&mut self, terms: &[Term], name: ast::Ident) -> Callee {
        let span = name.span;
        match terms[0] {
            Term::Local(local) => Callee::Value(self.local(local, span)),
            Term::Object(class) => Callee::Value(self.object(class, span)),
            Term::Package(package) => Callee::Package(package, span),
            Term::SelfAlias(class) => Callee::Value(self.this_of(class, span)),
            Term::Field(field) => {
                let class = self.symbols.fields[field].owner;
                let receiver = self.this_of(class, span);
                Callee::Value(self.field(receiver, field, span))
            }
            Term::Method(first) => {
                let candidates: Vec<MethodId> = (terms.iter())
                    .filter_map(|term| match term {
                        Term::Method(method) => Some(*method),
                        _ => None,
                    })
                    .collect();
                // Local functions have no receiver; top-level ones are members of an object.
                match self.symbols.methods[first].owner {
                    Owner::Class(class) => {
                        let receiver = self.object(class, span);
                        let prefix = Some(receiver.ty);
                        self.methods_callee(name.name, span, Some(receiver), prefix, candidates)
                    }
                    Owner::Package | Owner::Method(_) => {
                        self.methods_callee(name.name, span, None, None, candidates)
                    }
                }
            }
        }
    }

    pub(super) fn methods_callee(
        &mut self,
        name: Name,
        span: Span,
        receiver: Option<Expr>,
        prefix: Option<TyId>,
        candidates: Vec<MethodId>,
    ) -> Callee {
        Callee::Methods(Box::new(MethodRef {
            name,
            span,
            receiver,
            prefix,
            candidates,
            dispatch: None,
            creates: None,
            extension: None,
        }))
    }

    /// A use of a local.
    pub fn local(&mut self, local: LocalId, span: Span) -> Expr {
        if self.locals[local].frame != self.env.frame {
            self.symbols.locals[local].is_captured = true;
        }
        let ty = self.symbols.locals[local].ty;
        let value = typed(ExprKind::Local(local), ty, span);
        if self.symbols.locals[local].passing == crate::symbols::Passing::ByName {
            return self.call_by_name(value, span);
        }
        value
    }

    /// The value of a by-name parameter: a call of the function that holds it.
    pub fn call_by_name(&mut self, function: Expr, span: Span) -> Expr {
        let Some(class) = self.known.function(0) else { return function };
        let Some((_, args)) = self.types.as_class(self.resolve(function.ty)) else {
            return function;
        };
        let ty = args.first().copied().unwrap_or(self.types.roots().error);
        match self.function_apply(class) {
            Some(apply) => {
                let kind = ExprKind::Call {
                    method: apply,
                    dispatch: Dispatch::Virtual,
                    receiver: Some(Box::new(function)),
                    type_args: Vec::new(),
                    args: Vec::new(),
                };
                typed(kind, ty, span)
            }
            None => function,
        }
    }

    /// The method `apply` of a function class.
    pub fn function_apply(&mut self, class: ClassId) -> Option<MethodId> {
        let terms = self.term_members(class, Name::new("apply"));
        terms.into_iter().find_map(|term| match term {
            Term::Method(method) => Some(method),
            _ => None,
        })
    }

    /// A singleton object.
    pub fn object(&mut self, class: ClassId, span: Span) -> Expr {
        let ty = if self.classes[class].is_enum_value {
            self.enum_value_type(class)
        } else {
            self.symbols.classes[class].this_ty
        };
        typed(ExprKind::Object(class), ty, span)
    }

    /// A field, read directly.
    pub fn field(&mut self, receiver: Expr, field: FieldId, span: Span) -> Expr {
        self.complete_field(field);
        let ty = self.symbols.fields[field].ty;
        let ty = self.seen(ty, receiver.ty);
        // While the object is under construction, arguments of parents use the parameter.
        let by_name = self.fields[field].by_name;
        let value = typed(ExprKind::Field(Box::new(receiver), field), ty, span);
        if by_name { self.call_by_name(value, span) } else { value }
    }

    /// A member applied to arguments that are typed already.
    pub fn call_member(
        &mut self,
        receiver: Expr,
        name: &str,
        args: Vec<ArgValue<'a>>,
        span: Span,
        expected: Expected,
    ) -> Expr {
        let callee = self.select(receiver, Name::new(name), span);
        let list = ArgList::of_values(args, span);
        self.apply_callee(callee, vec![Item::Args(list)], span, expected)
    }

    /// A member without arguments.
    pub fn read_member(&mut self, receiver: Expr, name: &str, span: Span) -> Expr {
        let callee = self.select(receiver, Name::new(name), span);
        self.apply_callee(callee, Vec::new(), span, None)
    }

    /// Whether a value of this type has an accessible member.
    pub fn has_member(&mut self, ty: TyId, name: &str) -> bool {
        !self.members_of(ty, Name::new(name)).is_empty()
    }
}
