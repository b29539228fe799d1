//! Members that come with a case class or an enum.
//!
//! Hashes are computed as Scala's library does (`productHash` of MurmurHash3 with the hash of the
//! class name mixed in first), because the iteration order of sets and maps shows them.

use crate::body::Body;
use crate::classes::Slot;
use crate::repr::{Repr, Val};
use fscc_ir::{Op, Value};
use fscc_sema::symbols::{ClassId, ClassKind, MethodId, Owner, Synthetic};
use fscc_sema::types::Ty;

impl Body<'_, '_> {
    /// The body of a derived member.
    pub fn synthetic(&mut self, method: MethodId, synthetic: Synthetic) -> Val {
        let symbols = self.l.symbols();
        let Owner::Class(owner) = symbols.methods[method].owner else { return Val::NEVER };
        let params: Vec<Val> =
            symbols.methods[method].params.iter().map(|local| self.local(*local)).collect();
        match synthetic {
            Synthetic::CaseEquals => self.case_equals(owner, params[0]),
            Synthetic::CaseHash => self.case_hash(owner),
            Synthetic::CaseText => self.case_text(owner),
            Synthetic::CaseCopy => self.case_new(owner, &params),
            Synthetic::CaseApply => match symbols.classes[owner].companion {
                Some(class) => self.case_new(class, &params),
                None => Val::NEVER,
            },
            Synthetic::EnumOrdinal => self.enum_ordinal(owner),
            Synthetic::EnumValues => self.enum_values(owner, method),
            Synthetic::EnumValueOf => self.enum_value_of(owner, params[0]),
            Synthetic::EnumFromOrdinal => self.enum_from_ordinal(owner, params[0]),
            Synthetic::ProductArity => {
                let count = symbols.classes[owner].case_fields.len();
                self.int(i32::try_from(count).unwrap_or(i32::MAX))
            }
            Synthetic::ProductElement => self.product_element(owner, params[0]),
            Synthetic::ProductPrefix => {
                let name = symbols.classes[owner].name.as_str();
                self.string(name)
            }
        }
    }

    fn self_value(&mut self, class: ClassId) -> Val {
        self.this_of(class)
    }

    fn case_field(&mut self, object: Value, class: ClassId, index: usize) -> Val {
        let field = self.l.symbols().classes[class].case_fields[index];
        self.get_slot(object, class, class, Slot::Field(field))
    }

    fn case_equals(&mut self, class: ClassId, other: Val) -> Val {
        let symbols = self.l.symbols();
        let this = self.self_value(class);
        let (a, b) = (self.boxed(this), self.boxed(other));
        if symbols.classes[class].kind == ClassKind::Object {
            return Val::new(Repr::BOOLEAN, self.b.op_value(Op::RefEq, &[a, b]));
        }
        let repr = self.l.this_repr(class);
        let Repr::Ref(ir) = repr else { return Val::NEVER };
        let (yes, no) = (self.b.create_block(), self.b.create_block());
        let (check, compare) = (self.b.create_block(), self.b.create_block());
        let same = self.b.op_value(Op::RefEq, &[a, b]);
        self.b.branch(same, yes, check);
        self.b.switch_to(check);
        let is = self.b.is(ir, b);
        self.b.branch(is, compare, no);
        self.b.switch_to(compare);
        let theirs = self.coerce(Val::new(Repr::Any, b), repr);
        let ours = self.slot_value(this, repr);
        let theirs = self.slot_value(theirs, repr);
        if crate::analysis::is_inner(symbols, class) {
            // Of the same instance around, or not the same class to Scala.
            let (x, y) = (
                self.get_slot(ours, class, class, Slot::Outer),
                self.get_slot(theirs, class, class, Slot::Outer),
            );
            let (x, y) = (self.boxed(x), self.boxed(y));
            let equal = self.b.op_value(Op::RefEq, &[x, y]);
            let next = self.b.create_block();
            self.b.branch(equal, next, no);
            self.b.switch_to(next);
        }
        let types = &self.l.program.types;
        let type_of = |index: usize| symbols.fields[symbols.classes[class].case_fields[index]].ty;
        // Primitive fields are compared first, as Scala does.
        let is_primitive = |index: &usize| match types.get(type_of(*index)) {
            Ty::Class(class, _) => types.is_primitive(class),
            Ty::Literal(of, _) => types.class_of(of).is_some_and(|class| types.is_primitive(class)),
            _ => false,
        };
        let mut order: Vec<usize> = (0..symbols.classes[class].case_fields.len()).collect();
        order.sort_by_key(|index| !is_primitive(index));
        for index in order {
            let x = self.case_field(ours, class, index);
            let y = self.case_field(theirs, class, index);
            let ty = type_of(index);
            let equal = self.equal_typed((ty, x), (ty, y));
            let next = self.b.create_block();
            self.b.branch(equal, next, no);
            self.b.switch_to(next);
        }
        // A subclass that is no case class may refuse.
        let can = self.can_equal(class, theirs, this);
        self.b.branch(can, yes, no);
        let (end, result) = self.join(Repr::BOOLEAN);
        for (block, value) in [(yes, true), (no, false)] {
            self.b.seal(block);
            self.b.switch_to(block);
            let val = self.boolean(value);
            self.jump_with(end, val, Repr::BOOLEAN);
        }
        self.b.seal(end);
        self.b.switch_to(end);
        result
    }

