//! What `inline` promises: an `inline if` or `inline match` is decided while compiling, and the
//! expansion of inline methods ends.
//!
//! Calls of inline methods are compiled as calls, which means the same: their parameters are
//! evaluated as often as the expanded code would. So nothing is expanded here; the pass only goes
//! through what an expansion would contain, with the arguments that are constants, and refuses
//! what cannot be expanded. As in Scala a plain `if` on a constant keeps one branch, too, while
//! `&&`, `||` and a plain `match` keep all their parts.
//!
//! **Method.** A call is looked at once for each tuple of constants that it gets. The depth of its
//! expansion, and the number of calls in it, follow from those of the calls in it.

mod constant;

use crate::checker::Checker;
use crate::symbols::{Implementation, LocalId, MethodId, MethodKind, Passing};
use crate::typed::{Body, Case, Constant, Expr, ExprKind, Pattern, PatternKind, Stmt};
use crate::types::TyId;
use crate::visit;
use fscc_base::limits::{INLINE_CALLS_MAX, INLINE_DEPTH_MAX};
use fscc_base::{Diagnostic, FastMap, Span, codes};
use fscc_syntax::ast::Flags;

/// The parameters whose values are known.
type Constants = FastMap<LocalId, Constant>;

/// A call of an inline method with what is known of its arguments, by position.
type Expansion = (MethodId, Vec<Option<Constant>>);

/// How large an expansion is.
#[derive(Clone, Copy, Debug)]
struct Size {
    /// Calls one inside the other.
    depth: usize,
    /// Calls in all.
    calls: usize,
}

/// What is wrong with an expansion: the finding and where, in the inline method.
struct Problem {
    span: Span,
    kind: ProblemKind,
}

enum ProblemKind {
    TooDeep,
    TooMany,
    Condition,
    NoCase,
    ByType,
    Deferred,
}

impl Checker<'_> {
    /// Goes through the expansion of every call of an inline method in code that is not inline
    /// itself.
    pub(crate) fn check_inlining(&mut self) {
        self.check_transparent();
        if self.diagnostics.iter().any(Diagnostic::is_error) {
            return;
        }
        let is_any = self.methods.iter().any(|method| method.flags.contains(Flags::INLINE));
        if !is_any && self.inline_choices.is_empty() {
            return;
        }
        let mut found = Vec::new();
        let mut inliner = Inliner { checker: self, sizes: FastMap::default() };
        for (method, body) in &self.bodies {
            if self.methods[*method].is_library || inliner.is_inside_inline(*method) {
                continue;
            }
            inliner.roots(body, &mut found);
        }
        found.sort_by_key(|(call, _)| *call);
        for (call, problem) in found {
            self.report(problem.report(call));
        }
    }

    /// Notes an `inline if` or `inline match`, which only an inline method may contain.
    pub(crate) fn inline_choice(&mut self, word: &str, span: Span) {
        self.inline_choices.insert(span);
        let mut next = self.env.method;
        while let Some(method) = next {
            if self.methods[method].flags.contains(Flags::INLINE) {
                return;
            }
            next = self.methods[method].outer;
        }
        let head = Span { hi: span.lo + "inline".len() as u32, ..span };
        let what = format!(
            "a{} `{word}` outside of an inline method",
            if word == "if" { "n" } else { "" }
        );
        self.misplaced_modifier("inline", &what, head);
    }

    /// A transparent inline method has the type of what it expands to. Types that nothing else is
    /// a subtype of say the same.
    fn check_transparent(&mut self) {
        let exact = self.types.roots().plain();
        for method in self.methods.indices() {
            let data = &self.methods[method];
            let is_transparent =
                data.flags.contains(Flags::INLINE) && data.flags.contains(Flags::TRANSPARENT);
            let info = &self.symbols.methods[method];
            if !is_transparent || data.is_library || exact.contains(&self.types.widen(info.result))
            {
                continue;
            }
            let message = "transparent inline methods are Scala, but not in the subset";
            let report = Diagnostic::error(codes::TRANSPARENT_INLINE, info.span, message)
                .because("its calls would have the type of the code that they expand to")
                .help("remove `transparent`, and give it the most precise type");
            self.report(report);
        }
    }
}

struct Inliner<'c, 'a> {
    checker: &'c Checker<'a>,
    /// Expansions that end.
    sizes: FastMap<Expansion, Size>,
}

/// What a walk through one body finds.
#[derive(Default)]
struct Found {
    calls: Vec<(Expansion, Span)>,
    problem: Option<Problem>,
}

