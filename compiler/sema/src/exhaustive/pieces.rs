//! Cuts the type of a column into pieces that every pattern of the column takes wholly or not at
//! all.
//!
//! A closed type falls into its leaf classes; an open one has one piece, "the rest". What the
//! patterns name below an open piece (a subclass, a constant) becomes a piece of its own. A value
//! belongs to every piece whose classes it has; claims about a piece hold for all of its values,
//! so overlap does no harm.

use super::lower::{Extractor, Pat, Shape};
use crate::symbols::{ClassId, ClassKind, Symbols, TypeParamId, Variance};
use crate::typed::Program;
use crate::types::{Literal, Subst, Ty, TyId, Types};
use fscc_base::{FastMap, Name};
use std::rc::Rc;

/// A constant that a pattern compares with.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs, reason = "named as the literals")]
pub(super) enum Constant {
    Unit,
    Boolean(bool),
    Integer(i64),
    Char(u16),
    Bits(u64),
    String(Rc<[u16]>),
}

/// What stands in a column.
#[derive(Clone, Debug)]
pub(super) enum Column {
    /// Values of this type.
    Value(TyId),
    /// What is left of the elements of a sequence.
    Elements(TyId),
}

/// What a piece is, for telling pieces apart and for messages.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) enum Key {
    /// Instances of this class; for the second one, of both.
    Class(ClassId, Option<ClassId>),
    /// This constant.
    Constant(Constant, ClassId),
    /// Everything else of an open type that is not a class.
    Rest,
    /// No more elements.
    End,
    /// One more element.
    More,
    /// What an extractor takes.
    Extracted(Extractor),
}

/// A piece of a column's type.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// What it is.
    pub key: Key,
    /// The type of its values.
    pub ty: TyId,
    /// What patterns of the piece look into.
    pub fields: Vec<Column>,
}

/// What the search needs of the program.
pub(super) struct Context<'a> {
    pub program: &'a Program,
    cons: Option<ClassId>,
    nil: Option<ClassId>,
    seq: Option<ClassId>,
}

impl<'a> Context<'a> {
    /// The context of a program.
    pub fn new(program: &'a Program) -> Self {
        Self {
            program,
            cons: program.known.class("scala.collection.immutable.::"),
            nil: program.known.class("scala.collection.immutable.Nil$"),
            seq: program.known.class("scala.collection.Seq").or(program.known.seq),
        }
    }

