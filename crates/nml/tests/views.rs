//! Looking into a model through the typed views.

use std::sync::Arc;

use nml::base::MemoryLoader;

const CELL: &str = r#"<neuroml xmlns="http://www.neuroml.org/schema/neuroml2" id="d">
  <cell id="c"><morphology id="m">
    <segment id="0"><proximal x="0" y="0" z="0" diameter="10"/><distal x="10" y="0" z="0" diameter="10"/></segment>
    <segment id="1"><parent segment="0" fractionAlong="0.5"/><distal x="20" y="0" z="0" diameter="2"/></segment>
  </morphology></cell>
  <pulseGenerator id="pg" delay="10ms" duration="100ms" amplitude="0.1nA"/>
</neuroml>"#;

#[test]
fn attributes_and_children_have_methods() {
    let mut files = MemoryLoader::new();
    files.insert("c.nml", CELL);
    let checker = nml::Checker::new(Arc::new(files), Vec::new());
    let model = checker.check("c.nml".as_ref()).model;
    let document = model.neuroml().unwrap();
    let cell = document.cell().next().unwrap();
    assert_eq!(cell.id(), Some("c"));
    assert_eq!(cell.morphology_id(), None);
    let segments: Vec<_> = cell.morphology().unwrap().segment().collect();
    assert_eq!(segments.len(), 2);
    assert_eq!(segments[0].distal().unwrap().diameter(), Some(10.0));
    let parent = segments[1].parent().unwrap();
    assert_eq!((parent.segment(), parent.fraction_along()), (Some(0), Some(0.5)));
}
