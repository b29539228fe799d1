// What every random module has: classes, selectors, globals, storage, and functions that random
// code calls. Part of the test `random`.

const PAIR: ClassId = ClassId::from_u32(24);
const TRIPLE: ClassId = ClassId::from_u32(25);
const FUNCTION: ClassId = ClassId::from_u32(26);
const ADDER: ClassId = ClassId::from_u32(27);
const KEEPER: ClassId = ClassId::from_u32(28);
const BUFFER: ClassId = ClassId::from_u32(29);
const CHARS: FieldRef = FieldRef { class: BUFFER, index: 0 };
const COUNT: FieldRef = FieldRef { class: BUFFER, index: 1 };
const APPLY: SelectorId = SelectorId::from_u32(0);
const SIZE: SelectorId = SelectorId::from_u32(1);
const G_INT: GlobalId = GlobalId::from_u32(0);
const G_ANY: GlobalId = GlobalId::from_u32(1);
const G_SINGLETON: GlobalId = GlobalId::from_u32(2);
const SCALAR: StorageId = StorageId::from_u32(0);
const MAP: StorageId = StorageId::from_u32(1);
const NUMBER: StorageId = StorageId::from_u32(2);
const SMALL: StorageId = StorageId::from_u32(3);
const WIDE: StorageId = StorageId::from_u32(4);
const A: FieldRef = FieldRef { class: PAIR, index: 0 };
const B: FieldRef = FieldRef { class: PAIR, index: 1 };
const C: FieldRef = FieldRef { class: PAIR, index: 2 };
const D: FieldRef = FieldRef { class: TRIPLE, index: 0 };
const CAPTURED: FieldRef = FieldRef { class: ADDER, index: 0 };
const KEPT: FieldRef = FieldRef { class: KEEPER, index: 0 };

const NEW_PAIR: FuncId = FuncId::from_u32(0);
const ADDER_APPLY: FuncId = FuncId::from_u32(1);
const KEEPER_APPLY: FuncId = FuncId::from_u32(2);
const PAIR_SIZE: FuncId = FuncId::from_u32(3);
const SUM_TO: FuncId = FuncId::from_u32(4);
const SINGLETON: FuncId = FuncId::from_u32(5);
const PUT: FuncId = FuncId::from_u32(6);
const ENCODE: FuncId = FuncId::from_u32(7);
const RISKY: FuncId = FuncId::from_u32(8);
const FIRST_RANDOM: u32 = 9;
/// What `RISKY` knows to do.
const RISKS: usize = 16;

fn tables(module: &mut Module) {
    let field = |name: &str, ty, mutable| Field { name: name.to_owned(), ty, mutable };
    let class = |name: &str, superclass, fields| Class {
        name: name.to_owned(),
        superclass: Some(superclass),
        fields,
        ..Class::default()
    };
    let mut pair = class(
        "Pair",
        builtin::OBJECT,
        vec![field("a", Type::I32, true), field("b", Type::Any, true), field("c", Type::I64, false)],
    );
    pair.methods.insert(SIZE, PAIR_SIZE);
    let mut triple = class("Triple", PAIR, vec![field("d", Type::Ref(PAIR), true)]);
    triple.methods.insert(SIZE, PAIR_SIZE);
    let mut function = class("Function", builtin::OBJECT, Vec::new());
    (function.superclass, function.is_abstract) = (None, true);
    let mut adder = class("Adder", builtin::OBJECT, vec![field("captured", Type::I32, false)]);
    adder.traits.push(FUNCTION);
    adder.methods.insert(APPLY, ADDER_APPLY);
    let mut keeper = class("Keeper", builtin::OBJECT, vec![field("kept", Type::Any, true)]);
    keeper.traits.push(FUNCTION);
    keeper.methods.insert(APPLY, KEEPER_APPLY);
    let chars = Type::Ref(builtin::ARRAY_CHAR);
    let buffer = class(
        "Buffer",
        builtin::OBJECT,
        vec![field("chars", chars, true), field("count", Type::I32, true)],
    );
    for class in [pair, triple, function, adder, keeper, buffer] {
        let _: ClassId = module.classes.push(class);
    }
    let selector = |name: &str, owner, params, result| Selector { name: name.to_owned(), owner, params, result };
    let apply = selector("apply", FUNCTION, vec![Type::Any, Type::Any], Some(Type::Any));
    let size = selector("size", PAIR, vec![Type::Ref(PAIR)], Some(Type::I32));
    for selector in [apply, size] {
        let _: SelectorId = module.selectors.push(selector);
    }
    for (name, ty) in [("count", Type::I32), ("last", Type::Any), ("singleton", Type::Ref(PAIR))] {
        let _: GlobalId = module.globals.push(Global { name: name.to_owned(), ty });
    }
        let bytes = StorageForm::Bytes;
    for (name, kind, key, value) in [
        ("total", StorageKind::Scalar, bytes, bytes),
        ("table", StorageKind::Map, bytes, bytes),
        ("count", StorageKind::Scalar, bytes, StorageForm::Long),
        ("small", StorageKind::Map, StorageForm::Int, StorageForm::Byte),
        ("wide", StorageKind::Map, StorageForm::Long, StorageForm::UInt128),
    ] {
        let ty = "Bytes \"\\\u{1f600}".to_owned();
        let field = StorageField { name: name.to_owned(), kind, key, value, ty };
        let _: StorageId = module.storage.push(field);
    }
}

