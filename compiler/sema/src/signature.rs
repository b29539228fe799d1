//! Signatures of methods and types of fields, on demand. Parameters and result are completed in
//! two steps, because a result may have to be inferred from the body.

use crate::checker::{Checker, FieldSource, MethodSource, Status, TypeSym};
use crate::scope::ScopeId;
use crate::symbols::{
    ClassId, FieldId, Implementation, LocalId, MethodId, MethodKind, Owner, ParamList, Passing,
    Synthetic, TypeParamId,
};
use crate::types::{Subst, TyId};
use fscc_base::{Diagnostic, Name, Span, codes};
use fscc_syntax::ast;

impl<'a> Checker<'a> {
    /// Type parameters and parameters of a method, once.
    #[inline]
    pub fn complete_params(&mut self, method: MethodId) {
        if self.methods[method].params == Status::Lazy {
            self.make_params(method);
        }
    }

    fn make_params(&mut self, method: MethodId) {
        self.methods[method].params = Status::Running;
        let scope = self.methods[method].scope;
        let mut env = self.env;
        env.scope = scope;
        env.class = self.methods[method].class;
        env.frame = self.methods[method].frame;
        env.is_library = self.methods[method].is_library;
        self.within(env, |this| match this.methods[method].source {
            MethodSource::None | MethodSource::Export(..) => {}
            MethodSource::Def(def, modifiers) => {
                this.signature_of_def(method, def, modifiers, None);
            }
            MethodSource::Extension(extension, def, modifiers) => {
                this.signature_of_def(method, def, modifiers, Some(extension));
            }
            MethodSource::Constructor(def) => {
                let inner = this.push_names(scope);
                this.enter_params(method, &def.clauses, inner);
                this.methods[method].body_scope = inner;
                this.symbols.methods[method].result = this.types.roots().unit;
            }
            MethodSource::Primary(class) => this.primary_signature(method, class),
            MethodSource::Accessor(field) => this.accessor_params(method, field),
            MethodSource::Given(def, _) => {
                let inner = this.push_names(scope);
                let type_params = this.enter_type_params(&def.type_params, inner);
                this.symbols.methods[method].type_params = type_params;
                this.enter_params(method, &def.clauses, inner);
                this.enter_context_bounds(method, &def.type_params, inner);
                this.methods[method].body_scope = inner;
            }
            MethodSource::Default(..) => {}
            MethodSource::Synthetic(class) => this.synthetic_signature(method, class),
        });
        self.methods[method].params = Status::Done;
    }

    /// The whole signature of a method, once.
    #[inline]
    pub fn signature(&mut self, method: MethodId) {
        if self.methods[method].signature != Status::Done {
            self.make_signature(method);
        }
    }

    fn make_signature(&mut self, method: MethodId) {
        self.complete_params(method);
        match self.methods[method].signature {
            Status::Done => return,
            Status::Running => {
                let (name, span) =
                    (self.symbols.methods[method].name, self.symbols.methods[method].span);
                if !self.types.is_error(self.symbols.methods[method].result) {
                    return;
                }
                if self.cyclic_reported.insert(method) {
                    self.recursive_needs_type(name, span, "write its result type: `: T`");
                }
                return;
            }
            Status::Lazy => {}
        }
        self.methods[method].signature = Status::Running;
        let scope = self.methods[method].body_scope;
        match self.methods[method].source {
            MethodSource::Def(def, _) | MethodSource::Extension(_, def, _) => match &def.result {
                Some(ty) => {
                    let result = self.resolve_type(ty, scope);
                    self.symbols.methods[method].result = result;
                }
                None if def.body.is_some() => self.infer_result(method),
                None => {
                    self.symbols.methods[method].result = self.types.roots().unit;
                }
            },
            MethodSource::Given(def, instance) => {
                let result = self.given_type(def, instance, scope);
                self.symbols.methods[method].result = result;
            }
            MethodSource::Accessor(field) => {
                self.complete_field(field);
                if !matches!(self.symbols.methods[method].kind, MethodKind::Setter(_))
                    && self.symbols.methods[method].params.is_empty()
                {
                    self.symbols.methods[method].result = self.getter_type(field);
                }
            }
            _ => {}
        }
        self.methods[method].signature = Status::Done;
    }

