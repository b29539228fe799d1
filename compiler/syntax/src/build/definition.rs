//! Definitions, parameters and templates.

use super::{Builder, DefList, Kinds, ModifierItem, ParamTypeParts};
use crate::ast::*;
use crate::reject;
use crate::token::Token;
use fscc_base::{Diagnostic, Span, codes};

impl Builder<'_> {
    /// Modifiers with a kind: one definition, or one per enum case.
    pub fn definition(
        &mut self,
        lo: u32,
        items: Vec<ModifierItem>,
        kinds: Kinds,
        hi: u32,
    ) -> Vec<Definition> {
        let span = self.span(lo, hi);
        let mut modifiers = self.modifiers(items, span.start());
        for annotation in &mut modifiers.annotations {
            annotation.target = span;
        }
        match kinds {
            Kinds::One(DefinitionKind::Class(class))
                if modifiers.has(Flags::IMPLICIT) && class.kind == ClassKind::Class =>
            {
                self.implicit_class(modifiers, class, span)
            }
            Kinds::One(kind) => vec![Definition { modifiers, kind, span }],
            Kinds::Many(kinds) => {
                let one = |kind| Definition { modifiers: modifiers.clone(), kind, span };
                kinds.into_iter().map(one).collect()
            }
        }
    }

    /// `implicit class C[T](x: A)` is the class, and a conversion that makes one of an `A`:
    /// `implicit def C[T](x: A): C[T] = new C[T](x)`.
    fn implicit_class(
        &mut self,
        mut modifiers: Modifiers,
        class: Box<ClassDef>,
        span: Span,
    ) -> Vec<Definition> {
        let one = class.clauses.iter().find(|clause| clause.kind == ClauseKind::Plain);
        if one.is_none_or(|clause| clause.params.len() != 1) {
            let message = "an implicit class converts one value: it has exactly one parameter";
            self.report(
                Diagnostic::error(codes::SYNTAX, class.name.span, message)
                    .help("write `implicit class C(x: A)`, or remove `implicit`"),
            );
        }
        let conversion = Modifiers { annotations: Vec::new(), ..modifiers.clone() };
        let conversion = Modifiers { flags: Flags::IMPLICIT, ..conversion };
        modifiers.flags = modifiers.flags.without(Flags::IMPLICIT);
        let method = DefinitionKind::Method(Box::new(conversion_of(&class)));
        let class = Definition { modifiers, kind: DefinitionKind::Class(class), span };
        vec![class, Definition { modifiers: conversion, kind: method, span }]
    }

    /// `@ty(args)`.
    pub fn annotation(&self, lo: u32, ty: Type, args: Vec<Args>, hi: u32) -> Annotation {
        let span = self.span(lo, hi);
        Annotation { ty, args, span, target: span }
    }

    fn modifiers(&mut self, items: Vec<ModifierItem>, at: Span) -> Modifiers {
        let mut modifiers = Modifiers::none();
        if !items.is_empty() {
            modifiers.span = at;
        }
        for item in items {
            match item {
                ModifierItem::Flag(flag) => {
                    if modifiers.has(flag) {
                        self.error(at, "the same modifier twice");
                    }
                    modifiers.flags = modifiers.flags.with(flag);
                }
                ModifierItem::Access(access) => {
                    if modifiers.access != Access::Public {
                        self.error(at, "`private` and `protected` exclude each other");
                    }
                    modifiers.access = access;
                }
                ModifierItem::Annotation(annotation) => modifiers.annotations.push(annotation),
            }
        }
        modifiers
    }

    /// `val` or `var`.
    pub fn value_def(
        &mut self,
        mutable: bool,
        patterns: Vec<Pattern>,
        ty: Option<Type>,
        value: Option<Expr>,
    ) -> Kinds {
        let patterns: Vec<Pattern> = patterns.into_iter().map(name_pattern).collect();
        let is_name = |pattern: &&Pattern| {
            !matches!(pattern.kind, PatternKind::Variable(_) | PatternKind::Wildcard)
        };
        if patterns.len() > 1
            && let Some(other) = patterns.iter().find(is_name)
        {
            let message = "only names can be defined several at a time";
            let help = "write a definition for each pattern";
            self.report(Diagnostic::error(codes::SYNTAX, other.span, message).help(help));
        }
        let value = value.map(|value| {
            if !self.is_placeholder(&value) {
                return value;
            }
            self.placeholders.pop();
            if ty.is_none() || !mutable {
                self.report(reject::uninitialised(value.span));
                return Expr { kind: ExprKind::Error, span: value.span };
            }
            self.uninitialized(value.span)
        });
        Kinds::One(DefinitionKind::Value(Box::new(ValueDef {
            mutable,
            patterns,
            ty,
            value: value.map(Lazy::new),
        })))
    }

    /// Splits parameter lists into type parameters and value lists.
    fn split(&mut self, lists: Vec<DefList>) -> (Vec<TypeParam>, Vec<ParamClause>) {
        let (mut types, mut clauses) = (Vec::new(), Vec::with_capacity(lists.len()));
        for (index, list) in lists.into_iter().enumerate() {
            match list {
                DefList::Values(clause) => clauses.push(clause),
                DefList::Types(params, span) => {
                    if index > 0 {
                        self.report(reject::interleaved_type_clause(span));
                    }
                    types.extend(params);
                }
            }
        }
        (types, clauses)
    }

    /// Parameters of a method cannot be fields.
    fn no_fields(&mut self, clauses: &[ParamClause]) {
        for param in clauses.iter().flat_map(|clause| &clause.params) {
            if param.field != ParamField::None {
                let message = "`val` or `var` on a parameter of a method";
                self.report(
                    Diagnostic::error(codes::SYNTAX, param.span, message)
                        .help("only parameters of classes can be fields: remove the word"),
                );
            }
        }
    }

    /// `def name`.
    pub fn method_def(
        &mut self,
        name: Ident,
        lists: Vec<DefList>,
        result: Option<Type>,
        body: Option<Expr>,
    ) -> Kinds {
        let (type_params, clauses) = self.split(lists);
        self.no_fields(&clauses);
        if result.is_none() && body.is_none() {
            let message = "a method without body needs a result type";
            self.report(
                Diagnostic::error(codes::SYNTAX, name.span, message)
                    .help("write `: T`, such as `: Unit`"),
            );
        }
        let method = MethodDef { name, type_params, clauses, result, body: body.map(Lazy::new) };
        Kinds::One(DefinitionKind::Method(Box::new(method)))
    }

    /// `def name() { … }`.
    pub fn procedure_def(&mut self, name: Ident, lists: Vec<DefList>, body: Expr) -> Kinds {
        self.report(reject::procedure(body.span.start()));
        let unit = Ident::new(self.intern("Unit"), body.span.start());
        let result = Some(Type { span: unit.span, kind: TypeKind::Ident(unit) });
        self.method_def(name, lists, result, Some(body))
    }

    /// `def this(..) = …`.
    pub fn constructor_def(&mut self, this: Token, lists: Vec<DefList>, body: Expr) -> Kinds {
        let (types, clauses) = self.split(lists);
        self.no_fields(&clauses);
        if let Some(param) = types.first() {
            self.error(param.span, "a constructor has no type parameters of its own");
        }
        let constructor = ConstructorDef { this_span: self.token_span(this), clauses, body };
        Kinds::One(DefinitionKind::Constructor(Box::new(constructor)))
    }

    /// `def this(..) { … }`.
    pub fn constructor_procedure(&mut self, this: Token, lists: Vec<DefList>, body: Expr) -> Kinds {
        self.report(reject::procedure(body.span.start()));
        self.constructor_def(this, lists, body)
    }

    /// `type name`.
    pub fn type_def(
        &mut self,
        name: Ident,
        params: Option<Vec<TypeParam>>,
        bounds: TypeBounds,
        rhs: Option<Type>,
    ) -> Kinds {
        let params = params.unwrap_or_default();
        Kinds::One(DefinitionKind::Type(Box::new(TypeDef { name, params, bounds, rhs })))
    }

    /// `class`, `trait`, `object`, `enum`.
    pub fn class_def(
        &mut self,
        kind: ClassKind,
        name: Ident,
        type_params: Option<Vec<TypeParam>>,
        constructor: Vec<ModifierItem>,
        clauses: Vec<ParamClause>,
        template: Template,
    ) -> Kinds {
        let constructor_modifiers = self.modifiers(constructor, name.span.end());
        let class = ClassDef {
            kind,
            name,
            type_params: type_params.unwrap_or_default(),
            constructor_modifiers,
            clauses,
            template,
        };
        Kinds::One(DefinitionKind::Class(Box::new(class)))
    }

    /// `case A(..) extends B`.
    pub fn enum_case(
        &mut self,
        name: Ident,
        type_params: Option<Vec<TypeParam>>,
        constructor: Vec<ModifierItem>,
        clauses: Vec<ParamClause>,
        parents: Option<Vec<Parent>>,
    ) -> Kinds {
        if !constructor.is_empty() {
            self.error(name.span, "the constructor of an enum case has no modifiers");
        }
        Kinds::One(DefinitionKind::EnumCase(Box::new(EnumCaseDef {
            name,
            type_params: type_params.unwrap_or_default(),
            clauses,
            parents: parents.unwrap_or_default(),
        })))
    }

    /// `case A, B`.
    pub fn enum_cases(&mut self, first: Ident, rest: Vec<Ident>) -> Kinds {
        let case = |name| {
            DefinitionKind::EnumCase(Box::new(EnumCaseDef {
                name,
                type_params: Vec::new(),
                clauses: Vec::new(),
                parents: Vec::new(),
            }))
        };
        Kinds::Many([first].into_iter().chain(rest).map(case).collect())
    }

    // ---- givens and extensions

    /// `given …: T = e`, `given T with { … }`; conditions may stand in `T` as `[A] => (B) => C`.
    pub fn given(
        &mut self,
        name: Option<Ident>,
        lists: Vec<DefList>,
        ty: Type,
        args: Vec<Args>,
        body: Option<Result<Expr, Template>>,
    ) -> Kinds {
        let (mut type_params, mut clauses) = self.split(lists);
        self.no_fields(&clauses);
        if let Some(plain) = clauses.iter().find(|clause| clause.kind == ClauseKind::Plain) {
            let message = "the conditions of a given are `using` parameters";
            let help = "write `(using …)`, or `given T => …`";
            self.report(Diagnostic::error(codes::SYNTAX, plain.span, message).help(help));
        }
        let ty = self.conditions(ty, &mut type_params, &mut clauses);
        let (ty, body) = instance_of_refinement(ty, body);
        let body = match body {
            None => GivenBody::Alias { ty, value: None },
            Some(Ok(value)) => GivenBody::Alias { ty, value: Some(value) },
            Some(Err(mut template)) => {
                let mut parents = Vec::new();
                split_parents(ty, &mut parents);
                if let Some(first) = parents.first_mut() {
                    first.args = args;
                }
                template.parents = parents;
                GivenBody::Instance(template)
            }
        };
        let given = GivenDef { name, type_params, clauses, body };
        Kinds::One(DefinitionKind::Given(Box::new(given)))
    }

    /// `given T = …`. A function type in parentheses is the type of the value; without them, its
    /// parameters are conditions.
    pub fn given_type(&mut self, ty: Type, body: Option<Result<Expr, Template>>) -> Kinds {
        // What stands in parentheses ends after its result.
        let is_enclosed = matches!(&ty.kind, TypeKind::Function { context: false, result, .. }
            if result.span.hi < ty.span.hi);
        match body {
            Some(Ok(value)) if is_enclosed => {
                let body = GivenBody::Alias { ty, value: Some(value) };
                let given =
                    GivenDef { name: None, type_params: Vec::new(), clauses: Vec::new(), body };
                Kinds::One(DefinitionKind::Given(Box::new(given)))
            }
            body => self.given(None, Vec::new(), ty, Vec::new(), body),
        }
    }

    /// `given C(args) with T with { … }`, `given C(args)`.
    pub fn given_class(
        &mut self,
        name: Option<Ident>,
        lists: Vec<DefList>,
        ty: Type,
        args: Vec<Args>,
        others: Vec<Parent>,
        body: Option<Result<Expr, Template>>,
    ) -> Kinds {
        let span = ty.span;
        let bare = Template {
            parents: Vec::new(),
            derives: Vec::new(),
            self_type: None,
            body: None,
            span: span.end(),
        };
        let body = match body {
            Some(Err(template)) => Some(Err(template)),
            None => Some(Err(bare)),
            Some(Ok(value)) => {
                let message = "a given of a class with arguments has a body, not a value";
                self.error(value.span, message);
                Some(Err(bare))
            }
        };
        let mut kinds = self.given(name, lists, ty, args, body);
        if let Kinds::One(DefinitionKind::Given(given)) = &mut kinds
            && let GivenBody::Instance(template) = &mut given.body
        {
            template.parents.extend(others);
        }
        kinds
    }

    /// Takes `[A] => (B, c: C) => T` apart: type parameters, `using` lists, and `T`.
    fn conditions(
        &mut self,
        mut ty: Type,
        type_params: &mut Vec<TypeParam>,
        clauses: &mut Vec<ParamClause>,
    ) -> Type {
        loop {
            match ty.kind {
                TypeKind::PolyFunction { type_params: params, body } => {
                    type_params.extend(params);
                    ty = *body;
                }
                TypeKind::Function { params, result, context: false } => {
                    let span = ty.span.start();
                    let params = params.into_iter().map(|param| self.condition(param)).collect();
                    clauses.push(ParamClause { kind: ClauseKind::Using, params, span });
                    ty = *result;
                }
                _ => return ty,
            }
        }
    }

    fn condition(&mut self, param: FunctionParam) -> Param {
        let span = param.ty.span;
        let name = param.name.unwrap_or_else(|| self.fresh("using", span));
        Param {
            modifiers: Modifiers::none(),
            field: ParamField::None,
            name,
            ty: Some(Box::new(param.ty)),
            by_name: param.by_name,
            vararg: param.vararg,
            default: None,
            span,
        }
    }

    /// `extension (x: A) { … }`.
    pub fn extension(&mut self, lists: Vec<DefList>, members: Vec<Stat>) -> Kinds {
        let (type_params, clauses) = self.split(lists);
        self.no_fields(&clauses);
        let is_other = |stat: &&Stat| {
            !matches!(
                &stat.kind,
                StatKind::Definition(Definition { kind: DefinitionKind::Method(_), .. })
                    | StatKind::Export(_)
                    | StatKind::Error
            )
        };
        if let Some(other) = members.iter().find(is_other) {
            let message = "an extension can hold only methods";
            let help = "write a `def`, or move this out of the extension";
            self.report(Diagnostic::error(codes::SYNTAX, other.span, message).help(help));
        }
        Kinds::One(DefinitionKind::Extension(Box::new(ExtensionDef {
            type_params,
            clauses,
            members,
        })))
    }

    /// `extension (x: A) def …`.
    pub fn extension_one(&mut self, lists: Vec<DefList>, members: Vec<Definition>) -> Kinds {
        let stat = |definition: Definition| {
            let span = definition.span;
            Stat { kind: StatKind::Definition(definition), span }
        };
        self.extension(lists, members.into_iter().map(stat).collect())
    }

    // ---- parameters

    /// A parameter list.
    pub fn clause(
        &mut self,
        lo: u32,
        kind: ClauseKind,
        params: Vec<Param>,
        hi: u32,
    ) -> ParamClause {
        let last = params.len().saturating_sub(1);
        if let Some(early) = params.iter().take(last).find(|param| param.vararg) {
            let message = "a parameter of type `T*` must come last in its list";
            let help = "move it to the end, or into a list of its own";
            self.report(Diagnostic::error(codes::SYNTAX, early.span, message).help(help));
        }
        ParamClause { kind, params, span: self.span(lo, hi) }
    }

    /// A parameter.
    #[allow(clippy::too_many_arguments, reason = "the parts of one production")]
    pub fn param(
        &mut self,
        lo: u32,
        items: Vec<ModifierItem>,
        field: Option<bool>,
        name: Ident,
        (ty, by_name, vararg): ParamTypeParts,
        default: Option<Expr>,
        hi: u32,
    ) -> Param {
        let span = self.span(lo, hi);
        let field = match field {
            None => ParamField::None,
            Some(false) => ParamField::Val,
            Some(true) => ParamField::Var,
        };
        let modifiers = self.modifiers(items, span.start());
        let (ty, default) = (Some(Box::new(ty)), default.map(Box::new));
        Param { modifiers, field, name, ty, by_name, vararg, default, span }
    }

    /// `(using T)`.
    pub fn anonymous_param(&mut self, ty: Type) -> Param {
        let param = FunctionParam { name: None, ty, by_name: false, vararg: false };
        self.condition(param)
    }

    /// The parameter of `x => e`.
    pub fn lambda_param(&mut self, name: Ident) -> Param {
        Param {
            modifiers: Modifiers::none(),
            field: ParamField::None,
            name,
            ty: None,
            by_name: false,
            vararg: false,
            default: None,
            span: name.span,
        }
    }

    /// The parameters of `implicit x => e`.
    pub fn implicit_params(&mut self, mut params: Vec<Param>) -> Vec<Param> {
        for param in &mut params {
            param.modifiers.flags = param.modifiers.flags.with(Flags::IMPLICIT);
        }
        params
    }

    /// A parameter of `(x: A, y) => e`.
    pub fn binding(
        &mut self,
        lo: u32,
        items: Vec<ModifierItem>,
        name: Ident,
        ty: Option<ParamTypeParts>,
        hi: u32,
    ) -> Param {
        let span = self.span(lo, hi);
        let modifiers = self.modifiers(items, span.start());
        let (ty, by_name, vararg) = match ty {
            Some((ty, by_name, vararg)) => (Some(ty), by_name, vararg),
            None => (None, false, false),
        };
        let ty = ty.map(Box::new);
        Param { modifiers, ty, by_name, vararg, span, ..self.lambda_param(name) }
    }

    /// A type parameter.
    #[allow(clippy::too_many_arguments, reason = "the parts of one production")]
    pub fn type_param(
        &mut self,
        lo: u32,
        annotations: Vec<Annotation>,
        sign: Option<Token>,
        name: Ident,
        params: Option<Vec<TypeParam>>,
        bounds: TypeBounds,
        context: Vec<Vec<ContextBound>>,
        hi: u32,
    ) -> TypeParam {
        let variance = match sign.map(|sign| (self.text(sign), sign)) {
            None => Variance::Invariant,
            Some(("+", _)) => Variance::Covariant,
            Some(("-", _)) => Variance::Contravariant,
            Some((text, sign)) => {
                let message = format!("`{text}` is no variance: write `+` or `-`");
                self.error(self.token_span(sign), message);
                Variance::Invariant
            }
        };
        TypeParam {
            annotations,
            variance,
            name,
            params: params.unwrap_or_default(),
            bounds,
            context_bounds: context.into_iter().flatten().collect(),
            span: self.span(lo, hi),
        }
    }

    // ---- templates

    /// Parents, derived classes and body.
    pub fn template(
        &mut self,
        lo: u32,
        parents: Option<Vec<Parent>>,
        derives: Option<Vec<Type>>,
        body: Option<Template>,
        hi: u32,
    ) -> Template {
        let (self_type, body) = body.map_or((None, None), |body| (body.self_type, body.body));
        Template {
            parents: parents.unwrap_or_default(),
            derives: derives.unwrap_or_default(),
            self_type,
            body,
            span: self.span(lo, hi),
        }
    }

    /// `{ self => stats }`.
    pub fn template_body(
        &mut self,
        lo: u32,
        self_type: Option<SelfType>,
        stats: Vec<Stat>,
        hi: u32,
    ) -> Template {
        Template {
            parents: Vec::new(),
            derives: Vec::new(),
            self_type: self_type.map(Box::new),
            body: Some(Lazy::new(stats)),
            span: self.span(lo, hi),
        }
    }

    /// `name: T =>`.
    pub fn self_type(&mut self, lo: u32, name: Token, ty: Option<Type>, hi: u32) -> SelfType {
        let text = self.text(name);
        let name = (text != "this" && text != "_").then(|| self.ident(name));
        SelfType { name, ty, span: self.span(lo, hi) }
    }
}

