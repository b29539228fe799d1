//! Random functions are allocated, and the independent checker finds nothing.

use fscc_codegen::{alloc, check, fold::Folding, liveness};
use fscc_ir::{Block, Func, FuncBuilder, Imm, Op, Type, Value, Variable};
use proptest::prelude::*;

/// A statement of a random program over eight variables.
#[derive(Clone, Debug)]
enum Stmt {
    Constant(usize, i32),
    Add(usize, usize, usize),
    AddSmall(usize, usize, i8),
    Call(usize, Vec<usize>),
    If(usize, usize, Vec<Stmt>, Vec<Stmt>),
    While(usize, Vec<Stmt>),
    Switch(usize, Vec<Vec<Stmt>>),
    Swap(usize, usize),
}

fn statements() -> impl Strategy<Value = Vec<Stmt>> {
    let variable = || 0usize..8;
    let leaf = prop_oneof![
        (variable(), any::<i32>()).prop_map(|(v, n)| Stmt::Constant(v, n)),
        (variable(), variable(), variable()).prop_map(|(a, b, c)| Stmt::Add(a, b, c)),
        (variable(), variable(), any::<i8>()).prop_map(|(a, b, n)| Stmt::AddSmall(a, b, n)),
        (variable(), proptest::collection::vec(variable(), 0..5))
            .prop_map(|(v, args)| Stmt::Call(v, args)),
        (variable(), variable()).prop_map(|(a, b)| Stmt::Swap(a, b)),
    ];
    let tree = leaf.prop_recursive(4, 40, 6, move |inner| {
        let body = || proptest::collection::vec(inner.clone(), 0..6);
        prop_oneof![
            (variable(), variable(), body(), body()).prop_map(|(a, b, t, e)| Stmt::If(a, b, t, e)),
            (variable(), body()).prop_map(|(v, body)| Stmt::While(v, body)),
            (variable(), proptest::collection::vec(body(), 0..4))
                .prop_map(|(v, cases)| Stmt::Switch(v, cases)),
        ]
    });
    proptest::collection::vec(tree, 0..12)
}

fn lower(b: &mut FuncBuilder, v: &[Variable], stmts: &[Stmt]) {
    for stmt in stmts {
        match stmt {
            Stmt::Constant(to, n) => {
                let value = b.const_i32(*n);
                b.write_variable(v[*to], value);
            }
            Stmt::Add(to, x, y) => {
                let (x, y) = (b.read_variable(v[*x]), b.read_variable(v[*y]));
                let sum = b.op_value(Op::I32Add, &[x, y]);
                b.write_variable(v[*to], sum);
            }
            Stmt::AddSmall(to, x, n) => {
                let (x, n) = (b.read_variable(v[*x]), b.const_i32((*n).into()));
                let sum = b.op_value(Op::I32Sub, &[x, n]);
                b.write_variable(v[*to], sum);
            }
            Stmt::Call(to, args) => {
                let args: Vec<Value> = args.iter().map(|a| b.read_variable(v[*a])).collect();
                let func = Imm::Func(fscc_ir::FuncId::from_u32(0));
                let result = b.emit_value(Op::Call, func, &args, Type::I32);
                b.write_variable(v[*to], result);
            }
            Stmt::Swap(x, y) => {
                let (left, right) = (b.read_variable(v[*x]), b.read_variable(v[*y]));
                b.write_variable(v[*x], right);
                b.write_variable(v[*y], left);
            }
            Stmt::If(x, y, yes, no) => {
                let (x, y) = (b.read_variable(v[*x]), b.read_variable(v[*y]));
                let condition = b.op_value(Op::I32Lt, &[x, y]);
                let (then, other, end) = (b.create_block(), b.create_block(), b.create_block());
                b.branch(condition, then, other);
                for (block, body) in [(then, yes), (other, no)] {
                    b.seal(block);
                    b.switch_to(block);
                    lower(b, v, body);
                    b.jump(end, &[]);
                }
                enter(b, end);
            }
            Stmt::While(x, body) => {
                let (head, inside, end) = (b.create_block(), b.create_block(), b.create_block());
                b.jump(head, &[]);
                b.switch_to(head);
                let (x, zero) = (b.read_variable(v[*x]), b.const_i32(0));
                let condition = b.op_value(Op::I32Gt, &[x, zero]);
                b.branch(condition, inside, end);
                enter(b, inside);
                lower(b, v, body);
                b.jump(head, &[]);
                b.seal(head);
                enter(b, end);
            }
            Stmt::Switch(x, cases) => {
                let value = b.read_variable(v[*x]);
                let end = b.create_block();
                let blocks: Vec<Block> = cases.iter().map(|_| b.create_block()).collect();
                let targets = (0..).zip(&blocks).map(|(n, block)| (n, (*block).into())).collect();
                b.switch(value, targets, end);
                for (block, body) in blocks.iter().zip(cases) {
                    enter(b, *block);
                    lower(b, v, body);
                    b.jump(end, &[]);
                }
                enter(b, end);
            }
        }
    }
}

