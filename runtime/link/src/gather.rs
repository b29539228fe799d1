//! The libraries that a module needs: found by their hashes, each once, and looked at.

use crate::error::{LinkError, Problem};
use crate::{DEPTH_MAX, Find, Hash, MODULES_MAX};
use fvm_isa::{Import, Module, ModuleKind, Row, ValueType, builtin, wire};
use std::collections::BTreeMap;

/// A module and all libraries below it.
#[derive(Debug)]
pub struct Gathered {
    /// The module, then the libraries in the order in which they are first named.
    pub(crate) modules: Vec<Module>,
    /// Where a library stands among them.
    pub(crate) places: BTreeMap<Hash, usize>,
    bytes: usize,
}

/// Finds the libraries of a module. All of them together have at most `bytes_max` bytes.
pub fn gather<E>(
    module: Module,
    bytes_max: usize,
    find: &mut Find<'_, E>,
) -> Result<Gathered, LinkError<E>> {
    let mut gathered = Gathered { modules: vec![module], places: BTreeMap::new(), bytes: 0 };
    let mut next = 0;
    while let Some(module) = gathered.modules.get(next) {
        next += 1;
        for hash in named(&module.imports).map_err(LinkError::Problem)? {
            if gathered.places.contains_key(&hash) {
                continue;
            }
            if gathered.modules.len() >= MODULES_MAX {
                return Err(LinkError::Problem(Problem::Count));
            }
            let bytes = find(&hash).map_err(LinkError::Unavailable)?;
            let bytes = bytes.ok_or(LinkError::Problem(Problem::Missing(hash)))?;
            gathered.bytes = gathered.bytes.saturating_add(bytes.len());
            if gathered.bytes > bytes_max {
                return Err(LinkError::Problem(Problem::Bytes(bytes_max)));
            }
            gathered.places.insert(hash, gathered.modules.len());
            gathered.modules.push(library(hash, &bytes).map_err(LinkError::Problem)?);
        }
    }
    gathered.depth().map_err(LinkError::Problem)?;
    Ok(gathered)
}

/// The libraries of a list of imports, which must be as imports are.
fn named(imports: &[Import]) -> Result<Vec<Hash>, Problem> {
    if imports.windows(2).any(|pair| pair[0] >= pair[1]) {
        return Err(Problem::Order);
    }
    if let Some(import) = imports.iter().find(|import| !is_passable(import)) {
        return Err(Problem::Border(import.name.clone()));
    }
    Ok(libraries(imports))
}

/// The libraries of imports that ascend, each once.
fn libraries(imports: &[Import]) -> Vec<Hash> {
    let mut hashes: Vec<Hash> = imports.iter().map(|import| import.library).collect();
    hashes.dedup();
    hashes
}

/// Whether everything that an import takes and gives is the same in every module: scalars, texts
/// and bytes. Objects belong to the module of their class.
fn is_passable(import: &Import) -> bool {
    import.params.iter().chain(&import.result).all(|ty| match ty {
        ValueType::I32 | ValueType::I64 | ValueType::F64 | ValueType::U128 | ValueType::I128 => {
            true
        }
        ValueType::Any => false,
        ValueType::Ref(class) => [builtin::STRING, builtin::BYTES].contains(class),
    })
}

/// The library with these bytes.
fn library(hash: Hash, bytes: &[u8]) -> Result<Module, Problem> {
    if wire::code_hash(bytes) != hash {
        return Err(Problem::OtherHash(hash));
    }
    let module = wire::decode(bytes).map_err(|error| Problem::Library(hash, error))?;
    if module.kind != ModuleKind::Library || !module.storage.is_empty() {
        return Err(Problem::NoLibrary(hash));
    }
    // What a function does is within its row (V16), so nothing of a library touches the storage of
    // the contract of which it becomes a part.
    let mut rows = module.functions.iter().map(|function| function.row);
    match rows.all(|row| row == Row::PURE) {
        true => Ok(module),
        false => Err(Problem::Effects(hash)),
    }
}

impl Gathered {
    /// Bytes of the libraries.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// The hashes of all libraries, each behind those that it imports.
    pub fn bottom_up(&self) -> Vec<Hash> {
        let mut placed = vec![false; self.modules.len()];
        let mut hashes = Vec::with_capacity(self.places.len());
        // Each round places at least one, because nothing is below itself.
        for _ in 0..self.places.len() {
            for (hash, place) in &self.places {
                let below = self.below(&self.modules[*place]);
                if !placed[*place] && below.iter().all(|place| placed[*place]) {
                    placed[*place] = true;
                    hashes.push(*hash);
                }
            }
        }
        hashes
    }

    /// Whether few enough libraries stand upon each other. Each step takes away what nothing else
    /// names any more, so a circle, which hashes exclude, would be noticed as well.
    fn depth(&self) -> Result<(), Problem> {
        let below: Vec<Vec<usize>> = self.modules.iter().map(|module| self.below(module)).collect();
        let mut named = vec![0_usize; self.modules.len()];
        below.iter().flatten().for_each(|place| named[*place] += 1);
        let mut level: Vec<usize> = vec![0];
        for _ in 0..=DEPTH_MAX {
            let mut next = Vec::new();
            for place in level.iter().flat_map(|place| &below[*place]) {
                named[*place] -= 1;
                if named[*place] == 0 {
                    next.push(*place);
                }
            }
            level = next;
        }
        match named.iter().all(|count| *count == 0) {
            true if level.is_empty() => Ok(()),
            _ => Err(Problem::Depth),
        }
    }

    fn below(&self, module: &Module) -> Vec<usize> {
        libraries(&module.imports)
            .iter()
            .filter_map(|hash| self.places.get(hash).copied())
            .collect()
    }
}
