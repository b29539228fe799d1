//! The places in memory that a function reads, and what each instruction writes of them.

use crate::func::{ENTRY, Func, Imm, Inst, Value};
use crate::host::{self, Row, by_number};
use crate::module::{FieldRef, GlobalId, StorageId, element};
use crate::ops::{Op, OpEffect};
use crate::pass::Env;
use crate::pass::facts::{Def, Defs};
use crate::pass::summary::{Owners, Summary, host_is_stable, written_array};
use crate::types::{ClassId, Type};
use fscc_base::{FastMap, FastSet, IndexVec};
use std::sync::Arc;

/// A place, by number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(in crate::pass) struct PlaceId(u32);

impl PlaceId {
    pub(in crate::pass) fn index(self) -> usize {
        self.0 as usize
    }
}

/// An object, as far as it can be told apart from others.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Object {
    /// Created by this instruction.
    Created(Value),
    /// Brought by a parameter of the function.
    Param(Value),
    /// Any other.
    Other(Value),
}

/// The key of an entry, as far as it can be told apart from others.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum EntryKey {
    Constant(Arc<[u8]>),
    Value(Value),
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum Place {
    Field(FieldRef, Object),
    Array(ClassId, Object),
    Global(GlobalId),
    Storage(StorageId),
    Entry(StorageId, EntryKey),
    Size(StorageId),
    Balance,
    /// All that a called function may read.
    Everything,
}

/// What places have in common that one write can touch.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Group {
    Field(FieldRef),
    Arrays(ClassId),
    Global(GlobalId),
    Storage(StorageId),
    Balance,
    Everything,
}

/// The places that a function reads.
#[derive(Default)]
pub(in crate::pass) struct Places {
    places: FastSet<Place>,
    groups: FastMap<Group, Vec<PlaceId>>,
    /// The groups that many calls touch.
    fields: Vec<FieldRef>,
    globals: Vec<PlaceId>,
    arrays: Vec<PlaceId>,
    /// Objects by value and constant keys by value: where a place is looked up.
    objects: IndexVec<Value, Option<Object>>,
    keys: FastMap<Value, Arc<[u8]>>,
}

impl Places {
    pub(in crate::pass) fn collect(func: &Func, defs: &Defs) -> Places {
        let objects = IndexVec::from_elem(None, func.values.len());
        let mut places = Places { objects, ..Places::default() };
        for inst in func.blocks.iter().flat_map(|block| &block.insts) {
            for value in &inst.args {
                places.know(func, defs, *value);
            }
        }
        for inst in func.blocks.iter().flat_map(|block| &block.insts) {
            let Some((group, place)) = places.place_of(inst) else { continue };
            let (at, is_new) = places.places.insert_full(place);
            if is_new {
                places.add_place(group, PlaceId(at as u32));
            }
        }
        places
    }

    fn add_place(&mut self, group: Group, id: PlaceId) {
        let members = self.groups.entry(group).or_default();
        match group {
            Group::Field(field) if members.is_empty() => self.fields.push(field),
            Group::Global(_) => self.globals.push(id),
            Group::Arrays(_) => self.arrays.push(id),
            _ => {}
        }
        members.push(id);
    }

    fn know(&mut self, func: &Func, defs: &Defs, value: Value) {
        if !func.values[value].is_reference() || self.objects[value].is_some() {
            return;
        }
        let origin = defs.origin(func, value);
        let object = match (defs.get(origin), defs.inst(func, origin)) {
            (Def::Param(ENTRY, _), _) => Object::Param(origin),
            (_, Some(inst)) => match (inst.op, &inst.imm) {
                (Op::ConstBytes, Imm::Bytes(bytes)) => {
                    self.keys.insert(value, bytes.clone());
                    Object::Other(origin)
                }
                (Op::New | Op::ArrayNew, _) => Object::Created(origin),
                _ => Object::Other(origin),
            },
            _ => Object::Other(origin),
        };
        self.objects[value] = Some(object);
    }