    /// `that.canEqual(this)`, where a class below or this one defines it.
    fn can_equal(&mut self, class: ClassId, theirs: Value, this: Val) -> Value {
        let symbols = self.l.symbols();
        let own = symbols.classes[class].methods.iter().copied().find(|method| {
            symbols.methods[*method].name.as_str() == "canEqual"
                && symbols.methods[*method].params.len() == 1
        });
        match own {
            Some(method) => {
                let repr = self.l.this_repr(class);
                let result = self.invoke(class, method, Val::new(repr, theirs), &[this]);
                self.slot_value(result, Repr::BOOLEAN)
            }
            None => self.b.const_bool(true),
        }
    }

    fn case_text(&mut self, class: ClassId) -> Val {
        let symbols = self.l.symbols();
        let info = &symbols.classes[class];
        let name = info.name.as_str();
        let is_value = info.kind == ClassKind::Object || self.is_inner_object(class);
        if is_value {
            return self.string(name);
        }
        let is_tuple = self.l.program.known.tuple_arity(class).is_some();
        let this = self.self_value(class);
        let repr = self.l.this_repr(class);
        let object = self.slot_value(this, repr);
        let open = if is_tuple { "(".to_owned() } else { format!("{name}(") };
        let mut text = self.b.const_string(&open);
        for index in 0..info.case_fields.len() {
            let val = self.case_field(object, class, index);
            let piece = self.text(val);
            let piece = self.slot_value(piece, Repr::STRING);
            if index > 0 {
                let comma = self.b.const_string(",");
                text = self.b.op_value(Op::StringConcat, &[text, comma]);
            }
            text = self.b.op_value(Op::StringConcat, &[text, piece]);
        }
        let close = self.b.const_string(")");
        Val::new(Repr::STRING, self.b.op_value(Op::StringConcat, &[text, close]))
    }

    /// Whether the class stands for an object inside an instance or a block.
    fn is_inner_object(&self, class: ClassId) -> bool {
        let info = &self.l.symbols().classes[class];
        info.is_case && info.case_fields.is_empty() && info.companion.is_none()
    }

    fn case_new(&mut self, class: ClassId, params: &[Val]) -> Val {
        match self.l.symbols().classes[class].constructor {
            Some(constructor) => self.make(class, constructor, None, params),
            None => {
                self.unreachable();
                Val::NEVER
            }
        }
    }

    fn product_element(&mut self, class: ClassId, index: Val) -> Val {
        let symbols = self.l.symbols();
        let this = self.self_value(class);
        let repr = self.l.this_repr(class);
        let object = self.slot_value(this, repr);
        let value = self.slot_value(index, Repr::INT);
        for at in 0..symbols.classes[class].case_fields.len() {
            let (found, next) = (self.b.create_block(), self.b.create_block());
            let number = self.b.const_i32(i32::try_from(at).unwrap_or(i32::MAX));
            let test = self.b.op_value(Op::I32Eq, &[value, number]);
            self.b.branch(test, found, next);
            self.b.switch_to(found);
            let val = self.case_field(object, class, at);
            self.leave(val, Repr::Any);
            self.b.switch_to(next);
        }
        self.throw_new("java.lang.IndexOutOfBoundsException", index);
        Val::NEVER
    }

