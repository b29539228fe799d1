//! Calls of the library's writers, readers and codec objects.

use crate::body::Body;
use crate::context::{FuncKey, Helper};
use crate::repr::{Repr, Val};
use fscc_ir::builtin;
use fscc_sema::symbols::{ClassId, MethodKind};
use fscc_sema::types::TyId;

impl Body<'_, '_> {
    /// A new instance of a library class by its first constructor with this number of parameters.
    pub fn construct_first(&mut self, class: ClassId, params: &[Val]) -> Val {
        let symbols = self.l.symbols();
        let constructor = symbols.classes[class]
            .constructor
            .filter(|method| symbols.methods[*method].params.len() == params.len());
        let any = || {
            symbols.classes[class].methods.iter().copied().find(|method| {
                let info = &symbols.methods[*method];
                info.kind == MethodKind::Constructor && info.params.len() == params.len()
            })
        };
        match constructor.or_else(any) {
            Some(constructor) => self.make(class, constructor, None, params),
            None => {
                let name = format!("a constructor of {}", symbols.classes[class].full_name);
                self.l.missing.push(name);
                self.unreachable();
                Val::NEVER
            }
        }
    }

    /// A new instance of a library class by name.
    pub fn construct_library(&mut self, name: &str, params: &[Val]) -> Val {
        match self.l.program.known.class(name) {
            Some(class) => self.construct_first(class, params),
            None => {
                self.unreachable();
                Val::NEVER
            }
        }
    }

    /// Calls a member of an instance of a library class.
    pub fn library_member(&mut self, class: &str, name: &str, this: Val, args: &[Val]) -> Val {
        match self.l.program.known.class(class) {
            Some(class) => self.call_member(class, name, this, args),
            None => {
                self.unreachable();
                Val::NEVER
            }
        }
    }

    /// A new writer.
    pub fn writer(&mut self) -> Val {
        self.construct_library("fvm.internal.Writer", &[])
    }

    /// The bytes that a writer has.
    pub fn written(&mut self, writer: Val) -> Val {
        let bytes = self.library_member("fvm.internal.Writer", "result", writer, &[]);
        self.coerce(bytes, Repr::Ref(builtin::BYTES))
    }

    /// A new reader of bytes.
    pub fn reader(&mut self, bytes: Val) -> Val {
        self.construct_library("fvm.internal.Reader", &[bytes])
    }

    /// Writes with a member of the writer.
    pub fn put(&mut self, writer: Val, how: &str, val: Val) {
        self.library_member("fvm.internal.Writer", how, writer, &[val]);
    }

    pub(super) fn take(&mut self, reader: Val, how: &str) -> Val {
        self.library_member("fvm.internal.Reader", how, reader, &[])
    }

    /// Bytes as a value of a type.
    pub fn from_bytes(&mut self, ty: TyId, bytes: Val) -> Val {
        let result = self.l.repr(ty).or_any();
        let bytes = self.slot_value(bytes, Repr::Ref(builtin::BYTES));
        let func = self.l.func(FuncKey::Helper(Helper::FromBytes(ty)));
        self.call_func(func, &[bytes], result)
    }

    /// A value as bytes.
    pub fn to_bytes(&mut self, ty: TyId, val: Val) -> Val {
        let repr = self.l.repr(ty).or_any();
        let val = self.coerce(val, repr);
        let func = self.l.func(FuncKey::Helper(Helper::ToBytes(ty)));
        self.call_func(func, val.value.as_slice(), Repr::Ref(builtin::BYTES))
    }

    /// The codec object of a type.
    pub(super) fn codec_object(&mut self, ty: TyId) -> Val {
        let result = self.l.library_repr("fvm.internal.Codec");
        let ty = self.l.plain(ty);
        let func = self.l.func(FuncKey::Helper(Helper::Codec(ty)));
        self.call_func(func, &[], result)
    }
}
