//! Contracts (skeleton while the pipeline comes up).
use crate::body::Body;
use crate::context::Lowering;
use crate::repr::{Repr, Val};
use fscc_ir::Func;
use fscc_sema::symbols::{ClassId, FieldId, MethodId};
use fscc_sema::typed::{Expr, Message, StorageOp};
use fscc_sema::types::TyId;

impl<'p> Lowering<'p> {
    pub(crate) fn lower_contract(&mut self, _class: ClassId) {}
    pub(crate) fn lower_wrapper(&mut self, _method: MethodId) -> Func {
        Func::default()
    }
    pub(crate) fn lower_init(&mut self, _class: ClassId) -> Func {
        Func::default()
    }
    pub(crate) fn lower_invariants(&mut self, _class: ClassId) -> Func {
        Func::default()
    }
}

impl<'p> Body<'_, 'p> {
    pub(crate) fn read_storage(&mut self, _field: FieldId) -> Val {
        Val::NEVER
    }
    pub(crate) fn write_storage(&mut self, _field: FieldId, _val: Val) {}
    pub(crate) fn assign_storage(&mut self, _field: FieldId, _value: &'p Expr) {}
    pub(crate) fn storage_op(
        &mut self,
        _op: StorageOp,
        _field: FieldId,
        _args: &'p [Expr],
        _ty: TyId,
    ) -> Val {
        Val::NEVER
    }
    pub(crate) fn message(&mut self, _message: &'p Message, _want: Option<Repr>) -> Val {
        Val::NEVER
    }
}