    /// What reading a field gives: a by-name parameter is called.
    fn getter_type(&self, field: FieldId) -> TyId {
        self.symbols.fields[field].ty
    }

    fn signature_of_def(
        &mut self,
        method: MethodId,
        def: &'a ast::MethodDef,
        modifiers: &'a ast::Modifiers,
        extension: Option<&'a ast::ExtensionDef>,
    ) {
        let inner = self.push_names(self.methods[method].scope);
        let mut type_params = Vec::new();
        if let Some(extension) = extension {
            type_params.extend(self.enter_type_params(&extension.type_params, inner));
            self.enter_params(method, &extension.clauses, inner);
            let plain = |clause: &ast::ParamClause| clause.kind == ast::ClauseKind::Plain;
            let receiver = extension.clauses.iter().position(plain).unwrap_or(0);
            self.methods[method].receiver_list = u32::try_from(receiver).ok();
            self.enter_context_bounds(method, &extension.type_params, inner);
        }
        type_params.extend(self.enter_type_params(&def.type_params, inner));
        self.symbols.methods[method].type_params = type_params;
        self.enter_params(method, &def.clauses, inner);
        self.enter_context_bounds(method, &def.type_params, inner);
        self.methods[method].body_scope = inner;
        if extension.is_some() && ast::is_right_associative(def.name.as_str()) {
            self.swap_receiver(method);
        }
        self.note_annotations(method, modifiers);
    }

    /// `extension (x: A) def op: (y: B)` is used as `x op: y`, which is a call on `y`: the lists of
    /// receiver and operand change places.
    fn swap_receiver(&mut self, method: MethodId) {
        let Some(receiver) = self.methods[method].receiver_list else { return };
        let info = &mut self.symbols.methods[method];
        let (first, second) = (receiver as usize, receiver as usize + 1);
        let one = |list: Option<&ParamList>| list.is_some_and(|list| list.len == 1);
        if one(info.lists.get(first)) && one(info.lists.get(second)) {
            let at: u32 = info.lists[..first].iter().map(|list| list.len).sum();
            info.params.swap(at as usize, at as usize + 1);
        }
    }

    /// `@main`, `@tailrec`, `@intrinsic`.
    fn note_annotations(&mut self, method: MethodId, modifiers: &'a ast::Modifiers) {
        for annotation in &modifiers.annotations {
            let Some(name) = annotation_name(&annotation.ty) else { continue };
            match name {
                "tailrec" => self.methods[method].tailrec = Some(annotation.span),
                "main" if !self.mains.contains(&method) && !self.methods[method].is_library => {
                    self.mains.push(method);
                }
                "intrinsic" if self.methods[method].is_library => {
                    let text = annotation.args.first().and_then(|args| args.args.first());
                    if let Some(ast::ExprKind::Literal(ast::Literal::String(text))) =
                        text.map(|arg| &arg.value.kind)
                    {
                        self.symbols.methods[method].implementation =
                            Implementation::Intrinsic(Name::new(text));
                    }
                }
                _ => {}
            }
        }
    }

    /// Adds parameter lists and binds their names.
    pub fn enter_params(
        &mut self,
        method: MethodId,
        clauses: &'a [ast::ParamClause],
        scope: ScopeId,
    ) {
        if !self.env.is_library {
            self.check_param_names(clauses);
        }
        for clause in clauses {
            let is_using = clause.kind != ast::ClauseKind::Plain;
            self.methods[method].has_implicit_list |= clause.kind == ast::ClauseKind::Implicit;
            let len = u32::try_from(clause.params.len()).unwrap_or(u32::MAX);
            self.symbols.methods[method].lists.push(ParamList { len, is_using });
            for param in &clause.params {
                let local = self.enter_param(method, param, scope);
                self.locals[local].is_given = is_using;
                self.symbols.methods[method].params.push(local);
            }
        }
    }

