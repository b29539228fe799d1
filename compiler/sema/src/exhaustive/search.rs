//! The search through a matrix of patterns: which values no row takes, and whether a row takes a
//! value that no row before it takes.
//!
//! Every step is counted, and recursion is as deep as patterns are large, which has a limit, too.

use super::lower::{Pat, Shape, is_total};
use super::pieces::{Column, Context, Piece};
use std::rc::Rc;

/// The budget is used up.
#[derive(Debug)]
pub(super) struct Overrun;

/// Recursion deeper than this counts as an overrun: patterns are at most as large as one screenful
/// of source, unless a program made them.
const DEPTH_MAX: usize = 2000;

type Row = Vec<Pat>;

/// A search with a budget.
pub(super) struct Search<'a> {
    context: &'a Context<'a>,
    left: u64,
    depth: usize,
}

impl<'a> Search<'a> {
    /// A search that may take this many steps.
    pub fn new(context: &'a Context<'a>, steps: u64) -> Self {
        Self { context, left: steps, depth: 0 }
    }

    fn spend(&mut self, steps: usize) -> Result<(), Overrun> {
        match self.left.checked_sub(steps as u64 + 1) {
            Some(left) if self.depth < DEPTH_MAX => {
                self.left = left;
                Ok(())
            }
            _ => Err(Overrun),
        }
    }

    /// Examples of values that no row takes, at most `limit`, each as source per column.
    pub fn missing(
        &mut self,
        rows: Vec<Row>,
        columns: &[Column],
        limit: usize,
    ) -> Result<Vec<Vec<String>>, Overrun> {
        self.spend(rows.len())?;
        let wild = || "_".to_owned();
        let Some((column, others)) = columns.split_first() else {
            return Ok(if rows.is_empty() { vec![Vec::new()] } else { Vec::new() });
        };
        if rows.is_empty() {
            let all = columns.iter().map(|column| match column {
                Column::Value(_) => "_".to_owned(),
                Column::Elements(_) => "_*".to_owned(),
            });
            return Ok(vec![all.collect()]);
        }
        let rows = self.expand(rows)?;
        self.depth += 1;
        let found = if rows.iter().all(|row| is_total(&row[0])) {
            let rest = rows.iter().map(|row| row[1..].to_vec()).collect();
            let mut found = self.missing(rest, others, limit)?;
            let first = match column {
                Column::Value(_) => wild(),
                Column::Elements(_) => "_*".to_owned(),
            };
            found.iter_mut().for_each(|example| example.insert(0, first.clone()));
            found
        } else {
            self.missing_by_piece(&rows, column, others, limit)?
        };
        self.depth -= 1;
        Ok(found)
    }

    fn missing_by_piece(
        &mut self,
        rows: &[Row],
        column: &Column,
        others: &[Column],
        limit: usize,
    ) -> Result<Vec<Vec<String>>, Overrun> {
        let heads: Vec<&Pat> = rows.iter().map(|row| &row[0]).collect();
        let pieces = self.context.pieces(column, &heads);
        let mut found: Vec<Vec<String>> = Vec::new();
        for piece in &pieces {
            if found.len() >= limit {
                break;
            }
            let below = self.specialise(rows, piece)?;
            let mut columns = piece.fields.clone();
            columns.extend_from_slice(others);
            for example in self.missing(below, &columns, limit - found.len())? {
                let (fields, rest) = example.split_at(piece.fields.len());
                let mut whole = vec![self.context.show(piece, fields)];
                whole.extend_from_slice(rest);
                if !found.contains(&whole) {
                    found.push(whole);
                }
            }
        }
        Ok(found)
    }

