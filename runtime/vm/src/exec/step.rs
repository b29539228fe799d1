//! The match over instructions.
//!
//! Relies on the verifier as the module above does; every arm reads its operands before it writes
//! its result.

use super::{Exit, Position, array, bytes, enter, outside, push, slot, storage, text};
use crate::host::Host;
use crate::machine::{Frame, Machine, Step};
use crate::store::{Stop, trap};
use crate::value::{NULL, Slot, UNIT, as_f64, class_of, f64_slot, i32_slot, i64_slot};
use fvm_arith::{character, double, int32, int64, int128, number, uint128};
use fvm_isa::{BlockId, Inst, TrapCode};

/// Executes instructions, through calls and returns, until something else happens; with `SINGLE`
/// only one, which must be no call and no terminator.
pub(super) fn execute<const TRACE: bool, const SINGLE: bool>(
    machine: &mut Machine<'_>,
    host: &mut dyn Host,
    at: &mut Position,
    watch: &mut dyn FnMut(&Step<'_>),
) -> Exit {
    let image = machine.store.image;
    let code = image.code.as_slice();
    'window: loop {
        let store = &mut machine.store;
        let base = at.base as usize;
        let window = machine.stack.get_mut(base..).and_then(|rest| rest.first_chunk_mut::<256>());
        let Some(window) = window else { return Exit::Stop(trap(TrapCode::STACK_OVERFLOW)) };
        let blocks = &machine.blocks[at.first_block as usize..];
        let mut pc = at.pc as usize;

        // Leaves the frame; the position is behind the instruction.
        macro_rules! exit {
            ($exit:expr) => {{
                at.pc = pc as u32;
                return $exit;
            }};
        }
        // Goes on in the window of a callee. What catches is left to the slow path.
        macro_rules! call {
            ($window:expr, $function:expr) => {{
                let (first, function) = ($window, $function);
                at.pc = pc as u32;
                let caller = Frame {
                    return_pc: at.pc,
                    base: at.base,
                    first_block: at.first_block,
                    is_catching: false,
                };
                let base = at.base + u32::from(first.0);
                match push(machine, caller).and_then(|()| enter(machine, at, base, function)) {
                    Ok(()) => continue 'window,
                    Err(stop) => return Exit::Stop(stop),
                }
            }};
        }
        // Goes on behind the call in the caller's window, if there is one that does not catch.
        macro_rules! leave {
            ($value:expr) => {{
                let value: Slot = $value;
                match machine.frames.pop() {
                    Some(Frame { return_pc, base, first_block, is_catching: false }) => {
                        // The result lies where the callee's window began.
                        window[0] = value;
                        *at = Position { pc: return_pc, base, first_block };
                        continue 'window;
                    }
                    other => {
                        machine.frames.extend(other);
                        exit!(Exit::Return(value))
                    }
                }
            }};
        }
        // The value of a result, or out.
        macro_rules! give {
            ($result:expr) => {
                match $result {
                    Ok(value) => value,
                    Err(stop) => exit!(Exit::Stop(Stop::from(stop))),
                }
            };
        }
        macro_rules! go {
            ($block:expr) => {{
                let block: BlockId = $block;
                let entry = blocks[block.index()];
                pc = entry.pc as usize;
                machine.instructions += u64::from(entry.length);
                machine.moves += u64::from(entry.moves);
                match store.gas.checked_sub(entry.price) {
                    Some(left) => store.gas = left,
                    None => {
                        store.gas = 0;
                        // The first instruction of the block is where it happens.
                        pc += 1;
                        exit!(Exit::Stop(trap(TrapCode::OUT_OF_GAS)))
                    }
                }
            }};
        }
        macro_rules! reg {
            ($reg:expr) => {
                window[usize::from($reg.0)]
            };
        }
        macro_rules! i32 {
            ($reg:expr) => {
                (reg!($reg) as i32)
            };
        }
        macro_rules! i64 {
            ($reg:expr) => {
                (reg!($reg) as i64)
            };
        }
        macro_rules! f64 {
            ($reg:expr) => {
                as_f64(reg!($reg))
            };
        }
        macro_rules! i128 {
            ($reg:expr) => {
                (reg!($reg) as i128)
            };
        }
        macro_rules! set {
            ($dst:expr, $slot:expr) => {{
                let slot: Slot = $slot;
                reg!($dst) = slot;
            }};
        }
        macro_rules! set_i32 {
            ($dst:expr, $value:expr) => {
                set!($dst, i32_slot($value))
            };
        }
        macro_rules! set_bool {
            ($dst:expr, $value:expr) => {
                set!($dst, Slot::from($value))
            };
        }
        macro_rules! set_i64 {
            ($dst:expr, $value:expr) => {
                set!($dst, i64_slot($value))
            };
        }
        macro_rules! set_f64 {
            ($dst:expr, $value:expr) => {
                set!($dst, f64_slot($value))
            };
        }
        macro_rules! set_i128 {
            ($dst:expr, $value:expr) => {
                set!($dst, $value as u128)
            };
        }
        macro_rules! branch {
            ($condition:expr, $yes:expr, $no:expr) => {
                go!(if $condition { *$yes } else { *$no })
            };
        }
        macro_rules! element {
            ($array:expr, $index:expr) => {
                give!(array::get(store, reg!($array), i32!($index)))
            };
        }
        macro_rules! set_element {
            ($array:expr, $index:expr, $bytes:expr) => {
                give!(array::set(store, reg!($array), i32!($index), $bytes))
            };
        }

        loop {
            let inst = &code[pc];
            if TRACE {
                let location = image.locate(pc as u32);
                let depth = machine.frames.len();
                watch(&Step { location, inst, gas: store.gas, depth, registers: window });
            }
            pc += 1;
            match inst {
                // ── moves and constants ──
                Inst::Move { dst, a } => set!(dst, reg!(a)),
                Inst::ConstI16 { dst, value } => set_i32!(dst, i32::from(*value)),
                Inst::ConstI32 { dst, value } => set_i32!(dst, *value),
                Inst::ConstI64I16 { dst, value } => set_i64!(dst, i64::from(*value)),
                Inst::ConstI64 { dst, value } => set_i64!(dst, *value),
                Inst::ConstF64 { dst, bits } => set!(dst, Slot::from(*bits)),
                Inst::ConstU128U16 { dst, value } => set!(dst, Slot::from(*value)),
                Inst::ConstU128 { dst, value } => set!(dst, **value),
                Inst::ConstI128 { dst, value } => set_i128!(dst, **value),
                Inst::ConstString { dst, constant } | Inst::ConstBytes { dst, constant } => {
                    set!(dst, image.constants[constant.index()])
                }
                Inst::ConstNull { dst } => set!(dst, NULL),
                Inst::ConstUnit { dst } => set!(dst, UNIT),

                // ── 32-bit integers ──
                Inst::I32Add { dst, a, b } => set_i32!(dst, int32::add(i32!(a), i32!(b))),
                Inst::I32Sub { dst, a, b } => set_i32!(dst, int32::sub(i32!(a), i32!(b))),
                Inst::I32Mul { dst, a, b } => set_i32!(dst, int32::mul(i32!(a), i32!(b))),
                Inst::I32Div { dst, a, b } => set_i32!(dst, give!(int32::div(i32!(a), i32!(b)))),
                Inst::I32Rem { dst, a, b } => set_i32!(dst, give!(int32::rem(i32!(a), i32!(b)))),
                Inst::I32Neg { dst, a } => set_i32!(dst, int32::neg(i32!(a))),
                Inst::I32And { dst, a, b } => set_i32!(dst, i32!(a) & i32!(b)),
                Inst::I32Or { dst, a, b } => set_i32!(dst, i32!(a) | i32!(b)),
                Inst::I32Xor { dst, a, b } => set_i32!(dst, i32!(a) ^ i32!(b)),
                Inst::I32Shl { dst, a, b } => set_i32!(dst, int32::shl(i32!(a), i32!(b))),
                Inst::I32Shr { dst, a, b } => set_i32!(dst, int32::shr(i32!(a), i32!(b))),
                Inst::I32Ushr { dst, a, b } => set_i32!(dst, int32::ushr(i32!(a), i32!(b))),
                Inst::I32Rotr { dst, a, b } => set_i32!(dst, int32::rotr(i32!(a), i32!(b))),
                Inst::I32Eq { dst, a, b } => set_bool!(dst, i32!(a) == i32!(b)),
                Inst::I32Ne { dst, a, b } => set_bool!(dst, i32!(a) != i32!(b)),
                Inst::I32Lt { dst, a, b } => set_bool!(dst, i32!(a) < i32!(b)),
                Inst::I32Le { dst, a, b } => set_bool!(dst, i32!(a) <= i32!(b)),
                Inst::I32AddImm { dst, a, value } => {
                    set_i32!(dst, int32::add(i32!(a), i32::from(*value)))
                }
                Inst::I32MulImm { dst, a, value } => {
                    set_i32!(dst, int32::mul(i32!(a), i32::from(*value)))
                }
                Inst::I32AndImm { dst, a, value } => set_i32!(dst, i32!(a) & i32::from(*value)),
                Inst::I32ShlImm { dst, a, value } => {
                    set_i32!(dst, int32::shl(i32!(a), i32::from(*value)))
                }
                Inst::I32ShrImm { dst, a, value } => {
                    set_i32!(dst, int32::shr(i32!(a), i32::from(*value)))
                }
                Inst::I32RotrImm { dst, a, value } => {
                    set_i32!(dst, int32::rotr(i32!(a), i32::from(*value)))
                }
                Inst::I32UshrImm { dst, a, value } => {
                    set_i32!(dst, int32::ushr(i32!(a), i32::from(*value)))
                }
                Inst::BoolNot { dst, a } => set_bool!(dst, i32!(a) == 0),

                // ── 64-bit integers ──
                Inst::I64Add { dst, a, b } => set_i64!(dst, int64::add(i64!(a), i64!(b))),
                Inst::I64Sub { dst, a, b } => set_i64!(dst, int64::sub(i64!(a), i64!(b))),
                Inst::I64Mul { dst, a, b } => set_i64!(dst, int64::mul(i64!(a), i64!(b))),
                Inst::I64Div { dst, a, b } => set_i64!(dst, give!(int64::div(i64!(a), i64!(b)))),
                Inst::I64Rem { dst, a, b } => set_i64!(dst, give!(int64::rem(i64!(a), i64!(b)))),
                Inst::I64Udiv { dst, a, b } => set_i64!(dst, give!(int64::udiv(i64!(a), i64!(b)))),
                Inst::I64Urem { dst, a, b } => set_i64!(dst, give!(int64::urem(i64!(a), i64!(b)))),
                Inst::I64Neg { dst, a } => set_i64!(dst, int64::neg(i64!(a))),
                Inst::I64And { dst, a, b } => set_i64!(dst, i64!(a) & i64!(b)),
                Inst::I64Or { dst, a, b } => set_i64!(dst, i64!(a) | i64!(b)),
                Inst::I64Xor { dst, a, b } => set_i64!(dst, i64!(a) ^ i64!(b)),
                Inst::I64Shl { dst, a, b } => set_i64!(dst, int64::shl(i64!(a), i32!(b))),
                Inst::I64Shr { dst, a, b } => set_i64!(dst, int64::shr(i64!(a), i32!(b))),
                Inst::I64Ushr { dst, a, b } => set_i64!(dst, int64::ushr(i64!(a), i32!(b))),
                Inst::I64Eq { dst, a, b } => set_bool!(dst, i64!(a) == i64!(b)),
                Inst::I64Ne { dst, a, b } => set_bool!(dst, i64!(a) != i64!(b)),
                Inst::I64Lt { dst, a, b } => set_bool!(dst, i64!(a) < i64!(b)),
                Inst::I64Le { dst, a, b } => set_bool!(dst, i64!(a) <= i64!(b)),
                Inst::I64AddImm { dst, a, value } => {
                    set_i64!(dst, int64::add(i64!(a), i64::from(*value)))
                }
                Inst::I64MulImm { dst, a, value } => {
                    set_i64!(dst, int64::mul(i64!(a), i64::from(*value)))
                }
                Inst::I64AndImm { dst, a, value } => set_i64!(dst, i64!(a) & i64::from(*value)),
                Inst::I64ShlImm { dst, a, value } => {
                    set_i64!(dst, int64::shl(i64!(a), i32::from(*value)))
                }
                Inst::I64ShrImm { dst, a, value } => {
                    set_i64!(dst, int64::shr(i64!(a), i32::from(*value)))
                }
                Inst::I64UshrImm { dst, a, value } => {
                    set_i64!(dst, int64::ushr(i64!(a), i32::from(*value)))
                }

                // ── doubles ──
                Inst::F64Add { dst, a, b } => set_f64!(dst, double::add(f64!(a), f64!(b))),
                Inst::F64Sub { dst, a, b } => set_f64!(dst, double::sub(f64!(a), f64!(b))),
                Inst::F64Mul { dst, a, b } => set_f64!(dst, double::mul(f64!(a), f64!(b))),
                Inst::F64Div { dst, a, b } => set_f64!(dst, double::div(f64!(a), f64!(b))),
                Inst::F64Rem { dst, a, b } => set_f64!(dst, double::rem(f64!(a), f64!(b))),
                Inst::F64Neg { dst, a } => set_f64!(dst, double::neg(f64!(a))),
                Inst::F64Sqrt { dst, a } => set_f64!(dst, double::sqrt(f64!(a))),
                Inst::F64Floor { dst, a } => set_f64!(dst, double::floor(f64!(a))),
                Inst::F64Ceil { dst, a } => set_f64!(dst, double::ceil(f64!(a))),
                Inst::F64Eq { dst, a, b } => set_bool!(dst, f64!(a) == f64!(b)),
                Inst::F64Ne { dst, a, b } => set_bool!(dst, f64!(a) != f64!(b)),
                Inst::F64Lt { dst, a, b } => set_bool!(dst, f64!(a) < f64!(b)),
                Inst::F64Le { dst, a, b } => set_bool!(dst, f64!(a) <= f64!(b)),
                Inst::F64Bits { dst, a } => set_i64!(dst, double::bits(f64!(a))),
                Inst::F64FromBits { dst, a } => set_f64!(dst, double::from_bits(i64!(a))),
                Inst::F64RoundF32 { dst, a } => set_f64!(dst, double::round_f32(f64!(a))),

                // ── conversions ──
                Inst::I32ToI64 { dst, a } => set_i64!(dst, i64::from(i32!(a))),
                Inst::I64ToI32 { dst, a } => set_i32!(dst, int64::to_i32(i64!(a))),
                Inst::I32ToI8 { dst, a } => set_i32!(dst, int32::to_i8(i32!(a))),
                Inst::I32ToI16 { dst, a } => set_i32!(dst, int32::to_i16(i32!(a))),
                Inst::I32ToU16 { dst, a } => set_i32!(dst, int32::to_u16(i32!(a))),
                Inst::I32ToF64 { dst, a } => set_f64!(dst, double::from_i32(i32!(a))),
                Inst::I64ToF64 { dst, a } => set_f64!(dst, double::from_i64(i64!(a))),
                Inst::F64ToI32 { dst, a } => set_i32!(dst, double::to_i32(f64!(a))),
                Inst::F64ToI64 { dst, a } => set_i64!(dst, double::to_i64(f64!(a))),
                Inst::U128FromI64 { dst, a } => set!(dst, give!(uint128::from_i64(i64!(a)))),
                Inst::U128ToI64 { dst, a } => set_i64!(dst, give!(uint128::to_i64(reg!(a)))),
                Inst::U128Low { dst, a } => set_i64!(dst, uint128::low(reg!(a))),
                Inst::U128High { dst, a } => set_i64!(dst, uint128::high(reg!(a))),
                Inst::U128Join { dst, high, low } => {
                    set!(dst, uint128::join(i64!(high), i64!(low)))
                }
                Inst::I128FromI64 { dst, a } => set_i128!(dst, int128::from_i64(i64!(a))),
                Inst::I128ToI64 { dst, a } => set_i64!(dst, give!(int128::to_i64(i128!(a)))),
                Inst::U128FromI128 { dst, a } => set!(dst, give!(uint128::from_i128(i128!(a)))),
                Inst::I128FromU128 { dst, a } => set_i128!(dst, give!(int128::from_u128(reg!(a)))),

                // ── 128-bit integers ──
                Inst::U128Add { dst, a, b } => set!(dst, give!(uint128::add(reg!(a), reg!(b)))),
                Inst::U128Sub { dst, a, b } => set!(dst, give!(uint128::sub(reg!(a), reg!(b)))),
                Inst::U128Mul { dst, a, b } => set!(dst, give!(uint128::mul(reg!(a), reg!(b)))),
                Inst::U128Div { dst, a, b } => set!(dst, give!(uint128::div(reg!(a), reg!(b)))),
                Inst::U128Rem { dst, a, b } => set!(dst, give!(uint128::rem(reg!(a), reg!(b)))),
                Inst::U128MulDiv { dst, a, b, c } => {
                    set!(dst, give!(uint128::mul_div(reg!(a), reg!(b), reg!(c))))
                }
                Inst::U128And { dst, a, b } => set!(dst, reg!(a) & reg!(b)),
                Inst::U128Or { dst, a, b } => set!(dst, reg!(a) | reg!(b)),
                Inst::U128Xor { dst, a, b } => set!(dst, reg!(a) ^ reg!(b)),
                Inst::U128Shl { dst, a, b } => set!(dst, uint128::shl(reg!(a), i32!(b))),
                Inst::U128Shr { dst, a, b } => set!(dst, uint128::shr(reg!(a), i32!(b))),
                Inst::U128Eq { dst, a, b } => set_bool!(dst, reg!(a) == reg!(b)),
                Inst::U128Lt { dst, a, b } => set_bool!(dst, reg!(a) < reg!(b)),
                Inst::U128Le { dst, a, b } => set_bool!(dst, reg!(a) <= reg!(b)),
                Inst::I128Add { dst, a, b } => {
                    set_i128!(dst, give!(int128::add(i128!(a), i128!(b))))
                }
                Inst::I128Sub { dst, a, b } => {
                    set_i128!(dst, give!(int128::sub(i128!(a), i128!(b))))
                }
                Inst::I128Mul { dst, a, b } => {
                    set_i128!(dst, give!(int128::mul(i128!(a), i128!(b))))
                }
                Inst::I128Div { dst, a, b } => {
                    set_i128!(dst, give!(int128::div(i128!(a), i128!(b))))
                }
                Inst::I128Rem { dst, a, b } => {
                    set_i128!(dst, give!(int128::rem(i128!(a), i128!(b))))
                }
                Inst::I128Eq { dst, a, b } => set_bool!(dst, i128!(a) == i128!(b)),
                Inst::I128Lt { dst, a, b } => set_bool!(dst, i128!(a) < i128!(b)),
                Inst::I128Le { dst, a, b } => set_bool!(dst, i128!(a) <= i128!(b)),

                // ── self-describing slots ──
                Inst::Box { dst, a, class } => {
                    set!(dst, give!(slot::box_scalar(store, class.class(), reg!(a))))
                }
                Inst::Unbox { dst, a, class } => {
                    set!(dst, give!(slot::unbox(store, class.class(), reg!(a))))
                }
                Inst::Cast { dst, a, class } => {
                    set!(dst, give!(slot::cast(store, *class, reg!(a))))
                }
                Inst::Is { dst, a, class } => set_bool!(dst, slot::is(store, *class, reg!(a))),
                Inst::RefEq { dst, a, b } => set_bool!(dst, slot::same(store, reg!(a), reg!(b))),
                Inst::IsNull { dst, a } => set_bool!(dst, reg!(a) == NULL),
                Inst::AnyIsObject { dst, a } => set_bool!(dst, slot::is_object(reg!(a))),
                Inst::AnyClass { dst, a } => set_i32!(dst, i32::from(class_of(reg!(a)).0)),
                Inst::AnyClassName { dst, a } => set!(dst, give!(slot::class_name(store, reg!(a)))),
                Inst::AnyPrimitiveEq { dst, a, b } => {
                    set_bool!(dst, give!(slot::primitive_eq(store, reg!(a), reg!(b))))
                }
                Inst::AnyPrimitiveHash { dst, a } => {
                    set_i32!(dst, give!(slot::primitive_hash(store, reg!(a))))
                }
                Inst::AnyPrimitiveText { dst, a } => {
                    set!(dst, give!(slot::primitive_text(store, reg!(a))))
                }

                // ── objects and globals ──
                Inst::New { dst, class } => set!(dst, give!(array::new_object(store, *class))),
                Inst::FieldGet { dst, object, field } => {
                    let object = give!(store.object(reg!(object)));
                    set!(dst, store.heap.slot(object, usize::from(field.slot)))
                }
                Inst::FieldSet { object, value, field } => {
                    let object = give!(store.object(reg!(object)));
                    store.heap.set_slot(object, usize::from(field.slot), reg!(value));
                }
                Inst::GlobalGet { dst, global } => set!(dst, store.globals[global.index()]),
                Inst::GlobalSet { value, global } => store.globals[global.index()] = reg!(value),

                // ── arrays ──
                Inst::ArrayNew { dst, length, class } => {
                    set!(dst, give!(array::new_array(store, *class, i32!(length))))
                }
                Inst::ArrayLength { dst, array } => {
                    set_i32!(dst, give!(store.sequence(reg!(array))).1 as i32)
                }
                Inst::ArrayCopy { from, from_index, to, to_index, count, class } => {
                    let from = (reg!(from), i32!(from_index));
                    let to = (reg!(to), i32!(to_index));
                    give!(array::copy(store, *class, from, to, i32!(count)))
                }
                Inst::ArrayGetAny { dst, array, index } => {
                    set!(dst, Slot::from_le_bytes(element!(array, index)))
                }
                Inst::ArrayGetBoolean { dst, array, index } => {
                    set_i32!(dst, i32::from(u8::from_le_bytes(element!(array, index))))
                }
                Inst::ArrayGetByte { dst, array, index } => {
                    set_i32!(dst, i32::from(i8::from_le_bytes(element!(array, index))))
                }
                Inst::ArrayGetShort { dst, array, index } => {
                    set_i32!(dst, i32::from(i16::from_le_bytes(element!(array, index))))
                }
                Inst::ArrayGetChar { dst, array, index } => {
                    set_i32!(dst, i32::from(u16::from_le_bytes(element!(array, index))))
                }
                Inst::ArrayGetInt { dst, array, index } => {
                    set_i32!(dst, i32::from_le_bytes(element!(array, index)))
                }
                Inst::ArrayGetLong { dst, array, index }
                | Inst::ArrayGetDouble { dst, array, index } => {
                    set_i64!(dst, i64::from_le_bytes(element!(array, index)))
                }
                Inst::ArraySetAny { array, index, value } => {
                    set_element!(array, index, reg!(value).to_le_bytes())
                }
                Inst::ArraySetBoolean { array, index, value } => {
                    set_element!(array, index, [reg!(value) as u8 & 1])
                }
                Inst::ArraySetByte { array, index, value } => {
                    set_element!(array, index, [reg!(value) as u8])
                }
                Inst::ArraySetShort { array, index, value }
                | Inst::ArraySetChar { array, index, value } => {
                    set_element!(array, index, (reg!(value) as u16).to_le_bytes())
                }
                Inst::ArraySetInt { array, index, value } => {
                    set_element!(array, index, (reg!(value) as u32).to_le_bytes())
                }
                Inst::ArraySetLong { array, index, value }
                | Inst::ArraySetDouble { array, index, value } => {
                    set_element!(array, index, (reg!(value) as u64).to_le_bytes())
                }

                // ── strings and characters ──
                Inst::StringLength { dst, a } => {
                    set_i32!(dst, give!(store.text(reg!(a))).length as i32)
                }
                Inst::StringCharAt { dst, a, index } => {
                    set_i32!(dst, give!(text::char_at(store, reg!(a), i32!(index))))
                }
                Inst::StringConcat { dst, a, b } => {
                    set!(dst, give!(text::concat(store, reg!(a), reg!(b))))
                }
                Inst::StringSubstring { dst, a, start, end } => {
                    set!(dst, give!(text::substring(store, reg!(a), i32!(start), i32!(end))))
                }
                Inst::StringEq { dst, a, b } => {
                    set_bool!(dst, give!(text::equal(store, reg!(a), reg!(b))))
                }
                Inst::StringCompare { dst, a, b } => {
                    set_i32!(dst, give!(text::compare(store, reg!(a), reg!(b))))
                }
                Inst::StringIndexOf { dst, a, b, start } => {
                    set_i32!(dst, give!(text::index_of(store, reg!(a), reg!(b), i32!(start))))
                }
                Inst::StringLastIndexOf { dst, a, b, start } => {
                    set_i32!(dst, give!(text::last_index_of(store, reg!(a), reg!(b), i32!(start))))
                }
                Inst::StringToUpper { dst, a } => set!(dst, give!(text::to_upper(store, reg!(a)))),
                Inst::StringToLower { dst, a } => set!(dst, give!(text::to_lower(store, reg!(a)))),
                Inst::StringFromChars { dst, array, start, count } => {
                    let (start, count) = (i32!(start), i32!(count));
                    set!(dst, give!(text::from_chars(store, reg!(array), start, count)))
                }
                Inst::StringCopyChars { a, array, start } => {
                    give!(text::copy_chars(store, reg!(a), reg!(array), i32!(start)))
                }
                Inst::StringFromI32 { dst, a } => {
                    set!(dst, give!(store.new_str(&i32!(a).to_string())))
                }
                Inst::StringFromI64 { dst, a } => {
                    set!(dst, give!(store.new_str(&i64!(a).to_string())))
                }
                Inst::StringFromChar { dst, a } => {
                    set!(dst, give!(store.new_text(&[reg!(a) as u16])))
                }
                Inst::StringFromBool { dst, a } => {
                    set!(dst, give!(text::from_bool(store, i32!(a) != 0)))
                }
                Inst::StringFromF64 { dst, a } => {
                    set!(dst, give!(store.new_str(&number::text_of_f64(f64!(a)))))
                }
                Inst::StringFromF32 { dst, a } => {
                    set!(dst, give!(store.new_str(&number::text_of_f32(f64!(a)))))
                }
                Inst::StringFromU128 { dst, a } => {
                    set!(dst, give!(store.new_str(&reg!(a).to_string())))
                }
                Inst::StringFromI128 { dst, a } => {
                    set!(dst, give!(store.new_str(&i128!(a).to_string())))
                }
                Inst::StringToF64 { dst, a } => set_f64!(dst, give!(text::to_f64(store, reg!(a)))),
                Inst::StringToUtf8 { dst, a } => set!(dst, give!(text::to_utf8(store, reg!(a)))),
                Inst::StringFromUtf8 { dst, a } => {
                    set!(dst, give!(text::from_utf8(store, reg!(a))))
                }
                Inst::CharToUpper { dst, a } => set_i32!(dst, character::to_upper(i32!(a))),
                Inst::CharToLower { dst, a } => set_i32!(dst, character::to_lower(i32!(a))),
                Inst::CharCategory { dst, a } => set_i32!(dst, character::category(i32!(a))),

                // ── bytes ──
                Inst::BytesLength { dst, a } => {
                    set_i32!(dst, give!(store.sequence(reg!(a))).1 as i32)
                }
                Inst::BytesGet { dst, a, index } => {
                    set_i32!(dst, give!(bytes::get(store, reg!(a), i32!(index))))
                }
                Inst::BytesSlice { dst, a, start, end } => {
                    set!(dst, give!(bytes::slice(store, reg!(a), i32!(start), i32!(end))))
                }
                Inst::BytesConcat { dst, a, b } => {
                    set!(dst, give!(bytes::concat(store, reg!(a), reg!(b))))
                }
                Inst::BytesEq { dst, a, b } => {
                    set_bool!(dst, give!(bytes::equal(store, reg!(a), reg!(b))))
                }
                Inst::BytesCompare { dst, a, b } => {
                    set_i32!(dst, give!(bytes::compare(store, reg!(a), reg!(b))))
                }
                Inst::BytesGetI64 { dst, a, index } => {
                    let number = give!(bytes::get_number(store, reg!(a), i32!(index)));
                    set_i64!(dst, i64::from_be_bytes(number))
                }
                Inst::BytesGetU128 { dst, a, index } => {
                    let number = give!(bytes::get_number(store, reg!(a), i32!(index)));
                    set!(dst, u128::from_be_bytes(number))
                }
                Inst::BytesFromArray { dst, array, start, count } => {
                    let bytes = bytes::from_array(store, reg!(array), i32!(start), i32!(count));
                    set!(dst, give!(bytes))
                }
                Inst::BytesCopyTo { a, array, start } => {
                    give!(bytes::copy_to(store, reg!(a), reg!(array), i32!(start)))
                }
                Inst::ArrayPutI64 { array, start, value } => {
                    let number = i64!(value).to_be_bytes();
                    give!(bytes::put_number(store, reg!(array), i32!(start), number))
                }
                Inst::ArrayPutU128 { array, start, value } => {
                    let number = reg!(value).to_be_bytes();
                    give!(bytes::put_number(store, reg!(array), i32!(start), number))
                }
                Inst::BytesFromI64 { dst, a } => {
                    set!(dst, give!(store.new_bytes(&i64!(a).to_be_bytes())))
                }
                Inst::BytesFromU128 { dst, a } => {
                    set!(dst, give!(store.new_bytes(&reg!(a).to_be_bytes())))
                }
                Inst::ArrayOfI8 { dst, a } => set!(dst, give!(bytes::array::<1>(store, reg!(a)))),
                Inst::ArrayOfI32 { dst, a } => set!(dst, give!(bytes::array::<4>(store, reg!(a)))),
                Inst::ArrayOfI64 { dst, a } => set!(dst, give!(bytes::array::<8>(store, reg!(a)))),
                Inst::HashBlake3 { dst, a } => set!(dst, give!(bytes::blake3(store, reg!(a)))),
                Inst::HashSha256 { dst, a } => set!(dst, give!(bytes::sha256(store, reg!(a)))),
                Inst::HashKeccak256 { dst, a } => set!(dst, give!(bytes::keccak(store, reg!(a)))),
                Inst::VerifyEd25519 { dst, key, signature, message } => {
                    let operands = [reg!(key), reg!(signature), reg!(message)];
                    set_bool!(dst, give!(bytes::verify_ed25519(store, operands)))
                }
                Inst::RecoverSecp256k1 { dst, signature, hash } => {
                    set!(dst, give!(bytes::recover_secp256k1(store, reg!(signature), reg!(hash))))
                }

                // ── contract storage ──
                Inst::StorageGet { dst, field } => {
                    set!(dst, give!(storage::get(store, host, *field)))
                }
                Inst::StorageSet { value, field } => {
                    give!(storage::set(store, host, *field, reg!(value)))
                }
                Inst::StorageMapGet { dst, key, field } => {
                    set!(dst, give!(storage::map_find(store, host, *field, reg!(key))).0)
                }
                Inst::StorageMapFind { dst, found, key, field } => {
                    let (value, is_there) =
                        give!(storage::map_find(store, host, *field, reg!(key)));
                    set!(dst, value);
                    set_bool!(found, is_there)
                }
                Inst::StorageMapSet { key, value, field } => {
                    give!(storage::map_set(store, host, *field, reg!(key), reg!(value)))
                }
                Inst::StorageMapRemove { key, field } => {
                    give!(storage::map_remove(store, host, *field, reg!(key)))
                }
                Inst::StorageMapContains { dst, key, field } => {
                    set_bool!(dst, give!(storage::map_contains(store, host, *field, reg!(key))))
                }
                Inst::StorageMapSize { dst, field } => {
                    set_i64!(dst, give!(storage::map_size(store, host, *field)))
                }

                // ── calls ──
                Inst::Call { base, function } => {
                    call!(*base, *function)
                }
                Inst::CallVirtual { base, selector } => {
                    let receiver = reg!(base);
                    if receiver == NULL {
                        exit!(Exit::Stop(trap(TrapCode::NULL_POINTER)))
                    }
                    match image.dispatch.lookup(class_of(receiver), *selector) {
                        Some(function) => call!(*base, function),
                        None => exit!(Exit::Stop(trap(TrapCode::NO_METHOD))),
                    }
                }
                Inst::CallHost { base, host: number } => {
                    let window = &mut window[usize::from(base.0)..];
                    give!(outside::call(store, host, *number, window))
                }
                Inst::CallTry { base, function } => {
                    let (window, function) = (*base, *function);
                    exit!(Exit::CatchingCall { window, function })
                }

                // ── terminators ──
                Inst::Jump { to } => go!(*to),
                Inst::Br { condition, yes, no } => branch!(i32!(condition) != 0, yes, no),
                Inst::Switch { a, cases } => go!(cases.target(i32!(a))),
                Inst::Ret {} => leave!(UNIT),
                Inst::RetValue { a } => leave!(reg!(a)),
                Inst::Throw { a } => {
                    let object = reg!(a);
                    if object == NULL {
                        exit!(Exit::Stop(trap(TrapCode::NULL_POINTER)))
                    }
                    exit!(Exit::Throw(object))
                }
                Inst::Abort { a } => {
                    let problem = give!(store.bytes(reg!(a)));
                    exit!(Exit::Stop(Stop::Abort(problem)))
                }
                Inst::Trap { detail, code } => exit!(Exit::Stop(Stop::Trap(*code, reg!(detail)))),
                Inst::Tailcall { base, function } => {
                    exit!(Exit::TailCall { window: *base, function: *function })
                }
                Inst::I32BrEq { a, b, yes, no } => branch!(i32!(a) == i32!(b), yes, no),
                Inst::I32BrNe { a, b, yes, no } => branch!(i32!(a) != i32!(b), yes, no),
                Inst::I32BrLt { a, b, yes, no } => branch!(i32!(a) < i32!(b), yes, no),
                Inst::I32BrLe { a, b, yes, no } => branch!(i32!(a) <= i32!(b), yes, no),
                Inst::I32BrEqImm { a, value, yes, no } => {
                    branch!(i32!(a) == i32::from(*value), yes, no)
                }
                Inst::I32BrNeImm { a, value, yes, no } => {
                    branch!(i32!(a) != i32::from(*value), yes, no)
                }
                Inst::I32BrLtImm { a, value, yes, no } => {
                    branch!(i32!(a) < i32::from(*value), yes, no)
                }
                Inst::I32BrLeImm { a, value, yes, no } => {
                    branch!(i32!(a) <= i32::from(*value), yes, no)
                }
                Inst::I32BrGtImm { a, value, yes, no } => {
                    branch!(i32!(a) > i32::from(*value), yes, no)
                }
                Inst::I32BrGeImm { a, value, yes, no } => {
                    branch!(i32!(a) >= i32::from(*value), yes, no)
                }
                Inst::I64BrEq { a, b, yes, no } => branch!(i64!(a) == i64!(b), yes, no),
                Inst::I64BrNe { a, b, yes, no } => branch!(i64!(a) != i64!(b), yes, no),
                Inst::I64BrLt { a, b, yes, no } => branch!(i64!(a) < i64!(b), yes, no),
                Inst::I64BrLe { a, b, yes, no } => branch!(i64!(a) <= i64!(b), yes, no),
                Inst::I64BrEqImm { a, value, yes, no } => {
                    branch!(i64!(a) == i64::from(*value), yes, no)
                }
                Inst::I64BrNeImm { a, value, yes, no } => {
                    branch!(i64!(a) != i64::from(*value), yes, no)
                }
                Inst::I64BrLtImm { a, value, yes, no } => {
                    branch!(i64!(a) < i64::from(*value), yes, no)
                }
                Inst::I64BrLeImm { a, value, yes, no } => {
                    branch!(i64!(a) <= i64::from(*value), yes, no)
                }
                Inst::I64BrGtImm { a, value, yes, no } => {
                    branch!(i64!(a) > i64::from(*value), yes, no)
                }
                Inst::I64BrGeImm { a, value, yes, no } => {
                    branch!(i64!(a) >= i64::from(*value), yes, no)
                }
                Inst::BrNull { a, yes, no } => branch!(reg!(a) == NULL, yes, no),
                Inst::BrIs { a, class, yes, no } => {
                    branch!(slot::is(store, *class, reg!(a)), yes, no)
                }
            }
            if SINGLE {
                exit!(Exit::Stepped);
            }
        }
    }
}
