//! The checks on small hierarchies built by hand: an enum, `Option`, `List`, tuples.

use super::lower::{Extractor, Pat, Shape};
use super::pieces::{Column, Constant, Context};
use super::search::Search;
use crate::known::Known;
use crate::symbols::{
    Class, ClassId, ClassKind, Field, FieldId, Owner, Symbols, TypeParam, TypeParamId, Variance,
};
use crate::typed::Program;
use crate::types::{Roots, TyId, Types};
use fscc_base::{FastMap, Name, Span};
use pretty_assertions::assert_eq;
use std::rc::Rc;

struct World {
    program: Program,
    any: ClassId,
    boolean: TyId,
    int: TyId,
    /// Red, Green, Blue.
    colors: Vec<ClassId>,
    color: TyId,
    option: ClassId,
    some: ClassId,
    none: ClassId,
    list: ClassId,
    cons: ClassId,
    nil: ClassId,
    pair: ClassId,
}

fn add(
    program: &mut Program,
    name: &str,
    kind: ClassKind,
    params: &[TypeParamId],
    parent: Option<TyId>,
) -> ClassId {
    let id = program.symbols.classes.next_index();
    let args: Vec<TyId> = params.iter().map(|param| program.types.param(*param)).collect();
    let parent_class = parent.and_then(|parent| program.types.class_of(parent));
    let mut linearization = vec![id];
    if let Some(parent) = parent_class {
        linearization.extend(program.symbols.classes[parent].linearization.clone());
        program.symbols.classes[parent].children.push(id);
    }
    program.symbols.classes.push(Class {
        name: Name::new(name.rsplit('.').next().unwrap_or(name).trim_end_matches('$')),
        full_name: name.to_owned(),
        owner: Owner::Package,
        kind,
        is_abstract: false,
        is_final: false,
        is_sealed: false,
        is_case: false,
        is_enum: false,
        ordinal: None,
        role: None,
        type_params: params.to_vec(),
        own_type_params: params.len(),
        parents: parent.into_iter().collect(),
        linearization,
        this_ty: program.types.class(id, &args),
        self_ty: None,
        fields: Vec::new(),
        methods: Vec::new(),
        classes: Vec::new(),
        constructor: None,
        companion: None,
        children: Vec::new(),
        case_fields: Vec::new(),
        is_library: false,
        span: Span::synthetic(),
    })
}

fn type_param(program: &mut Program, upper: TyId) -> TypeParamId {
    program.symbols.type_params.push(TypeParam {
        name: Name::new("A"),
        variance: Variance::Covariant,
        arity: 0,
        lower: upper,
        upper,
        opaque: None,
        span: Span::synthetic(),
    })
}

fn field(program: &mut Program, class: ClassId, name: &str, ty: TyId) -> FieldId {
    let field = program.symbols.fields.push(Field {
        name: Name::new(name),
        owner: class,
        ty,
        is_mutable: false,
        is_lazy: false,
        is_param: true,
        getter: None,
        setter: None,
        storage: None,
        span: Span::synthetic(),
    });
    let info = &mut program.symbols.classes[class];
    info.is_case = true;
    info.is_final = true;
    info.case_fields.push(field);
    field
}

fn sealed(program: &mut Program, class: ClassId) {
    program.symbols.classes[class].is_sealed = true;
    program.symbols.classes[class].is_abstract = true;
}

fn object(program: &mut Program, name: &str, parent: TyId) -> ClassId {
    let class = add(program, name, ClassKind::Object, &[], Some(parent));
    program.symbols.classes[class].is_case = true;
    program.symbols.classes[class].is_final = true;
    class
}