fn enter(b: &mut FuncBuilder, block: Block) {
    b.seal(block);
    b.switch_to(block);
}

fn function(stmts: &[Stmt]) -> Func {
    let span = fscc_base::Span::synthetic();
    let mut b = FuncBuilder::new("random", &[Type::I32, Type::I32], Some(Type::I32), span);
    let variables: Vec<Variable> = (0..8).map(|_| b.declare(Type::I32)).collect();
    for (at, variable) in variables.iter().enumerate() {
        let value = if at < 2 { b.param(at) } else { b.const_i32(at as i32 * 1000) };
        b.write_variable(*variable, value);
    }
    lower(&mut b, &variables, stmts);
    let mut sum = b.read_variable(variables[0]);
    for variable in &variables[1..] {
        let value = b.read_variable(*variable);
        sum = b.op_value(Op::I32Add, &[sum, value]);
    }
    b.ret(Some(sum));
    let mut func = b.finish();
    func.compact();
    func
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn the_checker_finds_nothing(stmts in statements()) {
        let func = function(&stmts);
        let depths = liveness::loop_depths(&func);
        let folding = Folding::of(&func, &depths);
        let live = liveness::Liveness::of(&func, &folding);
        let allocated = alloc::allocate(&func, &folding, &live).expect("few values are live");
        prop_assert_eq!(check::check(&func, &folding, &allocated), Ok(()));
    }
}

/// `while child < n do { root = child; child = 2 * child + 1 }`.
fn descent() -> Func {
    let span = fscc_base::Span::synthetic();
    let mut b = FuncBuilder::new("descent", &[Type::I32], Some(Type::I32), span);
    let (root, child) = (b.declare(Type::I32), b.declare(Type::I32));
    let (zero, one) = (b.const_i32(0), b.const_i32(1));
    b.write_variable(root, zero);
    b.write_variable(child, one);
    let [head, body, end] = [(); 3].map(|()| b.create_block());
    b.jump(head, &[]);
    b.switch_to(head);
    let (limit, place) = (b.param(0), b.read_variable(child));
    let goes_on = b.op_value(Op::I32Lt, &[place, limit]);
    b.branch(goes_on, body, end);
    enter(&mut b, body);
    let place = b.read_variable(child);
    b.write_variable(root, place);
    let one = b.const_i32(1);
    let doubled = b.op_value(Op::I32Shl, &[place, one]);
    let next = b.op_value(Op::I32Add, &[doubled, one]);
    b.write_variable(child, next);
    b.jump(head, &[]);
    b.seal(head);
    enter(&mut b, end);
    let result = b.read_variable(root);
    b.ret(Some(result));
    let mut func = b.finish();
    func.compact();
    func
}

#[test]
fn a_value_makes_room_for_the_one_that_takes_its_place() {
    let func = descent();
    let depths = liveness::loop_depths(&func);
    let folding = Folding::of(&func, &depths);
    let live = liveness::Liveness::of(&func, &folding);
    let allocated = alloc::allocate(&func, &folding, &live).expect("few values are live");
    assert_eq!(check::check(&func, &folding, &allocated), Ok(()));
    let steps = allocated.blocks.iter().flat_map(|block| &block.steps);
    let moves = steps.filter(|step| matches!(step, alloc::Step::Move(_))).count();
    assert_eq!(moves, 1, "{allocated:?}");
}
