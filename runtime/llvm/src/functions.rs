//! A module as LLVM has it: all functions declared, then written one after the other.
//!
//! A function is given the context, the frame counter, gas and the parts of its parameters, and
//! gives gas and the parts of its result. Its convention is the one of guaranteed tail calls.
//! Nobody outside sees its name but us.

use crate::emitter::Emitter;
use crate::frames;
use fvm_isa::FunctionId;
use fvm_native::emitter::{Region, Type};
use fvm_native::{Argument, Callback, Generator, Shape};
use inkwell::attributes::{Attribute, AttributeLoc};
use inkwell::builder::Builder;
use inkwell::context::Context;
use inkwell::module::{Linkage, Module};
use inkwell::types::{
    BasicMetadataTypeEnum, BasicType, BasicTypeEnum, FunctionType, IntType, PointerType,
};
use inkwell::values::{FunctionValue, MetadataValue};
use inkwell::{AddressSpace, GlobalVisibility};
use std::collections::BTreeMap;

/// LLVM's number of the convention `tailcc`.
pub(crate) const TAIL: u32 = 18;

/// A module that is being written.
pub(crate) struct Functions<'c> {
    pub context: &'c Context,
    pub module: Module<'c>,
    pub builder: Builder<'c>,
    /// Functions of the FVM's module, by number.
    pub functions: Vec<FunctionValue<'c>>,
    thunks: BTreeMap<Shape, FunctionValue<'c>>,
    pub kinds: Kinds<'c>,
}

