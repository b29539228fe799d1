// Turns bytes into a valid module: every byte is a choice, so proptest shrinks programs by
// shrinking the list. Part of the test `random`.

use fscc_base::Span;
use fscc_ir::func::{Func, Target, Value};
use fscc_ir::host::lookup as host;
use fscc_ir::module::{
    Class, Export, ExportKind, Field, FieldRef, FuncId, Global, GlobalId, Module, ModuleKind, Selector,
    SelectorId, StorageField, StorageForm, StorageId, StorageKind,
};
use fscc_ir::{ClassId, FuncBuilder, Op, Row, Type, Variable, builtin};

include!("tables.rs");

/// The module that the bytes describe.
pub fn module(recipe: &[u8]) -> Module {
    let mut module = Module::new("random", ModuleKind::Program);
    tables(&mut module);
    for func in fixed_funcs() {
        let _: FuncId = module.funcs.push(func);
    }
    let mut bytes = recipe.iter().copied();
    let thirds = recipe.len() / 3;
    for (helpers, part) in [thirds, thirds, usize::MAX].into_iter().enumerate() {
        let choices: Vec<u8> = bytes.by_ref().take(part).collect();
        let name = if part == usize::MAX { "main".to_owned() } else { format!("helper{helpers}") };
        let func = Generator::new(&name, choices, helpers as u32).finish();
        let _: FuncId = module.funcs.push(func);
    }
    let main = FuncId::from_u32(FIRST_RANDOM + 2);
    let export = Export {
        name: "main".to_owned(),
        func: main,
        method_id: 0x1f,
        kind: ExportKind::Function,
        row: Row::PRINT.union(Row::WRITE),
    };
    module.exports.push(export);
    module
}

struct Generator {
    f: FuncBuilder,
    choices: std::vec::IntoIter<u8>,
    /// How many random functions may be called.
    helpers: u32,
    ints: Vec<Variable>,
    longs: Vec<Variable>,
    anys: Vec<Variable>,
    pairs: Vec<Variable>,
    array: Variable,
    text: Variable,
    buffer: Variable,
}

impl Generator {
    fn new(name: &str, choices: Vec<u8>, helpers: u32) -> Generator {
        let mut f = FuncBuilder::new(name, &[Type::I32, Type::I32], Some(Type::I32), Span::synthetic());
        f.set_row(Row::READ.union(Row::PRINT));
        let ints: Vec<Variable> = (0..3).map(|_| f.declare(Type::I32)).collect();
        let longs = (0..2).map(|_| f.declare(Type::I64)).collect();
        let anys: Vec<Variable> = (0..2).map(|_| f.declare(Type::Any)).collect();
        let pairs: Vec<Variable> = (0..2).map(|_| f.declare(Type::Ref(PAIR))).collect();
        let array = f.declare(Type::Ref(builtin::ARRAY_INT));
        let text = f.declare(Type::Ref(builtin::STRING));
        for (at, int) in ints.iter().take(2).enumerate() {
            let param = f.param(at);
            f.write_variable(*int, param);
        }
        let pair = f.new_object(PAIR);
        f.write_variable(pairs[0], pair);
        let other = f.new_object(TRIPLE);
        f.write_variable(pairs[1], other);
        let closure = f.new_object(ADDER);
        f.write_variable(anys[0], closure);
        let first = f.param(0);
        let boxed = f.box_scalar(builtin::INT, first);
        f.write_variable(anys[1], boxed);
        let three = f.const_i32(3);
        let new = f.array_new(builtin::ARRAY_INT, three);
        f.write_variable(array, new);
        let buffer = f.declare(Type::Ref(BUFFER));
        let new = f.new_object(BUFFER);
        let four = f.const_i32(4);
        let chars = f.array_new(builtin::ARRAY_CHAR, four);
        f.field_set(CHARS, new, chars);
        f.write_variable(buffer, new);
        let empty = f.const_string("");
        f.write_variable(text, empty);
        Generator { f, choices: choices.into_iter(), helpers, ints, longs, anys, pairs, array, text, buffer }
    }

