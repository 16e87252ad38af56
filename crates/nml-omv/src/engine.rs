//! The engines a test may name, and what they ask of this toolchain.

/// What running a test means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// A LEMS file is run; the word names the scheme whose numbers are nearest to those of the engine.
    Simulate(&'static str),
    /// A LEMS file is converted for another simulator, whose steps no scheme follows.
    Convert(&'static str),
    /// NeuroML 2 documents are checked.
    Validate,
    /// NeuroML 1 documents are checked, a language this toolchain does not read.
    ValidateVersion1,
    /// A program of another simulator, in its own language.
    Foreign,
}

/// One engine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Engine {
    /// What the key `engine` says.
    pub name: &'static str,
    /// What it asks for.
    pub role: Role,
}

impl Engine {
    /// The engine of that name, as it is written.
    pub fn named(name: &str) -> Option<Self> {
        ENGINES.iter().copied().find(|engine| engine.name == name)
    }
}

const fn engine(name: &'static str, role: Role) -> Engine {
    Engine { name, role }
}

/// All 38 engines of OMV 0.4.
///
/// pyNeuroML starts jNeuroML.  NetPyNE runs the mechanisms that jNeuroML writes for NEURON in NEURON.  PyLEMS has
/// steps of its own: its tests ask for less than jLEMS is off by (0.0032 against 0.0037 in the first example of the
/// standard), so they are for the accurate scheme.  For Brian, MOOSE, PyNN and XPP there is none.
pub static ENGINES: &[Engine] = &[
    engine("Arbor", Role::Foreign),
    engine("Brian2", Role::Foreign),
    engine("EDEN", Role::Foreign),
    engine("Moose", Role::Foreign),
    engine("NEST", Role::Foreign),
    engine("NEURON", Role::Foreign),
    engine("NetPyNE", Role::Foreign),
    engine("NetPyNE_NP2", Role::Foreign),
    engine("NetPyNE_NP4", Role::Foreign),
    engine("Octave", Role::Foreign),
    engine("PyLEMS", Role::Simulate("auto")),
    engine("PyLEMS_NeuroML2", Role::Simulate("auto")),
    engine("PyNEST", Role::Foreign),
    engine("PyNEURON", Role::Foreign),
    engine("PyNN", Role::Foreign),
    engine("PyNN_Brian2", Role::Foreign),
    engine("PyNN_NEURON", Role::Foreign),
    engine("PyNN_Nest", Role::Foreign),
    engine("PyNN_NeuroML", Role::Foreign),
    engine("Py_neuroConstruct", Role::Foreign),
    engine("XPP", Role::Foreign),
    engine("genesis", Role::Foreign),
    engine("jLEMS", Role::Simulate("jlems")),
    engine("jNeuroML", Role::Simulate("jlems")),
    engine("jNeuroML_Brian2", Role::Convert("Brian")),
    engine("jNeuroML_EDEN", Role::Simulate("auto")),
    engine("jNeuroML_Moose", Role::Convert("MOOSE")),
    engine("jNeuroML_NEURON", Role::Simulate("neuron-jnml")),
    engine("jNeuroML_NetPyNE", Role::Simulate("neuron-jnml")),
    engine("jNeuroML_NetPyNE_NP2", Role::Simulate("neuron-jnml")),
    engine("jNeuroML_NetPyNE_NP4", Role::Simulate("neuron-jnml")),
    engine("jNeuroML_PyNN_NEURON", Role::Convert("PyNN")),
    engine("jNeuroML_XPP", Role::Convert("XPP")),
    engine("jNeuroML_validate", Role::Validate),
    engine("jNeuroML_validatev1", Role::ValidateVersion1),
    engine("pyNEURON_XPP_LEMS", Role::Foreign),
    engine("pyNeuroML", Role::Simulate("jlems")),
    engine("pyNeuroML_validate_sbml", Role::Foreign),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_engines_are_known_once() {
        assert_eq!(ENGINES.len(), 38);
        assert!(ENGINES.windows(2).all(|pair| pair[0].name < pair[1].name));
        assert_eq!(Engine::named("jNeuroML").map(|e| e.role), Some(Role::Simulate("jlems")));
        assert_eq!(Engine::named("jneuroml"), None);
    }
}
