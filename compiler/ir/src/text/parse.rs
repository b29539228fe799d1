//! Reading the text form. It builds data only; whether it makes sense is the checker's question.

use super::lex::{Placed, Token, lex};
use crate::func::{Block, BlockData, Func, Imm, Inst, Target, Terminator, Value, Values};
use crate::host::{self, ROW_WORDS, Row};
use crate::module::{
    Class, Export, ExportKind, Field, FieldRef, FuncId, Global, GlobalId, Import, ImportId, Module,
    ModuleKind, Selector, SelectorId, StorageField, StorageForm, StorageId, StorageKind,
};
use crate::ops::{ImmKind, Op};
use crate::types::{BUILTIN_CLASSES, ClassId, Type};
use fscc_base::{Idx, IndexVec, Span};
use smallvec::SmallVec;
use std::sync::Arc;

/// What is wrong with a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ParseError {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
    /// What was found and what was expected.
    pub message: String,
}

impl std::fmt::Display for ParseError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

impl std::error::Error for ParseError {}

type Result<T> = std::result::Result<T, ParseError>;

/// Reads a module.
pub fn parse(text: &str) -> Result<Module> {
    let tokens = lex(text)?;
    let mut parser = Parser { numbers_max: tokens.len(), tokens, at: 0 };
    parser.module()
}

struct Parser {
    tokens: Vec<Placed>,
    at: usize,
    /// No value has a number above this, so that a short text cannot ask for much memory.
    numbers_max: usize,
}

impl Parser {
    // ── tokens ──

    fn peek(&self) -> &Token {
        &self.tokens[self.at].token
    }

    fn next(&mut self) -> Token {
        let token = self.peek().clone();
        self.at = (self.at + 1).min(self.tokens.len() - 1);
        token
    }

    fn error<T>(&self, expected: &str) -> Result<T> {
        let placed = &self.tokens[self.at];
        let found = match &placed.token {
            Token::Word(text) | Token::Number(text) => format!("`{text}`"),
            Token::Text(_) => "a string".to_owned(),
            Token::Bytes(_) => "bytes".to_owned(),
            Token::Arrow => "`->`".to_owned(),
            Token::Sign(sign) => format!("`{sign}`"),
            Token::End => "the end".to_owned(),
        };
        let message = format!("found {found}, expected {expected}");
        Err(ParseError { line: placed.line, column: placed.column, message })
    }

    fn is_sign(&self, sign: char) -> bool {
        *self.peek() == Token::Sign(sign)
    }

    fn eat(&mut self, sign: char) -> bool {
        let found = self.is_sign(sign);
        if found {
            self.next();
        }
        found
    }