    /// Whether `row` takes a value that no row of `above` takes.
    pub fn useful(
        &mut self,
        above: &[Row],
        row: &[Pat],
        columns: &[Column],
    ) -> Result<bool, Overrun> {
        self.spend(above.len())?;
        let Some((column, others)) = columns.split_first() else {
            return Ok(above.is_empty());
        };
        if above.is_empty() {
            return Ok(true);
        }
        let head = &row[0];
        if let Shape::Or(parts) = &**head {
            for part in parts {
                let mut row = row.to_vec();
                row[0] = part.clone();
                if self.useful(above, &row, columns)? {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        let head = &softened(head);
        let above = self.expand(above.to_vec())?;
        self.depth += 1;
        let mut is_useful = false;
        let all_total = is_total(head) && above.iter().all(|row| is_total(&row[0]));
        if all_total {
            let rest: Vec<Row> = above.iter().map(|row| row[1..].to_vec()).collect();
            is_useful = self.useful(&rest, &row[1..], others)?;
        } else {
            for piece in self.pieces_of(head, &above, column) {
                let Some(mut below) = self.context.specialise(head, &piece) else { continue };
                below.extend_from_slice(&row[1..]);
                let mut columns = piece.fields.clone();
                columns.extend_from_slice(others);
                let above = self.specialise(&above, &piece)?;
                if self.useful(&above, &below, &columns)? {
                    is_useful = true;
                    break;
                }
            }
        }
        self.depth -= 1;
        Ok(is_useful)
    }

    /// Whether `row` takes any value at all, as far as types tell.
    pub fn possible(&mut self, row: &[Pat], columns: &[Column]) -> Result<bool, Overrun> {
        self.spend(0)?;
        let (Some((head, rest)), Some((column, others))) =
            (row.split_first(), columns.split_first())
        else {
            return Ok(true);
        };
        self.depth += 1;
        let mut is_possible = false;
        let head = &softened(head);
        match &**head {
            Shape::Wild | Shape::Unknown => is_possible = self.possible(rest, others)?,
            Shape::Or(parts) => {
                for part in parts {
                    let row: Row = std::iter::once(part).chain(rest).cloned().collect();
                    is_possible = is_possible || self.possible(&row, columns)?;
                }
            }
            _ => {
                for piece in self.pieces_of(head, &[], column) {
                    let Some(mut below) = self.context.specialise(head, &piece) else { continue };
                    below.extend_from_slice(rest);
                    let columns: Vec<Column> = piece.fields.iter().chain(others).cloned().collect();
                    is_possible = is_possible || self.possible(&below, &columns)?;
                }
            }
        }
        self.depth -= 1;
        Ok(is_possible)
    }

    /// Whether the first pattern of a row fits the type of its column, whatever is inside of it.
    pub fn fits(&self, head: &Pat, column: &Column) -> bool {
        match &**tested(head) {
            Shape::Wild | Shape::Unknown | Shape::Extract { .. } => true,
            Shape::Or(parts) => parts.iter().any(|part| self.fits(part, column)),
            _ => {
                let pieces = self.pieces_of(head, &[], column);
                pieces.iter().any(|piece| self.context.specialise(head, piece).is_some())
            }
        }
    }

    /// The pieces in which a pattern may take something.
    fn pieces_of(&self, head: &Pat, above: &[Row], column: &Column) -> Vec<Piece> {
        match &**tested(head) {
            Shape::Extract { extractor, ty, types, .. } => {
                vec![self.context.extracted(*extractor, *ty, types)]
            }
            // One piece is enough for what names one.
            Shape::Constant(..) | Shape::Object(_) => {
                let pieces = self.context.pieces(column, &[head]);
                pieces.into_iter().filter(|p| self.context.specialise(head, p).is_some()).collect()
            }
            _ => {
                let heads: Vec<&Pat> =
                    above.iter().map(|row| &row[0]).chain(std::iter::once(head)).collect();
                self.context.pieces(column, &heads)
            }
        }
    }

    /// The rows that take the piece, with the patterns of its fields in front.
    fn specialise(&mut self, rows: &[Row], piece: &Piece) -> Result<Vec<Row>, Overrun> {
        self.spend(rows.len())?;
        let mut below = Vec::new();
        for row in rows {
            if let Some(mut fields) = self.context.specialise(&row[0], piece) {
                fields.extend_from_slice(&row[1..]);
                below.push(fields);
            }
        }
        self.expand(below)
    }

    /// Rows whose first pattern is an alternative as several rows.
    fn expand(&mut self, rows: Vec<Row>) -> Result<Vec<Row>, Overrun> {
        let is_plain = |row: &Row| !matches!(row.first().map(|p| &**p), Some(Shape::Or(_)));
        if rows.iter().all(is_plain) {
            return Ok(rows);
        }
        let mut expanded = Vec::with_capacity(rows.len());
        let mut work: Vec<Row> = rows.into_iter().rev().collect();
        while let Some(row) = work.pop() {
            self.spend(0)?;
            match row.first().map(|head| &**head) {
                Some(Shape::Or(parts)) => {
                    for part in parts.iter().rev() {
                        let mut one = row.clone();
                        one[0] = part.clone();
                        work.push(one);
                    }
                }
                _ => expanded.push(row),
            }
        }
        Ok(expanded)
    }
}

/// What is behind type tests, if nobody can look into it; else the pattern itself.
fn tested(head: &Pat) -> &Pat {
    let mut inner = head;
    while let Shape::Is(_, next) = &**inner {
        inner = next;
    }
    match &**inner {
        Shape::Extract { .. } | Shape::Unknown => inner,
        _ => head,
    }
}

/// The pattern as the row whose use is in question: what an unknown pattern takes may lie in any
/// piece.
fn softened(head: &Pat) -> Pat {
    match &**head {
        Shape::Unknown => Rc::new(Shape::Wild),
        Shape::Is(ty, inner) if matches!(**tested(inner), Shape::Unknown) => {
            Rc::new(Shape::Is(*ty, softened(inner)))
        }
        _ => head.clone(),
    }
}
