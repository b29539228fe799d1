//! Extractors: the call of `unapply` or `unapplySeq`, what its result means for the patterns
//! inside, sequence patterns and interpolated patterns.

use crate::checker::{Checker, Term};
use crate::infer::callee::Callee;
use crate::infer::expr::typed;
use crate::infer::pattern::wildcard;
use crate::symbols::{ClassId, LocalId, MethodId, Owner};
use crate::typed::{Expr, ExprKind, ExtractorResult, Pattern, PatternKind};
use crate::types::{Subst, Ty, TyId};
use fscc_base::{Diagnostic, Name, Span, codes};
use fscc_syntax::ast;

impl<'a> Checker<'a> {
    pub(super) fn infix_pattern(
        &mut self,
        lhs: &'a ast::Pattern,
        op: ast::Ident,
        rhs: &'a ast::Pattern,
        ty: TyId,
        span: Span,
    ) -> Pattern {
        let mut parts = vec![lhs];
        match &rhs.kind {
            ast::PatternKind::Tuple(args) => parts.extend(args.iter().map(|arg| &arg.pattern)),
            _ => parts.push(rhs),
        }
        let callee = self.pattern_callee_of_ident(op);
        self.extractor_by(callee, &[], &Parts::Plain(parts), ty, span)
    }

    fn pattern_callee_of_ident(&mut self, name: ast::Ident) -> Callee {
        let scope = self.env.scope;
        match self.lookup_term(name.name, scope) {
            Some(found) => self.callee_of_found(found, name),
            None => {
                self.unknown_name(name.name, name.span, scope);
                Callee::Error(name.span)
            }
        }
    }

    pub(super) fn extractor(
        &mut self,
        path: &'a ast::Expr,
        type_args: &'a [ast::Type],
        parts: &Parts<'a>,
        ty: TyId,
        span: Span,
    ) -> Pattern {
        let callee = self.callee(path);
        self.extractor_by(callee, type_args, parts, ty, span)
    }

    fn extractor_by(
        &mut self,
        callee: Callee,
        type_args: &'a [ast::Type],
        parts: &Parts<'a>,
        ty: TyId,
        span: Span,
    ) -> Pattern {
        let value = match callee {
            Callee::Error(_) => None,
            other => Some(self.apply_callee(other, Vec::new(), span, None)),
        };
        let Some(value) = value.filter(|value| !matches!(value.kind, ExprKind::Error)) else {
            let error = self.types.roots().error;
            for (_, pattern) in parts.patterns() {
                if !matches!(pattern.kind, ast::PatternKind::Splice(_)) {
                    self.pattern(pattern, error);
                }
            }
            return wildcard(error, span);
        };
        if let Some(object) = self.types.class_of(value.ty)
            && let Some(class) = self.case_class_of(object)
        {
            let this = self.symbols.classes[class].this_ty;
            if !self.may_overlap_class(class, ty) {
                return self.impossible(this, ty, span);
            }
            let narrowed = if type_args.is_empty() {
                ty
            } else {
                let scope = self.env.scope;
                let args: Vec<TyId> =
                    type_args.iter().map(|arg| self.resolve_type(arg, scope)).collect();
                let constructor = self.types.intern(Ty::Constructor(class));
                self.apply_type(constructor, &args, span)
            };
            if narrowed != ty {
                self.check_testable(narrowed, ty, span);
            }
            let pattern = self.class_pattern(class, parts, narrowed, span);
            return self.part_of_instance(pattern, class, value);
        }
        self.call_extractor(value, type_args, parts, ty, span)
    }

    /// The pattern of an inner case class asks also to which instance a value belongs: the one to
    /// which the companion belongs through which the pattern names it.
    fn part_of_instance(&mut self, pattern: Pattern, class: ClassId, companion: Expr) -> Pattern {
        if !self.is_inner(class) || !matches!(pattern.kind, PatternKind::Class(..)) {
            return pattern;
        }
        let (ty, span) = (pattern.ty, pattern.span);
        let outer = match (companion.kind, self.symbols.classes[class].owner) {
            (ExprKind::Call { receiver: Some(outer), .. } | ExprKind::Field(outer, _), _) => outer,
            (ExprKind::Object(_), Owner::Class(owner)) => Box::new(self.this_of(owner, span)),
            _ => return self.other_instance(span),
        };
        let belongs = PatternKind::Belongs(class, outer, Box::new(pattern));
        let belongs = Box::new(Pattern { kind: belongs, ty, span });
        Pattern { kind: PatternKind::Typed(belongs), ty, span }
    }

