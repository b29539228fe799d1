//! Choosing among overloaded methods: by the number and names of arguments, by the types of
//! arguments and of lambdas' bodies, then the most specific one, then the expected type.

use crate::checker::Checker;
use crate::infer::apply::{Item, Items};
use crate::infer::args::{ArgList, ArgValue, Slot};
use crate::infer::callee::MethodRef;
use crate::infer::expr::Expected;
use crate::symbols::{LocalId, MethodId, Passing};
use crate::types::{Ty, TyId};
use fscc_base::{Diagnostic, codes};

/// Which conversions of arguments are allowed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Leniency {
    /// Subtypes and wider numbers; a union of single values is not a number.
    Numbers,
    Conversions,
}

impl<'a> Checker<'a> {
    /// The method that is meant; an error is reported if it is none or not a single one.
    pub(crate) fn choose(
        &mut self,
        methods: &MethodRef,
        type_count: Option<usize>,
        items: &mut Items<'a>,
        expected: Expected,
    ) -> Option<MethodId> {
        if let [only] = methods.candidates[..] {
            return Some(only);
        }
        for method in &methods.candidates {
            self.complete_params(*method);
        }
        let mut left = methods.candidates.clone();
        if let Some(count) = type_count {
            let fitting: Vec<MethodId> = (left.iter().copied())
                .filter(|m| {
                    methods.creates.is_some()
                        || self.symbols.methods[*m].type_params.len() >= count
                            && !self.symbols.methods[*m].type_params.is_empty()
                })
                .collect();
            if !fitting.is_empty() {
                left = fitting;
            }
        }
        let lists: Vec<usize> = (items.iter().enumerate())
            .filter(|(_, item)| matches!(item, Item::Args(list) if !list.using))
            .map(|(place, _)| place)
            .collect();
        if lists.is_empty() {
            return self.choose_without_args(methods, left, expected);
        }
        for (number, place) in lists.iter().enumerate() {
            let Some(Item::Args(list)) = items.get_mut(*place) else { break };
            let mut taken = std::mem::replace(list, ArgList::of_values(Vec::new(), methods.span));
            let next = self.filter_by_list(methods, &left, number, &mut taken);
            if let Some(Item::Args(list)) = items.get_mut(*place) {
                *list = taken;
            }
            match next {
                Some(next) => left = next,
                None => return None,
            }
            if left.len() == 1 {
                return Some(left[0]);
            }
            // Methods that take no further list are not compared by it.
            if !left.iter().any(|m| self.explicit_lists(*m) > number + 1) {
                break;
            }
        }
        // A method that is fully applied goes before one that would become a function.
        let wants_function = expected.is_some_and(|expected| {
            let expected = self.resolve(expected);
            self.types.class_of(expected).is_some_and(|c| self.known.function_arity(c).is_some())
        });
        let full: Vec<MethodId> = (left.iter().copied())
            .filter(|method| self.explicit_lists(*method) == lists.len())
            .collect();
        if let ([only], false) = (&full[..], wants_function) {
            return Some(*only);
        }
        if let Some(expected) = expected {
            let fitting: Vec<MethodId> = (left.iter().copied())
                .filter(|method| self.result_may_fit(methods, *method, expected))
                .collect();
            if let [only] = fitting[..] {
                return Some(only);
            }
        }
        self.ambiguous(methods, &left)
    }

    fn explicit_lists(&self, method: MethodId) -> usize {
        self.symbols.methods[method].lists.iter().filter(|list| !list.is_using).count()
    }

    fn ambiguous(&mut self, methods: &MethodRef, left: &[MethodId]) -> Option<MethodId> {
        let mut diagnostic = Diagnostic::error(
            codes::AMBIGUOUS,
            methods.span,
            format!("several methods `{}` fit these arguments", methods.name),
        );
        for method in left {
            let shown = self.show_method(*method);
            diagnostic = diagnostic.note(format!("`{shown}`"));
        }
        self.report(diagnostic.help("write the types of the arguments, as in `(x: T)`"));
        None
    }