    fn enter_param(&mut self, method: MethodId, param: &'a ast::Param, scope: ScopeId) -> LocalId {
        self.note_annotations_at(&param.modifiers.annotations, scope);
        let declared = match &param.ty {
            Some(ty) => self.resolve_type(ty, scope),
            None => {
                self.fail(
                    codes::PARAMETER_TYPE,
                    param.span,
                    format!("the parameter `{}` needs a type", param.name.name),
                );
                self.types.roots().error
            }
        };
        let (ty, passing) = self.passed_type(declared, param);
        let local = self.new_local(param.name.name, ty, param.name.span);
        self.locals[local].frame = self.methods[method].frame;
        self.symbols.locals[local].passing = passing;
        self.bind_term(scope, param.name.name, crate::checker::Term::Local(local));
        let position = self.symbols.methods[method].params.len();
        if let Some(default) = &param.default {
            self.symbols.locals[local].has_default = true;
            self.enter_default(method, position, default, declared);
        }
        local
    }

    /// The type of the value in a parameter, and how it is passed.
    fn passed_type(&mut self, declared: TyId, param: &ast::Param) -> (TyId, Passing) {
        // An `inline` parameter stands for its argument: it is evaluated where it is used.
        let inline = param.modifiers.has(ast::Flags::INLINE) && !param.vararg;
        if param.by_name || inline {
            (self.by_name_type(declared), Passing::ByName)
        } else if param.vararg {
            (self.seq_type(declared), Passing::Repeated)
        } else {
            (declared, Passing::Value)
        }
    }

    /// `Function0[T]`.
    pub fn by_name_type(&mut self, ty: TyId) -> TyId {
        match self.known.function(0) {
            Some(class) => self.types.class(class, &[ty]),
            None => ty,
        }
    }

    /// `Seq[T]`.
    pub fn seq_type(&mut self, ty: TyId) -> TyId {
        match self.known.seq {
            Some(class) => self.types.class(class, &[ty]),
            None => ty,
        }
    }

    /// A method that computes a default value; its parameters are those of the lists before.
    fn enter_default(
        &mut self,
        method: MethodId,
        position: usize,
        default: &'a ast::Expr,
        declared: TyId,
    ) {
        let info = &self.symbols.methods[method];
        let name = Name::new(&format!("{}$default${}", info.name, position + 1));
        let owner = info.owner;
        let scope = self.methods[method].scope;
        let source = MethodSource::Default(method, default);
        let getter = self.new_method(name, owner, source, scope, default.span);
        let number = u32::try_from(position).unwrap_or(u32::MAX);
        self.symbols.methods[getter].kind = MethodKind::Default(method, number);
        self.symbols.methods[getter].result = declared;
        self.methods[getter].class = self.methods[method].class;
        self.methods[getter].outer = self.methods[method].outer;
        self.methods[getter].is_library = self.methods[method].is_library;
        self.methods[getter].params = Status::Done;
        self.methods[getter].signature = Status::Done;
        if let Owner::Class(class) = owner {
            self.symbols.classes[class].methods.push(getter);
        }
        let defaults = &mut self.methods[method].defaults;
        if defaults.len() <= position {
            defaults.resize(position + 1, None);
        }
        defaults[position] = Some(getter);
    }