impl Inliner<'_, '_> {
    /// Whether code is part of an inline method, and so only code where that is called. What
    /// implements a method that is not inline is code of its own, too.
    fn is_inside_inline(&self, method: MethodId) -> bool {
        let mut next = Some(method);
        while let Some(method) = next {
            if self.is_inline(method) && self.checker.symbols.methods[method].overrides.is_empty() {
                return true;
            }
            next = self.checker.methods[method].outer;
        }
        false
    }

    fn is_inline(&self, method: MethodId) -> bool {
        self.checker.methods[method].flags.contains(Flags::INLINE)
            && self.checker.symbols.methods[method].kind == MethodKind::Def
    }

    fn roots(&mut self, body: &Body, problems: &mut Vec<(Span, Problem)>) {
        let mut found = Found::default();
        visit::body(body, &mut |expr| self.walk(expr, &Constants::default(), &mut found));
        if let Some(problem) = found.problem {
            problems.push((problem.span, problem));
        }
        for (expansion, call) in found.calls {
            if let Err(problem) = self.size(&expansion, call, 1) {
                problems.push((call, problem));
            }
        }
    }

    /// The size of an expansion that stands so deep in others.
    fn size(&mut self, expansion: &Expansion, call: Span, depth: usize) -> Result<Size, Problem> {
        let too_deep = || Err(Problem { span: call, kind: ProblemKind::TooDeep });
        if let Some(size) = self.sizes.get(expansion) {
            return match depth + size.depth - 1 > INLINE_DEPTH_MAX {
                true => too_deep(),
                false => Ok(*size),
            };
        }
        if depth > INLINE_DEPTH_MAX {
            return too_deep();
        }
        let (method, values) = expansion;
        let checker = self.checker;
        let info = &checker.symbols.methods[*method];
        if info.implementation == Implementation::Abstract {
            return Err(Problem { span: call, kind: ProblemKind::Deferred });
        }
        let constants: Constants = info
            .params
            .iter()
            .zip(values)
            .filter_map(|(param, value)| Some((*param, value.clone()?)))
            .collect();
        let mut found = Found::default();
        if let Some(body) = checker.bodies.get(method) {
            visit::body(body, &mut |expr| self.walk(expr, &constants, &mut found));
        }
        if let Some(problem) = found.problem {
            return Err(problem);
        }
        let mut size = Size { depth: 1, calls: 1 };
        for (inner, call) in found.calls {
            let part = self.size(&inner, call, depth + 1)?;
            size.depth = size.depth.max(part.depth + 1);
            size.calls = size.calls.saturating_add(part.calls);
            if size.calls > INLINE_CALLS_MAX {
                return Err(Problem { span: call, kind: ProblemKind::TooMany });
            }
        }
        self.sizes.insert(expansion.clone(), size);
        Ok(size)
    }

    /// Collects the calls of inline methods that remain when the parameters have these values.
    fn walk(&self, expr: &Expr, constants: &Constants, found: &mut Found) {
        let is_inline = self.checker.inline_choices.contains(&expr.span);
        match &expr.kind {
            ExprKind::If(condition, yes, no) => {
                self.walk(condition, constants, found);
                match self.value(condition, constants) {
                    Some(Constant::Boolean(is_true)) => {
                        self.walk(if is_true { yes } else { no }, constants, found);
                        return;
                    }
                    _ if is_inline => found.fail(condition.span, ProblemKind::Condition),
                    _ => {
                        self.walk(yes, constants, found);
                        self.walk(no, constants, found);
                    }
                }
                return;
            }
            ExprKind::Match(scrutinee, cases) if is_inline => {
                self.walk(scrutinee, constants, found);
                match self.taken(scrutinee, cases, constants) {
                    Ok(Some(case)) => self.walk(&case.body, constants, found),
                    Ok(None) => found.fail(expr.span, ProblemKind::NoCase),
                    Err(place) => found.fail(place, ProblemKind::ByType),
                }
                return;
            }
            ExprKind::Call { method, args, .. } if self.is_inline(*method) => {
                let params = &self.checker.symbols.methods[*method].params;
                let values = args.iter().zip(params).map(|(arg, param)| match &arg.kind {
                    ExprKind::Lambda { body, .. }
                        if self.checker.symbols.locals[*param].passing == Passing::ByName =>
                    {
                        self.value(body, constants)
                    }
                    _ => self.value(arg, constants),
                });
                found.calls.push(((*method, values.collect()), expr.span));
            }
            ExprKind::Block(stmts, _) => {
                for stmt in stmts {
                    if let Stmt::Function(function) = stmt
                        && let Some(body) = self.checker.bodies.get(function)
                        && self.is_inside_inline(*function)
                    {
                        visit::body(body, &mut |expr| self.walk(expr, constants, found));
                    }
                }
            }
            _ => {}
        }
        visit::children(expr, &mut |child| self.walk(child, constants, found));
    }