    fn symbols(&self) -> &'a Symbols {
        &self.program.symbols
    }

    fn types(&self) -> &'a Types {
        &self.program.types
    }

    /// The pieces of a column. `heads` are the patterns that stand in it, none of them `Or`.
    pub fn pieces(&self, column: &Column, heads: &[&Pat]) -> Vec<Piece> {
        let ty = match column {
            Column::Elements(element) => return self.element_pieces(*element),
            Column::Value(ty) => *ty,
        };
        let mut pieces: FastMap<Key, Piece> = FastMap::default();
        for leaf in self.leaves(ty) {
            pieces.entry(leaf.key.clone()).or_insert(leaf);
        }
        let base: Vec<Piece> = pieces.values().cloned().collect();
        let open: Vec<&Piece> = base.iter().filter(|piece| self.is_open(piece)).collect();
        if !open.is_empty() {
            for head in heads {
                self.add_named(head, &open, &mut pieces);
            }
        }
        let has_sequence = heads.iter().any(|head| mentions_sequence(head));
        let mut pieces: Vec<Piece> = pieces.into_values().collect();
        for piece in &mut pieces {
            self.add_fields(piece, has_sequence);
        }
        // What holds a value of no type does not exist: `Left` of `Either[Nothing, A]`.
        let nothing = self.types().roots().nothing;
        let is_empty = |field: &Column| matches!(field, Column::Value(ty) if *ty == nothing);
        pieces.retain(|piece| !piece.fields.iter().any(is_empty));
        pieces
    }

    /// The piece that an extractor pattern takes.
    pub fn extracted(&self, extractor: Extractor, ty: TyId, types: &[TyId]) -> Piece {
        let fields = types.iter().map(|ty| Column::Value(*ty)).collect();
        Piece { key: Key::Extracted(extractor), ty, fields }
    }

    fn element_pieces(&self, element: TyId) -> Vec<Piece> {
        let more = vec![Column::Value(element), Column::Elements(element)];
        vec![
            Piece { key: Key::End, ty: element, fields: Vec::new() },
            Piece { key: Key::More, ty: element, fields: more },
        ]
    }

    // ── leaves of a type ───────────────────────────────────────────────────────────────────────

    /// The leaf classes of a type, without fields.
    fn leaves(&self, ty: TyId) -> Vec<Piece> {
        let mut leaves = Vec::new();
        self.add_leaves(ty, &mut leaves);
        leaves
    }

    fn add_leaves(&self, ty: TyId, leaves: &mut Vec<Piece>) {
        let types = self.types();
        match types.get(ty) {
            Ty::Class(class, _) => self.add_class(class, ty, leaves),
            Ty::This(class) => self.add_class(class, self.symbols().classes[class].this_ty, leaves),
            Ty::Local(local) => self.add_leaves(self.symbols().locals[local].ty, leaves),
            Ty::Param(param) => self.add_leaves(self.symbols().type_params[param].upper, leaves),
            Ty::Wildcard(_, upper) => self.add_leaves(upper, leaves),
            Ty::Literal(of, literal) => {
                let class = types.class_of(of);
                match (literal_constant(literal), class) {
                    (constant, Some(class)) => leaves.push(constant_piece(constant, class, of)),
                    _ => leaves.push(rest(ty)),
                }
            }
            Ty::Or(a, b) => {
                self.add_leaves(a, leaves);
                self.add_leaves(b, leaves);
            }
            Ty::And(a, b) => {
                // The side that is closed, or more special, decides.
                let side = if super::is_checkable(self.symbols(), types, a) { a } else { b };
                self.add_leaves(side, leaves);
            }
            Ty::Applied(..) => match types.named_values(&self.program.known, ty) {
                Some(values) => self.add_leaves(values, leaves),
                None => leaves.push(rest(ty)),
            },
            Ty::Error | Ty::Constructor(_) | Ty::Lambda(..) | Ty::Var(_) => leaves.push(rest(ty)),
        }
    }

    fn add_class(&self, class: ClassId, ty: TyId, leaves: &mut Vec<Piece>) {
        let roots = self.types().roots();
        if ty == roots.boolean {
            for value in [true, false] {
                leaves.push(constant_piece(Constant::Boolean(value), class, ty));
            }
            return;
        }
        if ty == roots.unit {
            leaves.push(constant_piece(Constant::Unit, class, ty));
            return;
        }
        let info = &self.symbols().classes[class];
        let is_closed = (info.is_sealed || info.is_enum) && !info.is_case;
        if !is_closed {
            leaves.push(Piece { key: Key::Class(class, None), ty, fields: Vec::new() });
            return;
        }
        if !info.is_abstract && info.kind == ClassKind::Class && !info.is_enum {
            leaves.push(Piece { key: Key::Class(class, None), ty, fields: Vec::new() });
        }
        for child in &info.children {
            if let Some(child_ty) = self.child(*child, ty) {
                self.add_class(*child, child_ty, leaves);
            }
        }
    }

    /// The type of a direct subclass of a sealed class as far as the type of the parent tells;
    /// none if no instance of the subclass can have that type.
    fn child(&self, child: ClassId, parent: TyId) -> Option<TyId> {
        let types = self.types();
        let (parent_class, args) = types.as_class(parent)?;
        let info = &self.symbols().classes[child];
        let base = types.base_type(self.symbols(), info.this_ty, parent_class)?;
        let (_, declared) = types.as_class(base)?;
        let mut known: FastMap<TypeParamId, TyId> = FastMap::default();
        let params = &self.symbols().classes[parent_class].type_params;
        for ((declared, actual), param) in declared.iter().zip(args).zip(params) {
            let variance = self.symbols().type_params[*param].variance;
            if !self.may_equal(*declared, *actual, variance, &info.type_params, &mut known) {
                return None;
            }
        }
        let pairs: Vec<TyId> = info
            .type_params
            .iter()
            .map(|param| known.get(param).copied().unwrap_or_else(|| types.param(*param)))
            .collect();
        Some(types.subst(info.this_ty, &Subst::zip(&info.type_params, &pairs)))
    }

    /// Whether a declared argument can be the actual one. Parameters of the subclass are bound.
    fn may_equal(
        &self,
        declared: TyId,
        actual: TyId,
        variance: Variance,
        own: &[TypeParamId],
        known: &mut FastMap<TypeParamId, TyId>,
    ) -> bool {
        let types = self.types();
        match (types.get(declared), types.get(actual)) {
            (Ty::Param(param), _) if own.contains(&param) => {
                known.entry(param).or_insert(actual);
                true
            }
            (_, Ty::Wildcard(_, upper)) => {
                self.may_equal(declared, upper, Variance::Covariant, own, known)
            }
            (Ty::Class(left, left_args), Ty::Class(right, right_args)) => {
                if left == right {
                    let params = &self.symbols().classes[left].type_params;
                    return left_args.iter().zip(right_args).zip(params).all(|((l, r), param)| {
                        let variance = self.symbols().type_params[*param].variance;
                        self.may_equal(*l, *r, variance, own, known)
                    });
                }
                // `Nothing` comes from inference and from covariant singletons such as `Nil`.
                if [left, right].contains(&types.roots().nothing_class) {
                    return true;
                }
                if variance == Variance::Invariant {
                    return false;
                }
                types.derives(self.symbols(), left, right)
                    || types.derives(self.symbols(), right, left)
            }
            // A type parameter, a union and so on may be anything.
            _ => true,
        }
    }

    // ── what patterns name below an open piece ─────────────────────────────────────────────────

    /// Whether patterns can tell the values of a leaf apart by class or constant.
    fn is_open(&self, piece: &Piece) -> bool {
        match &piece.key {
            Key::Class(class, _) => {
                let info = &self.symbols().classes[*class];
                info.kind != ClassKind::Object && !info.is_case
            }
            Key::Rest => true,
            _ => false,
        }
    }

    fn add_named(&self, head: &Pat, open: &[&Piece], pieces: &mut FastMap<Key, Piece>) {
        match &**head {
            Shape::Wild | Shape::Sequence { .. } | Shape::Extract { .. } | Shape::Unknown => {}
            Shape::Or(parts) => {
                parts.iter().for_each(|part| self.add_named(part, open, pieces));
            }
            Shape::Is(ty, inner) => {
                for leaf in self.leaves(*ty) {
                    self.add_below(leaf, open, pieces);
                }
                self.add_named(inner, open, pieces);
            }
            Shape::Class(class, _) | Shape::Object(class) => {
                let ty = self.symbols().classes[*class].this_ty;
                let key = Key::Class(*class, None);
                self.add_below(Piece { key, ty, fields: Vec::new() }, open, pieces);
            }
            Shape::Constant(constant, class) => {
                let ty = self.symbols().classes[*class].this_ty;
                self.add_below(constant_piece(constant.clone(), *class, ty), open, pieces);
            }
        }
    }

    fn add_below(&self, named: Piece, open: &[&Piece], pieces: &mut FastMap<Key, Piece>) {
        for above in open {
            if let Some(piece) = self.meet(&named, above) {
                pieces.entry(piece.key.clone()).or_insert(piece);
            }
        }
    }

    /// What a named piece and an open one have in common, if it is less than the open one.
    fn meet(&self, named: &Piece, open: &Piece) -> Option<Piece> {
        let (class, is_value) = match &named.key {
            Key::Class(class, _) => (*class, false),
            Key::Constant(_, class) => (*class, true),
            _ => return None,
        };
        let Key::Class(above, _) = open.key else { return Some(named.clone()) };
        let types = self.types();
        if class == above {
            return is_value.then(|| named.clone());
        }
        if types.derives(self.symbols(), class, above) {
            // The arguments of a case class below are known as far as the open type tells.
            let ty = self.child(class, open.ty).unwrap_or(named.ty);
            return Some(Piece { ty, ..named.clone() });
        }
        if is_value && types.is_primitive(class) && types.is_primitive(above) {
            // Numbers are equal across their types.
            return Some(named.clone());
        }
        if types.derives(self.symbols(), above, class) || is_value {
            return None;
        }
        let (left, right) = (&self.symbols().classes[class], &self.symbols().classes[above]);
        let is_fixed = |info: &crate::symbols::Class| {
            info.is_final || info.is_case || info.kind == ClassKind::Object
        };
        let both_classes = left.kind != ClassKind::Trait && right.kind != ClassKind::Trait;
        if is_fixed(left) || is_fixed(right) || both_classes {
            return None;
        }
        let key = Key::Class(class, Some(above));
        Some(Piece { key, ty: named.ty, fields: Vec::new() })
    }

    fn add_fields(&self, piece: &mut Piece, has_sequence: bool) {
        let Key::Class(class, _) = piece.key else { return };
        let types = self.types();
        let info = &self.symbols().classes[class];
        let args: &[TyId] = types.as_class(piece.ty).map_or(&[], |(_, args)| args);
        let subst = Subst::zip(&info.type_params, args);
        if info.is_case {
            let fields = info.case_fields.iter();
            piece.fields = fields
                .map(|field| {
                    let ty = self.symbols().fields[*field].ty;
                    Column::Value(types.subst(ty, &subst))
                })
                .collect();
        } else if has_sequence && Some(class) != self.nil {
            piece.fields = vec![Column::Elements(self.element(piece.ty))];
        }
    }

    fn element(&self, ty: TyId) -> TyId {
        let base = self.seq.and_then(|seq| self.types().base_type(self.symbols(), ty, seq));
        let args = base.and_then(|base| self.types().as_class(base)).map(|(_, args)| args);
        let own = self.types().as_class(ty).map(|(_, args)| args);
        args.or(own).and_then(|args| args.first().copied()).unwrap_or(self.types().roots().any)
    }

    // ── patterns against pieces ────────────────────────────────────────────────────────────────

    /// Whether every value of the piece has this type.
    pub fn is_within(&self, piece: &Piece, ty: TyId) -> bool {
        let types = self.types();
        match types.get(ty) {
            Ty::Class(class, _) | Ty::This(class) => self.has_class(piece, class),
            Ty::Or(a, b) => self.is_within(piece, a) || self.is_within(piece, b),
            Ty::And(a, b) => self.is_within(piece, a) && self.is_within(piece, b),
            Ty::Literal(_, literal) => matches!(&piece.key,
                Key::Constant(constant, _) if *constant == literal_constant(literal)),
            // Erased: the test that the machine makes is one of the bound.
            Ty::Param(param) => self.is_within(piece, self.symbols().type_params[param].upper),
            Ty::Error => true,
            Ty::Applied(..) => (types.named_values(&self.program.known, ty))
                .is_some_and(|values| self.is_within(piece, values)),
            Ty::Local(_) | Ty::Constructor(_) | Ty::Lambda(..) | Ty::Var(_) | Ty::Wildcard(..) => {
                false
            }
        }
    }

    fn has_class(&self, piece: &Piece, class: ClassId) -> bool {
        let derives = |own: ClassId| self.types().derives(self.symbols(), own, class);
        match &piece.key {
            Key::Class(own, also) => derives(*own) || also.is_some_and(derives),
            Key::Constant(_, own) => derives(*own),
            Key::Extracted(_) => self.types().class_of(piece.ty).is_some_and(derives),
            Key::Rest => class == self.types().roots().any_class,
            Key::End | Key::More => false,
        }
    }

    /// The patterns of the piece's fields, if the pattern takes the piece.
    pub fn specialise(&self, head: &Pat, piece: &Piece) -> Option<Vec<Pat>> {
        let wild = || wild_fields(piece);
        match &**head {
            Shape::Wild => Some(wild()),
            Shape::Is(ty, inner) => {
                self.is_within(piece, *ty).then(|| self.specialise(inner, piece)).flatten()
            }
            Shape::Class(class, parts) => {
                let Key::Class(own, _) = piece.key else { return None };
                (own == *class && parts.len() == piece.fields.len()).then(|| parts.clone())
            }
            Shape::Object(class) => {
                matches!(piece.key, Key::Class(own, _) if own == *class).then(wild)
            }
            Shape::Constant(constant, _) => {
                matches!(&piece.key, Key::Constant(own, _) if own == constant).then(wild)
            }
            Shape::Sequence { elements, from, open } => {
                self.specialise_sequence(head, (elements, *from, *open), piece)
            }
            Shape::Extract { extractor, parts, .. } => {
                (piece.key == Key::Extracted(*extractor)).then(|| parts.clone())
            }
            Shape::Unknown => None,
            Shape::Or(_) => None,
        }
    }

    fn specialise_sequence(
        &self,
        head: &Pat,
        (elements, from, open): (&Rc<[Pat]>, usize, bool),
        piece: &Piece,
    ) -> Option<Vec<Pat>> {
        let first = elements.get(from);
        let rest = || {
            let rest = Shape::Sequence { elements: elements.clone(), from: from + 1, open };
            if open && from + 1 == elements.len() { Rc::new(Shape::Wild) } else { Rc::new(rest) }
        };
        let is_cons = matches!(piece.key, Key::Class(own, _) if Some(own) == self.cons);
        let is_nil = matches!(piece.key, Key::Class(own, _) if Some(own) == self.nil);
        if is_nil || piece.key == Key::End {
            return first.is_none().then(Vec::new);
        }
        if is_cons || piece.key == Key::More {
            return match first {
                Some(first) => Some(vec![first.clone(), rest()]),
                None if open => Some(wild_fields(piece)),
                None => None,
            };
        }
        match piece.fields.as_slice() {
            [Column::Elements(_)] => Some(vec![head.clone()]),
            _ => None,
        }
    }

    /// The piece with these patterns of its fields, as source.
    pub fn show(&self, piece: &Piece, fields: &[String]) -> String {
        match &piece.key {
            Key::Class(class, _) => self.show_class(*class, piece, fields),
            Key::Constant(constant, _) => show_constant(constant),
            Key::Rest | Key::Extracted(_) => "_".to_owned(),
            Key::End => String::new(),
            Key::More => match fields {
                [first, rest] if rest.is_empty() => first.clone(),
                [first, rest] => format!("{first}, {rest}"),
                _ => "_*".to_owned(),
            },
        }
    }

    fn show_class(&self, class: ClassId, piece: &Piece, fields: &[String]) -> String {
        let info = &self.symbols().classes[class];
        if self.program.known.tuple_arity(class).is_some() {
            return format!("({})", fields.join(", "));
        }
        if Some(class) == self.cons
            && let [first, rest] = fields
        {
            return format!("{first} :: {rest}");
        }
        let name = self.show_name(class, info.name);
        let has_params = !info.case_fields.is_empty()
            || info
                .constructor
                .is_some_and(|constructor| !self.symbols().methods[constructor].lists.is_empty());
        if info.kind == ClassKind::Object || info.is_case && !has_params {
            return name;
        }
        if info.is_case {
            return format!("{name}({})", fields.join(", "));
        }
        if let ([Column::Elements(_)], [elements]) = (piece.fields.as_slice(), fields)
            && elements != "_"
        {
            return format!("{name}({elements})");
        }
        format!("_: {}", self.types().show(self.symbols(), piece.ty))
    }

    /// A case of an enum is named with its enum.
    fn show_name(&self, class: ClassId, name: Name) -> String {
        let info = &self.symbols().classes[class];
        if info.ordinal.is_some()
            && let Some(parent) = info.parents.first()
            && let Some(parent) = self.types().class_of(*parent)
        {
            return format!("{}.{name}", self.symbols().classes[parent].name);
        }
        name.to_string()
    }
}

