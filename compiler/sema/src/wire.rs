//! What things are called outside of their module: canonical types and signatures, method ids and
//! the hashes of record types.
//!
//! Relies on finished signatures. Guarantees that the names and ids of a program depend on its
//! declarations alone; that no two of them are the same is checked by `contract/ids.rs`.

use crate::known::Known;
use crate::symbols::{ClassId, ClassKind, EntryKind, MethodId, Symbols};
use crate::types::{Subst, Ty, TyId, Types};
use fscc_base::FastSet;

/// The library's traits whose values travel as open records.
pub const RECORD_BASES: &[&str] = &["fvm.Event", "fvm.Problem", "fvm.Story"];

/// The most cases of a sealed hierarchy that is encoded: the number of the case is one byte.
pub const SUM_CASES_MAX: usize = 256;

/// The name of a class in method ids and in the ABI: library classes by their simple name, others
/// by their full name.
pub fn canonical_class(symbols: &Symbols, class: ClassId) -> String {
    let info = &symbols.classes[class];
    match info.is_library {
        true => info.name.as_str().to_owned(),
        false => info.full_name.replace("$.", ".").trim_end_matches('$').to_owned(),
    }
}

/// The name of a type in method ids and in the ABI.
pub fn canonical_type(symbols: &Symbols, types: &Types, ty: TyId) -> String {
    let Some((class, args)) = types.as_class(types.widen(ty)) else {
        return types.show(symbols, ty);
    };
    let name = canonical_class(symbols, class);
    if args.is_empty() {
        return name;
    }
    let args: Vec<String> = args.iter().map(|arg| canonical_type(symbols, types, *arg)).collect();
    format!("{name}[{}]", args.join(","))
}

/// The type that gives values of this one their form: what an opaque type stands for, of a literal
/// its type.
pub fn underlying(symbols: &Symbols, types: &Types, ty: TyId) -> TyId {
    let mut ty = ty;
    loop {
        let opaque = |param| symbols.type_params[param].opaque;
        let next = match types.get(ty) {
            Ty::Literal(of, _) => of,
            Ty::Local(local) => symbols.locals[local].ty,
            Ty::Param(param) => match opaque(param) {
                Some(rhs) => rhs,
                None => return ty,
            },
            Ty::Applied(function, args) => match types.get(function) {
                Ty::Param(param) => match opaque(param) {
                    Some(rhs) => types.apply(rhs, args),
                    None => return ty,
                },
                _ => return ty,
            },
            Ty::This(class) => symbols.classes[class].this_ty,
            _ => return ty,
        };
        if next == ty {
            return ty;
        }
        ty = next;
    }
}

/// The name of a type in the ABI: as in method ids, but every opaque type is what it stands for,
/// since nobody outside could know its form.
pub fn described_type(symbols: &Symbols, types: &Types, ty: TyId) -> String {
    let plain = underlying(symbols, types, types.widen(ty));
    let Some((class, args)) = types.as_class(plain) else { return types.show(symbols, ty) };
    let name = canonical_class(symbols, class);
    if args.is_empty() {
        return name;
    }
    let args: Vec<String> = args.iter().map(|arg| described_type(symbols, types, *arg)).collect();
    format!("{name}[{}]", args.join(","))
}

/// What a method is called on the wire: `name(canonical types)`.
pub fn canonical_signature(symbols: &Symbols, types: &Types, method: MethodId) -> String {
    let info = &symbols.methods[method];
    let params: Vec<String> = info
        .params
        .iter()
        .map(|local| canonical_type(symbols, types, symbols.locals[*local].ty))
        .collect();
    format!("{}({})", info.name, params.join(","))
}

/// The method id: the first four bytes of the hash of the canonical signature.
pub fn method_id(symbols: &Symbols, types: &Types, method: MethodId) -> u32 {
    id_of_signature(&canonical_signature(symbols, types, method))
}

/// The method id of a canonical signature.
pub fn id_of_signature(signature: &str) -> u32 {
    let mut first = [0; 4];
    first.copy_from_slice(&blake3::hash(signature.as_bytes()).as_bytes()[..4]);
    u32::from_be_bytes(first)
}

/// The first eight bytes of the hash of a record type's full name.
pub fn type_hash(symbols: &Symbols, class: ClassId) -> i64 {
    let name = symbols.classes[class].full_name.trim_end_matches('$');
    let mut first = [0; 8];
    first.copy_from_slice(&blake3::hash(name.as_bytes()).as_bytes()[..8]);
    i64::from_be_bytes(first)
}

/// The methods of a contract or interface that messages reach, in source order.
pub fn entries(symbols: &Symbols, class: ClassId) -> Vec<(MethodId, EntryKind)> {
    let methods = symbols.classes[class].methods.iter();
    methods.filter_map(|id| symbols.methods[*id].entry.map(|kind| (*id, kind))).collect()
}

/// The concrete cases of a sealed hierarchy, in source order, with their types.
pub fn leaves(
    symbols: &Symbols,
    types: &Types,
    class: ClassId,
    args: &[TyId],
) -> Vec<(ClassId, TyId)> {
    let mut leaves = Vec::new();
    let mut pending = vec![class];
    // A class may be reached on several ways; it is one case.
    let mut seen = FastSet::default();
    while let Some(class) = pending.pop() {
        if !seen.insert(class) {
            continue;
        }
        let info = &symbols.classes[class];
        if !info.children.is_empty() {
            pending.extend(info.children.iter().rev());
        } else if !info.is_abstract && info.kind != ClassKind::Trait {
            let subst = Subst::zip(&info.type_params, args);
            leaves.push((class, types.subst(info.this_ty, &subst)));
        }
    }
    leaves
}

/// The closed record types below a base: enums, sealed hierarchies, case classes.
pub fn record_roots(symbols: &Symbols, base: ClassId) -> Vec<ClassId> {
    let is_closed = |class: ClassId| {
        let info = &symbols.classes[class];
        let is_data = info.is_case || info.is_enum || !info.children.is_empty();
        class != base && is_data && info.linearization.contains(&base)
    };
    let is_root = |class: &ClassId| {
        let line = &symbols.classes[*class].linearization;
        is_closed(*class) && !line.iter().skip(1).any(|parent| is_closed(*parent))
    };
    symbols.classes.indices().filter(is_root).collect()
}

/// The traits of open records that the library declares.
pub fn record_bases(known: &Known) -> impl Iterator<Item = ClassId> {
    RECORD_BASES.iter().filter_map(|name| known.class(name))
}