    /// The case class whose companion this is, if its extractor is the one that comes with it.
    fn case_class_of(&mut self, object: ClassId) -> Option<ClassId> {
        if !self.is_object_class(object) {
            return None;
        }
        let class = self.symbols.classes[object].companion?;
        if !self.symbols.classes[class].is_case {
            return None;
        }
        self.complete_members(object);
        let own = self.classes[object].decls.get(&Name::new("unapply"));
        own.is_none_or(|binding| binding.terms.is_empty()).then_some(class)
    }

    /// `unapply` or `unapplySeq` of a value.
    fn call_extractor(
        &mut self,
        value: Expr,
        type_args: &'a [ast::Type],
        parts: &Parts<'a>,
        ty: TyId,
        span: Span,
    ) -> Pattern {
        let is_seq = !self.has_member(value.ty, "unapply");
        let name = if is_seq { "unapplySeq" } else { "unapply" };
        if !self.has_member(value.ty, name) {
            let text = self.show(value.ty);
            self.report(
                Diagnostic::error(
                    codes::NOT_AN_EXTRACTOR,
                    span,
                    format!("`{text}` has no `unapply` and cannot stand in a pattern"),
                )
                .help("use a case class, or define `unapply`"),
            );
            let error = self.types.roots().error;
            for (_, pattern) in parts.patterns() {
                if !matches!(pattern.kind, ast::PatternKind::Splice(_)) {
                    self.pattern(pattern, error);
                }
            }
            return wildcard(error, span);
        }
        let Some((scrutinee, wanted)) = self.extractor_argument(&value, name, type_args, ty, span)
        else {
            return wildcard(self.types.roots().error, span);
        };
        let argument = typed(ExprKind::Local(scrutinee), wanted, span);
        let callee = self.select(value, Name::new(name), span);
        let mut items = Vec::new();
        if !type_args.is_empty() {
            items.push(super::apply::Item::Types(type_args, span));
        }
        let values = vec![super::args::ArgValue::Typed(Some(argument))];
        items.push(super::apply::Item::Args(super::args::ArgList::of_values(values, span)));
        let mut call = self.apply_callee(callee, items, span, None);
        call.ty = self.solve_all(call.ty);
        if let ExprKind::Error = call.kind {
            return wildcard(self.types.roots().error, span);
        }
        let result = self.extractor_result(&call, parts, is_seq, span);
        let kind = PatternKind::Extractor { scrutinee, call, result };
        let pattern = Pattern { kind, ty: wanted, span };
        if self.conforms(ty, wanted) {
            return pattern;
        }
        Pattern { kind: PatternKind::Typed(Box::new(pattern)), ty: wanted, span }
    }

    /// The local that holds the scrutinee for an extractor, at the extractor's parameter type.
    fn extractor_argument(
        &mut self,
        value: &Expr,
        name: &str,
        type_args: &'a [ast::Type],
        ty: TyId,
        span: Span,
    ) -> Option<(LocalId, TyId)> {
        let terms = self.members_of(value.ty, Name::new(name));
        let mut chosen: Option<(MethodId, TyId)> = None;
        for term in terms {
            let Term::Method(method) = term else { continue };
            self.signature(method);
            let Some(param) = self.first_explicit(method) else { continue };
            let (mut subst, _) = self.method_vars(method);
            if !type_args.is_empty() {
                let scope = self.env.scope;
                let types: Vec<TyId> =
                    type_args.iter().map(|arg| self.resolve_type(arg, scope)).collect();
                let params = self.symbols.methods[method].type_params.clone();
                subst = Subst::zip(&params, &types);
            }
            let declared = self.symbols.locals[param].ty;
            let declared = self.seen(declared, value.ty);
            let declared = self.types.subst(declared, &subst);
            // Passing the value as it is goes before testing it.
            if self.conforms(ty, declared) {
                let exact = self.resolve(declared);
                let own = if self.types.has_vars(exact) { ty } else { exact };
                let local = self.new_local(Name::new("scrutinee$"), own, span);
                return Some((local, own));
            }
            if chosen.is_none() {
                chosen = Some((method, declared));
            }
        }
        let (_, declared) = chosen?;
        let shape = self.resolve(declared);
        let target = match self.types.get(shape) {
            Ty::Class(class, args) if !args.is_empty() => {
                let implied = self.implied_type(class, ty);
                if self.types.has_vars(shape) { implied } else { shape }
            }
            Ty::Var(_) => ty,
            _ => shape,
        };
        if !self.may_overlap(target, ty) {
            self.impossible(target, ty, span);
            return None;
        }
        if !self.types.has_vars(shape) {
            self.check_testable(target, ty, span);
        }
        let local = self.new_local(Name::new("scrutinee$"), target, span);
        Some((local, target))
    }

