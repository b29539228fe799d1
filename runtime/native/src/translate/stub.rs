//! Code that belongs to no function of the module: thunks, through which Rust calls compiled code,
//! and stubs, through which compiled code has a function run by the reference engine.

use super::flow::Flow;
use super::function::Translator;
use super::held::Shape;
use super::known::Known;
use super::methods::Methods;
use crate::context::offset;
use crate::emitter::{Access, Comparison, Emitter, Generator, Region, Type};
use fvm_isa::FunctionId;
use fvm_vm::VerifiedModule;

/// `(frame, target)`: calls the function at `target`, which has this shape, with arguments from the
/// window; the result goes there.
pub(super) fn thunk<G: Generator>(generator: &mut G, shape: &Shape) {
    let mut emitter = generator.thunk(shape);
    let (frame, function) = (emitter.params()[0], emitter.params()[1]);
    let access = Access::to(Region::Context);
    let context = emitter.context();
    let window = emitter.load(Type::I64, access, context, offset::WINDOW);
    let gas = emitter.load(Type::I64, access, context, offset::GAS);
    let mut args = vec![frame, gas];
    for (register, form) in shape.params.iter().enumerate() {
        for (part, ty) in form.parts().iter().enumerate() {
            let at = (register * 16 + part * 8) as i32;
            args.push(emitter.load(*ty, access, window, at));
        }
    }
    let results = emitter.call_entry(function, shape, &args);
    // Whoever stops a call has put the gas that is left into the context.
    let kept = emitter.load(Type::I64, access, context, offset::GAS);
    let stopped = emitter.compare_number(Comparison::SignedLessThan, results[0], 0);
    let gas = emitter.select(stopped, kept, results[0]);
    emitter.store(access, gas, context, offset::GAS);
    let window = emitter.load(Type::I64, access, context, offset::WINDOW);
    for (part, value) in results[1..].iter().enumerate() {
        emitter.store(access, *value, window, (part * 8) as i32);
    }
    emitter.give(&[]);
    emitter.finish();
}

/// A function of the module that the reference engine runs.
pub(super) fn stub<G: Generator>(generator: &mut G, module: &VerifiedModule, id: FunctionId) {
    let function = &module.module().functions[id.index()];
    let emitter = generator.function(id, &Shape::of(&function.params, function.result));
    let (methods, mut known) = (Methods::empty(), Known::default());
    let mut translator =
        Translator::new(emitter, module, &methods, &mut known, id, Flow::default());
    translator.check_depth();
    let window = translator.context_part(Type::I64, offset::WINDOW);
    for register in 0..function.params.len() {
        if let Some(held) = translator.registers[register] {
            translator.spill(window, register, held);
        }
    }
    translator.hand_over_gas();
    let block = translator.int(0);
    translator.interpret_and_return(block);
    translator.end_blocks();
    translator.emitter.finish();
}
