//! Blocks: local values, functions, classes, imports.

use crate::checker::{Checker, ClassSource, MethodSource, Term, TypeSym};
use crate::enter::pattern_variables;
use crate::infer::expr::{Expected, typed};
use crate::reason::Reason;
use crate::symbols::{ClassId, LocalId, MethodId, Owner};
use crate::typed::{Expr, ExprKind, Pattern, Stmt};
use crate::types::TyId;
use fscc_base::{FastMap, Name, Span, codes};
use fscc_syntax::ast::{self, Flags};

/// What a block declares before its statements run.
#[derive(Default)]
struct Declared {
    functions: FastMap<usize, Vec<MethodId>>,
    classes: FastMap<usize, Vec<ClassId>>,
    /// Objects and givens: lazy values.
    lazies: FastMap<usize, Vec<(LocalId, ClassId)>>,
    givens: FastMap<usize, LocalId>,
    lazy_values: FastMap<(usize, usize), LocalId>,
    /// The scope after each import.
    imports: FastMap<usize, crate::scope::ScopeId>,
}

fn key<T>(node: &T) -> usize {
    std::ptr::from_ref(node) as usize
}

impl<'a> Checker<'a> {
    /// `{ stats; result }`.
    pub fn block(
        &mut self,
        stats: &'a [ast::Stat],
        result: Option<&'a ast::Expr>,
        span: Span,
        expected: Expected,
    ) -> Expr {
        let outer = self.env;
        self.env.scope = self.push_names(outer.scope);
        if !outer.is_library {
            self.check_block_names(stats);
            self.check_local_modifiers(stats);
        }
        let declared = self.declare(stats);
        let mut stmts = Vec::new();
        for stat in stats {
            self.statement(stat, &declared, &mut stmts);
        }
        let value = match result {
            Some(result) => self.expr(result, expected),
            None => {
                let unit = self.unit(span.end());
                self.adapt(unit, expected)
            }
        };
        self.env = outer;
        let block = if stmts.is_empty() { value } else { self.with_stmts(stmts, value) };
        Expr { span, ..block }
    }

    fn owner(&self) -> Owner {
        match self.env.method {
            Some(method) => Owner::Method(method),
            None => Owner::Package,
        }
    }

    /// Functions, classes, types and lazy values are known in the whole block.
    fn declare(&mut self, stats: &'a [ast::Stat]) -> Declared {
        let mut declared = Declared::default();
        let block = self.env.scope;
        let mut classes = Vec::new();
        for stat in stats {
            if let ast::StatKind::Import(clauses) = &stat.kind {
                self.env.scope = self.push_imports(clauses, self.env.scope);
                declared.imports.insert(key(stat), self.env.scope);
                continue;
            }
            let scope = block;
            let ast::StatKind::Definition(definition) = &stat.kind else { continue };
            let at = key(definition);
            self.check_modifiers(definition);
            match &definition.kind {
                ast::DefinitionKind::Method(def) => {
                    let source = MethodSource::Def(def, &definition.modifiers);
                    let method = self.local_function(def.name, source, &definition.modifiers);
                    declared.functions.insert(at, vec![method]);
                }
                ast::DefinitionKind::Class(def) => {
                    let source = ClassSource::Class(def, &definition.modifiers);
                    let class = self.local_class(source);
                    if def.kind != ast::ClassKind::Object {
                        self.bind_type(scope, def.name.name, TypeSym::Class(class));
                    }
                    classes.push((at, class));
                    declared.classes.insert(at, vec![class]);
                }
                ast::DefinitionKind::Type(def) => {
                    self.enter_type(def, &definition.modifiers, None, scope);
                }
                ast::DefinitionKind::Given(def) => {
                    self.declare_given(def, at, &definition.modifiers, &mut declared);
                }
                ast::DefinitionKind::Extension(def) => {
                    let mut methods = Vec::new();
                    for member in &def.members {
                        let ast::StatKind::Definition(inner) = &member.kind else { continue };
                        let ast::DefinitionKind::Method(method) = &inner.kind else { continue };
                        let source = MethodSource::Extension(def, method, &inner.modifiers);
                        let id = self.local_function(method.name, source, &inner.modifiers);
                        self.methods[id].receiver_list = Some(0);
                        methods.push(id);
                    }
                    declared.functions.insert(at, methods);
                }
                ast::DefinitionKind::Value(def) if definition.modifiers.has(Flags::LAZY) => {
                    self.declare_lazy(def, at, &mut declared);
                }
                _ => {}
            }
        }
        self.env.scope = block;
        self.declare_companions(classes, &mut declared);
        declared
    }