    /// Gives a default getter the type parameters and earlier lists of its method, as copies.
    pub fn complete_default(&mut self, getter: MethodId) {
        let MethodKind::Default(method, position) = self.symbols.methods[getter].kind else {
            return;
        };
        if self.methods[getter].params_copied {
            return;
        }
        self.methods[getter].params_copied = true;
        let info = &self.symbols.methods[method];
        let type_params = info.type_params.clone();
        let mut count = 0;
        let mut lists = Vec::new();
        for list in &info.lists {
            if count + list.len > position {
                break;
            }
            count += list.len;
            lists.push(*list);
        }
        let params: Vec<LocalId> = info.params[..count as usize].to_vec();
        let class_params: Vec<TypeParamId> = Vec::new();
        let scope = self.push_names(self.methods[method].scope);
        for param in type_params.iter().chain(&class_params) {
            let name = self.symbols.type_params[*param].name;
            self.bind_type(scope, name, TypeSym::Param(*param));
        }
        let mut copies = Vec::new();
        for param in params {
            let local = &self.symbols.locals[param];
            let (name, ty, span, passing) = (local.name, local.ty, local.span, local.passing);
            let copy = self.new_local(name, ty, span);
            self.symbols.locals[copy].passing = passing;
            self.locals[copy].frame = self.methods[getter].frame;
            self.locals[copy].is_given = self.locals[param].is_given;
            self.bind_term(scope, name, crate::checker::Term::Local(copy));
            copies.push(copy);
        }
        let getter_info = &mut self.symbols.methods[getter];
        getter_info.type_params = type_params;
        getter_info.params = copies;
        getter_info.lists = lists;
        self.methods[getter].body_scope = scope;
    }

    /// `[T: C]` adds a `using` parameter `C[T]` to the last `using` list.
    fn enter_context_bounds(
        &mut self,
        method: MethodId,
        params: &'a [ast::TypeParam],
        scope: ScopeId,
    ) {
        let mut types = Vec::new();
        for param in params {
            for bound in &param.context_bounds {
                let class = self.resolve_class_type(&bound.ty, scope);
                let Some((TypeSym::Param(id), _)) = self.lookup_type(param.name.name, scope) else {
                    continue;
                };
                let arg = self.types.param(id);
                let ty = self.apply_type(class, &[arg], bound.ty.span);
                types.push((ty, bound.name, bound.ty.span));
            }
        }
        if types.is_empty() {
            return;
        }
        let added = u32::try_from(types.len()).unwrap_or(u32::MAX);
        for (number, (ty, name, span)) in types.into_iter().enumerate() {
            let count = self.symbols.methods[method].params.len() + number;
            let name = name.map_or_else(|| Name::new(&format!("evidence${count}")), |n| n.name);
            let local = self.new_local(name, ty, span);
            self.locals[local].frame = self.methods[method].frame;
            self.locals[local].is_given = true;
            self.bind_term(scope, name, crate::checker::Term::Local(local));
            self.symbols.methods[method].params.push(local);
        }
        let lists = &mut self.symbols.methods[method].lists;
        match lists.last_mut() {
            Some(last) if last.is_using => last.len += added,
            _ => lists.push(ParamList { len: added, is_using: true }),
        }
    }

    /// The scope in which the constructor's parameters are visible as locals.
    pub fn constructor_scope(&mut self, class: ClassId) -> ScopeId {
        if let Some(scope) = self.classes[class].constructor_scope {
            return scope;
        }
        self.complete_members(class);
        if let Some(constructor) = self.symbols.classes[class].constructor {
            self.complete_params(constructor);
        }
        self.classes[class].constructor_scope.unwrap_or(self.classes[class].header_scope)
    }