    /// A method that is named without arguments: the one without lists, or the one that makes the
    /// expected function.
    fn choose_without_args(
        &mut self,
        methods: &MethodRef,
        left: Vec<MethodId>,
        expected: Expected,
    ) -> Option<MethodId> {
        let plain: Vec<MethodId> = (left.iter().copied())
            .filter(|m| self.symbols.methods[*m].lists.iter().all(|l| l.is_using || l.len == 0))
            .collect();
        let wants_function = expected.is_some_and(|expected| {
            let expected = self.resolve(expected);
            self.types.class_of(expected).is_some_and(|c| self.known.function_arity(c).is_some())
        });
        if let ([first, ..], false) = (&plain[..], wants_function) {
            return Some(*first);
        }
        if let Some(expected) = expected {
            let fitting: Vec<MethodId> = (left.iter().copied())
                .filter(|method| {
                    let params = self.list_params(*method, 0);
                    let Some(shape) = self.expected_function(Some(expected), params.len()) else {
                        return false;
                    };
                    let snapshot = self.snapshot();
                    let types = self.candidate_types(methods, *method, &params);
                    let fits = shape.params.len() == types.len()
                        && shape.params.iter().zip(&types).all(|(given, ty)| self.sub(*given, *ty));
                    self.rollback(snapshot);
                    fits
                })
                .collect();
            if let [first, ..] = fitting[..] {
                return Some(first);
            }
        }
        match plain.first().or(left.first()) {
            Some(first) if plain.len() == 1 || left.len() == 1 => Some(*first),
            _ => self.ambiguous(methods, &left),
        }
    }

    /// The parameters of the explicit list with this number.
    fn list_params(&self, method: MethodId, number: usize) -> Vec<LocalId> {
        let info = &self.symbols.methods[method];
        let mut at = 0;
        let mut seen = 0;
        for list in &info.lists {
            let end = at + list.len as usize;
            if !list.is_using {
                if seen == number {
                    return info.params[at..end].to_vec();
                }
                seen += 1;
            }
            at = end;
        }
        Vec::new()
    }

    /// The candidates that take this list.
    fn filter_by_list(
        &mut self,
        methods: &MethodRef,
        candidates: &[MethodId],
        number: usize,
        list: &mut ArgList<'a>,
    ) -> Option<Vec<MethodId>> {
        let mut fitting = Vec::new();
        let mut last_resort = Vec::new();
        for method in candidates {
            if self.explicit_lists(*method) <= number {
                // Its result would be applied to this list: only if nothing else takes it.
                last_resort.push((*method, Vec::new(), Vec::new()));
                continue;
            }
            let params = self.list_params(*method, number);
            let folds = list.tuple.is_some()
                && params.len() == 1
                && self.symbols.locals[params[0]].passing != Passing::Repeated;
            if folds {
                fitting.push((*method, params, vec![Slot::Args(vec![0])]));
                continue;
            }
            match self.match_args(&params, list) {
                Ok(slots) if self.shapes_fit(&params, &slots, list) => {
                    fitting.push((*method, params, slots));
                }
                Ok(_) => {}
                Err(_) => {}
            }
        }
        if fitting.is_empty() {
            fitting = last_resort;
        }
        if fitting.is_empty() {
            // Scala would make one tuple of several arguments.
            for method in candidates {
                let params = self.list_params(*method, number);
                if self.is_auto_tupled(&params, list) {
                    fitting.push((*method, params, Vec::new()));
                }
            }
            if fitting.len() > 1 {
                fitting.clear();
            }
        }
        match &fitting[..] {
            [] => {
                self.no_overload(methods, candidates, list);
                return None;
            }
            [(only, ..)] => return Some(vec![*only]),
            _ => {}
        }
        if list.tuple.is_some() && fitting.iter().all(|(_, params, _)| params.len() == 1) {
            // All take one argument: the tuple is it.
            if let Some(tuple) = list.tuple.take() {
                list.args = vec![super::args::Arg {
                    name: None,
                    value: ArgValue::Expr(tuple),
                    splice: false,
                    span: tuple.span,
                }];
            }
        }
        self.type_plain_args(methods, &fitting, list);
        if list.args.iter().any(|arg| is_error(&arg.value)) {
            // A mistake inside an argument was reported; it must not look like one of this call.
            return None;
        }
        let mut left = self.applicable(methods, &fitting, list);
        if left.len() > 1 {
            left = self.by_lambdas(methods, &fitting, left, list);
        }
        if left.is_empty() {
            self.no_overload(methods, candidates, list);
            return None;
        }
        if left.len() > 1 {
            left = self.most_specific(methods, &fitting, left);
        }
        Some(left)
    }

    /// Whether lambdas stand where functions of their arity can be.
    fn shapes_fit(&mut self, params: &[LocalId], slots: &[Slot], list: &ArgList<'a>) -> bool {
        for (param, slot) in params.iter().zip(slots) {
            let Slot::Args(numbers) = slot else { continue };
            for number in numbers {
                let Some(arity) = list.args[*number].lambda_arity() else {
                    if list.args[*number].waits() {
                        let ty = self.symbols.locals[*param].ty;
                        let ty = self.argument_type(*param, ty);
                        if !self.may_be_function(ty) {
                            return false;
                        }
                    }
                    continue;
                };
                let ty = self.symbols.locals[*param].ty;
                let ty = self.argument_type(*param, ty);
                if !self.takes_lambda(ty, arity) {
                    return false;
                }
            }
        }
        true
    }