    /// A lazy value with a written type is known in the whole block.
    fn declare_lazy(&mut self, def: &'a ast::ValueDef, at: usize, declared: &mut Declared) {
        let Some(ty) = &def.ty else { return };
        let scope = self.env.scope;
        let names = self.names_around(scope);
        for (number, pattern) in def.patterns.iter().enumerate() {
            let ast::PatternKind::Variable(name) = &pattern.kind else { continue };
            let ty = self.resolve_type(ty, scope);
            let local = self.new_local(name.name, ty, name.span);
            self.symbols.locals[local].is_lazy = true;
            self.bind_term(names, name.name, Term::Local(local));
            declared.lazy_values.insert((at, number), local);
        }
    }

    fn declare_companions(&mut self, classes: Vec<(usize, ClassId)>, declared: &mut Declared) {
        let ids: Vec<ClassId> = classes.iter().map(|(_, class)| *class).collect();
        self.link_companions(&ids);
        for (at, class) in classes {
            let object = if self.is_object_class(class) {
                Some(class)
            } else {
                let object = self.missing_companion(class);
                if let Some(object) = object {
                    declared.classes.entry(at).or_default().push(object);
                }
                object
            };
            if let Some(object) = object {
                let (name, span) =
                    (self.symbols.classes[object].name, self.symbols.classes[object].span);
                let ty = self.symbols.classes[object].this_ty;
                let local = self.new_local(name, ty, span);
                self.symbols.locals[local].is_lazy = true;
                let scope = self.env.scope;
                self.bind_term(scope, name, Term::Local(local));
                declared.lazies.entry(at).or_default().push((local, object));
            }
        }
    }

    fn declare_given(
        &mut self,
        def: &'a ast::GivenDef,
        at: usize,
        modifiers: &'a ast::Modifiers,
        declared: &mut Declared,
    ) {
        let scope = self.names_around(self.env.scope);
        let name = def.name.map_or_else(|| self.given_name(def), |name| name.name);
        let span = def.name.map_or(Span::synthetic(), |name| name.span);
        let instance = match &def.body {
            ast::GivenBody::Instance(template) => {
                let class = self.local_class(ClassSource::Given(def, template));
                declared.classes.insert(at, vec![class]);
                Some(class)
            }
            ast::GivenBody::Alias { .. } => None,
        };
        if def.type_params.is_empty() && def.clauses.is_empty() {
            let ty = match (&def.body, instance) {
                (ast::GivenBody::Alias { ty, .. }, _) => self.resolve_type(ty, scope),
                (_, Some(class)) => self.symbols.classes[class].this_ty,
                _ => self.types.roots().error,
            };
            let local = self.new_local(name, ty, span);
            self.symbols.locals[local].is_lazy = true;
            self.locals[local].is_given = true;
            self.bind_term(scope, name, Term::Local(local));
            declared.givens.insert(at, local);
        } else {
            let source = MethodSource::Given(def, instance);
            let ident = ast::Ident::new(name, span);
            let method = self.local_function(ident, source, modifiers);
            self.methods[method].is_given = true;
            declared.functions.insert(at, vec![method]);
        }
    }