fn fixed_funcs() -> Vec<Func> {
    let span = Span::synthetic();
    // The constructor of Pair, by way of an initialiser of immutable fields.
    let mut f = FuncBuilder::new("Pair.<init>", &[Type::Ref(PAIR), Type::I32, Type::Any], None, span);
    let (this, a, b) = (f.param(0), f.param(1), f.param(2));
    f.field_set(A, this, a);
    f.field_set(B, this, b);
    let long = f.op_value(Op::I32ToI64, &[a]);
    f.field_set(C, this, long);
    f.ret(None);
    let new_pair = f.finish();

    let mut f = FuncBuilder::new("Adder.apply", &[Type::Ref(ADDER), Type::Any], Some(Type::Any), span);
    let (this, value) = (f.param(0), f.param(1));
    let captured = f.field_get(CAPTURED, Type::I32, this);
    let number = f.unbox(builtin::INT, value);
    let sum = f.op_value(Op::I32Add, &[captured, number]);
    let sum = f.box_scalar(builtin::INT, sum);
    f.ret(Some(sum));
    let adder = f.finish();

    let mut f = FuncBuilder::new("Keeper.apply", &[Type::Any, Type::Any], Some(Type::Any), span);
    let this = f.param(0);
    let this = f.cast(KEEPER, this);
    let old = f.field_get(KEPT, Type::Any, this);
    let value = f.param(1);
    f.field_set(KEPT, this, value);
    f.ret(Some(old));
    let keeper = f.finish();

    let mut f = FuncBuilder::new("Pair.size", &[Type::Ref(PAIR)], Some(Type::I32), span);
    let this = f.param(0);
    let a = f.field_get(A, Type::I32, this);
    f.ret(Some(a));
    let size = f.finish();

    let mut f = FuncBuilder::new("sumTo", &[Type::I32, Type::I32], Some(Type::I32), span);
    let (n, sum) = (f.param(0), f.param(1));
    let (done, more) = (f.create_block(), f.create_block());
    let zero = f.const_i32(0);
    let is_done = f.op_value(Op::I32Le, &[n, zero]);
    f.branch(is_done, done, more);
    f.switch_to(done);
    f.ret(Some(sum));
    f.switch_to(more);
    let one = f.const_i32(1);
    let less = f.op_value(Op::I32Sub, &[n, one]);
    let more = f.op_value(Op::I32Add, &[sum, n]);
    let result = f.call(FuncId::from_u32(4), &[less, more], Some(Type::I32));
    f.ret(result);
    let sum_to = f.finish();
    vec![new_pair, adder, keeper, size, sum_to, singleton(), put(), encode(), risky()]
}

/// Appends a character to a buffer; its array has four.
fn put() -> Func {
    let params = [Type::Ref(BUFFER), Type::I32];
    let mut f = FuncBuilder::new("Buffer.put", &params, None, Span::synthetic());
    let (this, value) = (f.param(0), f.param(1));
    let array = f.field_get(CHARS, Type::Ref(builtin::ARRAY_CHAR), this);
    let count = f.field_get(COUNT, Type::I32, this);
    let three = f.const_i32(3);
    let at = f.op_value(Op::I32And, &[count, three]);
    f.array_set(builtin::ARRAY_CHAR, array, at, value);
    let one = f.const_i32(1);
    let next = f.op_value(Op::I32Add, &[count, one]);
    f.field_set(COUNT, this, next);
    f.ret(None);
    f.finish()
}