    fn primary_signature(&mut self, method: MethodId, class: ClassId) {
        let source = self.classes[class].source;
        let scope = self.push_names(self.classes[class].header_scope);
        self.classes[class].constructor_scope = Some(scope);
        self.methods[method].body_scope = scope;
        self.methods[method].class = match self.symbols.classes[class].owner {
            Owner::Class(outer) => Some(outer),
            Owner::Package | Owner::Method(_) => self.env.class.filter(|own| *own != class),
        };
        self.enter_params(method, source.clauses(), scope);
        let written = self.symbols.methods[method].params.len();
        self.enter_context_bounds(method, source.type_params(), scope);
        // Context bounds of a class are kept as given fields.
        for number in written..self.symbols.methods[method].params.len() {
            let param = self.symbols.methods[method].params[number];
            let local = &self.symbols.locals[param];
            let (name, ty, span) = (local.name, local.ty, local.span);
            let field = self.new_field(name, class, FieldSource::None, scope, span);
            self.symbols.fields[field].is_param = true;
            self.symbols.fields[field].ty = ty;
            self.fields[field].status = Status::Done;
            self.given_fields.insert(field);
            let binding = self.classes[class].decls.binding(name);
            binding.terms.push(crate::checker::Term::Field(field));
        }
        let params = self.symbols.methods[method].params.clone();
        let fields: Vec<FieldId> = (self.symbols.classes[class].fields.iter())
            .copied()
            .filter(|field| self.symbols.fields[*field].is_param)
            .collect();
        for (param, field) in params.into_iter().zip(fields) {
            self.fields[field].param = Some(param);
        }
        let info = &mut self.symbols.methods[method];
        if info.lists.first().is_none_or(|list| list.is_using) {
            // `class C(using A)` is applied as `C()`.
            info.lists.insert(0, ParamList { len: 0, is_using: false });
        }
        info.result = self.types.roots().unit;
        // Fields of parameters come first, also those of context bounds.
        let fields = &mut self.symbols.classes[class].fields;
        let symbols_fields = &self.symbols.fields;
        fields.sort_by_key(|field| !symbols_fields[*field].is_param);
    }

    fn accessor_params(&mut self, method: MethodId, field: FieldId) {
        let name = self.symbols.methods[method].name;
        if name.as_str().ends_with("_=") && name != self.symbols.fields[field].name {
            self.complete_field(field);
            let ty = self.symbols.fields[field].ty;
            let value = self.new_local(Name::new("value$"), ty, Span::synthetic());
            self.locals[value].frame = self.methods[method].frame;
            let info = &mut self.symbols.methods[method];
            info.params = vec![value];
            info.lists = vec![ParamList { len: 1, is_using: false }];
            info.result = self.types.roots().unit;
        }
    }

    /// Reports the use of a definition while its type is inferred.
    fn recursive_needs_type(&mut self, name: Name, definition: Span, help: &str) {
        let used = self.looking_at;
        let is_use = !used.is_synthetic() && used.file == definition.file;
        let diagnostic = Diagnostic::error(
            codes::RECURSIVE_NEEDS_TYPE,
            if is_use { used } else { definition },
            format!("`{name}` is used in its own definition and needs a type"),
        );
        let diagnostic = if is_use {
            diagnostic.label(definition, "defined here without a type")
        } else {
            diagnostic
        };
        self.report(diagnostic.help(help));
    }

    /// The type of a field, once; it may have to be inferred from the initialiser.
    pub fn complete_field(&mut self, field: FieldId) {
        match self.fields[field].status {
            Status::Done => return,
            Status::Running => {
                let (name, span) =
                    (self.symbols.fields[field].name, self.symbols.fields[field].span);
                if !self.types.is_error(self.symbols.fields[field].ty) {
                    return;
                }
                if self.cyclic_fields.insert(field) {
                    self.recursive_needs_type(name, span, "write its type after the name: `: T`");
                }
                return;
            }
            Status::Lazy => {}
        }
        self.fields[field].status = Status::Running;
        let class = self.symbols.fields[field].owner;
        let mut env = self.env;
        env.scope = self.fields[field].scope;
        env.class = Some(class);
        env.is_library = self.symbols.classes[class].is_library;
        env.method = self.classes[class].method;
        (env.returns, env.leaves) = (None, None);
        env.before_super = false;
        let ty = self.within(env, |this| this.field_type(field));
        if let Some(ty) = ty {
            self.symbols.fields[field].ty = ty;
        }
        self.fields[field].status = Status::Done;
    }