    fn finish(mut self) -> Func {
        while self.choices.len() > 0 {
            self.statement(0);
        }
        let result = self.int();
        self.f.ret(Some(result));
        self.f.finish()
    }

    fn choose(&mut self, count: usize) -> usize {
        usize::from(self.choices.next().unwrap_or(0)) % count
    }

    fn read(&mut self, variables: &[Variable]) -> Value {
        let at = self.choose(variables.len());
        self.f.read_variable(variables[at])
    }

    fn write(&mut self, variables: &[Variable], value: Value) {
        let at = self.choose(variables.len());
        self.f.write_variable(variables[at], value);
    }

    // ── expressions ──

    fn int(&mut self) -> Value {
        let ints = self.ints.clone();
        match self.choose(12) {
            0 => {
                let byte = self.choose(256) as i32;
                self.f.const_i32(byte - 100)
            }
            1 => {
                let ops = [
                    Op::I32Add, Op::I32Sub, Op::I32Mul, Op::I32Div, Op::I32Rem, Op::I32And, Op::I32Or, Op::I32Xor,
                    Op::I32Shl, Op::I32Ushr,
                ];
                let op = ops[self.choose(ops.len())];
                let (a, mut b) = (self.read(&ints), self.int());
                if matches!(op, Op::I32Div | Op::I32Rem) && self.choose(4) > 0 {
                    let one = self.f.const_i32(1);
                    b = self.f.op_value(Op::I32Or, &[b, one]);
                }
                self.f.op_value(op, &[a, b])
            }
            2 => self.condition(),
            3 => {
                let pair = self.pair();
                self.f.field_get(A, Type::I32, pair)
            }
            4 => {
                let (array, index) = (self.f.read_variable(self.array), self.small());
                self.f.array_get(builtin::ARRAY_INT, array, index)
            }
            5 => self.unboxed(),
            6 => self.f.global_get(G_INT, Type::I32),
            7 => {
                let text = self.f.read_variable(self.text);
                self.f.op_value(Op::StringLength, &[text])
            }
            8 => {
                let pairs = self.pairs.clone();
                let pair = self.read(&pairs);
                self.f.call_virtual(SIZE, &[pair], Some(Type::I32)).unwrap_or(pair)
            }
            9 => self.call_int(),
            10 => {
                let any = self.any();
                self.f.op_value(Op::PrimitiveHash, &[any])
            }
            _ => self.read(&ints),
        }
    }

    /// The number in a box: mostly after a type test.
    fn unboxed(&mut self) -> Value {
        let any = self.any();
        if self.choose(32) == 31 {
            return self.f.unbox(builtin::INT, any);
        }
        let (then, join) = (self.f.create_block(), self.f.create_join(Type::I32));
        let other = self.read(&self.ints.clone());
        let fits = self.f.is(builtin::INT, any);
        self.f.branch(fits, then, Target::with(join.0, &[other]));
        self.f.switch_to(then);
        let number = self.f.unbox(builtin::INT, any);
        self.f.jump(join.0, &[number]);
        self.f.switch_to(join.0);
        join.1
    }

    fn call_int(&mut self) -> Value {
        let (a, b) = (self.read(&self.ints.clone()), self.small());
        let callee = match self.choose(2) {
            1 if self.helpers > 0 => FIRST_RANDOM + self.choose(self.helpers as usize) as u32,
            _ => SUM_TO.as_u32(),
        };
        let args = if callee == SUM_TO.as_u32() { [b, a] } else { [a, b] };
        self.f.call(FuncId::from_u32(callee), &args, Some(Type::I32)).unwrap_or(a)
    }

    fn small(&mut self) -> Value {
        // Minus one traps as an index.
        let number = self.choose(64) as i32;
        self.f.const_i32(if number == 63 { -1 } else { number % 3 })
    }

