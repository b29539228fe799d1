//! Text to modules.

use super::lex::{Token, tokens};
use crate::host::HostInfo;
use crate::ids::{
    BlockId, BoxId, ClassId, ConstantId, FieldId, FunctionId, GlobalId, HostId, Reg, SelectorId,
    StorageId,
};
use crate::inst::{Inst, Mismatch, Operand, Switch};
use crate::limits;
use crate::module::{
    Block, Class, Constant, Export, ExportKind, Field, Function, Global, Import, Module,
    ModuleKind, Selector, StorageField, StorageForm, StorageKind,
};
use crate::opcode::{Kind, Opcode, OperandInfo, Role};
use crate::row::{ROW_WORDS, Row};
use crate::trap::TrapCode;
use crate::types::ValueType;
use std::fmt;

/// Why a text is no module.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextError {
    /// Line, from 1.
    pub line: usize,
    /// What was found and what was expected.
    pub text: String,
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.text)
    }
}

impl std::error::Error for TextError {}

type Result<T> = std::result::Result<T, String>;

/// The module that a text describes. Checks numbers that must be consecutive, nothing else.
pub fn parse(text: &str) -> std::result::Result<Module, TextError> {
    let mut module = None;
    for (index, line) in text.lines().enumerate() {
        let result = tokens(line).and_then(|tokens| parse_line(&mut module, &tokens));
        result.map_err(|text| TextError { line: index + 1, text })?;
    }
    module.ok_or_else(|| TextError { line: 1, text: "`module KIND \"NAME\"` expected".into() })
}

fn parse_line(module: &mut Option<Module>, tokens: &[Token]) -> Result<()> {
    let mut line = Line { tokens, at: 0 };
    if tokens.is_empty() {
        return Ok(());
    }
    let word = line.word("a word")?;
    let Some(module) = module else {
        if word != "module" {
            return Err(format!("the first line must be `module …`, found `{word}`"));
        }
        let kind = line.word("a kind of module")?;
        let kind = ModuleKind::lookup(&kind).ok_or(format!("no kind of module `{kind}`"))?;
        *module = Some(Module::new(line.name()?, kind));
        return line.end();
    };
    match word.as_str() {
        "constant" => constant(module, &mut line)?,
        "class" => class(module, &mut line)?,
        "field" => field(module, &mut line)?,
        "method" => {
            let class = last(&mut module.classes, "class")?;
            class.methods.push((SelectorId(line.id("s")?), FunctionId(line.id("f")?)));
        }
        "selector" => selector(module, &mut line)?,
        "global" => {
            line.next_id("g", module.globals.len())?;
            module.globals.push(Global { name: line.name()?, ty: line.value_type()? });
        }
        "storage" => storage(module, &mut line)?,
        "export" => export(module, &mut line)?,
        "import" => import(module, &mut line)?,
        "abi" => module.abi = line.hex()?,
        "function" => function(module, &mut line)?,
        _ => match Opcode::lookup(&word) {
            Some(opcode) => {
                let function = last(&mut module.functions, "function")?;
                let block = last(&mut function.blocks, "block")?;
                block.insts.push(line.inst(opcode)?);
            }
            None if word.starts_with('b') => block(module, &mut line, &word)?,
            None => return Err(format!("`{word}` is neither a mnemonic nor a declaration")),
        },
    }
    line.end()
}

fn last<'a, T>(items: &'a mut [T], what: &str) -> Result<&'a mut T> {
    items.last_mut().ok_or_else(|| format!("there is no {what} that this could belong to"))
}

fn constant(module: &mut Module, line: &mut Line<'_>) -> Result<()> {
    line.next_id("k", module.constants.len())?;
    let constant = match line.next() {
        Some(Token::Text(units)) => Constant::String(units.clone()),
        Some(Token::Hex(bytes)) => Constant::Bytes(bytes.clone()),
        _ => return Err("a quoted text or x\"…\" expected".into()),
    };
    module.constants.push(constant);
    Ok(())
}

fn class(module: &mut Module, line: &mut Line<'_>) -> Result<()> {
    line.next_id("c", module.classes.len())?;
    let mut class = Class { name: line.name()?, ..Class::default() };
    if line.takes("extends") {
        class.superclass = Some(ClassId(line.id("c")?));
    }
    if line.takes("with") {
        while !line.is_at_end() && !line.sees("abstract") {
            class.traits.push(ClassId(line.id("c")?));
        }
    }
    class.is_abstract = line.takes("abstract");
    module.classes.push(class);
    Ok(())
}

