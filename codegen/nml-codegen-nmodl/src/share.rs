//! Mechanisms that differ in nothing but numbers become one, to which each component brings its own.
//!
//! Simulators compile each mechanism by itself, and go from one to the next in each step, so a network of hundreds of
//! components of a few types is built and runs faster that way.

use indexmap::IndexMap;
use nml_codegen::Namer;
use nml_flat::NodeId;
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::lower::Supplied;
use crate::nmodl::Mechanism;
use crate::plan::{File, Plan, Thing};
use crate::reserved;

impl Plan<'_> {
    /// Makes one of all point processes that are the same but for the numbers of their parameters; where these differ,
    /// [`given`](Self::given) tells them for each instance.
    pub fn share(&mut self) {
        let mut alike: IndexMap<String, Vec<usize>, FxBuildHasher> = IndexMap::default();
        for (at, file) in self.files.iter().enumerate() {
            // What covers a membrane differs by section as it is.
            if file.mechanism.point {
                alike.entry(without_numbers(&file.mechanism)).or_default().push(at);
            }
        }
        alike.retain(|_, members| members.len() > 1);
        if alike.is_empty() {
            return;
        }
        let types = self.types();
        let mut namer = Namer::new(reserved::mechanisms()).at_most(40);
        for (at, file) in self.files.iter().enumerate() {
            if !alike.values().any(|members| members.contains(&at)) {
                namer.give(&file.name);
            }
        }
        let mut gone = vec![false; self.files.len()];
        for members in alike.values() {
            let Some((&first, rest)) = members.split_first() else { continue };
            let ty = types.get(&self.files[first].name).cloned().unwrap_or_default();
            let made = self.united(members, namer.give(&ty), &ty);
            self.files[first] = made;
            for at in rest {
                gone[*at] = true;
            }
        }
        let mut gone = gone.into_iter();
        self.files.retain(|_| !gone.next().unwrap_or(false));
    }

    /// The type of what each mechanism is made from, by the name of the mechanism.
    fn types(&self) -> FxHashMap<String, String> {
        let flat = self.world.flat;
        let points = flat.kind_ids().zip(&self.things).filter_map(|(id, thing)| match thing {
            Thing::Point(name, _) => {
                Some((name.clone(), flat.kind(id).node(NodeId::ROOT).ty.clone()))
            }
            Thing::Shaped(_) | Thing::Nothing => None,
        });
        points.collect()
    }

    /// One file for several; those that use them are told.
    fn united(&mut self, members: &[usize], name: String, ty: &str) -> File {
        let all: Vec<&Mechanism> = members.iter().map(|at| &self.files[*at].mechanism).collect();
        let mut mechanism = all[0].clone();
        let differs = |at: &usize| all.iter().any(|m| m.parameters[*at] != all[0].parameters[*at]);
        let mut own: Vec<usize> = (0..mechanism.parameters.len()).filter(differs).collect();
        // What instances are given anyway is no news.
        own.retain(|at| !mechanism.range.contains(&mechanism.parameters[*at].name));
        let numbers: FxHashMap<String, Vec<(String, f64)>> = members
            .iter()
            .map(|at| {
                let parameters = &self.files[*at].mechanism.parameters;
                let mine = own.iter().map(|p| &parameters[*p]);
                let mine = mine.map(|p| (p.name.clone(), p.value.parse().unwrap_or(f64::NAN)));
                (self.files[*at].name.clone(), mine.collect())
            })
            .collect();
        let range: Vec<String> =
            own.iter().map(|at| mechanism.parameters[*at].name.clone()).collect();
        for thing in &mut self.things {
            let Thing::Point(of, built) = thing else { continue };
            let Some(mine) = numbers.get(of) else { continue };
            let fixed = mine.iter().map(|(name, x)| (name.clone(), Supplied::Fixed(*x), 0));
            built.supplied.extend(fixed);
            built.mechanism.range.extend(range.iter().cloned());
            of.clone_from(&name);
        }
        mechanism.range.extend(range);
        mechanism.name.clone_from(&name);
        mechanism.head.truncate(1);
        let first = &self.files[members[0]].name;
        let more = members.len() - 1;
        mechanism.head.push(format!("`{first}` and {more} more, of type {ty}"));
        File { name, text: mechanism.print(), mechanism }
    }
}

/// The text of a mechanism without what tells it from others of its kind.
fn without_numbers(mechanism: &Mechanism) -> String {
    let mut bare = mechanism.clone();
    bare.name.clear();
    bare.head.clear();
    for parameter in &mut bare.parameters {
        "0".clone_into(&mut parameter.value);
    }
    bare.print()
}
