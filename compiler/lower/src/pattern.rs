//! Matches: clause by clause, each test once per clause; a `switch` where all patterns are
//! integers or characters.
//!
//! Guarantees: clauses are tried from the top, guards after their pattern; what no clause takes
//! traps with the scrutinee, or is thrown on in a `catch`.

use crate::body::{Body, Place};
use crate::classes::Slot;
use crate::repr::{Prim, Repr, Val};
use fscc_ir::func::Target;
use fscc_ir::{Block, Op, Value, builtin};
use fscc_sema::symbols::{ClassId, ClassKind, LocalId};
use fscc_sema::typed::{Case, Constant, Expr, ExprKind, ExtractorResult, Pattern, PatternKind};
use fscc_sema::types::{Literal, Ty, TyId};

impl<'p> Body<'_, 'p> {
    /// A match as a value.
    pub fn match_expr(&mut self, expr: &'p Expr, want: Option<Repr>) -> Val {
        let ExprKind::Match(scrutinee, cases) = &expr.kind else { return Val::NEVER };
        let repr = want.unwrap_or_else(|| self.l.repr(expr.ty));
        let val = self.expr(scrutinee);
        let (end, result) = self.join(repr);
        let fail = self.b.create_block();
        if !self.switch(val, cases, repr, Some(end), fail) {
            self.cases(val, cases, repr, end, fail);
        }
        self.no_match(fail, val);
        self.b.seal(end);
        self.b.switch_to(end);
        self.called(repr, result.value)
    }

    /// A match in tail position.
    pub fn match_tail(&mut self, expr: &'p Expr, repr: Repr) -> Val {
        let ExprKind::Match(scrutinee, cases) = &expr.kind else { return Val::NEVER };
        let val = self.expr(scrutinee);
        let fail = self.b.create_block();
        if !self.switch(val, cases, repr, None, fail) {
            self.clauses(val, cases, fail, &mut |body, case| {
                let val = body.tail(&case.body, repr);
                body.leave(val, repr);
            });
        }
        self.no_match(fail, val);
        Val::NEVER
    }

    fn no_match(&mut self, fail: Block, val: Val) {
        self.b.seal(fail);
        self.b.switch_to(fail);
        let detail = self.boxed(val);
        if self.l.main.is_some() {
            // Programs throw the exception itself: its text needs the value, which a trap that
            // nobody catches does not keep. Contracts and suites spare the code.
            let detail = Val::new(Repr::Any, detail);
            self.call_library("fvm.internal.Traps$", "noMatch", &[detail]);
            self.unreachable();
        } else {
            self.b.trap(crate::traps::NO_MATCH, detail);
        }
    }

    /// Tries cases in order; their values go to `end`, what none takes to `fail`.
    pub fn cases(&mut self, val: Val, cases: &'p [Case], repr: Repr, end: Block, fail: Block) {
        self.clauses(val, cases, fail, &mut |body, case| {
            let val = body.expr_to(&case.body, repr);
            body.jump_with(end, val, repr);
        });
    }

    /// Whether any case takes a value.
    pub fn any_case(&mut self, val: Val, cases: &'p [Case]) -> Val {
        let (end, result) = self.join(Repr::BOOLEAN);
        let fail = self.b.create_block();
        self.clauses(val, cases, fail, &mut |body, _| {
            let yes = body.boolean(true);
            body.jump_with(end, yes, Repr::BOOLEAN);
        });
        self.b.seal(fail);
        self.b.switch_to(fail);
        let no = self.boolean(false);
        self.jump_with(end, no, Repr::BOOLEAN);
        self.b.seal(end);
        self.b.switch_to(end);
        result
    }

    fn clauses(
        &mut self,
        val: Val,
        cases: &'p [Case],
        fail: Block,
        finish: &mut dyn FnMut(&mut Self, &'p Case),
    ) {
        for case in cases {
            let next = self.b.create_block();
            self.b.set_span(case.span);
            self.test(&case.pattern, val, next);
            if let Some(guard) = &case.guard {
                let body = self.b.create_block();
                self.condition(guard, body, next);
                self.b.seal(body);
                self.b.switch_to(body);
            }
            finish(self, case);
            self.b.seal(next);
            self.b.switch_to(next);
        }
        self.b.jump(fail, &[]);
    }

    // ── switches ──

    /// Lowers a match whose patterns are all integers or characters (the last may take
    /// everything) as a `switch`; says whether it could.
    fn switch(
        &mut self,
        val: Val,
        cases: &'p [Case],
        repr: Repr,
        end: Option<Block>,
        fail: Block,
    ) -> bool {
        let Repr::Prim(Prim::Int | Prim::Char | Prim::Short | Prim::Byte) = val.repr else {
            return false;
        };
        let Some(value) = val.value else { return false };
        let (last, numbered) = match cases.split_last() {
            Some((last, rest)) if is_catch_all(&last.pattern) => (Some(last), rest),
            _ => (None, cases),
        };
        if numbered.len() < 3 || cases.iter().any(|case| case.guard.is_some()) {
            return false;
        }
        let mut targets: Vec<(i32, Target)> = Vec::new();
        let mut bodies: Vec<(Block, &'p Case)> = Vec::new();
        for case in numbered {
            let mut numbers = Vec::new();
            if !collect_numbers(&case.pattern, &mut numbers) {
                return false;
            }
            let block = self.b.create_block();
            bodies.push((block, case));
            for number in numbers {
                if targets.iter().all(|(known, _)| *known != number) {
                    targets.push((number, Target::new(block)));
                }
            }
        }
        let default = match last {
            Some(case) => {
                let block = self.b.create_block();
                bodies.push((block, case));
                block
            }
            None => fail,
        };
        self.b.switch(value, targets, default);
        for (block, case) in bodies {
            self.b.seal(block);
            self.b.switch_to(block);
            if is_catch_all(&case.pattern) {
                // It binds at most; nothing can fail.
                self.test(&case.pattern, val, fail);
            }
            match end {
                Some(end) => {
                    let val = self.expr_to(&case.body, repr);
                    self.jump_with(end, val, repr);
                }
                None => {
                    let val = self.tail(&case.body, repr);
                    self.leave(val, repr);
                }
            }
        }
        true
    }

    // ── patterns ──

    /// Goes on in the current block if the pattern takes the value, otherwise to `fail`.
    pub fn test(&mut self, pattern: &'p Pattern, val: Val, fail: Block) {
        match &pattern.kind {
            PatternKind::Wildcard => {}
            PatternKind::Bind(local, inner) => {
                let val = self.narrowed(inner, val, fail);
                self.bind(*local, val);
            }
            PatternKind::Equals(value) => {
                let test = self.pattern_equal(value, val, pattern.ty);
                self.require(test, fail);
            }
            PatternKind::Typed(inner) => {
                let val = self.typed(pattern.ty, val, fail);
                self.test(inner, val, fail);
            }
            PatternKind::Belongs(class, outer, inner) => {
                self.require_outer(*class, outer, val, fail);
                self.test(inner, val, fail);
            }
            PatternKind::Class(class, parts) => {
                self.class_pattern(pattern, *class, parts, val, fail)
            }
            PatternKind::Extractor { scrutinee, call, result } => {
                self.bind(*scrutinee, val);
                self.extractor(call, result, fail);
            }
            PatternKind::Sequence { prefix, rest } => {
                self.sequence_pattern(pattern.ty, prefix, rest.as_deref(), val, fail);
            }
            PatternKind::Alternative(parts) => {
                let found = self.b.create_block();
                for part in parts {
                    let next = self.b.create_block();
                    self.test(part, val, next);
                    self.b.jump(found, &[]);
                    self.b.seal(next);
                    self.b.switch_to(next);
                }
                self.b.jump(fail, &[]);
                self.b.seal(found);
                self.b.switch_to(found);
            }
        }
    }

    /// Tests a pattern and gives the value as the pattern has narrowed it.
    fn narrowed(&mut self, pattern: &'p Pattern, val: Val, fail: Block) -> Val {
        match &pattern.kind {
            PatternKind::Typed(inner) => {
                let val = self.typed(pattern.ty, val, fail);
                self.narrowed(inner, val, fail)
            }
            _ => {
                self.test(pattern, val, fail);
                val
            }
        }
    }

    /// A type test with the value cast to the type.
    fn typed(&mut self, ty: TyId, val: Val, fail: Block) -> Val {
        let test = self.type_test(val, ty);
        self.require(test, fail);
        let repr = self.l.repr(ty).or_any();
        self.coerce(val, repr)
    }

    /// Tests that an instance of an inner class belongs to this instance of the class around it.
    fn require_outer(&mut self, class: ClassId, outer: &'p Expr, val: Val, fail: Block) {
        let repr = self.l.this_repr(class);
        let object = self.coerce(val, repr);
        let object = self.slot_value(object, repr);
        let found = self.get_slot(object, class, class, Slot::Outer);
        let expected = self.expr(outer);
        let (found, expected) = (self.boxed(found), self.boxed(expected));
        let test = self.b.op_value(Op::RefEq, &[found, expected]);
        self.require(test, fail);
    }

    fn bind(&mut self, local: LocalId, val: Val) {
        if self.l.cell_key(local).is_some() {
            return self.declare(local, val);
        }
        let repr = self.l.local_repr(local);
        let val = self.coerce(val, repr);
        self.locals.insert(local, Place::Value(val));
    }

    fn require(&mut self, test: Value, fail: Block) {
        let go_on = self.b.create_block();
        self.b.branch(test, go_on, fail);
        self.b.seal(go_on);
        self.b.switch_to(go_on);
    }

    fn pattern_equal(&mut self, value: &'p Expr, val: Val, ty: TyId) -> Value {
        if let ExprKind::Constant(constant) = &value.kind {
            match (constant, val.repr) {
                (Constant::Null, _) => {
                    let boxed = self.boxed(val);
                    return self.b.op_value(Op::IsNull, &[boxed]);
                }
                (Constant::String(_), Repr::Ref(builtin::STRING)) => {}
                (Constant::String(_) | Constant::Boolean(_), Repr::Any | Repr::Ref(_)) => {
                    let constant = self.expr(value);
                    let (a, b) = (self.boxed(constant), self.boxed(val));
                    return self.b.op_value(Op::PrimitiveEq, &[a, b]);
                }
                _ => {}
            }
        }
        if let Some(class) = self.sole_instance(value)
            && self.overloaded_equality(value.ty, ty).is_none()
        {
            let boxed = self.boxed(val);
            return self.b.is(class, boxed);
        }
        let expected = self.expr(value);
        self.equal_typed((value.ty, expected), (ty, val))
    }

    fn class_pattern(
        &mut self,
        pattern: &'p Pattern,
        class: ClassId,
        parts: &'p [Pattern],
        val: Val,
        fail: Block,
    ) {
        let repr = self.l.this_repr(class);
        let Repr::Ref(ir) = repr else {
            return self.require_type(pattern.ty, val, fail);
        };
        let boxed = self.boxed(val);
        let test = self.b.is(ir, boxed);
        self.require(test, fail);
        let object = self.coerce(val, repr);
        let object = self.slot_value(object, repr);
        let fields = self.l.symbols().classes[class].case_fields.clone();
        for (part, field) in parts.iter().zip(fields) {
            if matches!(part.kind, PatternKind::Wildcard) {
                continue;
            }
            let val = self.get_slot(object, class, class, Slot::Field(field));
            self.test(part, val, fail);
        }
    }

    fn require_type(&mut self, ty: TyId, val: Val, fail: Block) {
        let test = self.type_test(val, ty);
        self.require(test, fail);
    }

    fn extractor(&mut self, call: &'p Expr, result: &'p ExtractorResult, fail: Block) {
        match result {
            ExtractorResult::Boolean => {
                let val = self.expr_to(call, Repr::BOOLEAN);
                let test = self.slot_value(val, Repr::BOOLEAN);
                self.require(test, fail);
            }
            ExtractorResult::Option { result, is_empty, get, pattern } => {
                let val = self.expr(call);
                self.bind(*result, val);
                let empty = self.expr_to(is_empty, Repr::BOOLEAN);
                let empty = self.slot_value(empty, Repr::BOOLEAN);
                let go_on = self.b.create_block();
                self.b.branch(empty, fail, go_on);
                self.b.seal(go_on);
                self.b.switch_to(go_on);
                if !matches!(pattern.kind, PatternKind::Wildcard) {
                    let content = self.expr(get);
                    self.test(pattern, content, fail);
                }
            }
            ExtractorResult::Product { result, fields } => {
                let val = self.expr(call);
                self.bind(*result, val);
                for (selection, pattern) in fields {
                    if !matches!(pattern.kind, PatternKind::Wildcard) {
                        let val = self.expr(selection);
                        self.test(pattern, val, fail);
                    }
                }
            }
        }
    }

    // ── sequences ──

    fn sequence_pattern(
        &mut self,
        ty: TyId,
        prefix: &'p [Pattern],
        rest: Option<&'p Pattern>,
        val: Val,
        fail: Block,
    ) {
        let count = i32::try_from(prefix.len()).unwrap_or(i32::MAX);
        if let Some(array) = self.l.array_class(ty) {
            return self.array_pattern(array, prefix, rest, val, fail);
        }
        let class = self.l.program.types.erase(self.l.symbols(), ty);
        let wanted = self.int(count);
        let order = self.call_member(class, "lengthCompare", val, &[wanted]);
        let order = self.slot_value(order, Repr::INT);
        let zero = self.b.const_i32(0);
        let op = if rest.is_some() { Op::I32Ge } else { Op::I32Eq };
        let test = self.b.op_value(op, &[order, zero]);
        self.require(test, fail);
        for (index, part) in (0..).zip(prefix) {
            if matches!(part.kind, PatternKind::Wildcard) {
                continue;
            }
            let index = self.int(index);
            let element = self.call_member(class, "apply", val, &[index]);
            self.test(part, element, fail);
        }
        if let Some(rest) = rest
            && !matches!(rest.kind, PatternKind::Wildcard)
        {
            let taken = self.int(count);
            let rest_val = self.call_member(class, "drop", val, &[taken]);
            self.test(rest, rest_val, fail);
        }
    }

    fn array_pattern(
        &mut self,
        class: fscc_ir::ClassId,
        prefix: &'p [Pattern],
        rest: Option<&'p Pattern>,
        val: Val,
        fail: Block,
    ) {
        let repr = Repr::Ref(class);
        let array = self.slot_value(val, repr);
        let length = self.b.array_length(class, array);
        let count = self.b.const_i32(i32::try_from(prefix.len()).unwrap_or(i32::MAX));
        let op = if rest.is_some() { Op::I32Ge } else { Op::I32Eq };
        let test = self.b.op_value(op, &[length, count]);
        self.require(test, fail);
        for (index, part) in (0..).zip(prefix) {
            if matches!(part.kind, PatternKind::Wildcard) {
                continue;
            }
            let index = self.b.const_i32(index);
            let element = self.b.array_get(class, array, index);
            let val = Val::new(crate::intrinsics::element_repr(class), element);
            self.test(part, val, fail);
        }
        if let Some(rest) = rest
            && !matches!(rest.kind, PatternKind::Wildcard)
        {
            let array = Val::new(repr, array);
            let name = "scala.collection.immutable.ArraySeq$";
            let whole = self.call_library(name, "unsafeWrapArray", &[array]);
            let taken = Val::new(Repr::INT, count);
            let Some(seq) = self.l.program.known.seq else { return };
            let val = self.call_member(seq, "drop", whole, &[taken]);
            self.test(rest, val, fail);
        }
    }

    /// Calls the member of this name on a value of a class of the library.
    pub fn call_member(&mut self, class: ClassId, name: &str, this: Val, args: &[Val]) -> Val {
        let symbols = self.l.symbols();
        let found = symbols.classes[class].linearization.iter().find_map(|parent| {
            symbols.classes[*parent].methods.iter().copied().find(|method| {
                let info = &symbols.methods[*method];
                info.name.as_str() == name
                    && info.params.len() == args.len()
                    && info.params.iter().zip(args).all(|(param, arg)| match arg.repr {
                        Repr::Prim(prim) => {
                            let class =
                                self.l.program.types.erase(symbols, symbols.locals[*param].ty);
                            self.l
                                .builtins
                                .classes
                                .get(&class)
                                .is_none_or(|repr| *repr == Repr::Prim(prim))
                        }
                        _ => true,
                    })
            })
        });
        match found {
            Some(method) => self.invoke(class, method, this, args),
            None => self.member_field(class, name, this),
        }
    }

    /// A member that is a field without an accessor.
    fn member_field(&mut self, class: ClassId, name: &str, this: Val) -> Val {
        let symbols = self.l.symbols();
        let mut fields = symbols.classes[class]
            .linearization
            .iter()
            .flat_map(|parent| symbols.classes[*parent].fields.iter().copied());
        let Some(field) = fields.find(|field| symbols.fields[*field].name.as_str() == name) else {
            self.unreachable();
            return Val::NEVER;
        };
        let owner = symbols.fields[field].owner;
        let repr = self.l.this_repr(class);
        let object = self.slot_value(this, repr);
        self.get_slot(object, class, owner, Slot::Field(field))
    }

    // ── type tests ──

    /// Whether a value is an instance of a type, as far as the machine knows types.
    pub fn type_test(&mut self, val: Val, ty: TyId) -> Value {
        match self.l.program.types.get(ty) {
            Ty::Or(a, b) => {
                let (a, b) = (self.type_test(val, a), self.type_test(val, b));
                self.b.op_value(Op::I32Or, &[a, b])
            }
            Ty::And(a, b) => {
                let (a, b) = (self.type_test(val, a), self.type_test(val, b));
                self.b.op_value(Op::I32And, &[a, b])
            }
            Ty::Literal(_, literal) => {
                let expected = self.literal(literal);
                let (a, b) = (self.boxed(expected), self.boxed(val));
                self.b.op_value(Op::PrimitiveEq, &[a, b])
            }
            Ty::Local(local) => {
                let expected = self.local(local);
                let (a, b) = (self.boxed(expected), self.boxed(val));
                self.b.op_value(Op::RefEq, &[a, b])
            }
            Ty::Param(param) if self.l.symbols().type_params[param].opaque.is_none() => {
                // Of a type parameter its bound is known.
                let roots = self.l.program.types.roots();
                let upper = self.l.symbols().type_params[param].upper;
                if upper == roots.any || upper == roots.any_ref {
                    self.b.const_bool(true)
                } else {
                    self.type_test(val, upper)
                }
            }
            Ty::Applied(..) | Ty::Wildcard(..) => self.b.const_bool(true),
            _ => {
                let class = self.l.program.types.erase(self.l.symbols(), ty);
                self.class_test(val, class, ty)
            }
        }
    }

    fn literal(&mut self, literal: Literal) -> Val {
        match literal {
            Literal::Int(value) => self.int(value),
            Literal::Long(value) => Val::new(Repr::Prim(Prim::Long), self.b.const_i64(value)),
            Literal::Char(unit) => {
                Val::new(Repr::Prim(Prim::Char), self.b.const_i32(i32::from(unit)))
            }
            Literal::Double(bits) => Val::new(Repr::Prim(Prim::Double), self.b.const_f64(bits)),
            Literal::Boolean(value) => self.boolean(value),
            Literal::String(text) => self.string(text.as_str()),
        }
    }

    fn class_test(&mut self, val: Val, class: ClassId, ty: TyId) -> Value {
        let roots = self.l.program.types.roots();
        if Some(class) == self.l.builtins.array {
            let boxed = self.boxed(val);
            return match self.l.array_class(ty) {
                Some(array) => self.b.is(array, boxed),
                None => self.any_of(boxed, &crate::intrinsics::ARRAYS),
            };
        }
        if let Some(repr) = self.l.builtins.classes.get(&class).copied() {
            if let (Repr::Prim(a), Repr::Prim(b)) = (val.repr, repr) {
                return self.b.const_bool(a == b);
            }
            let boxed = self.boxed(val);
            let wanted = match repr {
                Repr::Prim(prim) => prim.class(),
                Repr::Ref(class) => class,
                _ => builtin::UNIT,
            };
            return self.b.is(wanted, boxed);
        }
        if class == roots.nothing_class {
            return self.b.const_bool(false);
        }
        let boxed = self.boxed(val);
        if class == roots.null_class {
            return self.b.op_value(Op::IsNull, &[boxed]);
        }
        // `AnyVal` has no class at run time: Scala tests for `Object` there.
        if [roots.any_class, roots.any_ref_class, roots.any_val_class].contains(&class) {
            let null = self.b.op_value(Op::IsNull, &[boxed]);
            return self.b.op_value(Op::BoolNot, &[null]);
        }
        if self.l.builtins.transparent.contains(&class) {
            let builtins = self.builtins_below(class);
            let test = self.any_of(boxed, &builtins);
            let ir = self.l.class(crate::classes::ClassKey::Source(class));
            let own = self.b.is(ir, boxed);
            return self.b.op_value(Op::I32Or, &[test, own]);
        }
        let ir = self.l.class(crate::classes::ClassKey::Source(class));
        match val.repr {
            Repr::Ref(known) if self.l.module.is_subclass(known, ir) => {
                let null = self.b.op_value(Op::IsNull, &[boxed]);
                self.b.op_value(Op::BoolNot, &[null])
            }
            _ => self.b.is(ir, boxed),
        }
    }

    /// The built-in machine classes of which instances are instances of `class`.
    fn builtins_below(&self, class: ClassId) -> Vec<fscc_ir::ClassId> {
        let symbols = self.l.symbols();
        let below = self
            .l
            .builtins
            .classes
            .iter()
            .filter(|(builtin, _)| self.l.program.types.derives(symbols, **builtin, class));
        below
            .filter(|(builtin, _)| Some(**builtin) != self.l.builtins.array)
            .map(|(_, repr)| match repr {
                Repr::Prim(prim) => prim.class(),
                Repr::Ref(class) => *class,
                _ => builtin::UNIT,
            })
            .collect()
    }

    fn any_of(&mut self, value: Value, classes: &[fscc_ir::ClassId]) -> Value {
        let mut result = None;
        for class in classes {
            let test = self.b.is(*class, value);
            result = Some(match result {
                Some(known) => self.b.op_value(Op::I32Or, &[known, test]),
                None => test,
            });
        }
        match result {
            Some(result) => result,
            None => self.b.const_bool(false),
        }
    }

    /// Whether the class is a trait.
    pub fn is_trait(&self, class: ClassId) -> bool {
        self.l.symbols().classes[class].kind == ClassKind::Trait
    }
}

fn is_catch_all(pattern: &Pattern) -> bool {
    match &pattern.kind {
        PatternKind::Wildcard => true,
        PatternKind::Bind(_, inner) => is_catch_all(inner),
        _ => false,
    }
}

fn collect_numbers(pattern: &Pattern, numbers: &mut Vec<i32>) -> bool {
    match &pattern.kind {
        PatternKind::Equals(Expr { kind: ExprKind::Constant(constant), .. }) => match constant {
            Constant::Int(value) => numbers.push(*value),
            Constant::Char(unit) => numbers.push(i32::from(*unit)),
            _ => return false,
        },
        PatternKind::Alternative(parts) => {
            return parts.iter().all(|part| collect_numbers(part, numbers));
        }
        _ => return false,
    }
    true
}