/// A text that depends on the argument only, by way of a buffer.
fn encode() -> Func {
    let text = Type::Ref(builtin::STRING);
    let mut f = FuncBuilder::new("encode", &[Type::I32], Some(text), Span::synthetic());
    let value = f.param(0);
    let buffer = f.new_object(BUFFER);
    let four = f.const_i32(4);
    let array = f.array_new(builtin::ARRAY_CHAR, four);
    f.field_set(CHARS, buffer, array);
    f.call(PUT, &[buffer, value], None);
    f.call(PUT, &[buffer, four], None);
    let array = f.field_get(CHARS, Type::Ref(builtin::ARRAY_CHAR), buffer);
    let (zero, count) = (f.const_i32(0), f.field_get(COUNT, Type::I32, buffer));
    let text = f.op_value(Op::StringFromChars, &[array, zero, count]);
    f.ret(Some(text));
    f.finish()
}

/// The getter of a singleton.
fn singleton() -> Func {
    let ty = Type::Ref(PAIR);
    let mut f = FuncBuilder::new("singleton", &[], Some(ty), Span::synthetic());
    let known = f.global_get(G_SINGLETON, ty);
    let is_null = f.op_value(Op::IsNull, &[known]);
    let (missing, present) = (f.create_block(), f.create_block());
    f.branch(is_null, missing, present);
    f.switch_to(missing);
    let made = f.new_object(PAIR);
    f.global_set(G_SINGLETON, made);
    let one = f.const_i32(1);
    f.field_set(A, made, one);
    f.ret(Some(made));
    f.switch_to(present);
    f.ret(Some(known));
    f.finish()
}

/// Does the operation of this number with the other number: most of them trap for most numbers,
/// with a detail or without. `object` is cast; what comes out is a value of any kind.
fn risky() -> Func {
    let params = [Type::I32, Type::I32, Type::Any];
    let mut f = FuncBuilder::new("risky", &params, Some(Type::Any), Span::synthetic());
    let (number, object) = (f.param(1), f.param(2));
    let blocks: Vec<_> = (0..RISKS).map(|_| f.create_block()).collect();
    let cases: Vec<_> = (0..).zip(&blocks).map(|(at, block)| (at, Target::new(*block))).collect();
    let which = f.param(0);
    f.switch(which, cases, blocks[0]);
    for (risk, block) in blocks.into_iter().enumerate() {
        f.switch_to(block);
        if let Some(value) = risk_taken(&mut f, risk, number, object) {
            f.ret(Some(value));
        }
    }
    f.finish()
}

fn risk_taken(f: &mut FuncBuilder, risk: usize, number: Value, object: Value) -> Option<Value> {
    let two = f.const_i32(2);
    let text = f.const_string("a\u{e9}\u{1f600}");
    let bytes = f.const_bytes(b"0123456789");
    let array = f.array_new(builtin::ARRAY_INT, two);
    let int = match risk {
        0 => f.array_get(builtin::ARRAY_INT, array, number),
        1 => f.op_value(Op::StringCharAt, &[text, number]),
        2 => f.op_value(Op::BytesGet, &[bytes, number]),
        3 => f.op_value(Op::I32Div, &[two, number]),
        4 => {
            let new = f.array_new(builtin::ARRAY_CHAR, number);
            f.array_length(builtin::ARRAY_CHAR, new)
        }
        5 => f.unbox(builtin::INT, object),
        6 => return Some(f.cast(TRIPLE, object)),
        7 => return Some(f.op_value(Op::StringSubstring, &[text, number, two])),
        8 => return Some(f.op_value(Op::BytesSlice, &[bytes, two, number])),
        9 => {
            let long = f.op_value(Op::BytesGetI64, &[bytes, number]);
            return Some(f.box_scalar(builtin::LONG, long));
        }
        10 => {
            let digits = f.op_value(Op::StringFromI32, &[number]);
            let dots = f.op_value(Op::StringConcat, &[digits, text]);
            let double = f.op_value(Op::StringToF64, &[dots]);
            return Some(f.box_scalar(builtin::DOUBLE, double));
        }
        11 => {
            let long = f.op_value(Op::I32ToI64, &[number]);
            let wide = f.op_value(Op::U128FromI64, &[long]);
            return Some(f.box_scalar(builtin::UINT128, wide));
        }
        12 => {
            let chars = f.array_new(builtin::ARRAY_CHAR, two);
            return Some(f.op_value(Op::StringFromChars, &[chars, number, two]));
        }
        13 => {
            let other = f.array_new(builtin::ARRAY_INT, number);
            f.array_copy(builtin::ARRAY_INT, [array, number, other, two, number]);
            number
        }
        14 => {
            let half = f.op_value(Op::StringSubstring, &[text, two, number]);
            return Some(f.op_value(Op::StringToUtf8, &[half]));
        }
        _ => {
            f.trap(9, object);
            return None;
        }
    };
    Some(f.box_scalar(builtin::INT, int))
}