/// A pattern that is only an identifier defines that name, whatever its case.
fn name_pattern(pattern: Pattern) -> Pattern {
    match pattern.kind {
        PatternKind::Stable(path) => match path.kind {
            ExprKind::Ident(name) => {
                Pattern { kind: PatternKind::Variable(name), span: pattern.span }
            }
            _ => Pattern { kind: PatternKind::Stable(path), span: pattern.span },
        },
        kind => Pattern { kind, span: pattern.span },
    }
}

/// The parents in `A with B` (which is `A & B`).
fn split_parents(ty: Type, parents: &mut Vec<Parent>) {
    // A chain of `with` leans to the left: walk down its spine without recursion.
    let mut right = Vec::new();
    let mut ty = ty;
    loop {
        match ty.kind {
            TypeKind::Infix { lhs, op, rhs } if op.as_str() == "&" => {
                right.push(*rhs);
                ty = *lhs;
            }
            kind => {
                right.push(Type { kind, span: ty.span });
                break;
            }
        }
    }
    let parent = |ty: Type| Parent { span: ty.span, ty, args: Vec::new() };
    parents.extend(right.into_iter().rev().map(parent));
}

/// The method that makes an instance of an implicit class.
fn conversion_of(class: &ClassDef) -> MethodDef {
    let name = class.name;
    let plain = |param: &TypeParam| TypeParam { variance: Variance::Invariant, ..param.clone() };
    let type_params: Vec<TypeParam> = class.type_params.iter().map(plain).collect();
    let of = Type { kind: TypeKind::Ident(name), span: name.span };
    let result = if type_params.is_empty() {
        of
    } else {
        let arg =
            |param: &TypeParam| Type { kind: TypeKind::Ident(param.name), span: param.name.span };
        let args = type_params.iter().map(arg).collect();
        let kind = TypeKind::Apply { constructor: Box::new(of), args };
        Type { kind, span: name.span }
    };
    let mut clauses = class.clauses.clone();
    for param in clauses.iter_mut().flat_map(|clause| &mut clause.params) {
        (param.modifiers, param.field) = (Modifiers::none(), ParamField::None);
    }
    let args = clauses.iter().map(|clause| Args {
        using: clause.kind != ClauseKind::Plain,
        args: clause.params.iter().map(|param| argument(param.name)).collect(),
        span: name.span,
    });
    let parent = Parent { ty: result.clone(), args: args.collect(), span: name.span };
    let template = Template {
        parents: vec![parent],
        derives: Vec::new(),
        self_type: None,
        body: None,
        span: name.span,
    };
    let body = Expr { kind: ExprKind::New(Box::new(template)), span: name.span };
    MethodDef { name, type_params, clauses, result: Some(result), body: Some(Lazy::new(body)) }
}

fn argument(name: Ident) -> Arg {
    Arg { name: None, value: Expr { kind: ExprKind::Ident(name), span: name.span }, splice: false }
}

/// `given T { def m = … }` has the form of a refined type, but is an instance with a body.
fn instance_of_refinement(
    ty: Type,
    body: Option<Result<Expr, Template>>,
) -> (Type, Option<Result<Expr, Template>>) {
    let span = ty.span;
    match (ty.kind, body) {
        (TypeKind::Refinement { base: Some(base), members }, None) => {
            let template = Template {
                parents: Vec::new(),
                derives: Vec::new(),
                self_type: None,
                body: Some(Lazy::new(members)),
                span,
            };
            (*base, Some(Err(template)))
        }
        (kind, body) => (Type { kind, span }, body),
    }
}