    fn first_explicit(&self, method: MethodId) -> Option<LocalId> {
        let info = &self.symbols.methods[method];
        let mut at = 0;
        for list in &info.lists {
            if !list.is_using && list.len > 0 {
                return info.params.get(at).copied();
            }
            at += list.len as usize;
        }
        None
    }

    /// What the result of an extractor means for the patterns inside.
    fn extractor_result(
        &mut self,
        call: &Expr,
        parts: &Parts<'a>,
        is_seq: bool,
        span: Span,
    ) -> ExtractorResult {
        let boolean = self.types.roots().boolean;
        let ty = call.ty;
        let given = parts.patterns();
        if ty == boolean && !is_seq {
            if !given.is_empty() {
                self.fail(
                    codes::PATTERN_ARITY,
                    span,
                    "this extractor only says yes or no: it has no parts",
                );
            }
            return ExtractorResult::Boolean;
        }
        if self.has_member(ty, "isEmpty") && self.has_member(ty, "get") {
            let result = self.new_local(Name::new("result$"), ty, span);
            let holder = typed(ExprKind::Local(result), ty, span);
            let is_empty = self.read_member(holder, "isEmpty", span);
            let holder = typed(ExprKind::Local(result), ty, span);
            let get = self.read_member(holder, "get", span);
            let content = self.resolve(get.ty);
            let pattern = if is_seq {
                self.sequence_content(&given, content, span)
            } else {
                self.content_pattern(&given, content, span)
            };
            return ExtractorResult::Option { result, is_empty, get, pattern: Box::new(pattern) };
        }
        let result = self.new_local(Name::new("result$"), ty, span);
        if is_seq {
            let pattern = self.sequence_content(&given, ty, span);
            let whole = typed(ExprKind::Local(result), ty, span);
            return ExtractorResult::Product { result, fields: vec![(whole, pattern)] };
        }
        if let Some(parts) = self.named_parts(ty)
            && (given.len() == parts.0.len() || given.iter().any(|(name, _)| name.is_some()))
        {
            let whole = typed(ExprKind::Local(result), ty, span);
            let pattern = self.named_tuple_pattern(&given, parts, span);
            return ExtractorResult::Product { result, fields: vec![(whole, pattern)] };
        }
        let mut fields = Vec::new();
        let is_product = self.has_member(ty, "_1");
        if !is_product && given.len() == 1 {
            let whole = typed(ExprKind::Local(result), ty, span);
            let pattern = self.pattern(given[0].1, ty);
            return ExtractorResult::Product { result, fields: vec![(whole, pattern)] };
        }
        let mut count = 0;
        while self.has_member(ty, &format!("_{}", count + 1)) {
            count += 1;
        }
        if count != given.len() && !self.types.has_error(ty) {
            self.fail(
                codes::PATTERN_ARITY,
                span,
                format!("the extractor gives {count} part(s), the pattern has {}", given.len()),
            );
        }
        for (number, (_, pattern)) in given.into_iter().enumerate() {
            let whole = typed(ExprKind::Local(result), ty, span);
            if number >= count {
                self.pattern(pattern, self.types.roots().error);
                continue;
            }
            let part = self.tuple_part(whole, number, span);
            let part_ty = self.resolve(part.ty);
            let pattern = self.pattern(pattern, part_ty);
            fields.push((part, pattern));
        }
        ExtractorResult::Product { result, fields }
    }