    fn may_be_function(&mut self, ty: TyId) -> bool {
        match self.types.get(ty) {
            Ty::Class(class, _) => {
                self.known.function_arity(class).is_some()
                    || self.known.partial_function == Some(class)
                    || class == self.types.roots().any_class
                    || self.sam_of(ty).is_some()
            }
            _ => true,
        }
    }

    fn takes_lambda(&mut self, ty: TyId, arity: usize) -> bool {
        match self.types.get(ty) {
            Ty::Class(class, args) => match self.known.function_arity(class) {
                Some(count) => {
                    count == arity
                        || count == 1
                            && arity > 1
                            && match self.types.get(args[0]) {
                                Ty::Class(inner, _) => self.known.tuple_arity(inner) == Some(arity),
                                _ => true,
                            }
                }
                None if self.known.partial_function == Some(class) => arity == 1,
                None if class == self.types.roots().any_class => true,
                None => self
                    .sam_of(ty)
                    .is_some_and(|sam| self.symbols.methods[sam].params.len() == arity),
            },
            _ => true,
        }
    }

    /// Types the arguments that need no expected type, once.
    fn type_plain_args(
        &mut self,
        methods: &MethodRef,
        fitting: &[(MethodId, Vec<LocalId>, Vec<Slot>)],
        list: &mut ArgList<'a>,
    ) {
        for number in 0..list.args.len() {
            if list.args[number].waits() || matches!(list.args[number].value, ArgValue::Typed(_)) {
                continue;
            }
            // Where all candidates want the same closed type, it helps.
            let mut wanted: Option<Option<TyId>> = None;
            let mut by_name = false;
            for (method, params, slots) in fitting {
                let param = params.iter().zip(slots).find_map(|(param, slot)| match slot {
                    Slot::Args(numbers) if numbers.contains(&number) => Some(*param),
                    _ => None,
                });
                let Some(param) = param else { continue };
                by_name |= self.symbols.locals[param].passing == Passing::ByName;
                let ty = self.symbols.locals[param].ty;
                let ty = self.argument_type(param, ty);
                let ty = match methods.prefix {
                    Some(prefix) => self.seen(ty, prefix),
                    None => ty,
                };
                let own = &self.symbols.methods[*method].type_params;
                let open = self
                    .types
                    .any_part(ty, &mut |part| matches!(part, Ty::Param(p) if own.contains(&p)));
                let ty = (!open && methods.creates.is_none()).then_some(ty);
                wanted = Some(match wanted {
                    None => ty,
                    Some(other) if other == ty => ty,
                    Some(_) => None,
                });
            }
            if by_name {
                // Its body belongs into a frame of its own: it is typed when the method is known.
                continue;
            }
            let arg = &mut list.args[number];
            if let ArgValue::Expr(expr) = arg.value {
                let value = self.infer(expr, wanted.flatten());
                list.args[number].value = ArgValue::Typed(Some(value));
            }
        }
    }

    /// The candidates whose parameters take the typed arguments: with subtypes and wider numbers if
    /// there are such, else with all conversions.
    pub(super) fn applicable(
        &mut self,
        methods: &MethodRef,
        fitting: &[(MethodId, Vec<LocalId>, Vec<Slot>)],
        list: &ArgList<'a>,
    ) -> Vec<MethodId> {
        for level in [Leniency::Numbers, Leniency::Conversions] {
            let mut left = Vec::new();
            for (method, params, slots) in fitting {
                if self.is_applicable(methods, (*method, params, slots), list, level) {
                    left.push(*method);
                }
            }
            if !left.is_empty() {
                return left;
            }
        }
        Vec::new()
    }

    fn is_applicable(
        &mut self,
        methods: &MethodRef,
        (method, params, slots): (MethodId, &[LocalId], &[Slot]),
        list: &ArgList<'a>,
        level: Leniency,
    ) -> bool {
        let snapshot = self.snapshot();
        let types = self.candidate_types(methods, method, params);
        let mut fits = true;
        for ((param, slot), ty) in params.iter().zip(slots).zip(types) {
            let Slot::Args(numbers) = slot else { continue };
            for number in numbers {
                let arg = &list.args[*number];
                let ArgValue::Typed(Some(value)) = &arg.value else { continue };
                let wanted = if arg.splice { ty } else { self.argument_type(*param, ty) };
                fits &= self.argument_fits(value, wanted, level);
            }
        }
        self.rollback(snapshot);
        fits
    }