    fn long(&mut self) -> Value {
        let longs = self.longs.clone();
        match self.choose(6) {
            0 => {
                let byte = self.choose(256) as i64;
                self.f.const_i64(byte << 33)
            }
            1 => {
                let int = self.int();
                self.f.op_value(Op::I32ToI64, &[int])
            }
            2 => {
                let ops = [Op::I64Add, Op::I64Sub, Op::I64Mul, Op::I64Xor];
                let op = ops[self.choose(ops.len())];
                let (a, b) = (self.read(&longs), self.long());
                self.f.op_value(op, &[a, b])
            }
            3 => {
                let pairs = self.pairs.clone();
                let pair = self.read(&pairs);
                self.f.field_get(C, Type::I64, pair)
            }
            4 => self.f.storage(Op::StorageMapSize, MAP, StorageForm::Bytes, &[]).expect("the size has a type"),
            _ => self.read(&longs),
        }
    }

    fn any(&mut self) -> Value {
        let anys = self.anys.clone();
        match self.choose(10) {
            0 => {
                let int = self.int();
                self.f.box_scalar(builtin::INT, int)
            }
            1 => {
                let long = self.long();
                self.f.box_scalar(builtin::LONG, long)
            }
            2 => self.pair(),
            3 => self.f.global_get(G_ANY, Type::Any),
            4 => {
                let pair = self.pair();
                self.f.field_get(B, Type::Any, pair)
            }
            5 => self.f.const_unit(),
            6 => self.closure_call(),
            7 => self.f.read_variable(self.text),
            8 => self.buffer(),
            _ => self.read(&anys),
        }
    }

    /// A text from a buffer: of a function's own, or of one that was there before.
    fn buffer(&mut self) -> Value {
        let value = self.read(&self.ints.clone());
        if self.choose(3) == 0 {
            return self.f.call(ENCODE, &[value], Some(Type::Ref(builtin::STRING))).unwrap_or(value);
        }
        let buffer = self.f.read_variable(self.buffer);
        if self.choose(2) == 0 {
            self.f.call(PUT, &[buffer, value], None);
        }
        let array = self.f.field_get(CHARS, Type::Ref(builtin::ARRAY_CHAR), buffer);
        let (zero, three) = (self.f.const_i32(0), self.f.const_i32(3));
        self.f.op_value(Op::StringFromChars, &[array, zero, three])
    }

    fn closure_call(&mut self) -> Value {
        let argument = self.read(&self.anys.clone());
        let closure = match self.choose(3) {
            0 => {
                let closure = self.f.new_object(ADDER);
                let captured = self.read(&self.ints.clone());
                self.f.field_set(CAPTURED, closure, captured);
                closure
            }
            1 => self.f.new_object(KEEPER),
            _ if self.choose(32) == 31 => self.read(&self.anys.clone()),
            _ => {
                let closure = self.f.new_object(KEEPER);
                self.f.field_set(KEPT, closure, argument);
                self.write(&self.anys.clone(), closure);
                closure
            }
        };
        self.f.call_virtual(APPLY, &[closure, argument], Some(Type::Any)).unwrap_or(argument)
    }

    fn pair(&mut self) -> Value {
        let pairs = self.pairs.clone();
        match self.choose(5) {
            0 => {
                let pair = self.f.new_object(PAIR);
                let (a, b) = (self.read(&self.ints.clone()), self.read(&self.anys.clone()));
                self.f.call(NEW_PAIR, &[pair, a, b], None);
                pair
            }
            1 => {
                let triple = self.f.new_object(TRIPLE);
                let pair = self.read(&pairs);
                self.f.field_set(D, triple, pair);
                self.f.field_get(D, Type::Ref(PAIR), triple)
            }
            2 => {
                let singleton = self.f.call(SINGLETON, &[], Some(Type::Ref(PAIR)));
                singleton.expect("the singleton is a value")
            }
            3 if self.choose(32) == 31 => {
                let any = self.read(&self.anys.clone());
                self.f.cast(PAIR, any)
            }
            _ => self.read(&pairs),
        }
    }