/// Patterns of the piece's fields that take everything.
fn wild_fields(piece: &Piece) -> Vec<Pat> {
    piece.fields.iter().map(|_| Rc::new(Shape::Wild)).collect()
}

fn mentions_sequence(head: &Pat) -> bool {
    match &**head {
        Shape::Sequence { .. } => true,
        Shape::Is(_, inner) => mentions_sequence(inner),
        _ => false,
    }
}

fn rest(ty: TyId) -> Piece {
    Piece { key: Key::Rest, ty, fields: Vec::new() }
}

fn constant_piece(constant: Constant, class: ClassId, ty: TyId) -> Piece {
    Piece { key: Key::Constant(constant, class), ty, fields: Vec::new() }
}

fn literal_constant(literal: Literal) -> Constant {
    match literal {
        Literal::Int(value) => Constant::Integer(i64::from(value)),
        Literal::Long(value) => Constant::Integer(value),
        Literal::Char(unit) => Constant::Char(unit),
        Literal::Double(bits) => Constant::Bits(bits),
        Literal::Boolean(value) => Constant::Boolean(value),
        Literal::String(text) => {
            Constant::String(text.as_str().encode_utf16().collect::<Vec<u16>>().into())
        }
    }
}

fn show_constant(constant: &Constant) -> String {
    match constant {
        Constant::Unit => "()".to_owned(),
        Constant::Boolean(value) => value.to_string(),
        Constant::Integer(value) => value.to_string(),
        Constant::Char(unit) => format!("{:?}", String::from_utf16_lossy(&[*unit])),
        Constant::Bits(bits) => format!("{:?}", f64::from_bits(*bits)),
        Constant::String(units) => format!("{:?}", String::from_utf16_lossy(units)),
    }
}