    /// The content of an option: one part, or the elements of a tuple.
    fn content_pattern(
        &mut self,
        given: &[(Option<ast::Ident>, &'a ast::Pattern)],
        content: TyId,
        span: Span,
    ) -> Pattern {
        if let Some(parts) = self.named_parts(content)
            && (given.len() > 1 || given.iter().any(|(name, _)| name.is_some()))
        {
            return self.named_tuple_pattern(given, parts, span);
        }
        match given {
            [] => wildcard(content, span),
            [(_, only)] => self.pattern(only, content),
            several => {
                let class = self.class_for_members(content);
                let fits = class.is_some_and(|class| {
                    self.symbols.classes[class].is_case
                        && self.symbols.classes[class].case_fields.len() == several.len()
                });
                let is_tuple =
                    class.is_some_and(|c| self.known.tuple_arity(c) == Some(several.len()));
                match class {
                    Some(class) if fits || is_tuple => {
                        let parts = several.iter().map(|(_, pattern)| *pattern).collect();
                        self.class_pattern(class, &Parts::Plain(parts), content, span)
                    }
                    _ => {
                        let text = self.show(content);
                        if !self.types.has_error(content) {
                            self.fail(
                                codes::PATTERN_ARITY,
                                span,
                                format!(
                                    "the extractor gives one `{text}`, the pattern has {} parts",
                                    several.len()
                                ),
                            );
                        }
                        let error = self.types.roots().error;
                        for (_, pattern) in several {
                            self.pattern(pattern, error);
                        }
                        wildcard(error, span)
                    }
                }
            }
        }
    }

    /// The elements of a sequence, with a rest at the end.
    pub(super) fn sequence_content(
        &mut self,
        given: &[(Option<ast::Ident>, &'a ast::Pattern)],
        content: TyId,
        span: Span,
    ) -> Pattern {
        // `(first, elements)`: fixed parts in front of the sequence.
        let tuple = self
            .class_for_members(content)
            .filter(|class| self.known.tuple_arity(*class).is_some());
        if let Some(class) = tuple {
            let (_, args) = self.types.as_class(content).unwrap_or((class, &[]));
            let fixed = args.len() - 1;
            let mut patterns = Vec::new();
            for (number, (_, pattern)) in given.iter().take(fixed).enumerate() {
                patterns.push(self.pattern(pattern, args[number]));
            }
            let rest = given.get(fixed..).unwrap_or_default();
            patterns.push(self.sequence_content(rest, args[fixed], span));
            return Pattern { kind: PatternKind::Class(class, patterns), ty: content, span };
        }
        let element = self.element_of_sequence(content);
        let mut prefix = Vec::new();
        let mut rest = None;
        for (number, (_, pattern)) in given.iter().enumerate() {
            let splice = match &pattern.kind {
                ast::PatternKind::Splice(inner) => Some((None, &**inner)),
                ast::PatternKind::Bind { name, pattern: inner } => match &inner.kind {
                    ast::PatternKind::Splice(inner) => Some((Some(*name), &**inner)),
                    _ => None,
                },
                _ => None,
            };
            let Some((name, inner)) = splice else {
                prefix.push(self.pattern(pattern, element));
                continue;
            };
            if number + 1 != given.len() {
                self.fail(
                    codes::SEQUENCE_PATTERN,
                    pattern.span,
                    "`*` stands only last in a sequence pattern",
                );
            }
            let seq = self.seq_type(element);
            let mut inner = self.pattern(inner, seq);
            if let Some(name) = name {
                inner = self.bind(name, inner, pattern.span);
            }
            rest = Some(Box::new(inner));
        }
        Pattern { kind: PatternKind::Sequence { prefix, rest }, ty: content, span }
    }

    fn element_of_sequence(&mut self, ty: TyId) -> TyId {
        let mut found = None;
        for name in ["scala.collection.Seq", "scala.collection.immutable.Seq"] {
            if let Some(class) = self.known.class(name)
                && let Some(base) = self.base(ty, class)
            {
                found = self.types.as_class(base).and_then(|(_, args)| args.first().copied());
                break;
            }
        }
        if let Some(found) = found {
            return found;
        }
        // Anything with `apply(Int)` will do.
        let terms = self.members_of(ty, Name::new("apply"));
        for term in terms {
            let Term::Method(method) = term else { continue };
            self.signature(method);
            let result = self.symbols.methods[method].result;
            return self.seen(result, ty);
        }
        self.types.roots().any
    }

    /// `s"$x-$y"` as a pattern: the extractor `s` of `StringContext`.
    pub(super) fn interpolation_pattern(
        &mut self,
        prefix: ast::Ident,
        parts: &'a [Box<str>],
        args: &'a [ast::Pattern],
        ty: TyId,
        span: Span,
    ) -> Pattern {
        let Some(class) = self.known.class("scala.StringContext") else {
            self.outside(
                codes::INTERPOLATOR,
                span,
                "an interpolated pattern is outside the subset",
                "split the string and match on the parts",
            );
            let error = self.types.roots().error;
            for arg in args {
                self.pattern(arg, error);
            }
            return wildcard(error, span);
        };
        if prefix.as_str() == "s" {
            return self.glob_pattern(parts, args, ty, span);
        }
        let string = self.types.roots().string;
        let texts: Vec<Expr> = parts.iter().map(|part| self.text(part, span)).collect();
        let seq = self.seq_type(string);
        let sequence = typed(ExprKind::Sequence(texts, string), seq, span);
        let context = self.instance_of(class, span);
        let context = match context.kind {
            ExprKind::New { class, constructor, type_args, outer, .. } => {
                let kind =
                    ExprKind::New { class, constructor, type_args, outer, args: vec![sequence] };
                typed(kind, context.ty, span)
            }
            _ => context,
        };
        let extractor = self.read_member(context, prefix.as_str(), prefix.span);
        if let ExprKind::Error = extractor.kind {
            return wildcard(self.types.roots().error, span);
        }
        let plain: Vec<&'a ast::Pattern> = args.iter().collect();
        self.call_extractor(extractor, &[], &Parts::Plain(plain), ty, span)
    }

    /// `s"$x-$y"`: the library splits the text at the literal parts.
    fn glob_pattern(
        &mut self,
        parts: &'a [Box<str>],
        args: &'a [ast::Pattern],
        ty: TyId,
        span: Span,
    ) -> Pattern {
        let string = self.types.roots().string;
        if !self.may_overlap(string, ty) {
            return self.impossible(string, ty, span);
        }
        let Some(object) = self.known.class("scala.StringContext$") else {
            return wildcard(self.types.roots().error, span);
        };
        let texts: Vec<Expr> = parts.iter().map(|part| self.text(part, span)).collect();
        let seq = self.seq_type(string);
        let sequence = typed(ExprKind::Sequence(texts, string), seq, span);
        let scrutinee = self.new_local(Name::new("scrutinee$"), string, span);
        let text = typed(ExprKind::Local(scrutinee), string, span);
        let receiver = self.object(object, span);
        let values = vec![
            super::args::ArgValue::Typed(Some(sequence)),
            super::args::ArgValue::Typed(Some(text)),
        ];
        let call = self.call_member(receiver, "glob", values, span, None);
        if let ExprKind::Error = call.kind {
            return wildcard(self.types.roots().error, span);
        }
        let parts = Parts::Plain(args.iter().collect());
        let result = self.extractor_result(&call, &parts, true, span);
        let kind = PatternKind::Extractor { scrutinee, call, result };
        let pattern = Pattern { kind, ty: string, span };
        if self.conforms(ty, string) {
            return pattern;
        }
        Pattern { kind: PatternKind::Typed(Box::new(pattern)), ty: string, span }
    }
}

/// The patterns inside an extractor.
pub(super) enum Parts<'a> {
    Named(Vec<&'a ast::PatternArg>),
    Plain(Vec<&'a ast::Pattern>),
}

impl<'a> Parts<'a> {
    /// Each with the name that stands before it.
    pub(super) fn patterns(&self) -> Vec<(Option<ast::Ident>, &'a ast::Pattern)> {
        match self {
            Parts::Named(args) => args.iter().map(|arg| (arg.name, &arg.pattern)).collect(),
            Parts::Plain(patterns) => patterns.iter().map(|pattern| (None, *pattern)).collect(),
        }
    }
}
