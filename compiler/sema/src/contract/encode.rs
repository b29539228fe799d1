//! Which types have a form as bytes: what storage, arguments, results and records may hold.

use super::Subject;
use super::library::Library;
use crate::symbols::{ClassId, ClassKind};
use crate::types::{Subst, Ty, TyId};
use crate::wire;
use fscc_base::FastSet;

/// Classes with a codec of their own, whether or not the library names it in the usual way.
const BUILT_IN: &[&str] = &[
    "scala.Unit",
    "scala.Boolean",
    "scala.Char",
    "scala.Int",
    "scala.Long",
    "java.lang.String",
    "scala.BigInt",
    "scala.math.BigInt",
    "fvm.Amount",
    "fvm.UInt128",
    "fvm.Int128",
    "fvm.UInt256",
    "fvm.Bytes",
    "fvm.Hash",
    "fvm.Address",
    "scala.Option",
    "scala.util.Either",
    "scala.collection.immutable.List",
    "scala.collection.immutable.Vector",
    "scala.collection.immutable.Seq",
    "scala.collection.immutable.Set",
    "scala.collection.immutable.Map",
];

/// Why a type cannot be encoded.
#[derive(Debug)]
pub(super) struct Obstacle {
    /// The part of the type that has no form.
    pub part: String,
    /// Why, if there is more to say than that it has no form.
    pub why: Option<String>,
    /// What could stand there instead, if there is an obvious candidate.
    pub instead: Option<&'static str>,
}

/// Whether values of the type can be encoded.
pub(super) fn check(subject: &Subject, library: &Library, ty: TyId) -> Result<(), Obstacle> {
    Encoder { subject, library, seen: FastSet::default() }.ty(ty)
}

struct Encoder<'a, 'b> {
    subject: &'a Subject<'b>,
    library: &'a Library,
    /// Types under way or done: recursive data is fine.
    seen: FastSet<TyId>,
}

impl Encoder<'_, '_> {
    fn ty(&mut self, ty: TyId) -> Result<(), Obstacle> {
        let types = self.subject.types;
        if !self.seen.insert(ty) {
            return Ok(());
        }
        match types.get(ty) {
            Ty::Error => Ok(()),
            Ty::Literal(of, _) => self.ty(of),
            Ty::Class(class, args) => self.class(class, args, ty),
            // An opaque type has the form of what it stands for.
            Ty::Param(param) => match self.subject.symbols.type_params[param].opaque {
                Some(rhs) => self.ty(rhs),
                None => Err(self.obstacle(ty, None)),
            },
            Ty::Applied(function, args) => match types.get(function) {
                Ty::Param(param) => match self.subject.symbols.type_params[param].opaque {
                    Some(rhs) => self.ty(types.apply(rhs, args)),
                    None => Err(self.obstacle(ty, None)),
                },
                _ => Err(self.obstacle(ty, None)),
            },
            _ => Err(self.obstacle(ty, None)),
        }
    }

    fn obstacle(&self, ty: TyId, instead: Option<&'static str>) -> Obstacle {
        Obstacle { part: self.subject.types.show(self.subject.symbols, ty), why: None, instead }
    }

    fn class(&mut self, class: ClassId, args: &[TyId], ty: TyId) -> Result<(), Obstacle> {
        let symbols = &*self.subject.symbols;
        let info = &symbols.classes[class];
        if self.library.is_record(symbols, class) && !self.is_data(class) {
            return Ok(());
        }
        let name = info.full_name.as_str();
        let has_codec = || {
            let codec = format!("fvm.internal.{}Codec", info.name);
            let known = self.subject.known;
            known.class(&codec).is_some() || known.class(&format!("{codec}$")).is_some()
        };
        if BUILT_IN.contains(&name) || info.is_library && has_codec() {
            return args.iter().try_for_each(|arg| self.ty(*arg));
        }
        let is_closed = info.is_sealed || info.is_enum;
        if info.kind == ClassKind::Object && (info.is_case || info.ordinal.is_some()) {
            return Ok(());
        }
        if info.is_case {
            let subst = Subst::zip(&info.type_params, args);
            for field in &info.case_fields {
                let field = self.subject.types.subst(symbols.fields[*field].ty, &subst);
                self.ty(field)?;
            }
            return Ok(());
        }
        if is_closed && !info.children.is_empty() {
            let cases = wire::leaves(symbols, self.subject.types, class, args).len();
            if cases > wire::SUM_CASES_MAX {
                let most = wire::SUM_CASES_MAX;
                let why =
                    format!("has {cases} cases, and at most {most} have a number (SUM_CASES_MAX)");
                let instead = "several enums, each held by a case class";
                return Err(Obstacle { why: Some(why), ..self.obstacle(ty, Some(instead)) });
            }
            for child in &info.children {
                let child = &symbols.classes[*child];
                // A case of a generic enum is encoded with the arguments of the enum.
                let subst = Subst::zip(&child.type_params, args);
                self.ty(self.subject.types.subst(child.this_ty, &subst))?;
            }
            return Ok(());
        }
        Err(self.obstacle(ty, instead(name, info.name.as_str())))
    }

    /// A case class or a case of an enum: its fields tell.
    fn is_data(&self, class: ClassId) -> bool {
        let info = &self.subject.symbols.classes[class];
        info.is_case || info.is_enum || info.is_sealed
    }
}

/// What to write instead of a class without a form.
fn instead(full_name: &str, name: &str) -> Option<&'static str> {
    Some(match full_name {
        "scala.Double" | "scala.Float" => "Ratio, Amount or Int",
        "scala.Byte" | "scala.Short" => "Int",
        "scala.Array" => "List or Vector",
        _ if full_name.starts_with("scala.Function") => "a value that says what to do",
        _ if full_name.starts_with("scala.collection.mutable.") => match name {
            "Map" | "HashMap" => "an immutable Map in a `var`",
            "Set" | "HashSet" => "an immutable Set in a `var`",
            _ => "List or Vector in a `var`",
        },
        "scala.Any" | "java.lang.Object" => "the type that you mean, or an enum of them",
        _ => return None,
    })
}