    /// Throws a library exception whose message is the text of a value.
    pub fn throw_new(&mut self, class: &str, message: Val) {
        let symbols = self.l.symbols();
        let found = self.l.program.known.class(class);
        let constructor = found.and_then(|class| {
            symbols.classes[class].methods.iter().copied().find(|method| {
                let info = &symbols.methods[*method];
                info.kind == fscc_sema::symbols::MethodKind::Constructor
                    && info.params.len() == 1
                    && symbols.locals[info.params[0]].ty == self.l.program.types.roots().string
            })
        });
        match (found, constructor) {
            (Some(class), Some(constructor)) => {
                let text = self.text(message);
                let object = self.make(class, constructor, None, &[text]);
                let repr = self.l.this_repr(class);
                let object = self.slot_value(object, repr);
                self.b.throw(object);
            }
            _ => self.unreachable(),
        }
    }

    // ── hashes ──

    fn case_hash(&mut self, class: ClassId) -> Val {
        let symbols = self.l.symbols();
        let info = &symbols.classes[class];
        let name_hash = string_hash(info.name.as_str());
        if info.case_fields.is_empty() {
            return self.int(name_hash);
        }
        let this = self.self_value(class);
        let repr = self.l.this_repr(class);
        let object = self.slot_value(this, repr);
        let seed = self.b.const_i32(PRODUCT_SEED);
        let name = self.b.const_i32(name_hash);
        let mut hash = self.mix(seed, name);
        let count = info.case_fields.len();
        for index in 0..count {
            let val = self.case_field(object, class, index);
            let part = self.hash_of(val);
            hash = self.mix(hash, part);
        }
        let count = self.b.const_i32(i32::try_from(count).unwrap_or(i32::MAX));
        let hash = self.b.op_value(Op::I32Xor, &[hash, count]);
        let hash = self.avalanche(hash);
        Val::new(Repr::INT, hash)
    }

    /// `x.##` of a value.
    pub fn hash_of(&mut self, val: Val) -> Value {
        match val.repr {
            Repr::Prim(_) => {
                let boxed = self.boxed(val);
                self.b.op_value(Op::PrimitiveHash, &[boxed])
            }
            _ => {
                let boxed = Val::new(Repr::Any, self.boxed(val));
                let hash = self.call_library("fvm.internal.AnyOps$", "hash", &[boxed]);
                self.slot_value(hash, Repr::INT)
            }
        }
    }

    fn rotate(&mut self, value: Value, count: i32) -> Value {
        let (left, right) = (self.b.const_i32(count), self.b.const_i32(32 - count));
        let high = self.b.op_value(Op::I32Shl, &[value, left]);
        let low = self.b.op_value(Op::I32Ushr, &[value, right]);
        self.b.op_value(Op::I32Or, &[high, low])
    }

    fn times(&mut self, value: Value, factor: i32) -> Value {
        let factor = self.b.const_i32(factor);
        self.b.op_value(Op::I32Mul, &[value, factor])
    }

    /// One round of MurmurHash3.
    fn mix(&mut self, hash: Value, data: Value) -> Value {
        let data = self.times(data, 0xcc9e_2d51_u32.cast_signed());
        let data = self.rotate(data, 15);
        let data = self.times(data, 0x1b87_3593);
        let hash = self.b.op_value(Op::I32Xor, &[hash, data]);
        let hash = self.rotate(hash, 13);
        let hash = self.times(hash, 5);
        let constant = self.b.const_i32(0xe654_6b64_u32.cast_signed());
        self.b.op_value(Op::I32Add, &[hash, constant])
    }

    fn avalanche(&mut self, hash: Value) -> Value {
        let hash = self.shift_xor(hash, 16);
        let hash = self.times(hash, 0x85eb_ca6b_u32.cast_signed());
        let hash = self.shift_xor(hash, 13);
        let hash = self.times(hash, 0xc2b2_ae35_u32.cast_signed());
        self.shift_xor(hash, 16)
    }

    fn shift_xor(&mut self, value: Value, count: i32) -> Value {
        let count = self.b.const_i32(count);
        let shifted = self.b.op_value(Op::I32Ushr, &[value, count]);
        self.b.op_value(Op::I32Xor, &[value, shifted])
    }

    // ── enums ──