    fn local_function(
        &mut self,
        name: ast::Ident,
        source: MethodSource<'a>,
        modifiers: &'a ast::Modifiers,
    ) -> MethodId {
        let (owner, scope) = (self.owner(), self.env.scope);
        self.note_annotations_at(&modifiers.annotations, scope);
        let method = self.new_method(name.name, owner, source, scope, name.span);
        self.methods[method].flags = modifiers.flags;
        self.methods[method].is_given = modifiers.has(Flags::IMPLICIT);
        self.symbols.methods[method].is_final = true;
        let names = self.names_around(scope);
        self.bind_term(names, name.name, Term::Method(method));
        method
    }

    /// The names of the block around an import.
    fn names_around(&self, scope: crate::scope::ScopeId) -> crate::scope::ScopeId {
        let mut scope = scope;
        while !matches!(self.scopes[scope].kind, crate::scope::ScopeKind::Names(_)) {
            match self.scopes[scope].parent {
                Some(parent) => scope = parent,
                None => break,
            }
        }
        scope
    }

    /// A class in a block (or of a `new` with a body).
    pub fn local_class(&mut self, source: ClassSource<'a>) -> ClassId {
        let (owner, scope) = (self.owner(), self.env.scope);
        let outer_name = match self.env.class {
            Some(class) => self.symbols.classes[class].full_name.clone(),
            None => String::new(),
        };
        let class = self.enter_class(source, owner, &outer_name, scope, false);
        // Names of local classes are told apart by their number.
        let unique = format!("{}${}", self.symbols.classes[class].full_name, class.as_u32());
        self.symbols.classes[class].full_name = unique;
        self.classes[class].frame = self.env.frame;
        class
    }

    fn statement(&mut self, stat: &'a ast::Stat, declared: &Declared, stmts: &mut Vec<Stmt>) {
        match &stat.kind {
            ast::StatKind::Import(_) => {
                if let Some(scope) = declared.imports.get(&key(stat)) {
                    self.env.scope = *scope;
                }
            }
            ast::StatKind::Expr(expr) => {
                let value = self.discarded(expr);
                stmts.push(Stmt::Expr(value));
            }
            ast::StatKind::Definition(definition) => {
                self.definition(definition, declared, stmts);
            }
            ast::StatKind::Export(clauses) => {
                for clause in clauses {
                    self.outside(
                        codes::LOCAL_EXPORT,
                        clause.span,
                        "an export in a block does nothing",
                        "use an import",
                    );
                }
            }
            ast::StatKind::Package { .. } | ast::StatKind::Error => {}
        }
    }

    fn definition(
        &mut self,
        definition: &'a ast::Definition,
        declared: &Declared,
        stmts: &mut Vec<Stmt>,
    ) {
        let at = key(definition);
        if let Some(classes) = declared.classes.get(&at) {
            for class in classes {
                stmts.push(Stmt::Class(*class));
            }
            for class in classes.clone() {
                self.check_class(class);
            }
        }
        if let Some(lazies) = declared.lazies.get(&at) {
            for (local, class) in lazies {
                let span = self.symbols.classes[*class].span;
                let value = self.instance_of(*class, span);
                stmts.push(Stmt::Let(*local, value));
            }
        }
        if let Some(functions) = declared.functions.get(&at) {
            for method in functions {
                stmts.push(Stmt::Function(*method));
            }
            for method in functions.clone() {
                self.check_body(method);
            }
        }
        if let Some(local) = declared.givens.get(&at)
            && let ast::DefinitionKind::Given(def) = &definition.kind
        {
            let value = self.given_value(def, *local, declared.classes.get(&at));
            stmts.push(Stmt::Let(*local, value));
        }
        if let ast::DefinitionKind::Value(def) = &definition.kind {
            self.local_value(def, &definition.modifiers, at, declared, stmts);
        }
    }

    fn given_value(
        &mut self,
        def: &'a ast::GivenDef,
        local: LocalId,
        classes: Option<&Vec<ClassId>>,
    ) -> Expr {
        let frame = self.new_frame();
        let saved = std::mem::replace(&mut self.env.frame, frame);
        let ty = self.symbols.locals[local].ty;
        let span = self.symbols.locals[local].span;
        let value = match (&def.body, classes.and_then(|classes| classes.first())) {
            (ast::GivenBody::Alias { value: Some(value), .. }, _) => self.expr(value, Some(ty)),
            (ast::GivenBody::Instance(_), Some(class)) => self.instance_of(*class, span),
            _ => self.error_expr(span),
        };
        self.env.frame = saved;
        value
    }

