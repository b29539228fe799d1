//! The operations of a suite on its world: `deploy`, `call`, `query`.

use super::library::Form;
use super::message::{Purpose, with_statements};
use super::{Parts, Shaper};
use crate::typed::{Expr, ExprKind, WorldOp};

impl Shaper<'_, '_> {
    /// `deploy(C(args))`, `deployed.call(from, value)(_.m(args))`, `deployed.query(_.m(args))`.
    pub(super) fn world(&mut self, form: Form, parts: Parts) -> Result<Expr, Parts> {
        let (span, ty) = (parts.span, parts.ty);
        let mut before = Vec::new();
        let operation = match form {
            Form::Deploy => {
                // `deploy(make)`, or with more to say: `deploy(from, value)(make)`.
                let mut parts = parts;
                let Some(make) = parts.args.pop() else { return Err(parts) };
                let mut extra = parts.args.into_iter().map(|mut arg| {
                    self.expr(&mut arg);
                    arg
                });
                let (from, value) = (extra.next(), extra.next());
                drop(extra);
                self.made_contract(make, &mut before).map(|(class, args)| WorldOp::Deploy {
                    class,
                    args,
                    value,
                    from,
                })
            }
            Form::Call => {
                let ([mut from, mut value, entry], target) = parts.take::<3>()?;
                let mut target = target.map_or_else(|| self.error(span), |target| *target);
                self.expr(&mut target);
                self.expr(&mut from);
                self.expr(&mut value);
                // Coins for an entry that takes none are no mistake here: a suite may test that.
                let call = self.message_call(entry, Purpose::Message, &mut before);
                call.map(|call| WorldOp::Call { target, from, value, call })
            }
            _ => {
                let ([view], target) = parts.take::<1>()?;
                let mut target = target.map_or_else(|| self.error(span), |target| *target);
                self.expr(&mut target);
                let call = self.message_call(view, Purpose::Query, &mut before);
                call.map(|call| WorldOp::Query { target, call })
            }
        };
        let Some(operation) = operation else { return Ok(self.error(span)) };
        let operation = Expr { kind: ExprKind::World(Box::new(operation)), ty, span };
        Ok(with_statements(before, operation))
    }
}
