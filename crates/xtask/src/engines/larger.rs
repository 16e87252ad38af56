//! Larger cells and networks of the corpus.

use std::path::{Path, PathBuf};

/// A model: its repository and file, and the length of its run in ms, where its own is longer than it takes to see
/// whether two simulators agree.
pub(super) struct Larger {
    pub(super) file: &'static str,
    pub(super) length_ms: Option<f64>,
}

const fn whole(file: &'static str) -> Larger {
    Larger { file, length_ms: None }
}

const fn part(file: &'static str, length_ms: f64) -> Larger {
    Larger { file, length_ms: Some(length_ms) }
}

pub(super) const LARGER: [Larger; 24] = [
    whole("CA1PyramidalCell/neuroConstruct/generatedNeuroML2/LEMS_BigCA1.xml"),
    part("CA1PyramidalCell/neuroConstruct/generatedNeuroML2/LEMS_CA1PyramidalCell.xml", 40.0),
    part("pyNeuroML/examples/tune/LEMS_OnePyr.xml", 130.0),
    part("NeuroML2/LEMSexamples/morphologies/LEMS_m_in_b_in.xml", 130.0),
    part("NeuroML2/LEMSexamples/morphologies/LEMS_pyrfull_in.xml", 130.0),
    part("org.neuroml.export/src/test/resources/examples/LEMS_SomeCells.xml", 130.0),
    part("GranuleCell/neuroConstruct/generatedNeuroML2/LEMS_GranuleCell.xml", 250.0),
    part("ACnet2/neuroConstruct/generatedNeuroML2/LEMS_BasketCell.xml", 130.0),
    part("ACnet2/neuroConstruct/generatedNeuroML2/LEMS_TwoCell.xml", 150.0),
    part("ACnet2/neuroConstruct/generatedNeuroML2/LEMS_ACnet2.xml", 150.0),
    part("ACnet2/neuroConstruct/generatedNeuroML2/LEMS_MediumNet.xml", 60.0),
    part("ACnet2/neuroConstruct/generatedNeuroML2/LEMS_StimuliTest.xml", 200.0),
    whole("WangBuzsaki1996/NeuroML2/LEMS/LEMS_WangBuzsaki.xml"),
    whole("WangBuzsaki1996/NeuroML2/LEMS_ComponentType/LEMS_WangBuzsaki.xml"),
    part("PyloricNetwork/neuroConstruct/generatedNeuroML2/LEMS_PyloricPacemakerNetwork.xml", 300.0),
    part("PyloricNetwork/NeuroML2/LEMS_Fig2a.xml", 300.0),
    part("c302/examples/LEMS_c302_A_Full.xml", 200.0),
    part("c302/examples/LEMS_c302_A_IClamp.xml", 400.0),
    part("c302/examples/LEMS_c302_A_Social.xml", 400.0),
    part("c302/examples/LEMS_c302_C1_Syns.xml", 500.0),
    part("c302/examples/LEMS_c302_C_Pharyngeal.xml", 40.0),
    part("NeuroMLlite/examples/LEMS_SimExample4.xml", 200.0),
    part("org.neuroml.export/src/test/resources/examples/LEMS_SpikePass2.xml", 300.0),
    whole("Documentation/source/Userdocs/NML2_examples/LEMS_example_izhikevich2007network_sim.xml"),
];

impl Larger {
    /// How the page calls it: the repository, and what tells the file from others there.
    pub(super) fn name(&self) -> String {
        let repository = self.file.split('/').next().unwrap_or_default();
        let file = Path::new(self.file);
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        let same = |other: &Larger| other.file.ends_with(&format!("/{stem}.xml"));
        let folder = file.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
        let stem = stem.strip_prefix("LEMS_").unwrap_or(&stem).to_owned();
        if LARGER.iter().filter(|other| same(other)).count() > 1 {
            format!("{repository} {folder} {stem}")
        } else {
            format!("{repository} {stem}")
        }
    }

    /// Where it is.
    pub(super) fn path(&self, corpus: &Path) -> PathBuf {
        corpus.join("models").join(self.file)
    }
}
