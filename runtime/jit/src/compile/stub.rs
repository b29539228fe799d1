//! Code that belongs to no function of the module: thunks, through which Rust calls compiled code,
//! and stubs, through which compiled code has a function run by the reference engine.

use super::flow::Flow;
use super::function::Translator;
use super::held::Shape;
use super::known::Known;
use super::methods::Methods;
use crate::context::offset;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{self, AbiParam, InstBuilder, MemFlagsData, Value, types};
use cranelift_codegen::isa::TargetFrontendConfig;
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext};
use fvm_isa::FunctionId;
use fvm_vm::VerifiedModule;

/// `(frame, target)`: calls the function at `target`, which has this shape, with arguments from the
/// window; the result goes there.
pub(super) fn thunk(
    func: &mut ir::Function,
    context: &mut FunctionBuilderContext,
    shape: &Shape,
    target: TargetFrontendConfig,
) {
    func.signature.params.extend([AbiParam::new(types::I64); 2]);
    let mut builder = FunctionBuilder::new(func, context);
    let entry = builder.create_block();
    builder.append_block_params_for_function_params(entry);
    builder.switch_to_block(entry);
    let (frame, function) = (builder.block_params(entry)[0], builder.block_params(entry)[1]);
    let flags = MemFlagsData::trusted();
    let pinned = builder.ins().get_pinned_reg(types::I64);
    let window = builder.ins().load(types::I64, flags, pinned, offset::WINDOW);
    let gas = builder.ins().load(types::I64, flags, pinned, offset::GAS);
    let mut args = vec![frame, gas];
    for (register, form) in shape.params.iter().enumerate() {
        for (part, ty) in form.parts().iter().enumerate() {
            let at = (register * 16 + part * 8) as i32;
            args.push(builder.ins().load(*ty, flags, window, at));
        }
    }
    let signature = builder.import_signature(shape.signature());
    let call = builder.ins().call_indirect(signature, function, &args);
    let results: Vec<Value> = builder.inst_results(call).to_vec();
    // Whoever stops a call has put the gas that is left into the context.
    let kept = builder.ins().load(types::I64, flags, pinned, offset::GAS);
    let stopped = builder.ins().icmp_imm_s(IntCC::SignedLessThan, results[0], 0);
    let gas = builder.ins().select(stopped, kept, results[0]);
    builder.ins().store(flags, gas, pinned, offset::GAS);
    let window = builder.ins().load(types::I64, flags, pinned, offset::WINDOW);
    for (part, value) in results[1..].iter().enumerate() {
        builder.ins().store(flags, *value, window, (part * 8) as i32);
    }
    builder.ins().return_(&[]);
    builder.seal_all_blocks();
    builder.finalize(target);
}

/// A function of the module that the reference engine runs.
pub(super) fn stub(
    func: &mut ir::Function,
    context: &mut FunctionBuilderContext,
    module: &VerifiedModule,
    id: FunctionId,
    target: TargetFrontendConfig,
) {
    let function = &module.module().functions[id.index()];
    func.signature = Shape::of(&function.params, function.result).signature();
    let (methods, mut known) = (Methods::empty(), Known::default());
    let mut translator =
        Translator::new(func, context, module, &methods, &mut known, id, Flow::default());
    translator.check_depth();
    let window = translator.context_part(types::I64, offset::WINDOW);
    for register in 0..function.params.len() {
        if let Some(held) = translator.registers[register] {
            translator.spill(window, register, held);
        }
    }
    translator.hand_over_gas();
    let block = translator.int(0);
    translator.interpret_and_return(block);
    translator.end_blocks();
    translator.builder.seal_all_blocks();
    translator.builder.finalize(target);
}