    fn field_type(&mut self, field: FieldId) -> Option<TyId> {
        let scope = self.fields[field].scope;
        match self.fields[field].source {
            FieldSource::None => None,
            FieldSource::Value(def) => match &def.ty {
                Some(ty) => Some(self.resolve_type(ty, scope)),
                None => Some(self.infer_field(field, def)),
            },
            FieldSource::Param(param) => {
                let ty = param.ty.as_ref().map(|ty| self.resolve_type(ty, scope));
                let ty = ty.unwrap_or(self.types.roots().error);
                Some(self.passed_type(ty, param).0)
            }
            FieldSource::Group(group) => {
                self.infer_group(group);
                None
            }
            FieldSource::Object(object) => {
                let ty = self.symbols.classes[object].this_ty;
                if self.classes[object].is_enum_value {
                    self.complete_header(object);
                    return Some(self.enum_value_type(object));
                }
                Some(ty)
            }
            FieldSource::Given(def, instance) => Some(self.given_type(def, instance, scope)),
        }
    }

    /// A case without parameters has the type of its enum.
    pub fn enum_value_type(&mut self, class: ClassId) -> TyId {
        self.complete_header(class);
        self.symbols.classes[class].parents[0]
    }

    fn given_type(
        &mut self,
        def: &'a ast::GivenDef,
        instance: Option<ClassId>,
        scope: ScopeId,
    ) -> TyId {
        match (&def.body, instance) {
            (ast::GivenBody::Alias { ty, .. }, _) => self.resolve_type(ty, scope),
            (ast::GivenBody::Instance(template), Some(_)) => {
                // The type of a given instance is the intersection of its parents.
                let mut result = None;
                for parent in &template.parents {
                    let ty = self.resolve_type(&parent.ty, scope);
                    result = Some(match result {
                        Some(first) => self.and(first, ty),
                        None => ty,
                    });
                }
                result.unwrap_or(self.types.roots().any_ref)
            }
            (ast::GivenBody::Instance(_), None) => self.types.roots().error,
        }
    }

    /// Parameters and result of a member that comes with a class.
    fn synthetic_signature(&mut self, method: MethodId, class: ClassId) {
        let roots = self.types.roots();
        let Implementation::Synthetic(what) = self.symbols.methods[method].implementation else {
            return;
        };
        let scope = self.classes[class].header_scope;
        self.methods[method].body_scope = scope;
        match what {
            Synthetic::CaseEquals => {
                self.synthetic_param(method, "that", roots.any);
                self.symbols.methods[method].result = roots.boolean;
            }
            Synthetic::CaseHash => {
                self.symbols.methods[method].lists = vec![ParamList { len: 0, is_using: false }];
                self.symbols.methods[method].result = roots.int;
            }
            Synthetic::CaseText => {
                self.symbols.methods[method].lists = vec![ParamList { len: 0, is_using: false }];
                self.symbols.methods[method].result = roots.string;
            }
            Synthetic::ProductArity | Synthetic::EnumOrdinal => {
                self.symbols.methods[method].result = roots.int;
            }
            Synthetic::ProductElement => {
                self.synthetic_param(method, "n", roots.int);
                self.symbols.methods[method].result = roots.any;
            }
            Synthetic::ProductPrefix => self.symbols.methods[method].result = roots.string,
            Synthetic::CaseApply | Synthetic::CaseCopy => self.case_method(method, class, what),
            Synthetic::EnumValues => {
                let of = self.symbols.classes[class].this_ty;
                let of = self.erased_enum(class, of);
                self.symbols.methods[method].result = match self.known.array {
                    Some(array) => self.types.class(array, &[of]),
                    None => roots.error,
                };
            }
            Synthetic::EnumValueOf => {
                self.synthetic_param(method, "name", roots.string);
                let of = self.symbols.classes[class].this_ty;
                self.symbols.methods[method].result = self.erased_enum(class, of);
            }
            Synthetic::EnumFromOrdinal => {
                self.synthetic_param(method, "ordinal", roots.int);
                let of = self.symbols.classes[class].this_ty;
                self.symbols.methods[method].result = self.erased_enum(class, of);
            }
        }
        self.methods[method].signature = Status::Done;
    }

