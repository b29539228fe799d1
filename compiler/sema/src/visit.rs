//! Walks over typed trees: every direct subexpression of an expression, in evaluation order, with
//! those in statements, cases, patterns and saved calls. Bodies of local functions and classes are
//! not part of the expression that declares them.
//!
//! One function per direction instead of a visitor trait: a walk that cares about some kinds of
//! nodes handles those and leaves the rest to these functions.

use crate::typed::{
    Body, Case, Constructor, Expr, ExprKind, ExtractorResult, Message, MessageCall, Pattern,
    PatternKind, SavedArg, SavedCall, Stmt, WorldOp,
};

macro_rules! walk {
    (
        $children:ident $body:ident $constructor:ident $stmt:ident $case:ident $pattern:ident
        $extractor:ident $message:ident $saved:ident $call:ident $world:ident [$($mutability:tt)?]
    ) => {
        /// Calls `visit` for each direct subexpression.
        pub fn $children<'a>(
            expr: &'a $($mutability)? Expr,
            visit: &mut dyn FnMut(&'a $($mutability)? Expr),
        ) {
            match & $($mutability)? expr.kind {
                ExprKind::Error
                | ExprKind::Constant(_)
                | ExprKind::Local(_)
                | ExprKind::This(_)
                | ExprKind::Object(_) => {}
                ExprKind::AssignLocal(_, value)
                | ExprKind::Field(value, _)
                | ExprKind::Throw(value)
                | ExprKind::Return(_, value)
                | ExprKind::Cast(value, _)
                | ExprKind::Is(value, _) => visit(value),
                ExprKind::AssignField(first, _, second)
                | ExprKind::While(first, second)
                | ExprKind::And(first, second)
                | ExprKind::Or(first, second)
                | ExprKind::Equals(first, second) => {
                    visit(first);
                    visit(second);
                }
                ExprKind::Call { receiver, args, .. } => {
                    if let Some(receiver) = receiver {
                        visit(receiver);
                    }
                    for arg in args {
                        visit(arg);
                    }
                }
                ExprKind::New { outer, args, .. } => {
                    if let Some(outer) = outer {
                        visit(outer);
                    }
                    for arg in args {
                        visit(arg);
                    }
                }
                ExprKind::Lambda { body, is_defined_at, .. } => {
                    visit(body);
                    if let Some(test) = is_defined_at {
                        visit(test);
                    }
                }
                ExprKind::Block(stmts, result) => {
                    for stmt in stmts {
                        $stmt(stmt, visit);
                    }
                    visit(result);
                }
                ExprKind::If(condition, yes, no) => {
                    visit(condition);
                    visit(yes);
                    visit(no);
                }
                ExprKind::Match(scrutinee, cases) => {
                    visit(scrutinee);
                    for case in cases {
                        $case(case, visit);
                    }
                }
                ExprKind::Try(body, cases, finalizer) => {
                    visit(body);
                    for case in cases {
                        $case(case, visit);
                    }
                    if let Some(finalizer) = finalizer {
                        visit(finalizer);
                    }
                }
                ExprKind::Concat(parts)
                | ExprKind::Sequence(parts, _)
                | ExprKind::Array(parts, _)
                | ExprKind::Storage(_, _, parts) => {
                    for part in parts {
                        visit(part);
                    }
                }
                ExprKind::Message(message) => $message(message, visit),
                ExprKind::World(operation) => $world(operation, visit),
            }
        }

        /// Calls `visit` for each topmost expression of a body.
        pub fn $body<'a>(
            body: &'a $($mutability)? Body,
            visit: &mut dyn FnMut(&'a $($mutability)? Expr),
        ) {
            match body {
                Body::Expr(expr) => visit(expr),
                Body::Constructor(constructor) => $constructor(constructor, visit),
            }
        }

        /// Calls `visit` for each topmost expression of a constructor.
        pub fn $constructor<'a>(
            constructor: &'a $($mutability)? Constructor,
            visit: &mut dyn FnMut(&'a $($mutability)? Expr),
        ) {
            if let Some(call) = & $($mutability)? constructor.super_call {
                for arg in & $($mutability)? call.args {
                    visit(arg);
                }
            }
            for call in & $($mutability)? constructor.traits {
                for arg in & $($mutability)? call.args {
                    visit(arg);
                }
            }
            for stmt in & $($mutability)? constructor.statements {
                $stmt(stmt, visit);
            }
        }

        /// Calls `visit` for the expression of a statement.
        pub fn $stmt<'a>(
            stmt: &'a $($mutability)? Stmt,
            visit: &mut dyn FnMut(&'a $($mutability)? Expr),
        ) {
            match stmt {
                Stmt::Expr(expr) | Stmt::Let(_, expr) => visit(expr),
                Stmt::Function(_) | Stmt::Class(_) => {}
            }
        }

        fn $case<'a>(
            case: &'a $($mutability)? Case,
            visit: &mut dyn FnMut(&'a $($mutability)? Expr),
        ) {
            $pattern(& $($mutability)? case.pattern, visit);
            if let Some(guard) = & $($mutability)? case.guard {
                visit(guard);
            }
            visit(& $($mutability)? case.body);
        }

        /// Calls `visit` for each topmost expression inside a pattern.
        pub fn $pattern<'a>(
            pattern: &'a $($mutability)? Pattern,
            visit: &mut dyn FnMut(&'a $($mutability)? Expr),
        ) {
            match & $($mutability)? pattern.kind {
                PatternKind::Wildcard => {}
                PatternKind::Bind(_, inner) | PatternKind::Typed(inner) => $pattern(inner, visit),
                PatternKind::Equals(value) => visit(value),
                PatternKind::Belongs(_, outer, inner) => {
                    visit(outer);
                    $pattern(inner, visit);
                }
                PatternKind::Class(_, parts) | PatternKind::Alternative(parts) => {
                    for part in parts {
                        $pattern(part, visit);
                    }
                }
                PatternKind::Sequence { prefix, rest } => {
                    for part in prefix {
                        $pattern(part, visit);
                    }
                    if let Some(rest) = rest {
                        $pattern(rest, visit);
                    }
                }
                PatternKind::Extractor { call, result, .. } => {
                    visit(call);
                    $extractor(result, visit);
                }
            }
        }

        fn $extractor<'a>(
            result: &'a $($mutability)? ExtractorResult,
            visit: &mut dyn FnMut(&'a $($mutability)? Expr),
        ) {
            match result {
                ExtractorResult::Boolean => {}
                ExtractorResult::Option { is_empty, get, pattern, .. } => {
                    visit(is_empty);
                    visit(get);
                    $pattern(pattern, visit);
                }
                ExtractorResult::Product { fields, .. } => {
                    for (selection, pattern) in fields {
                        visit(selection);
                        $pattern(pattern, visit);
                    }
                }
            }
        }

        fn $message<'a>(
            message: &'a $($mutability)? Message,
            visit: &mut dyn FnMut(&'a $($mutability)? Expr),
        ) {
            match message {
                Message::Pay { to, amount, delivered, bounced } => {
                    visit(to);
                    visit(amount);
                    $saved(delivered, visit);
                    $saved(bounced, visit);
                }
                Message::Send { to, call, value, bounced } => {
                    visit(to);
                    $call(call, visit);
                    visit(value);
                    $saved(bounced, visit);
                }
                Message::Ask { to, call, value, reply, bounced } => {
                    visit(to);
                    $call(call, visit);
                    visit(value);
                    $saved(reply, visit);
                    $saved(bounced, visit);
                }
                Message::Schedule { at, call } => {
                    visit(at);
                    $saved(call, visit);
                }
                Message::Spawn { value, args, bounced, .. } => {
                    visit(value);
                    for arg in args {
                        visit(arg);
                    }
                    $saved(bounced, visit);
                }
                Message::Emit(value)
                | Message::Story(value)
                | Message::Conclude(value)
                | Message::Abort(value) => visit(value),
                Message::Invariant(_) => {}
                Message::Ensuring { olds, body, condition, .. } => {
                    for (_, value) in olds {
                        visit(value);
                    }
                    visit(body);
                    visit(condition);
                }
            }
        }

        fn $saved<'a>(
            call: &'a $($mutability)? SavedCall,
            visit: &mut dyn FnMut(&'a $($mutability)? Expr),
        ) {
            for arg in & $($mutability)? call.args {
                if let SavedArg::Value(value) = arg {
                    visit(value);
                }
            }
        }

        fn $call<'a>(
            call: &'a $($mutability)? MessageCall,
            visit: &mut dyn FnMut(&'a $($mutability)? Expr),
        ) {
            for arg in & $($mutability)? call.args {
                visit(arg);
            }
        }

        fn $world<'a>(
            operation: &'a $($mutability)? WorldOp,
            visit: &mut dyn FnMut(&'a $($mutability)? Expr),
        ) {
            match operation {
                WorldOp::Deploy { args, value, from, .. } => {
                    for arg in args {
                        visit(arg);
                    }
                    for extra in [value, from].into_iter().flatten() {
                        visit(extra);
                    }
                }
                WorldOp::Call { target, from, value, call } => {
                    visit(target);
                    visit(from);
                    visit(value);
                    $call(call, visit);
                }
                WorldOp::Query { target, call } => {
                    visit(target);
                    $call(call, visit);
                }
            }
        }
    };
}

walk!(children body constructor stmt case pattern extractor message saved call world []);
walk!(
    children_mut body_mut constructor_mut stmt_mut case_mut pattern_mut extractor_mut message_mut
    saved_mut call_mut world_mut [mut]
);