    pub(in crate::pass) fn len(&self) -> usize {
        self.places.len()
    }

    fn object(&self, value: Value) -> Object {
        self.objects.get(value).copied().flatten().unwrap_or(Object::Other(value))
    }

    fn key(&self, value: Value) -> EntryKey {
        self.keys.get(&value).cloned().map_or(EntryKey::Value(value), EntryKey::Constant)
    }

    /// The place that an instruction reads, if reads of it may be reused.
    pub(in crate::pass) fn read(&self, inst: &Inst) -> Option<PlaceId> {
        let (_, place) = self.place_of(inst)?;
        self.places.get_index_of(&place).map(|at| PlaceId(at as u32))
    }

    fn place_of(&self, inst: &Inst) -> Option<(Group, Place)> {
        Some(match (inst.op, &inst.imm) {
            (Op::FieldGet, Imm::Field(field)) => {
                (Group::Field(*field), Place::Field(*field, self.object(inst.args[0])))
            }
            (Op::ArrayGet, Imm::Class(class)) => {
                (Group::Arrays(*class), Place::Array(*class, self.object(inst.args[0])))
            }
            (Op::GlobalGet, Imm::Global(global)) => {
                (Group::Global(*global), Place::Global(*global))
            }
            (Op::StorageGet, Imm::Storage(field)) => {
                (Group::Storage(*field), Place::Storage(*field))
            }
            (Op::StorageMapGet | Op::StorageMapContains, Imm::Storage(field)) => {
                (Group::Storage(*field), Place::Entry(*field, self.key(inst.args[0])))
            }
            (Op::StorageMapSize, Imm::Storage(field)) => {
                (Group::Storage(*field), Place::Size(*field))
            }
            (Op::CallHost, Imm::Host(number)) => {
                let host = by_number(*number)?;
                if host.row != Row::READ || host_is_stable(*number) {
                    return None;
                }
                (Group::Balance, Place::Balance)
            }
            (Op::Call | Op::CallVirtual, _) => (Group::Everything, Place::Everything),
            _ => return None,
        })
    }

    /// Adds the places whose contents an instruction may change.
    pub(in crate::pass) fn written(
        &self,
        func: &Func,
        env: &Env,
        inst: &Inst,
        written: &mut Vec<PlaceId>,
    ) {
        match inst.op.info().effect {
            OpEffect::writes | OpEffect::writes_storage => {
                self.written_directly(func, inst, written);
                self.add(Group::Everything, written);
            }
            OpEffect::calls => self.written_by_call(func, env, inst, written),
            _ => {}
        }
    }

    fn add(&self, group: Group, written: &mut Vec<PlaceId>) {
        written.extend(self.groups.get(&group).into_iter().flatten());
    }

    fn add_if(&self, group: Group, written: &mut Vec<PlaceId>, touches: impl Fn(&Place) -> bool) {
        let members = self.groups.get(&group).into_iter().flatten();
        written
            .extend(members.filter(|id| self.places.get_index(id.index()).is_some_and(&touches)));
    }

    fn written_directly(&self, func: &Func, inst: &Inst, written: &mut Vec<PlaceId>) {
        match (inst.op, &inst.imm) {
            (Op::FieldSet, Imm::Field(field)) => {
                let object = self.object(inst.args[0]);
                self.add_if(
                    Group::Field(*field),
                    written,
                    |place| matches!(place, Place::Field(_, other) if may_be_same(object, *other)),
                );
            }
            (Op::GlobalSet, Imm::Global(global)) => self.add(Group::Global(*global), written),
            (Op::StorageSet | Op::StorageMapSet | Op::StorageMapRemove, Imm::Storage(field)) => {
                let key = inst.args.first().map(|key| self.key(*key));
                self.add_if(Group::Storage(*field), written, |place| match (place, &key) {
                    (Place::Entry(_, EntryKey::Constant(a)), Some(EntryKey::Constant(b))) => a == b,
                    _ => true,
                });
            }
            _ => {
                // Every other write is to an array: of the class in the immediate, or of the
                // class of an operand.
                let target = written_array(inst);
                let object = self.object(target);
                let class = match (&inst.imm, func.values[target]) {
                    (Imm::Class(class), _) => *class,
                    (_, Type::Ref(class)) => class,
                    _ => return written.extend(&self.arrays),
                };
                self.add_if(
                    Group::Arrays(class),
                    written,
                    |place| matches!(place, Place::Array(_, other) if may_be_same(object, *other)),
                );
            }
        }
    }