fn world() -> World {
    let mut program = Program {
        symbols: Symbols::default().into(),
        types: Types::new(),
        known: Known::default(),
        bodies: FastMap::default().into(),
        instantiated: Vec::new(),
        mains: Vec::new(),
        contracts: Vec::new(),
        suites: Vec::new(),
        exported: Vec::new(),
        match_kinds: FastMap::default().into(),
        allowances: crate::allow::Allowances::default().into(),
    };
    let p = &mut program;
    let any = add(p, "scala.Any", ClassKind::Class, &[], None);
    let any_ty = p.types.class(any, &[]);
    let nothing = add(p, "scala.Nothing", ClassKind::Class, &[], None);
    let nothing_ty = p.types.class(nothing, &[]);
    let boolean_class = add(p, "scala.Boolean", ClassKind::Class, &[], None);
    let int_class = add(p, "scala.Int", ClassKind::Class, &[], None);
    p.symbols.classes[int_class].is_final = true;
    let (boolean, int) = (p.types.class(boolean_class, &[]), p.types.class(int_class, &[]));
    let roots = p.types.roots();
    p.types.set_roots(Roots {
        any: any_ty,
        nothing: nothing_ty,
        boolean,
        int,
        any_class: any,
        nothing_class: nothing,
        ..roots
    });

    let color_class = add(p, "Color", ClassKind::Class, &[], None);
    sealed(p, color_class);
    p.symbols.classes[color_class].is_enum = true;
    let color = p.types.class(color_class, &[]);
    let mut colors = Vec::new();
    for (ordinal, name) in (0..).zip(["Color$.Red$", "Color$.Green$", "Color$.Blue$"]) {
        let case = object(p, name, color);
        p.symbols.classes[case].ordinal = Some(ordinal);
        colors.push(case);
    }

    let a = type_param(p, any_ty);
    let option = add(p, "scala.Option", ClassKind::Class, &[a], None);
    sealed(p, option);
    let b = type_param(p, any_ty);
    let b_ty = p.types.param(b);
    let of_b = p.types.class(option, &[b_ty]);
    let some = add(p, "scala.Some", ClassKind::Class, &[b], Some(of_b));
    field(p, some, "value", b_ty);
    let of_nothing = p.types.class(option, &[nothing_ty]);
    let none = object(p, "scala.None$", of_nothing);

    let a = type_param(p, any_ty);
    let list = add(p, "scala.collection.immutable.List", ClassKind::Class, &[a], None);
    sealed(p, list);
    let b = type_param(p, any_ty);
    let b_ty = p.types.param(b);
    let of_b = p.types.class(list, &[b_ty]);
    let cons = add(p, "scala.collection.immutable.::", ClassKind::Class, &[b], Some(of_b));
    field(p, cons, "head", b_ty);
    field(p, cons, "next", of_b);
    let of_nothing = p.types.class(list, &[nothing_ty]);
    let nil = object(p, "scala.collection.immutable.Nil$", of_nothing);

    let (a, b) = (type_param(p, any_ty), type_param(p, any_ty));
    let pair = add(p, "scala.Tuple2", ClassKind::Class, &[a, b], None);
    for (name, param) in [("_1", a), ("_2", b)] {
        let ty = p.types.param(param);
        field(p, pair, name, ty);
    }
    p.known.tuples = vec![None, None, Some(pair)];
    for class in p.symbols.classes.indices() {
        let name = p.symbols.classes[class].full_name.clone();
        p.known.classes.insert(name, class);
    }
    World { program, any, boolean, int, colors, color, option, some, none, list, cons, nil, pair }
}

fn pat(shape: Shape) -> Pat {
    Rc::new(shape)
}

fn wild() -> Pat {
    pat(Shape::Wild)
}

fn class(class: ClassId, parts: &[Pat]) -> Pat {
    pat(Shape::Class(class, parts.to_vec()))
}

fn sequence(elements: &[Pat], open: bool) -> Pat {
    pat(Shape::Sequence { elements: elements.into(), from: 0, open })
}

impl World {
    fn truth(&self, value: bool) -> Pat {
        let class = self.program.types.class_of(self.boolean).expect("it is a class");
        pat(Shape::Constant(Constant::Boolean(value), class))
    }

    fn number(&self, value: i64) -> Pat {
        let class = self.program.types.class_of(self.int).expect("it is a class");
        pat(Shape::Constant(Constant::Integer(value), class))
    }

    fn of(&self, class: ClassId, args: &[TyId]) -> TyId {
        self.program.types.class(class, args)
    }

    fn missing(&self, ty: TyId, rows: &[Pat]) -> Vec<String> {
        let context = Context::new(&self.program);
        let rows = rows.iter().map(|row| vec![row.clone()]).collect();
        let mut search = Search::new(&context, 100_000);
        let found = search.missing(rows, &[Column::Value(ty)], 10).expect("within the budget");
        found.into_iter().map(|mut example| example.remove(0)).collect()
    }

    fn useful(&self, ty: TyId, above: &[Pat], row: &Pat) -> bool {
        let context = Context::new(&self.program);
        let above: Vec<Vec<Pat>> = above.iter().map(|row| vec![row.clone()]).collect();
        let mut search = Search::new(&context, 100_000);
        search
            .useful(&above, std::slice::from_ref(row), &[Column::Value(ty)])
            .expect("within the budget")
    }
}