fn field(module: &mut Module, line: &mut Line<'_>) -> Result<()> {
    let mutable = match line.word("`val` or `var`")?.as_str() {
        "val" => false,
        "var" => true,
        other => return Err(format!("`val` or `var` expected, found `{other}`")),
    };
    let field = Field { name: line.name()?, ty: line.value_type()?, mutable };
    last(&mut module.classes, "class")?.fields.push(field);
    Ok(())
}

fn selector(module: &mut Module, line: &mut Line<'_>) -> Result<()> {
    line.next_id("s", module.selectors.len())?;
    let name = line.name()?;
    line.expect("of")?;
    let owner = ClassId(line.id("c")?);
    let (params, result) = line.signature()?;
    module.selectors.push(Selector { name, owner, params, result });
    Ok(())
}

fn storage(module: &mut Module, line: &mut Line<'_>) -> Result<()> {
    line.next_id("st", module.storage.len())?;
    let name = line.name()?;
    let word = line.word("a storage kind")?;
    let kind = StorageKind::lookup(&word).ok_or(format!("no storage kind `{word}`"))?;
    let ty = line.name()?;
    let mut form = |role: &str| match line.takes(role) {
        false => Ok(StorageForm::Bytes),
        true => {
            let word = line.word("a storage form")?;
            StorageForm::lookup(&word).ok_or(format!("no storage form `{word}`"))
        }
    };
    let (key, value) = (form("key")?, form("value")?);
    module.storage.push(StorageField { name, kind, key, value, ty });
    Ok(())
}

fn export(module: &mut Module, line: &mut Line<'_>) -> Result<()> {
    let name = line.name()?;
    let function = FunctionId(line.id("f")?);
    let word = line.word("an export kind")?;
    let kind = ExportKind::lookup(&word).ok_or(format!("no export kind `{word}`"))?;
    let id = line.word("a method id")?;
    let method_id = id.strip_prefix("0x").and_then(|hex| u32::from_str_radix(hex, 16).ok());
    let method_id = method_id.ok_or(format!("`{id}` is no method id (0x…)"))?;
    module.exports.push(Export { name, function, method_id, kind, row: line.row()? });
    Ok(())
}

fn import(module: &mut Module, line: &mut Line<'_>) -> Result<()> {
    let library = line.hex()?.try_into().map_err(|_| "a hash of 32 bytes expected")?;
    let name = line.name()?;
    let (params, result) = line.signature()?;
    module.imports.push(Import { library, name, params, result });
    Ok(())
}

fn function(module: &mut Module, line: &mut Line<'_>) -> Result<()> {
    line.next_id("f", module.functions.len())?;
    let (params, result) = line.signature()?;
    line.expect("registers")?;
    let registers = line.number("a number of registers")?;
    let row = line.row()?;
    module.functions.push(Function { params, result, registers, row, blocks: Vec::new() });
    Ok(())
}

fn block(module: &mut Module, line: &mut Line<'_>, word: &str) -> Result<()> {
    let function = last(&mut module.functions, "function")?;
    if word != format!("b{}", function.blocks.len()) {
        return Err(format!("block b{} expected, found `{word}`", function.blocks.len()));
    }
    let mut live_in = Vec::new();
    line.sign('(')?;
    while !line.takes_sign(')') {
        if !live_in.is_empty() {
            line.sign(',')?;
        }
        live_in.push((Reg(line.id("r")?), line.value_type()?));
    }
    line.sign(':')?;
    function.blocks.push(Block { live_in, insts: Vec::new() });
    Ok(())
}

/// A line and how far it has been read.
struct Line<'a> {
    tokens: &'a [Token],
    at: usize,
}

/// An operand was of another kind than the table asks for; cannot happen.
struct InstError(String);

impl From<Mismatch> for InstError {
    fn from(_: Mismatch) -> InstError {
        InstError("an operand does not fit the table".into())
    }
}

impl From<String> for InstError {
    fn from(text: String) -> InstError {
        InstError(text)
    }
}