    /// The case that an `inline match` takes; an error with its place if values and static types
    /// may take different ones.
    fn taken<'e>(
        &self,
        scrutinee: &Expr,
        cases: &'e [Case],
        constants: &Constants,
    ) -> Result<Option<&'e Case>, Span> {
        let value = self.value(scrutinee, constants);
        for case in cases {
            let guard = match &case.guard {
                None => true,
                Some(guard) => match self.value(guard, constants) {
                    Some(Constant::Boolean(is_true)) => is_true,
                    _ => return Err(guard.span),
                },
            };
            if guard && self.takes(&case.pattern, value.as_ref())? {
                return Ok(Some(case));
            }
        }
        Ok(None)
    }

    fn takes(&self, pattern: &Pattern, value: Option<&Constant>) -> Result<bool, Span> {
        let undecided = Err(pattern.span);
        match &pattern.kind {
            PatternKind::Wildcard => Ok(true),
            PatternKind::Bind(_, inner) => self.takes(inner, value),
            PatternKind::Alternative(parts) => {
                for part in parts {
                    if self.takes(part, value)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            PatternKind::Equals(wanted) => {
                match value.zip(self.value(wanted, &Constants::default())) {
                    Some((value, wanted)) => Ok(*value == wanted),
                    None => undecided,
                }
            }
            PatternKind::Typed(inner) => match value.and_then(|value| self.class_type(value)) {
                Some(class) if class == pattern.ty => self.takes(inner, value),
                Some(_) if self.is_value_type(pattern.ty) => Ok(false),
                _ => undecided,
            },
            _ => undecided,
        }
    }

    /// The type of a constant, if no other type has that constant.
    fn class_type(&self, value: &Constant) -> Option<TyId> {
        let roots = self.checker.types.roots();
        Some(match value {
            Constant::Boolean(_) => roots.boolean,
            Constant::Int(_) => roots.int,
            Constant::Long(_) => roots.long,
            Constant::Char(_) => roots.char,
            Constant::String(_) => roots.string,
            _ => return None,
        })
    }

    /// A type that has the values of one class only.
    fn is_value_type(&self, ty: TyId) -> bool {
        let roots = self.checker.types.roots();
        [roots.boolean, roots.int, roots.long, roots.char, roots.double, roots.string].contains(&ty)
    }
}

impl Found {
    fn fail(&mut self, span: Span, kind: ProblemKind) {
        self.problem.get_or_insert(Problem { span, kind });
    }
}

impl Problem {
    /// The finding, for the call from which the expansion starts.
    fn report(&self, call: Span) -> Diagnostic {
        let report = match self.kind {
            ProblemKind::TooDeep => {
                let message = "the expansion of this call of an inline method does not end";
                Diagnostic::error(codes::INLINE_LIMIT, call, message)
                    .because(format!("more than {INLINE_DEPTH_MAX} calls, one inside the other"))
                    .note("an `if` or `match` that depends on a variable keeps all its branches")
                    .help("remove `inline` from the method that calls itself")
                    .help("or let an `inline if` on constants end it")
            }
            ProblemKind::TooMany => {
                let message = "the expansion of this call of an inline method is too large";
                Diagnostic::error(codes::INLINE_LIMIT, call, message)
                    .because(format!("more than {INLINE_CALLS_MAX} calls of inline methods"))
                    .help("remove `inline` from the method that calls itself")
            }
            ProblemKind::Condition => {
                let message = "this `inline if` cannot be decided while compiling";
                Diagnostic::error(codes::NOT_EXPANDABLE, call, message)
                    .because("the condition is not a constant here")
                    .help("call it with constants, or remove `inline` before `if`")
            }
            ProblemKind::NoCase => {
                let message = "no case of this `inline match` fits";
                Diagnostic::error(codes::NOT_EXPANDABLE, call, message)
                    .because("the value is known while compiling")
                    .help("add the case, or `case _`")
            }
            ProblemKind::ByType => {
                let message = "`inline match` by static types is Scala, but not in the subset";
                Diagnostic::error(codes::INLINE_MATCH, call, message)
                    .because("which case is taken depends on more than constants here")
                    .help("call it with constants, or remove `inline` before the value")
            }
            ProblemKind::Deferred => {
                let message = "an inline method without a body cannot be called";
                Diagnostic::error(codes::NOT_EXPANDABLE, call, message)
                    .because("only its implementations can be expanded")
                    .help("remove `inline` from the declaration")
            }
        };
        match self.span == call {
            true => report,
            false => report.label(self.span, "in the expanded code"),
        }
    }
}