    /// A generic enum with wildcards as arguments.
    fn erased_enum(&mut self, class: ClassId, ty: TyId) -> TyId {
        let roots = self.types.roots();
        let params = self.symbols.classes[class].type_params.clone();
        let wildcard = self.types.intern(crate::types::Ty::Wildcard(roots.nothing, roots.any));
        let args = vec![wildcard; params.len()];
        self.types.subst(ty, &Subst::zip(&params, &args))
    }

    fn synthetic_param(&mut self, method: MethodId, name: &str, ty: TyId) {
        let local = self.new_local(Name::new(name), ty, Span::synthetic());
        self.locals[local].frame = self.methods[method].frame;
        self.symbols.methods[method].params = vec![local];
        self.symbols.methods[method].lists = vec![ParamList { len: 1, is_using: false }];
    }

    /// `apply` and `copy`: the lists of the primary constructor.
    fn case_method(&mut self, method: MethodId, class: ClassId, what: Synthetic) {
        self.complete_members(class);
        let Some(constructor) = self.symbols.classes[class].constructor else { return };
        self.complete_params(constructor);
        self.complete_header(class);
        let own = self.symbols.classes[class].own_type_params;
        let class_params = self.symbols.classes[class].type_params[..own].to_vec();
        // Fresh copies of the type parameters belong to the method.
        let mut subst = Subst::new();
        let mut type_params = Vec::new();
        for param in &class_params {
            self.complete_bounds(*param);
            let info = &self.symbols.type_params[*param];
            let (name, span, arity) = (info.name, info.span, info.arity);
            let copy = self.new_type_param(name, crate::symbols::Variance::Invariant, span);
            self.symbols.type_params[copy].arity = arity;
            subst.insert(*param, self.types.param(copy));
            type_params.push(copy);
        }
        for (param, copy) in class_params.iter().zip(&type_params) {
            let (lower, upper) =
                (self.symbols.type_params[*param].lower, self.symbols.type_params[*param].upper);
            self.symbols.type_params[*copy].lower = self.types.subst(lower, &subst);
            self.symbols.type_params[*copy].upper = self.types.subst(upper, &subst);
        }
        self.symbols.methods[method].type_params = type_params;
        let lists = self.symbols.methods[constructor].lists.clone();
        let params = self.symbols.methods[constructor].params.clone();
        let first = lists.first().map_or(0, |list| list.len as usize);
        let mut copies = Vec::new();
        for (position, param) in params.iter().enumerate() {
            let local = &self.symbols.locals[*param];
            let (name, ty, span) = (local.name, local.ty, local.span);
            let (passing, has_default) = (local.passing, local.has_default);
            let ty = self.types.subst(ty, &subst);
            let copy = self.new_local(name, ty, span);
            self.symbols.locals[copy].passing = passing;
            self.locals[copy].frame = self.methods[method].frame;
            self.locals[copy].is_given = self.locals[*param].is_given;
            let from_constructor = self.methods[constructor].defaults.get(position);
            let default = match what {
                // `copy` takes the present value of a case field.
                Synthetic::CaseCopy => position < first && passing == Passing::Value,
                _ => has_default && from_constructor.is_some_and(Option::is_some),
            };
            self.symbols.locals[copy].has_default = default;
            copies.push(copy);
        }
        self.symbols.methods[method].params = copies;
        self.symbols.methods[method].lists = lists;
        let this = self.symbols.classes[class].this_ty;
        self.symbols.methods[method].result = self.types.subst(this, &subst);
        if what == Synthetic::CaseApply {
            // The defaults of `apply` are those of the constructor.
            self.methods[method].defaults = self.methods[constructor].defaults.clone();
        }
    }
}

/// The last word of an annotation's type.
pub(crate) fn annotation_name(ty: &ast::Type) -> Option<&'static str> {
    match &ty.kind {
        ast::TypeKind::Ident(name) | ast::TypeKind::Select { name, .. } => Some(name.as_str()),
        ast::TypeKind::Apply { constructor, .. } => annotation_name(constructor),
        _ => None,
    }
}