impl<'a> Line<'a> {
    fn next(&mut self) -> Option<&'a Token> {
        let token = self.tokens.get(self.at);
        self.at += 1;
        token
    }

    fn is_at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    fn end(&self) -> Result<()> {
        match self.tokens.get(self.at) {
            None => Ok(()),
            Some(token) => Err(format!("the end of the line expected, found {token:?}")),
        }
    }

    fn word(&mut self, what: &str) -> Result<String> {
        match self.next() {
            Some(Token::Word(word)) => Ok(word.clone()),
            other => Err(format!("{what} expected, found {other:?}")),
        }
    }

    fn sees(&self, word: &str) -> bool {
        matches!(self.tokens.get(self.at), Some(Token::Word(found)) if found == word)
    }

    fn takes(&mut self, word: &str) -> bool {
        let sees = self.sees(word);
        self.at += usize::from(sees);
        sees
    }

    fn expect(&mut self, word: &str) -> Result<()> {
        if self.takes(word) { Ok(()) } else { Err(format!("`{word}` expected")) }
    }

    fn takes_sign(&mut self, sign: char) -> bool {
        let sees = self.tokens.get(self.at) == Some(&Token::Sign(sign));
        self.at += usize::from(sees);
        sees
    }

    fn sign(&mut self, sign: char) -> Result<()> {
        if self.takes_sign(sign) { Ok(()) } else { Err(format!("`{sign}` expected")) }
    }

    fn name(&mut self) -> Result<String> {
        match self.next() {
            Some(Token::Text(units)) => {
                String::from_utf16(units).map_err(|_| "a name must be well-formed".into())
            }
            other => Err(format!("a quoted name expected, found {other:?}")),
        }
    }

    fn hex(&mut self) -> Result<Vec<u8>> {
        match self.next() {
            Some(Token::Hex(bytes)) => Ok(bytes.clone()),
            other => Err(format!("x\"…\" expected, found {other:?}")),
        }
    }

    fn number<T: std::str::FromStr>(&mut self, what: &str) -> Result<T> {
        let word = self.word(what)?;
        word.parse().map_err(|_| format!("{what} expected, found `{word}`"))
    }

    /// A number behind a prefix, such as `r3`.
    fn id<T: std::str::FromStr>(&mut self, prefix: &str) -> Result<T> {
        let word = self.word(&format!("{prefix}N"))?;
        let number = word.strip_prefix(prefix).and_then(|number| number.parse().ok());
        number.ok_or_else(|| format!("`{prefix}N` expected, found `{word}`"))
    }

    /// The number that a declaration must have: tables are written in order.
    fn next_id(&mut self, prefix: &str, expected: usize) -> Result<()> {
        let number: usize = self.id(prefix)?;
        if number == expected {
            return Ok(());
        }
        Err(format!("`{prefix}{expected}` expected, found `{prefix}{number}`"))
    }

    fn value_type(&mut self) -> Result<ValueType> {
        let word = self.word("a type")?;
        Ok(match word.as_str() {
            "i32" => ValueType::I32,
            "i64" => ValueType::I64,
            "f64" => ValueType::F64,
            "u128" => ValueType::U128,
            "i128" => ValueType::I128,
            "any" => ValueType::Any,
            _ => match word.strip_prefix('c').and_then(|number| number.parse().ok()) {
                Some(number) => ValueType::Ref(ClassId(number)),
                None => return Err(format!("a type expected, found `{word}`")),
            },
        })
    }

    fn signature(&mut self) -> Result<(Vec<ValueType>, Option<ValueType>)> {
        let mut params = Vec::new();
        self.sign('(')?;
        while !self.takes_sign(')') {
            if !params.is_empty() {
                self.sign(',')?;
            }
            params.push(self.value_type()?);
        }
        let has_result = self.tokens.get(self.at) == Some(&Token::Arrow);
        self.at += usize::from(has_result);
        Ok((params, if has_result { Some(self.value_type()?) } else { None }))
    }

    fn row(&mut self) -> Result<Row> {
        let mut row = Row::PURE;
        self.sign('[')?;
        while !self.takes_sign(']') {
            if row != Row::PURE {
                self.sign(',')?;
            }
            let word = self.word("an effect")?;
            let known = ROW_WORDS.iter().find(|(_, name)| *name == word);
            row = row.union(known.ok_or(format!("no effect `{word}`"))?.0);
        }
        Ok(row)
    }

    fn inst(&mut self, opcode: Opcode) -> Result<Inst> {
        let mut is_first = true;
        let inst = Inst::build::<InstError>(opcode, |info| {
            if !std::mem::take(&mut is_first) {
                self.sign(',')?;
            }
            Ok(self.operand(info)?)
        });
        inst.map_err(|error| error.0)
    }

    fn operand(&mut self, info: &OperandInfo) -> Result<Operand> {
        if matches!(info.role, Role::def | Role::arg | Role::window) {
            return Ok(Operand::Reg(Reg(self.id("r")?)));
        }
        Ok(match info.kind {
            Kind::i8 => Operand::I8(self.number("an 8-bit number")?),
            Kind::i16 => Operand::I16(self.number("a 16-bit number")?),
            Kind::u16 => Operand::U16(self.number("a 16-bit number without sign")?),
            Kind::i32 => Operand::I32(self.number("a 32-bit number")?),
            Kind::i64 => Operand::I64(self.number("a 64-bit number")?),
            Kind::f64 => Operand::F64(self.double()?),
            Kind::u128 => Operand::U128(self.number("a 128-bit number without sign")?),
            Kind::i128 => Operand::I128(self.number("a 128-bit number")?),
            Kind::boxed => Operand::Box(BoxId(self.id("c")?)),
            Kind::class | Kind::array => Operand::Class(ClassId(self.id("c")?)),
            Kind::field => Operand::Field(self.field_id()?),
            Kind::function => Operand::Function(FunctionId(self.id("f")?)),
            Kind::selector => Operand::Selector(SelectorId(self.id("s")?)),
            Kind::global => Operand::Global(GlobalId(self.id("g")?)),
            Kind::storage => Operand::Storage(StorageId(self.id("st")?)),
            Kind::host => Operand::Host(self.host()?),
            Kind::constant => Operand::Constant(ConstantId(self.id("k")?)),
            Kind::block => Operand::Block(BlockId(self.id("b")?)),
            Kind::trap => Operand::Trap(self.trap()?),
            Kind::cases => Operand::Cases(Box::new(self.switch()?)),
            other => return Err(format!("{other:?} cannot be written")),
        })
    }

    /// A decimal double, or the bits of one.
    fn double(&mut self) -> Result<u64> {
        let word = self.word("a double")?;
        let bits = match word.strip_prefix("0x") {
            Some(hex) => u64::from_str_radix(hex, 16).ok(),
            None => word.parse().ok().map(f64::to_bits),
        };
        bits.ok_or_else(|| format!("a double expected, found `{word}`"))
    }

    fn field_id(&mut self) -> Result<FieldId> {
        let word = self.word("cN.SLOT")?;
        let parts = word.strip_prefix('c').and_then(|rest| rest.split_once('.'));
        let field = parts.and_then(|(class, slot)| {
            Some(FieldId { class: ClassId(class.parse().ok()?), slot: slot.parse().ok()? })
        });
        field.ok_or_else(|| format!("`cN.SLOT` expected, found `{word}`"))
    }

    fn host(&mut self) -> Result<HostId> {
        let word = self.word("a host function")?;
        if let Some(host) = HostInfo::lookup(&word) {
            return Ok(host.number);
        }
        let number = word.strip_prefix('h').and_then(|number| number.parse().ok());
        number.map(HostId).ok_or_else(|| format!("no host function `{word}`"))
    }

    fn trap(&mut self) -> Result<TrapCode> {
        let word = self.word("a trap code")?;
        if let Some(code) = TrapCode::lookup(&word) {
            return Ok(code);
        }
        let number = word.strip_prefix('t').and_then(|number| number.parse().ok());
        number.map(TrapCode).ok_or_else(|| format!("no trap code `{word}`"))
    }

    fn switch(&mut self) -> Result<Switch> {
        let default = BlockId(self.id("b")?);
        let mut cases = Vec::new();
        while self.takes_sign(',') {
            let value = self.number("the value of a case")?;
            if self.next() != Some(&Token::Arrow) {
                return Err("`=>` expected".into());
            }
            cases.push((value, BlockId(self.id("b")?)));
        }
        if cases.len() > limits::SWITCH_ARMS_MAX {
            return Err(format!("{} cases, at most {}", cases.len(), limits::SWITCH_ARMS_MAX));
        }
        Ok(Switch { default, cases })
    }
}