#[test]
fn cases_of_an_enum_are_told_apart() {
    let w = world();
    let red = pat(Shape::Object(w.colors[0]));
    let green = pat(Shape::Object(w.colors[1]));
    let blue = pat(Shape::Object(w.colors[2]));
    assert_eq!(w.missing(w.color, &[red.clone(), blue.clone()]), ["Color.Green"]);
    assert_eq!(
        w.missing(w.color, &[pat(Shape::Or(vec![red.clone(), blue.clone()])), green]),
        [""; 0]
    );
    assert!(!w.useful(w.color, &[red.clone(), blue], &red));
}

#[test]
fn values_inside_of_values_are_looked_into() {
    let w = world();
    let ty = w.of(w.option, &[w.boolean]);
    let none = pat(Shape::Object(w.none));
    let some = |inner: Pat| class(w.some, &[inner]);
    assert_eq!(w.missing(ty, &[none.clone(), some(w.truth(true))]), ["Some(false)"]);
    assert_eq!(w.missing(ty, &[none, some(w.truth(true)), some(w.truth(false))]), [""; 0]);
}

#[test]
fn tuples_are_covered_together() {
    let w = world();
    let ty = w.of(w.pair, &[w.boolean, w.boolean]);
    let pair = |a: Pat, b: Pat| class(w.pair, &[a, b]);
    let rows = [pair(w.truth(true), wild()), pair(wild(), w.truth(true))];
    assert_eq!(w.missing(ty, &rows), ["(false, false)"]);
    assert!(!w.useful(ty, &rows, &pair(w.truth(true), w.truth(true))));
    assert!(w.useful(ty, &rows, &wild()));
}

#[test]
fn lists_are_told_apart_by_length() {
    let w = world();
    let ty = w.of(w.list, &[w.int]);
    let nil = pat(Shape::Object(w.nil));
    let one = sequence(&[wild()], false);
    let three =
        class(w.cons, &[wild(), class(w.cons, &[wild(), class(w.cons, &[wild(), wild()])])]);
    assert_eq!(w.missing(ty, &[nil.clone(), one, three]), ["_ :: _ :: Nil"]);
    assert_eq!(w.missing(ty, &[nil, sequence(&[wild()], true)]), [""; 0]);
}

#[test]
fn constants_leave_a_rest() {
    let w = world();
    assert_eq!(w.missing(w.int, &[w.number(1), w.number(2)]), ["_: Int"]);
    assert!(!w.useful(w.int, &[w.number(1), w.number(2)], &w.number(1)));
    assert!(w.useful(w.int, &[w.number(1)], &w.number(2)));
    assert!(!w.useful(w.int, &[wild()], &w.number(2)));
}

#[test]
fn a_class_below_an_open_type_is_a_piece() {
    let mut w = world();
    let animal = add(&mut w.program, "Animal", ClassKind::Trait, &[], None);
    let animal_ty = w.program.types.class(animal, &[]);
    let dog = add(&mut w.program, "Dog", ClassKind::Class, &[], Some(animal_ty));
    let dog_ty = w.program.types.class(dog, &[]);
    let any = w.program.types.class(w.any, &[]);
    let is = |ty| pat(Shape::Is(ty, wild()));
    assert!(!w.useful(any, &[is(animal_ty)], &is(dog_ty)));
    assert!(w.useful(any, &[is(dog_ty)], &is(animal_ty)));
    assert_eq!(w.missing(animal_ty, &[is(dog_ty)]), ["_: Animal"]);
    assert_eq!(w.missing(any, &[is(any)]), [""; 0]);
}

#[test]
fn what_an_extractor_takes_is_unknown_but_twice_the_same() {
    let w = world();
    let method = crate::symbols::MethodId::from_u32(7);
    let extractor = Extractor::OfObject(method, w.any);
    let even =
        pat(Shape::Extract { extractor, ty: w.int, parts: vec![wild()], types: vec![w.int] });
    assert_eq!(w.missing(w.int, std::slice::from_ref(&even)), ["_: Int"]);
    assert!(!w.useful(w.int, std::slice::from_ref(&even), &even));
    assert!(w.useful(w.int, &[even], &w.number(2)));
}

#[test]
fn large_matrices_stop_at_the_budget() {
    let w = world();
    let context = Context::new(&w.program);
    // n columns, each row looks at one of them: exponentially many combinations.
    let columns: Vec<Column> = (0..24).map(|_| Column::Value(w.boolean)).collect();
    let rows: Vec<Vec<Pat>> = (0..24)
        .map(|at| (0..24).map(|c| if c == at { w.truth(true) } else { wild() }).collect())
        .collect();
    let mut search = Search::new(&context, 50);
    assert!(search.missing(rows, &columns, 5).is_err());
}