    /// `new C` of a class without parameters.
    pub fn instance_of(&mut self, class: ClassId, span: Span) -> Expr {
        self.complete_members(class);
        let ty = self.symbols.classes[class].this_ty;
        let Some(constructor) = self.symbols.classes[class].constructor else {
            return self.error_expr(span);
        };
        self.complete_params(constructor);
        let type_args = self.types.as_class(ty).map_or(Vec::new(), |(_, args)| args.to_vec());
        let outer = match self.symbols.classes[class].owner {
            Owner::Class(owner) if !self.classes[class].is_static => {
                Some(Box::new(self.this_of(owner, span)))
            }
            _ => None,
        };
        let kind = ExprKind::New { class, constructor, type_args, outer, args: Vec::new() };
        typed(kind, ty, span)
    }

    fn local_value(
        &mut self,
        def: &'a ast::ValueDef,
        modifiers: &'a ast::Modifiers,
        at: usize,
        declared: &Declared,
        stmts: &mut Vec<Stmt>,
    ) {
        let is_lazy = modifiers.has(Flags::LAZY);
        let scope = self.env.scope;
        for (number, pattern) in def.patterns.iter().enumerate() {
            let Some(value) = &def.value else {
                self.fail(codes::MISSING_VALUE, pattern.span, "a local definition needs a value");
                continue;
            };
            let ty = def.ty.as_ref().map(|ty| self.resolve_type(ty, scope));
            let saved = self.env.frame;
            if is_lazy {
                self.env.frame = self.new_frame();
            }
            if super::pattern::is_unchecked(value) {
                self.match_kinds.insert(pattern.span, crate::typed::MatchKind::Unchecked);
            }
            let written = def.ty.as_ref().map_or(pattern.span, |ty| ty.span);
            let mut value = self.expr_for(value, ty, Reason::Annotation(written));
            self.env.frame = saved;
            if ty.is_none() {
                let solved = self.solve_all(value.ty);
                value.ty = self.inferred_type(solved);
            }
            let ty = ty.unwrap_or(value.ty);
            if let ast::PatternKind::Variable(name) = &pattern.kind {
                let local = match declared.lazy_values.get(&(at, number)) {
                    Some(local) => *local,
                    None => {
                        let local = self.new_local(name.name, ty, name.span);
                        self.bind_local(local, name.name);
                        local
                    }
                };
                self.symbols.locals[local].is_mutable = def.mutable;
                self.symbols.locals[local].is_lazy = is_lazy;
                self.locals[local].is_given = modifiers.has(Flags::IMPLICIT);
                stmts.push(Stmt::Let(local, value));
            } else {
                let value = if def.ty.is_some() { self.retyped(value, ty) } else { value };
                self.bind_pattern_value(pattern, value, is_lazy, def.mutable, stmts);
            }
        }
    }

    /// Binds a name in the innermost scope of names.
    fn bind_local(&mut self, local: LocalId, name: Name) {
        // Imports stand between the place and the names of the block.
        let mut scope = self.env.scope;
        while !matches!(self.scopes[scope].kind, crate::scope::ScopeKind::Names(_)) {
            match self.scopes[scope].parent {
                Some(parent) => scope = parent,
                None => return,
            }
        }
        self.bind_term(scope, name, Term::Local(local));
    }

    /// What is remembered as the type of a value whose type is not written.
    pub fn inferred_type(&mut self, ty: TyId) -> TyId {
        match self.types.get(ty) {
            crate::types::Ty::Wildcard(_, upper) => upper,
            _ => self.widened(ty),
        }
    }