    fn condition(&mut self) -> Value {
        match self.choose(6) {
            0 => {
                let any = self.any();
                let class = [builtin::INT, PAIR, TRIPLE, FUNCTION][self.choose(4)];
                self.f.is(class, any)
            }
            1 => {
                let (a, b) = (self.any(), self.read(&self.anys.clone()));
                let op = [Op::PrimitiveEq, Op::RefEq][self.choose(2)];
                self.f.op_value(op, &[a, b])
            }
            2 => {
                let inner = self.condition();
                self.f.op_value(Op::BoolNot, &[inner])
            }
            3 => {
                let (a, b) = (self.long(), self.read(&self.longs.clone()));
                self.f.op_value(Op::I64Lt, &[a, b])
            }
            4 => {
                let key = self.key();
                self.f.storage(Op::StorageMapContains, MAP, StorageForm::Bytes, &[key]).unwrap_or(key)
            }
            _ => {
                let (a, b) = (self.read(&self.ints.clone()), self.read(&self.ints.clone()));
                self.f.op_value(Op::I32Lt, &[a, b])
            }
        }
    }

    fn key(&mut self) -> Value {
        let byte = self.choose(3) as u8;
        self.f.const_bytes(&[byte])
    }

    // ── statements ──

    fn statement(&mut self, depth: u32) {
        let count = if depth < 4 { 20 } else { 13 };
        match self.choose(count) {
            0 => {
                let value = self.int();
                self.write(&self.ints.clone(), value);
            }
            1 => {
                let value = self.long();
                self.write(&self.longs.clone(), value);
            }
            2 => {
                let value = self.any();
                self.write(&self.anys.clone(), value);
            }
            3 => {
                let value = self.pair();
                self.write(&self.pairs.clone(), value);
            }
            4 => {
                let (pair, value) = (self.pair(), self.int());
                self.f.field_set(A, pair, value);
            }
            5 => {
                let (pair, value) = (self.read(&self.pairs.clone()), self.any());
                self.f.field_set(B, pair, value);
            }
            6 => {
                let (array, index, value) = (self.f.read_variable(self.array), self.small(), self.int());
                self.f.array_set(builtin::ARRAY_INT, array, index, value);
            }
            7 => {
                let value = self.int();
                self.f.global_set(G_INT, value);
            }
            8 => {
                let value = self.any();
                self.f.global_set(G_ANY, value);
            }
            9 => self.print(),
            10 => self.storage(),
            11 => {
                let (text, int) = (self.f.read_variable(self.text), self.int());
                let digits = self.f.op_value(Op::StringFromI32, &[int]);
                let joined = self.f.op_value(Op::StringConcat, &[text, digits]);
                self.f.write_variable(self.text, joined);
            }
            12 => self.call_try(),
            13 | 14 => self.if_else(depth),
            15 => self.repeat(depth),
            16 => self.switch(depth),
            17 | 18 => self.decide(depth),
            _ => self.leave(),
        }
    }

    fn print(&mut self) {
        let value = self.int();
        let text = self.f.op_value(Op::StringFromI32, &[value]);
        self.f.call_host(host("host.print").expect("the host prints"), &[text]);
    }

    fn storage(&mut self) {
        match self.choose(10) {
            0 => {
                let key = self.key();
                self.store(Op::StorageSet, SCALAR, StorageForm::Bytes, &[key]);
            }
            1 => {
                let (key, value) = (self.key(), self.stored(Op::StorageGet, SCALAR, StorageForm::Bytes, &[]));
                self.store(Op::StorageMapSet, MAP, StorageForm::Bytes, &[key, value]);
            }
            2 => {
                let (key, value) = (self.key(), self.key());
                self.store(Op::StorageMapSet, MAP, StorageForm::Bytes, &[key, value]);
            }
            3 => {
                let key = self.key();
                self.store(Op::StorageMapRemove, MAP, StorageForm::Bytes, &[key]);
            }
            4 => {
                let key = self.key();
                let value = self.stored(Op::StorageMapGet, MAP, StorageForm::Bytes, &[key]);
                self.write(&self.anys.clone(), value);
            }
            _ => self.scalar_storage(),
        }
    }