    fn arrays_written_by(
        &self,
        func: &Func,
        arrays: Owners,
        inst: &Inst,
        written: &mut Vec<PlaceId>,
    ) {
        for at in arrays.param_indices() {
            let Some(arg) = inst.args.get(at) else { continue };
            match (self.object(*arg), func.values[*arg]) {
                // The array itself, which nobody else has.
                (object @ Object::Created(_), Type::Ref(class)) if element(class).is_some() => {
                    self.add_if(Group::Arrays(class), written, |place| {
                        matches!(place, Place::Array(_, other) if may_be_same(object, *other))
                    });
                }
                _ => written.extend(&self.arrays),
            }
        }
        if arrays.others {
            written.extend(&self.arrays);
        }
    }

    fn written_by_call(&self, func: &Func, env: &Env, inst: &Inst, written: &mut Vec<PlaceId>) {
        if let Imm::Host(number) = inst.imm {
            let row = host::row(number);
            if !row.is_within(Row::READ.union(Row::PRINT)) {
                self.add(Group::Balance, written);
                self.add(Group::Everything, written);
            }
        } else if let Some(summary) = env.summary_of_call(func, inst) {
            self.written_by(func, &summary, inst, written);
        }
    }

    fn written_by(&self, func: &Func, summary: &Summary, inst: &Inst, written: &mut Vec<PlaceId>) {
        if summary.writes() {
            self.add(Group::Everything, written);
        }
        if !summary.row.is_within(Row::READ.union(Row::PRINT)) {
            self.add(Group::Balance, written);
        }
        self.arrays_written_by(func, summary.arrays, inst, written);
        for field in &summary.storage_writes {
            self.add(Group::Storage(*field), written);
        }
        if summary.globals || summary.singletons {
            written.extend(&self.globals);
        }
        if summary.any_field {
            self.fields.iter().for_each(|field| self.add(Group::Field(*field), written));
        } else if summary.fields.len() < self.fields.len() {
            for (field, owners) in &summary.fields {
                self.field_written_by(*field, *owners, inst, written);
            }
        } else {
            for field in &self.fields {
                let owners = summary.fields.get(field).copied().unwrap_or_default();
                self.field_written_by(*field, owners, inst, written);
            }
        }
    }

    fn field_written_by(
        &self,
        field: FieldRef,
        owners: Owners,
        inst: &Inst,
        written: &mut Vec<PlaceId>,
    ) {
        let group = Group::Field(field);
        if owners.others {
            return self.add(group, written);
        }
        for at in owners.param_indices() {
            let Some(object) = inst.args.get(at).map(|value| self.object(*value)) else { continue };
            self.add_if(
                group,
                written,
                |place| matches!(place, Place::Field(_, other) if may_be_same(object, *other)),
            );
        }
    }
}

/// Whether two objects may be one. An object that was created here is no parameter, and not the
/// one that another instruction created; everything else may be the same.
fn may_be_same(a: Object, b: Object) -> bool {
    match (a, b) {
        (Object::Created(a), Object::Created(b)) => a == b,
        (Object::Created(_), Object::Param(_)) | (Object::Param(_), Object::Created(_)) => false,
        _ => true,
    }
}