/// Metadata that instructions carry, and its kinds.
pub(crate) struct Kinds<'c> {
    /// For each region what says that an access is one of it.
    pub regions: [MetadataValue<'c>; Region::ALL.len()],
    pub region: u32,
    /// That nobody ever writes there.
    pub unchanging: (MetadataValue<'c>, u32),
    /// That the first of two ways is not expected to be taken, or the second.
    pub cold: [MetadataValue<'c>; 2],
    pub weights: u32,
}

impl<'c> Kinds<'c> {
    fn new(context: &'c Context) -> Kinds<'c> {
        let root = context.metadata_node(&[context.metadata_string("memory of the FVM").into()]);
        let zero = context.i64_type().const_zero();
        let regions = Region::ALL.map(|region| {
            let name = context.metadata_string(region.name());
            let ty = context.metadata_node(&[name.into(), root.into(), zero.into()]);
            context.metadata_node(&[ty.into(), ty.into(), zero.into()])
        });
        let weights = |yes, no| {
            let name = context.metadata_string("branch_weights");
            let [yes, no] = [yes, no].map(|weight| context.i32_type().const_int(weight, false));
            context.metadata_node(&[name.into(), yes.into(), no.into()])
        };
        Kinds {
            regions,
            region: context.get_kind_id("tbaa"),
            unchanging: (context.metadata_node(&[]), context.get_kind_id("invariant.load")),
            cold: [weights(1, 2_000), weights(2_000, 1)],
            weights: context.get_kind_id("prof"),
        }
    }
}

impl<'c> Functions<'c> {
    /// Declares functions of these shapes.
    pub fn new(context: &'c Context, shapes: &[Shape]) -> Functions<'c> {
        let mut functions = Functions {
            context,
            module: context.create_module("fvm"),
            builder: context.create_builder(),
            functions: Vec::new(),
            thunks: BTreeMap::new(),
            kinds: Kinds::new(context),
        };
        for (number, shape) in shapes.iter().enumerate() {
            let function = functions.declare(&name(FunctionId(number as u16)), shape);
            functions.functions.push(function);
        }
        functions
    }

    /// The name of the thunk of a shape.
    pub fn thunk_name(&self, shape: &Shape) -> Option<String> {
        let thunk = self.thunks.get(shape)?;
        Some(thunk.get_name().to_string_lossy().into_owned())
    }

    fn declare(&self, name: &str, shape: &Shape) -> FunctionValue<'c> {
        let function = self.add(name, self.type_of_function(shape));
        function.set_call_conventions(TAIL);
        function
    }

    fn add(&self, name: &str, ty: FunctionType<'c>) -> FunctionValue<'c> {
        let function = self.module.add_function(name, ty, Some(Linkage::External));
        function.as_global_value().set_visibility(GlobalVisibility::Hidden);
        // No names mean functions of C, so no loop becomes a call of one. Nothing unwinds. What is
        // below the stack's pointer is nobody's.
        for attribute in ["nounwind", "noredzone"] {
            function.add_attribute(AttributeLoc::Function, self.attribute(attribute, 0));
        }
        for (key, value) in [("no-builtins", ""), (frames::ATTRIBUTE, "0")] {
            let attribute = self.context.create_string_attribute(key, value);
            function.add_attribute(AttributeLoc::Function, attribute);
        }
        function
    }

    fn attribute(&self, name: &str, value: u64) -> Attribute {
        self.context.create_enum_attribute(Attribute::get_named_enum_kind_id(name), value)
    }

    // ── types ──

    pub fn address(&self) -> PointerType<'c> {
        self.context.ptr_type(AddressSpace::default())
    }

    pub fn integer(&self, ty: Type) -> IntType<'c> {
        match ty {
            Type::Bool => self.context.bool_type(),
            Type::I8 => self.context.i8_type(),
            Type::I16 => self.context.i16_type(),
            Type::I32 | Type::F32 => self.context.i32_type(),
            Type::I64 | Type::F64 => self.context.i64_type(),
            Type::I128 => self.context.i128_type(),
        }
    }

    pub fn type_of(&self, ty: Type) -> BasicTypeEnum<'c> {
        match ty {
            Type::F32 => self.context.f32_type().into(),
            Type::F64 => self.context.f64_type().into(),
            other => self.integer(other).into(),
        }
    }

    /// The type of functions of a shape.
    pub fn type_of_function(&self, shape: &Shape) -> FunctionType<'c> {
        let mut params: Vec<BasicMetadataTypeEnum> = vec![self.address().into()];
        params.extend(shape.given().map(|ty| BasicMetadataTypeEnum::from(self.type_of(ty))));
        let results: Vec<BasicTypeEnum> = shape.results().map(|ty| self.type_of(ty)).collect();
        match &results[..] {
            [gas] => gas.fn_type(&params, false),
            _ => self.context.struct_type(&results, false).fn_type(&params, false),
        }
    }

    /// The type of a function to call back.
    pub fn type_of_callback(&self, callback: Callback) -> FunctionType<'c> {
        let mut params: Vec<BasicMetadataTypeEnum> = vec![self.address().into()];
        params.extend(callback.arguments().iter().map(|argument| {
            BasicMetadataTypeEnum::from(self.integer(match argument {
                Argument::Int => Type::I32,
                Argument::Long => Type::I64,
            }))
        }));
        match callback.has_result() {
            true => self.context.i64_type().fn_type(&params, false),
            false => self.context.void_type().fn_type(&params, false),
        }
    }
}

impl<'c> Generator for Functions<'c> {
    type Emitter<'g>
        = Emitter<'g, 'c>
    where
        Self: 'g;

    fn function(&mut self, id: FunctionId, shape: &Shape) -> Emitter<'_, 'c> {
        let known = self.functions[id.index()];
        if known.count_basic_blocks() > 0 {
            // Begun before: one without blocks takes its place, also where it is called.
            let function = self.declare("", shape);
            known.replace_all_uses_with(function);
            // SAFETY: nobody uses it any more, and nobody but the table above holds it.
            unsafe { known.delete() };
            function.as_global_value().set_name(&name(id));
            self.functions[id.index()] = function;
        }
        let function = self.functions[id.index()];
        Emitter::new(self, function, 0)
    }

    fn thunk(&mut self, shape: &Shape) -> Emitter<'_, 'c> {
        let number: BasicMetadataTypeEnum = self.context.i64_type().into();
        let ty = self.context.void_type();
        let ty = ty.fn_type(&[number, number, self.address().into()], false);
        let thunk = self.add(&format!("thunk{}", self.thunks.len()), ty);
        self.thunks.insert(shape.clone(), thunk);
        Emitter::new(self, thunk, 2)
    }
}

/// The name of a function.
pub(crate) fn name(id: FunctionId) -> String {
    format!("function{}", id.0)
}