    fn constant_fits(&mut self, value: &crate::typed::Expr, wanted: TyId) -> bool {
        let wanted = self.resolve(wanted);
        self.is_number(wanted) && self.convert_constant(value, wanted).is_some()
    }

    /// Whether an argument may be passed.
    fn argument_fits(&mut self, value: &crate::typed::Expr, wanted: TyId, level: Leniency) -> bool {
        let found = value.ty;
        if self.conforms(found, wanted) {
            return true;
        }
        let found = self.types.widen(self.resolve(found));
        let wanted = self.resolve(wanted);
        if self.is_number(found) && self.is_number(wanted) && self.widens(found, wanted) {
            return level == Leniency::Conversions || !self.is_union_of_atoms(value);
        }
        if level == Leniency::Numbers {
            return false;
        }
        if self.constant_fits(value, wanted) || self.fits_tupled(value, wanted) {
            return true;
        }
        let class = self.class_for_members(found);
        let string = class.is_some() && class == self.known.string;
        let array = class.is_some() && class == self.known.array;
        if string || array {
            let converter = if string { "wrapString" } else { "wrapArray" };
            return self.converts_by("scala.Predef$", converter, found, wanted);
        }
        let roots = self.types.roots();
        if found == roots.int || found == roots.long {
            let name = if found == roots.int { "int2bigInt" } else { "long2bigInt" };
            if self.converts_by("scala.math.BigInt$", name, found, wanted) {
                return true;
            }
        }
        self.view_exists(found, wanted)
    }

    /// Whether a function of several parameters can be one of a tuple.
    fn fits_tupled(&mut self, value: &crate::typed::Expr, wanted: TyId) -> bool {
        let crate::typed::ExprKind::Lambda { params, body, is_defined_at: None, .. } = &value.kind
        else {
            return false;
        };
        if params.len() < 2 {
            return false;
        }
        let types: Vec<TyId> = params.iter().map(|param| self.symbols.locals[*param].ty).collect();
        let result = self.types.widen(body.ty);
        let tuple = self.tuple_type(&types, value.span);
        let function = self.function_type(&[tuple, result], value.span);
        self.conforms(function, wanted)
    }

    /// The receiver by a conversion whose result has a method of this name for the arguments,
    /// where the receiver's own methods do not take them.
    pub(super) fn converted_receiver(
        &mut self,
        methods: &mut MethodRef,
        items: &Items<'a>,
    ) -> Option<crate::typed::Expr> {
        if methods.creates.is_some() || methods.dispatch.is_some() {
            return None;
        }
        let Some(Item::Args(list)) = items.front() else { return None };
        let from = methods.receiver.as_ref()?.ty;
        let name = methods.name;
        let fits = |this: &mut Self, result: TyId| {
            for term in this.members_of(result, name) {
                let crate::checker::Term::Method(method) = term else { continue };
                this.complete_params(method);
                let params = this.list_params(method, 0);
                let Ok(slots) = this.match_args(&params, list) else { continue };
                let seen = MethodRef {
                    name,
                    span: list.span,
                    receiver: None,
                    prefix: Some(result),
                    candidates: vec![method],
                    dispatch: None,
                    creates: None,
                    extension: None,
                };
                if this.is_applicable(&seen, (method, &params, &slots), list, Leniency::Conversions)
                {
                    return true;
                }
            }
            false
        };
        let view = self.view_with(from, fits)?;
        let receiver = methods.receiver.take()?;
        Some(self.convert_by_view(view, receiver))
    }

    fn converts_by(&mut self, object: &str, name: &str, found: TyId, wanted: TyId) -> bool {
        let Some(method) = self.known.class(object).and_then(|object| {
            self.term_members(object, fscc_base::Name::new(name)).into_iter().find_map(
                |t| match t {
                    crate::checker::Term::Method(method) => Some(method),
                    _ => None,
                },
            )
        }) else {
            return false;
        };
        self.signature(method);
        let snapshot = self.snapshot();
        let (subst, _) = self.method_vars(method);
        let Some(param) = self.symbols.methods[method].params.first().copied() else {
            return false;
        };
        let param = self.types.subst(self.symbols.locals[param].ty, &subst);
        let result = self.types.subst(self.symbols.methods[method].result, &subst);
        let fits = self.sub(found, param) && self.sub(result, wanted);
        self.rollback(snapshot);
        fits
    }