    /// `val p = value`: a match gives the variables of the pattern, together if there are several.
    pub fn bind_pattern_value(
        &mut self,
        pattern: &'a ast::Pattern,
        value: Expr,
        is_lazy: bool,
        mutable: bool,
        stmts: &mut Vec<Stmt>,
    ) {
        let span = pattern.span;
        if let ast::PatternKind::Variable(name) = &pattern.kind {
            let local = self.new_local(name.name, value.ty, name.span);
            self.bind_local(local, name.name);
            stmts.push(Stmt::Let(local, value));
            return;
        }
        let mut names = Vec::new();
        pattern_variables(pattern, &mut names);
        let saved = self.env.frame;
        if is_lazy {
            self.env.frame = self.new_frame();
        }
        let (whole, locals) = self.match_value(pattern, value, &names, span);
        self.env.frame = saved;
        match &names[..] {
            [] => stmts.push(Stmt::Expr(whole)),
            [name] => {
                let local = self.new_local(name.name, locals[0], name.span);
                self.symbols.locals[local].is_lazy = is_lazy;
                self.symbols.locals[local].is_mutable = mutable;
                self.bind_local(local, name.name);
                stmts.push(Stmt::Let(local, whole));
            }
            _ => {
                let ty = whole.ty;
                let holder = self.new_local(Name::new("parts$"), ty, span);
                self.symbols.locals[holder].is_lazy = is_lazy;
                stmts.push(Stmt::Let(holder, whole));
                for (number, name) in names.iter().enumerate() {
                    if is_lazy {
                        self.symbols.locals[holder].is_captured = true;
                    }
                    let tuple = typed(ExprKind::Local(holder), ty, name.span);
                    let part = self.tuple_part(tuple, number, name.span);
                    let local = self.new_local(name.name, part.ty, name.span);
                    self.symbols.locals[local].is_lazy = is_lazy;
                    self.symbols.locals[local].is_mutable = mutable;
                    self.bind_local(local, name.name);
                    stmts.push(Stmt::Let(local, part));
                }
            }
        }
    }

    /// The variables of a pattern as one value, and their types.
    pub fn match_value(
        &mut self,
        pattern: &'a ast::Pattern,
        value: Expr,
        names: &[ast::Ident],
        span: Span,
    ) -> (Expr, Vec<TyId>) {
        let outer = self.env;
        self.env.scope = self.push_names(outer.scope);
        self.match_kinds.entry(pattern.span).or_insert(crate::typed::MatchKind::Binding);
        let (checked, locals) = self.pattern_of_definition(pattern, value.ty, names);
        let mut parts = Vec::new();
        for local in &locals {
            let ty = self.symbols.locals[*local].ty;
            parts.push(typed(ExprKind::Local(*local), ty, span));
        }
        let types: Vec<TyId> = locals.iter().map(|local| self.symbols.locals[*local].ty).collect();
        let result = match parts.len() {
            0 => self.unit(span),
            1 => parts.pop().expect("one part"),
            _ => self.make_tuple(parts, span),
        };
        self.env = outer;
        let ty = result.ty;
        let case = crate::typed::Case { pattern: checked, guard: None, body: result, span };
        let whole = typed(ExprKind::Match(Box::new(value), vec![case]), ty, span);
        (whole, types)
    }

    /// The pattern of a definition, with the locals of its names in order.
    pub fn pattern_of_definition(
        &mut self,
        pattern: &'a ast::Pattern,
        ty: TyId,
        names: &[ast::Ident],
    ) -> (Pattern, Vec<LocalId>) {
        let proofs = self.proved.len();
        let checked = self.pattern(pattern, ty);
        self.proved.truncate(proofs);
        let scope = self.env.scope;
        let mut locals = Vec::new();
        for name in names {
            let found = self.names(scope).get(&name.name).and_then(|b| b.terms.first().copied());
            match found {
                Some(Term::Local(local)) => locals.push(local),
                _ => {
                    let error = self.types.roots().error;
                    locals.push(self.new_local(name.name, error, name.span));
                }
            }
        }
        (checked, locals)
    }
}