    /// Storage whose keys and values are no references.
    fn scalar_storage(&mut self) {
        match self.choose(6) {
            0 => {
                let value = self.long();
                self.store(Op::StorageSet, NUMBER, StorageForm::Long, &[value]);
            }
            1 => {
                let value = self.stored(Op::StorageGet, NUMBER, StorageForm::Long, &[]);
                self.write(&self.longs.clone(), value);
            }
            2 => {
                let (key, value) = (self.small(), self.int());
                self.store(Op::StorageMapSet, SMALL, StorageForm::Byte, &[key, value]);
            }
            3 => {
                let key = self.small();
                let found = self.stored(Op::StorageMapContains, SMALL, StorageForm::Byte, &[key]);
                let value = self.stored(Op::StorageMapGet, SMALL, StorageForm::Byte, &[key]);
                let sum = self.f.op_value(Op::I32Add, &[found, value]);
                self.write(&self.ints.clone(), sum);
            }
            4 => {
                let (key, low) = (self.long(), self.long());
                let value = self.f.op_value(Op::U128Join, &[key, low]);
                self.store(Op::StorageMapSet, WIDE, StorageForm::UInt128, &[key, value]);
            }
            _ => {
                let key = self.long();
                let value = self.stored(Op::StorageMapGet, WIDE, StorageForm::UInt128, &[key]);
                let low = self.f.op_value(Op::U128Low, &[value]);
                self.write(&self.longs.clone(), low);
            }
        }
    }

    fn store(&mut self, op: Op, field: StorageId, form: StorageForm, args: &[Value]) {
        self.f.storage(op, field, form, args);
    }

    fn stored(&mut self, op: Op, field: StorageId, form: StorageForm, args: &[Value]) -> Value {
        self.f.storage(op, field, form, args).expect("what reads storage has a result")
    }

    fn call_try(&mut self) {
        let caught = if self.choose(2) == 0 {
            let closure = self.f.new_object(ADDER);
            let argument = self.any();
            self.f.call_try(ADDER_APPLY, &[closure, argument])
        } else {
            let risk = self.choose(RISKS) as i32;
            let (risk, number) = (self.f.const_i32(risk), self.small());
            let object = self.any();
            self.f.call_try(RISKY, &[risk, number, object])
        };
        for part in 0..3 {
            let at = self.f.const_i32(part);
            let part = self.f.array_get(builtin::ARRAY_ANY, caught, at);
            self.print_any(part);
            if self.choose(2) == 0 {
                self.write(&self.anys.clone(), part);
            }
        }
    }

    /// Prints a text or an `Int`, or the name of the class.
    fn print_any(&mut self, value: Value) {
        let (join, text) = self.f.create_join(Type::Ref(builtin::STRING));
        for class in [builtin::STRING, builtin::INT] {
            let (found, next) = (self.f.create_block(), self.f.create_block());
            let fits = self.f.is(class, value);
            self.f.branch(fits, found, next);
            self.f.switch_to(found);
            let text = match class {
                builtin::INT => {
                    let number = self.f.unbox(class, value);
                    self.f.op_value(Op::StringFromI32, &[number])
                }
                _ => self.f.cast(class, value),
            };
            self.f.jump(join, &[text]);
            self.f.switch_to(next);
        }
        let (null, other) = (self.f.create_block(), self.f.create_block());
        let is_null = self.f.op_value(Op::IsNull, &[value]);
        self.f.branch(is_null, null, other);
        self.f.switch_to(null);
        let text_of_null = self.f.const_string("null");
        self.f.jump(join, &[text_of_null]);
        self.f.switch_to(other);
        let name = self.f.op_value(Op::ClassName, &[value]);
        self.f.jump(join, &[name]);
        self.f.switch_to(join);
        self.f.call_host(host("host.print").expect("the host prints"), &[text]);
    }

    fn block(&mut self, depth: u32) {
        for _ in 0..self.choose(4) {
            self.statement(depth + 1);
        }
    }

    fn if_else(&mut self, depth: u32) {
        let condition = self.condition();
        let (then, otherwise, after) =
            (self.f.create_block(), self.f.create_block(), self.f.create_block());
        self.f.branch(condition, then, otherwise);
        self.f.seal(then);
        self.f.switch_to(then);
        self.block(depth);
        self.f.jump(after, &[]);
        self.f.switch_to(otherwise);
        self.block(depth);
        self.f.jump(after, &[]);
        self.f.switch_to(after);
    }