    fn sign(&mut self, sign: char) -> Result<()> {
        if self.eat(sign) { Ok(()) } else { self.error(&format!("`{sign}`")) }
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Token::Word(found) if found == word)
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        if found {
            self.next();
        }
        found
    }

    fn word(&mut self, expected: &str) -> Result<String> {
        match self.peek() {
            Token::Word(_) => match self.next() {
                Token::Word(word) => Ok(word),
                _ => self.error(expected),
            },
            _ => self.error(expected),
        }
    }

    fn one_of<T: Copy>(&mut self, words: &[(T, &'static str)], expected: &str) -> Result<T> {
        let found = words.iter().find(|(_, word)| self.is_word(word));
        match found {
            Some((value, _)) => {
                self.next();
                Ok(*value)
            }
            None => self.error(expected),
        }
    }

    fn text(&mut self) -> Result<Vec<u16>> {
        match self.peek() {
            Token::Text(units) => {
                let units = units.clone();
                self.next();
                Ok(units)
            }
            _ => self.error("a string"),
        }
    }

    fn name(&mut self) -> Result<String> {
        Ok(String::from_utf16_lossy(&self.text()?))
    }

    fn number<T: std::str::FromStr>(&mut self, expected: &str) -> Result<T> {
        let parsed = match self.peek() {
            Token::Number(text) => text.parse().ok(),
            _ => None,
        };
        match parsed {
            Some(value) => {
                self.next();
                Ok(value)
            }
            None => self.error(expected),
        }
    }

    /// An index such as `v12`.
    fn index<I: Idx>(&mut self, prefix: &str, expected: &str) -> Result<I> {
        match self.peek_index(prefix) {
            Some(index) => {
                self.next();
                Ok(index)
            }
            None => self.error(expected),
        }
    }

    fn peek_index<I: Idx>(&self, prefix: &str) -> Option<I> {
        let Token::Word(word) = self.peek() else { return None };
        index_of(word, prefix)
    }

    /// Items between parentheses, or nothing.
    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Result<T>) -> Result<Vec<T>> {
        let mut items = Vec::new();
        self.sign('(')?;
        while !self.eat(')') {
            if !items.is_empty() {
                self.sign(',')?;
            }
            items.push(item(self)?);
        }
        Ok(items)
    }

    // ── the module ──

    fn module(&mut self) -> Result<Module> {
        if !self.eat_word("module") {
            return self.error("`module`");
        }
        let kind = self.one_of(ModuleKind::WORDS, "the kind of the module")?;
        let mut module = Module::new(self.name()?, kind);
        loop {
            match self.peek() {
                Token::End => return Ok(module),
                Token::Word(word) => match word.as_str() {
                    "class" | "abstract" => self.class(&mut module)?,
                    "selector" => self.selector(&mut module)?,
                    "global" => self.global(&mut module)?,
                    "storage" => self.storage(&mut module)?,
                    "import" => self.import(&mut module)?,
                    "export" => self.export(&mut module)?,
                    "func" => self.func(&mut module)?,
                    _ => return self.error("a declaration"),
                },
                _ => return self.error("a declaration"),
            }
        }
    }

    /// The index of a declaration, which must be the next one.
    fn declared<I: Idx>(&mut self, prefix: &str, next: I) -> Result<()> {
        if self.peek_index::<I>(prefix) != Some(next) {
            return self.error(&format!("`{next:?}`, because declarations stand in order"));
        }
        self.next();
        Ok(())
    }

    fn class(&mut self, module: &mut Module) -> Result<()> {
        let is_abstract = self.eat_word("abstract");
        if !self.eat_word("class") {
            return self.error("`class`");
        }
        let id = match self.peek_index::<ClassId>("c").filter(|id| id.as_u32() < BUILTIN_CLASSES) {
            Some(id) => {
                self.next();
                id
            }
            None => {
                let id = module.classes.next_index();
                self.declared("c", id)?;
                module.classes.push(Class::default())
            }
        };
        let mut class = Class { name: self.name()?, is_abstract, ..Class::default() };
        if self.eat_word("extends") {
            class.superclass = Some(self.class_id()?);
        }
        if self.eat_word("with") {
            class.traits.push(self.class_id()?);
            while self.eat(',') {
                class.traits.push(self.class_id()?);
            }
        }
        self.sign('{')?;
        while !self.eat('}') {
            if let Some(selector) = self.peek_index::<SelectorId>("s") {
                self.next();
                self.sign('=')?;
                let func = self.index("f", "a function")?;
                class.methods.insert(selector, func);
                continue;
            }
            let mutable =
                self.one_of(&[(true, "var"), (false, "val")], "`val`, `var` or a selector")?;
            let name = self.name()?;
            self.sign(':')?;
            class.fields.push(Field { name, ty: self.ty()?, mutable });
        }
        module.classes[id] = class;
        Ok(())
    }

    fn class_id(&mut self) -> Result<ClassId> {
        self.index("c", "a class")
    }

    fn selector(&mut self, module: &mut Module) -> Result<()> {
        self.next();
        self.declared("s", module.selectors.next_index())?;
        let name = self.name()?;
        let owner = self.class_id()?;
        let params = self.list(Self::ty)?;
        let result = self.result()?;
        let _: SelectorId = module.selectors.push(Selector { name, owner, params, result });
        Ok(())
    }

    fn global(&mut self, module: &mut Module) -> Result<()> {
        self.next();
        self.declared("g", module.globals.next_index())?;
        let name = self.name()?;
        self.sign(':')?;
        let _: GlobalId = module.globals.push(Global { name, ty: self.ty()? });
        Ok(())
    }

    fn storage(&mut self, module: &mut Module) -> Result<()> {
        self.next();
        self.declared("st", module.storage.next_index())?;
        let kind = self.one_of(StorageKind::WORDS, "`scalar`, `map` or `set`")?;
        let name = self.name()?;
        let ty = self.name()?;
        let (key, value) = (self.storage_form("key")?, self.storage_form("value")?);
        let _: StorageId = module.storage.push(StorageField { name, kind, key, value, ty });
        Ok(())
    }

    fn import(&mut self, module: &mut Module) -> Result<()> {
        self.next();
        self.declared("i", module.imports.next_index())?;
        let Ok(library) = self.bytes()?.try_into() else {
            self.at -= 1;
            return self.error("a hash of 32 bytes");
        };
        let name = self.name()?;
        let (params, result) = (self.list(Self::ty)?, self.result()?);
        let _: ImportId = module.imports.push(Import { library, name, params, result });
        Ok(())
    }

    /// The form of keys or values, if one is named.
    fn storage_form(&mut self, role: &str) -> Result<StorageForm> {
        match self.eat_word(role) {
            true => self.one_of(StorageForm::WORDS, "a storage form"),
            false => Ok(StorageForm::Bytes),
        }
    }

    fn export(&mut self, module: &mut Module) -> Result<()> {
        self.next();
        let kind = self.one_of(ExportKind::WORDS, "the kind of the export")?;
        let name = self.name()?;
        let method_id = match self.peek() {
            Token::Number(text) => {
                let digits = text.strip_prefix("0x").unwrap_or(text);
                u32::from_str_radix(digits, 16).ok()
            }
            _ => None,
        };
        let Some(method_id) = method_id else { return self.error("a method id in hexadecimal") };
        self.next();
        let func = self.index("f", "a function")?;
        module.exports.push(Export { name, func, method_id, kind, row: self.row()? });
        Ok(())
    }

    fn row(&mut self) -> Result<Row> {
        let mut row = Row::PURE;
        if self.eat_word("can") {
            while let Some((effect, _)) = ROW_WORDS.iter().find(|(_, word)| self.is_word(word)) {
                self.next();
                row = row.union(*effect);
            }
        }
        Ok(row)
    }

    fn ty(&mut self) -> Result<Type> {
        let word = self.word("a type")?;
        Ok(match word.as_str() {
            "i32" => Type::I32,
            "i64" => Type::I64,
            "f64" => Type::F64,
            "u128" => Type::U128,
            "i128" => Type::I128,
            "any" => Type::Any,
            "ref" => Type::Ref(self.class_id()?),
            _ => {
                self.at -= 1;
                return self.error("a type");
            }
        })
    }

    fn result(&mut self) -> Result<Option<Type>> {
        if *self.peek() == Token::Arrow {
            self.next();
            return self.ty().map(Some);
        }
        Ok(None)
    }

    // ── functions ──

    fn func(&mut self, module: &mut Module) -> Result<()> {
        self.next();
        self.declared("f", module.funcs.next_index())?;
        let name = self.name()?;
        let mut types = Vec::new();
        let mut params = Some(self.params(&mut types)?);
        let result = self.result()?;
        let row = self.row()?;
        let mut blocks: IndexVec<Block, BlockData> = IndexVec::new();
        self.sign('{')?;
        while !self.eat('}') {
            self.declared("bb", blocks.next_index())?;
            let own = if self.is_sign('(') { self.params(&mut types)? } else { Vec::new() };
            self.sign(':')?;
            let mut insts = Vec::new();
            let term = self.block_body(&mut types, &mut insts)?;
            let _ = blocks.push(BlockData { params: params.take().unwrap_or(own), insts, term });
        }
        let values = types.into_iter().map(|ty| ty.unwrap_or(Type::I32)).collect();
        let func = Func { name, result, row, blocks, values, span: Span::synthetic() };
        let _: FuncId = module.funcs.push(func);
        Ok(())
    }

    fn params(&mut self, types: &mut Vec<Option<Type>>) -> Result<Vec<Value>> {
        self.list(|parser| parser.definition(types))
    }

    fn definition(&mut self, types: &mut Vec<Option<Type>>) -> Result<Value> {
        let value: Option<Value> = self.peek_index("v");
        let Some(value) = value.filter(|value| value.index() <= self.numbers_max) else {
            return self.error("a value with a number that is not much too high");
        };
        self.next();
        self.sign(':')?;
        let ty = self.ty()?;
        if types.len() <= value.index() {
            types.resize(value.index() + 1, None);
        }
        if types[value.index()].replace(ty).is_some() {
            self.at -= 1;
            return self.error("a value that is not defined yet");
        }
        Ok(value)
    }

    fn value(&mut self) -> Result<Value> {
        self.index("v", "a value")
    }

    fn block_body(
        &mut self,
        types: &mut Vec<Option<Type>>,
        insts: &mut Vec<Inst>,
    ) -> Result<Terminator> {
        loop {
            let mut result = None;
            if self.peek_index::<Value>("v").is_some() {
                result = Some(self.definition(types)?);
                self.sign('=')?;
            }
            let op = match self.peek() {
                Token::Word(word) => Op::lookup(word),
                _ => None,
            };
            let Some(op) = op else { return self.error("an operation") };
            self.next();
            if op.is_terminator() {
                return self.terminator(op);
            }
            let imm = self.imm(op.imm())?;
            let mut args = Values::new();
            let mut more = if imm == Imm::None { self.peek_value() } else { self.eat(',') };
            while more {
                args.push(self.value()?);
                more = self.eat(',');
            }
            insts.push(Inst { op, imm, args, result, span: Span::synthetic() });
        }
    }

    /// Whether an operand follows, and not the definition on the next line.
    fn peek_value(&self) -> bool {
        let next = self.tokens.get(self.at + 1).map(|placed| &placed.token);
        self.peek_index::<Value>("v").is_some() && next != Some(&Token::Sign(':'))
    }

    fn imm(&mut self, kind: ImmKind) -> Result<Imm> {
        Ok(match kind {
            ImmKind::None | ImmKind::Cases => Imm::None,
            ImmKind::I32 => Imm::I32(self.number("an i32")?),
            ImmKind::I64 => Imm::I64(self.number("an i64")?),
            ImmKind::F64 => Imm::F64(self.double()?),
            ImmKind::U128 => Imm::U128(self.number("a u128")?),
            ImmKind::I128 => Imm::I128(self.number("an i128")?),
            ImmKind::String => Imm::String(Arc::from(self.text()?)),
            ImmKind::Bytes => Imm::Bytes(Arc::from(self.bytes()?)),
            ImmKind::Type => Imm::Type(self.ty()?),
            ImmKind::Class => Imm::Class(self.class_id()?),
            ImmKind::Field => Imm::Field(self.field()?),
            ImmKind::Global => Imm::Global(self.index("g", "a global")?),
            ImmKind::Storage => Imm::Storage(self.index("st", "a storage field")?),
            ImmKind::Func => Imm::Func(self.index("f", "a function")?),
            ImmKind::Selector => Imm::Selector(self.index("s", "a selector")?),
            ImmKind::Host => {
                let found = match self.peek() {
                    Token::Word(word) => host::lookup(word),
                    _ => None,
                };
                let Some(found) = found else { return self.error("a host function") };
                self.next();
                Imm::Host(found.number)
            }
            ImmKind::Import => Imm::Import(self.index("i", "an import")?),
            ImmKind::Trap => Imm::Trap(self.number("a trap code")?),
        })
    }

    fn bytes(&mut self) -> Result<Vec<u8>> {
        match self.peek() {
            Token::Bytes(bytes) => {
                let bytes = bytes.clone();
                self.next();
                Ok(bytes)
            }
            _ => self.error("bytes"),
        }
    }

    fn double(&mut self) -> Result<u64> {
        let bits = match self.peek() {
            Token::Number(text) | Token::Word(text) => match text.strip_prefix("0x") {
                Some(digits) => u64::from_str_radix(digits, 16).ok(),
                None => text.parse::<f64>().ok().map(f64::to_bits),
            },
            _ => None,
        };
        let Some(bits) = bits else { return self.error("a double") };
        self.next();
        Ok(bits)
    }

    fn field(&mut self) -> Result<FieldRef> {
        let found = match self.peek() {
            Token::Word(word) => word.split_once('.').and_then(|(class, index)| {
                Some(FieldRef { class: index_of(class, "c")?, index: index.parse().ok()? })
            }),
            _ => None,
        };
        let Some(found) = found else { return self.error("a field such as `c24.0`") };
        self.next();
        Ok(found)
    }

    fn terminator(&mut self, op: Op) -> Result<Terminator> {
        let mut imm = self.imm(op.imm())?;
        let mut args = Values::new();
        let mut targets: SmallVec<[Target; 2]> = SmallVec::new();
        let mut cases = Vec::new();
        let mut more = if imm == Imm::None { !self.ends_block() } else { self.eat(',') };
        while more {
            if self.peek_index::<Value>("v").is_some() {
                args.push(self.value()?);
            } else {
                if op == Op::Switch {
                    if !self.eat_word("else") {
                        cases.push(self.number("a case, `else` or a block")?);
                    }
                    self.sign(':')?;
                }
                targets.push(self.target()?);
            }
            more = self.eat(',');
        }
        if op == Op::Switch {
            imm = Imm::Cases(Arc::from(cases));
        }
        Ok(Terminator { op, imm, args, targets, span: Span::synthetic() })
    }

    /// Whether the block ends here: the next one begins, or the function ends.
    fn ends_block(&self) -> bool {
        let next = self.tokens.get(self.at + 1).map(|placed| &placed.token);
        // `ret` is followed by a value, nothing, or the head of the next block.
        self.is_sign('}')
            || (self.peek_index::<Block>("bb").is_some()
                && (next == Some(&Token::Sign(':')) || self.is_block_head()))
    }

    /// Whether `bb1(v2: …` stands here, which no target looks like.
    fn is_block_head(&self) -> bool {
        let ahead = |by: usize| self.tokens.get(self.at + by).map(|placed| &placed.token);
        ahead(1) == Some(&Token::Sign('(')) && ahead(3) == Some(&Token::Sign(':'))
    }

    fn target(&mut self) -> Result<Target> {
        let block = self.index("bb", "a block")?;
        let args = if self.is_sign('(') { self.list(Self::value)? } else { Vec::new() };
        Ok(Target { block, args: Values::from_vec(args) })
    }
}

fn index_of<I: Idx>(word: &str, prefix: &str) -> Option<I> {
    let digits = word.strip_prefix(prefix)?;
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits
        .parse::<u32>()
        .ok()
        .filter(|number| *number != u32::MAX)
        .map(|number| I::new(number as usize))
}
