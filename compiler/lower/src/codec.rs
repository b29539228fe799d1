//! Codecs (skeleton while the pipeline comes up).
use crate::classes::{ClassKey, SelectorKey};
use crate::context::{FuncKey, Lowering};
use fscc_ir::{ClassId as IrClass, Func};
use fscc_sema::types::TyId;

/// Derived codecs of a module.
#[derive(Debug, Default)]
pub struct Codecs {}

impl Lowering<'_> {
    pub(crate) fn declare_codec(&mut self, codec: u32) -> IrClass {
        let _ = ClassKey::Codec(codec);
        fscc_ir::builtin::OBJECT
    }
    pub(crate) fn find_codec_answer(&mut self, _codec: u32, _key: SelectorKey) -> Option<FuncKey> {
        None
    }
    pub(crate) fn lower_encode(&mut self, _codec: u32) -> Func {
        Func::default()
    }
    pub(crate) fn lower_decode(&mut self, _codec: u32) -> Func {
        Func::default()
    }
    pub(crate) fn lower_codec_object(&mut self, _ty: TyId) -> Func {
        Func::default()
    }
}