    fn repeat(&mut self, depth: u32) {
        let counter = self.f.declare(Type::I32);
        let times = self.small();
        self.f.write_variable(counter, times);
        let (head, body, after) = (self.f.create_block(), self.f.create_block(), self.f.create_block());
        self.f.jump(head, &[]);
        self.f.switch_to(head);
        let (now, zero) = (self.f.read_variable(counter), self.f.const_i32(0));
        let goes_on = self.f.op_value(Op::I32Gt, &[now, zero]);
        self.f.branch(goes_on, body, after);
        self.f.switch_to(body);
        self.block(depth);
        let (now, one) = (self.f.read_variable(counter), self.f.const_i32(1));
        let next = self.f.op_value(Op::I32Sub, &[now, one]);
        self.f.write_variable(counter, next);
        self.f.jump(head, &[]);
        self.f.seal(head);
        self.f.switch_to(after);
    }

    fn switch(&mut self, depth: u32) {
        let value = self.int();
        let (join, result) = self.f.create_join(Type::I32);
        let blocks = [self.f.create_block(), self.f.create_block()];
        let default = Target::with(join, &[value]);
        let cases = vec![(3, Target::new(blocks[0])), (0, Target::new(blocks[1])), (3, Target::new(blocks[1]))];
        self.f.switch(value, cases, default);
        for block in blocks {
            self.f.switch_to(block);
            self.block(depth);
            let value = self.int();
            self.f.jump(join, &[value]);
        }
        self.f.switch_to(join);
        self.write(&self.ints.clone(), result);
    }

    /// A chain of tests of one value, for classes or numbers; some arms fail into the chain again.
    fn decide(&mut self, depth: u32) {
        let for_classes = self.choose(2) == 0;
        let value = if for_classes { self.any() } else { self.int() };
        let after = self.f.create_block();
        let count = 3 + self.choose(5);
        for _ in 0..count {
            let (arm, next) = (self.f.create_block(), self.f.create_block());
            let fits = if for_classes {
                let classes = [
                    builtin::INT, builtin::STRING, builtin::LONG, builtin::OBJECT, PAIR, TRIPLE, FUNCTION, ADDER, KEEPER,
                ];
                let class = classes[self.choose(classes.len())];
                self.f.is(class, value)
            } else {
                let number = self.choose(4) as i32 - 1;
                let number = self.f.const_i32(number);
                let op = if self.choose(4) == 0 { Op::I32Ne } else { Op::I32Eq };
                let args = if self.choose(2) == 0 { [value, number] } else { [number, value] };
                self.f.op_value(op, &args)
            };
            self.f.branch(fits, arm, next);
            self.f.switch_to(arm);
            self.block(depth);
            if self.choose(2) == 0 {
                let guard = self.condition();
                self.f.branch(guard, after, next);
            } else {
                self.f.jump(after, &[]);
            }
            self.f.switch_to(next);
        }
        self.f.jump(after, &[]);
        self.f.switch_to(after);
    }

    /// Leaves the function if a condition holds; or at once, so that what follows is dead.
    fn leave(&mut self) {
        let after = self.f.create_block();
        let is_conditional = self.choose(4) > 0;
        if is_conditional {
            let condition = self.condition();
            let out = self.f.create_block();
            self.f.branch(condition, out, after);
            self.f.switch_to(out);
        }
        match self.choose(4) {
            0 => {
                let detail = self.any();
                self.f.trap(9, detail);
            }
            1 => {
                let object = self.pair();
                self.f.throw(object);
            }
            2 => {
                let (a, b) = (self.int(), self.int());
                self.f.tail_call(SUM_TO, &[a, b]);
            }
            _ => {
                let value = self.int();
                self.f.ret(Some(value));
            }
        }
        if is_conditional || self.choices.len().is_multiple_of(2) {
            self.f.switch_to(after);
        }
    }
}