    /// Where lambdas get the same parameter types from all candidates, their bodies decide.
    fn by_lambdas(
        &mut self,
        methods: &MethodRef,
        fitting: &[(MethodId, Vec<LocalId>, Vec<Slot>)],
        left: Vec<MethodId>,
        list: &mut ArgList<'a>,
    ) -> Vec<MethodId> {
        let mut left = left;
        for number in 0..list.args.len() {
            if !list.args[number].waits() || left.len() < 2 {
                continue;
            }
            let mut common: Option<Vec<TyId>> = None;
            let mut agree = true;
            let mut partial = true;
            for (method, params, slots) in fitting {
                if !left.contains(method) {
                    continue;
                }
                let Some((place, param)) = find_param(params, slots, number) else { continue };
                let types = self.candidate_types(methods, *method, params);
                // Other arguments may say what the parameter types are.
                self.learn(params, slots, &types, list);
                let ty = self.resolve(types[place]);
                let ty = self.argument_type(param, ty);
                let wanted = self.resolve(ty);
                partial &= self.types.class_of(wanted) == self.known.partial_function;
                let arity = list.args[number].lambda_arity().unwrap_or(1);
                let shape = self.expected_function(Some(wanted), arity);
                let Some(shape) = shape else {
                    agree = false;
                    continue;
                };
                let types: Vec<TyId> = shape.params.iter().map(|ty| self.resolve(*ty)).collect();
                if types.iter().any(|ty| self.types.has_vars(*ty)) {
                    agree = false;
                }
                match &common {
                    None => common = Some(types),
                    Some(other) if *other == types => {}
                    Some(_) => agree = false,
                }
            }
            let (Some(types), true) = (common, agree) else { continue };
            let value = std::mem::replace(&mut list.args[number].value, ArgValue::Typed(None));
            let span = list.args[number].span;
            let result = self.new_var(None);
            let mut all = types;
            all.push(result);
            let mut wanted = self.function_type(&all, span);
            if partial
                && let (Some(class), [param, result]) = (self.known.partial_function, &all[..])
            {
                wanted = self.types.class(class, &[*param, *result]);
            }
            let value = self.arg_value(value, Some(wanted), span);
            self.solve_all(result);
            list.args[number].value = ArgValue::Typed(Some(value));
            let narrowed = {
                let still: Vec<(MethodId, Vec<LocalId>, Vec<Slot>)> =
                    fitting.iter().filter(|(m, ..)| left.contains(m)).cloned().collect();
                self.applicable(methods, &still, list)
            };
            if !narrowed.is_empty() {
                left = narrowed;
            }
        }
        left
    }

    fn learn(&mut self, params: &[LocalId], slots: &[Slot], types: &[TyId], list: &ArgList<'a>) {
        for ((param, slot), ty) in params.iter().zip(slots).zip(types) {
            let Slot::Args(numbers) = slot else { continue };
            for number in numbers {
                if let ArgValue::Typed(Some(value)) = &list.args[*number].value {
                    let wanted = self.argument_type(*param, *ty);
                    self.conforms(value.ty, wanted);
                }
            }
        }
    }

    fn no_overload(&mut self, methods: &MethodRef, candidates: &[MethodId], list: &ArgList<'a>) {
        let mut found = Vec::new();
        for arg in &list.args {
            found.push(match &arg.value {
                ArgValue::Typed(Some(value)) => {
                    let ty = self.resolve(value.ty);
                    if self.types.has_error(ty) {
                        return;
                    }
                    self.show(ty)
                }
                _ => "…".to_string(),
            });
        }
        let message = format!("no method `{}` takes ({})", methods.name, found.join(", "));
        let mut diagnostic = Diagnostic::error(codes::ARGUMENTS, methods.span, message);
        for method in candidates.iter().take(8) {
            let shown = self.show_method(*method);
            diagnostic = diagnostic.note(format!("there is `{shown}`"));
        }
        self.report(diagnostic);
    }
}

fn is_error(value: &ArgValue<'_>) -> bool {
    matches!(value, ArgValue::Typed(Some(value))
        if matches!(value.kind, crate::typed::ExprKind::Error))
}

fn find_param(params: &[LocalId], slots: &[Slot], number: usize) -> Option<(usize, LocalId)> {
    params.iter().zip(slots).enumerate().find_map(|(place, (param, slot))| match slot {
        Slot::Args(numbers) if numbers.contains(&number) => Some((place, *param)),
        _ => None,
    })
}