    /// The enum class of a companion.
    fn enum_of(&self, companion: ClassId) -> ClassId {
        self.l.symbols().classes[companion].companion.unwrap_or(companion)
    }

    fn enum_ordinal(&mut self, class: ClassId) -> Val {
        let symbols = self.l.symbols();
        let this = self.self_value(class);
        let object = self.boxed(this);
        for case in &symbols.classes[class].children {
            let Repr::Ref(ir) = self.l.this_repr(*case) else { continue };
            let (found, next) = (self.b.create_block(), self.b.create_block());
            let test = self.b.is(ir, object);
            self.b.branch(test, found, next);
            self.b.switch_to(found);
            let number = symbols.classes[*case].ordinal.unwrap_or(0);
            let val = self.int(i32::try_from(number).unwrap_or(i32::MAX));
            self.leave(val, Repr::INT);
            self.b.switch_to(next);
        }
        self.int(-1)
    }

    /// The cases of an enum without parameters, in order.
    fn enum_cases(&self, companion: ClassId) -> Vec<ClassId> {
        let symbols = self.l.symbols();
        let cases = &symbols.classes[self.enum_of(companion)].children;
        let is_value = |case: &ClassId| {
            symbols.classes[*case].kind == ClassKind::Object || self.is_inner_object(*case)
        };
        cases.iter().copied().filter(is_value).collect()
    }

    fn enum_values(&mut self, companion: ClassId, method: MethodId) -> Val {
        let cases = self.enum_cases(companion);
        let result = self.l.symbols().methods[method].result;
        let class = self.l.array_class(result).unwrap_or(fscc_ir::builtin::ARRAY_ANY);
        let length = self.b.const_i32(i32::try_from(cases.len()).unwrap_or(i32::MAX));
        let array = self.b.array_new(class, length);
        for (index, case) in (0..).zip(cases) {
            let val = self.any_object(case);
            let (index, value) = (self.b.const_i32(index), self.boxed(val));
            self.b.array_set(class, array, index, value);
        }
        Val::new(Repr::Ref(class), array)
    }

    fn enum_value_of(&mut self, companion: ClassId, name: Val) -> Val {
        let wanted = self.slot_value(name, Repr::STRING);
        let of = self.enum_of(companion);
        let repr = self.l.this_repr(of);
        for case in self.enum_cases(companion) {
            let text = self.l.symbols().classes[case].name.as_str();
            let (found, next) = (self.b.create_block(), self.b.create_block());
            let text = self.b.const_string(text);
            let test = self.b.op_value(Op::StringEq, &[text, wanted]);
            self.b.branch(test, found, next);
            self.b.switch_to(found);
            let val = self.any_object(case);
            self.leave(val, repr);
            self.b.switch_to(next);
        }
        let name = self.l.symbols().classes[of].name;
        let start = self.b.const_string(&format!("enum {name} has no case with name: "));
        let message = self.b.op_value(Op::StringConcat, &[start, wanted]);
        let message = Val::new(Repr::STRING, message);
        self.throw_new("java.lang.IllegalArgumentException", message);
        Val::NEVER
    }

    fn enum_from_ordinal(&mut self, companion: ClassId, ordinal: Val) -> Val {
        let value = self.slot_value(ordinal, Repr::INT);
        let of = self.enum_of(companion);
        let repr = self.l.this_repr(of);
        for case in self.enum_cases(companion) {
            let number = self.l.symbols().classes[case].ordinal.unwrap_or(0);
            let (found, next) = (self.b.create_block(), self.b.create_block());
            let number = self.b.const_i32(i32::try_from(number).unwrap_or(i32::MAX));
            let test = self.b.op_value(Op::I32Eq, &[value, number]);
            self.b.branch(test, found, next);
            self.b.switch_to(found);
            let val = self.any_object(case);
            self.leave(val, repr);
            self.b.switch_to(next);
        }
        let text = self.text(ordinal);
        self.throw_new("java.util.NoSuchElementException", text);
        Val::NEVER
    }
}

/// The seed of product hashes in Scala's library.
const PRODUCT_SEED: i32 = 0xcafe_babe_u32.cast_signed();

/// `String.hashCode`.
fn string_hash(text: &str) -> i32 {
    text.encode_utf16()
        .fold(0_i32, |hash, unit| hash.wrapping_mul(31).wrapping_add(i32::from(unit)))
}
