// Written by `cargo xtask codegen` from schemas/lems; edit there.

use nml_lems::{Child, ComponentType, Constant, DerivedParameter, Dynamics, NameOnly, Parameter, Source};

pub(crate) const T0: ComponentType = ComponentType {
    name: text!("notes"),
    extends: None,
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T1: ComponentType = ComponentType {
    name: text!("annotation"),
    extends: None,
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    children: list![
        Child { name: text!("rdf:RDF"), ty: text!("rdf_RDF"), many: false, substitute: None, description: string!("") },
        Child { name: text!("property"), ty: text!("property"), many: true, substitute: None, description: string!("") },
    ],
    dynamics: Some(Dynamics {
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T2: ComponentType = ComponentType {
    name: text!("property"),
    extends: None,
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    texts: list![
        NameOnly { name: text!("tag"), description: string!("") },
        NameOnly { name: text!("value"), description: string!("") },
    ],
    dynamics: Some(Dynamics {
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T3: ComponentType = ComponentType {
    name: text!("baseStandalone"),
    extends: None,
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    children: list![
        Child { name: text!("notes"), ty: text!("notes"), many: false, substitute: None, description: string!("") },
        Child { name: text!("annotation"), ty: text!("annotation"), many: false, substitute: None, description: string!("") },
        Child { name: text!("property"), ty: text!("property"), many: true, substitute: None, description: string!("") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T4: ComponentType = ComponentType {
    name: text!("rdf_RDF"),
    extends: None,
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    children: list![
        Child { name: text!("rdf:Description"), ty: text!("rdf_Description"), many: false, substitute: None, description: string!("") },
    ],
    texts: list![
        NameOnly { name: text!("xmlns:rdf"), description: string!("") },
        NameOnly { name: text!("xmlns:rdfs"), description: string!("") },
        NameOnly { name: text!("xmlns:dcterms"), description: string!("") },
        NameOnly { name: text!("xmlns:dc"), description: string!("") },
        NameOnly { name: text!("xmlns:prism"), description: string!("") },
        NameOnly { name: text!("xmlns:bqbiol"), description: string!("") },
        NameOnly { name: text!("xmlns:bqmodel"), description: string!("") },
        NameOnly { name: text!("xmlns:scoro"), description: string!("") },
        NameOnly { name: text!("xmlns:collex"), description: string!("") },
    ],
    dynamics: Some(Dynamics {
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T5: ComponentType = ComponentType {
    name: text!("rdf_Description"),
    extends: None,
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    children: list![
        Child { name: text!("dc:title"), ty: text!("dc_title"), many: false, substitute: None, description: string!("") },
        Child { name: text!("dc:description"), ty: text!("dc_description"), many: false, substitute: None, description: string!("") },
        Child { name: text!("dcterms:abstract"), ty: text!("dcterms_abstract"), many: false, substitute: None, description: string!("") },
        Child { name: text!("dcterms:license"), ty: text!("dcterms_license"), many: false, substitute: None, description: string!("") },
        Child { name: text!("dcterms:created"), ty: text!("dcterms_created"), many: false, substitute: None, description: string!("") },
        Child { name: text!("foaf:name"), ty: text!("foaf_name"), many: false, substitute: None, description: string!("") },
        Child { name: text!("foaf:homepage"), ty: text!("foaf_homepage"), many: false, substitute: None, description: string!("") },
        Child { name: text!("foaf:account"), ty: text!("foaf_account"), many: false, substitute: None, description: string!("") },
        Child { name: text!("foaf:fundedBy"), ty: text!("foaf_fundedBy"), many: false, substitute: None, description: string!("") },
        Child { name: text!("foaf:mbox"), ty: text!("foaf_mbox"), many: false, substitute: None, description: string!("") },
        Child { name: text!("foaf:weblog"), ty: text!("foaf_weblog"), many: false, substitute: None, description: string!("") },
        Child { name: text!("foaf:thumbnail"), ty: text!("foaf_thumbnail"), many: false, substitute: None, description: string!("") },
        Child { name: text!("foaf:publications"), ty: text!("foaf_publications"), many: false, substitute: None, description: string!("") },
        Child { name: text!("orcid:id"), ty: text!("orcid_id"), many: false, substitute: None, description: string!("") },
        Child { name: text!("bqbiol:encodes"), ty: text!("bqbiol_encodes"), many: false, substitute: None, description: string!("") },
        Child { name: text!("bqbiol:hasPart"), ty: text!("bqbiol_hasPart"), many: false, substitute: None, description: string!("") },
        Child { name: text!("bqbiol:hasProperty"), ty: text!("bqbiol_hasProperty"), many: false, substitute: None, description: string!("") },
        Child { name: text!("bqbiol:hasVersion"), ty: text!("bqbiol_hasVersion"), many: false, substitute: None, description: string!("") },
        Child { name: text!("bqbiol:is"), ty: text!("bqbiol_is"), many: false, substitute: None, description: string!("") },
        Child { name: text!("bqbiol:isDescribedBy"), ty: text!("bqbiol_isDescribedBy"), many: false, substitute: None, description: string!("") },
        Child { name: text!("bqbiol:isEncodedBy"), ty: text!("bqbiol_isEncodedBy"), many: false, substitute: None, description: string!("") },
        Child { name: text!("bqbiol:isHomologTo"), ty: text!("bqbiol_isHomologTo"), many: false, substitute: None, description: string!("") },
        Child { name: text!("bqbiol:isPartOf"), ty: text!("bqbiol_isPartOf"), many: false, substitute: None, description: string!("") },
        Child { name: text!("bqbiol:isPropertyOf"), ty: text!("bqbiol_isPropertyOf"), many: false, substitute: None, description: string!("") },
        Child { name: text!("bqbiol:isVersionOf"), ty: text!("bqbiol_isVersionOf"), many: false, substitute: None, description: string!("") },
        Child { name: text!("bqbiol:occursIn"), ty: text!("bqbiol_occursIn"), many: false, substitute: None, description: string!("") },
        Child { name: text!("bqbiol:hasTaxon"), ty: text!("bqbiol_hasTaxon"), many: false, substitute: None, description: string!("") },
        Child { name: text!("bqmodel:is"), ty: text!("bqmodel_is"), many: false, substitute: None, description: string!("") },
        Child { name: text!("bqmodel:isDescribedBy"), ty: text!("bqmodel_isDescribedBy"), many: false, substitute: None, description: string!("") },
        Child { name: text!("bqmodel:isDerivedFrom"), ty: text!("bqmodel_isDerivedFrom"), many: false, substitute: None, description: string!("") },
        Child { name: text!("bqmodel:isIntanceOf"), ty: text!("bqmodel_isInstanceOf"), many: false, substitute: None, description: string!("") },
        Child { name: text!("bqmodel:hasInstance"), ty: text!("bqmodel_hasInstance"), many: false, substitute: None, description: string!("") },
        Child { name: text!("prism:keyword"), ty: text!("prism_keyword"), many: false, substitute: None, description: string!("") },
        Child { name: text!("collex:thumbnail"), ty: text!("collex_thumbnail"), many: false, substitute: None, description: string!("") },
        Child { name: text!("scoro:successor"), ty: text!("scoro_successor"), many: false, substitute: None, description: string!("") },
        Child { name: text!("rdfs:seeAlso"), ty: text!("rdfs_seeAlso"), many: false, substitute: None, description: string!("") },
        Child { name: text!("dcterms:references"), ty: text!("dcterms_references"), many: false, substitute: None, description: string!("") },
        Child { name: text!("dc:creator"), ty: text!("dc_creator"), many: false, substitute: None, description: string!("") },
        Child { name: text!("dc:contributor"), ty: text!("dc_contributor"), many: false, substitute: None, description: string!("") },
        Child { name: text!("dc:source"), ty: text!("dc_source"), many: false, substitute: None, description: string!("") },
        Child { name: text!("scoro:funder"), ty: text!("scoro_funder"), many: false, substitute: None, description: string!("") },
        Child { name: text!("dcterms:modified"), ty: text!("dcterms_modified"), many: false, substitute: None, description: string!("") },
    ],
    texts: list![
        NameOnly { name: text!("rdf:about"), description: string!("") },
    ],
    dynamics: Some(Dynamics {
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T6: ComponentType = ComponentType {
    name: text!("baseAnnotation_without_ns"),
    extends: None,
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    children: list![
        Child { name: text!("rdf:Bag"), ty: text!("rdf_Bag"), many: false, substitute: None, description: string!("") },
    ],
    dynamics: Some(Dynamics {
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T7: ComponentType = ComponentType {
    name: text!("baseBqbiol"),
    extends: Some(text!("baseAnnotation_without_ns")),
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    texts: list![
        NameOnly { name: text!("xmlns:bqbiol"), description: string!("") },
    ],
    dynamics: Some(Dynamics {
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T8: ComponentType = ComponentType {
    name: text!("baseBqmodel"),
    extends: Some(text!("baseAnnotation_without_ns")),
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    texts: list![
        NameOnly { name: text!("xmlns:bqmodel"), description: string!("") },
    ],
    dynamics: Some(Dynamics {
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T9: ComponentType = ComponentType {
    name: text!("rdf_Bag"),
    extends: None,
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    children: list![
        Child { name: text!("rdf:li"), ty: text!("rdf_li"), many: false, substitute: None, description: string!("") },
    ],
    dynamics: Some(Dynamics {
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T10: ComponentType = ComponentType {
    name: text!("rdf_li"),
    extends: None,
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    texts: list![
        NameOnly { name: text!("rdf:resource"), description: string!("") },
    ],
    dynamics: Some(Dynamics {
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T11: ComponentType = ComponentType {
    name: text!("bqbiol_encodes"),
    extends: Some(text!("baseBqbiol")),
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T12: ComponentType = ComponentType {
    name: text!("bqbiol_hasPart"),
    extends: Some(text!("baseBqbiol")),
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T13: ComponentType = ComponentType {
    name: text!("bqbiol_hasProperty"),
    extends: Some(text!("baseBqbiol")),
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T14: ComponentType = ComponentType {
    name: text!("bqbiol_hasVersion"),
    extends: Some(text!("baseBqbiol")),
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T15: ComponentType = ComponentType {
    name: text!("bqbiol_is"),
    extends: Some(text!("baseBqbiol")),
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T16: ComponentType = ComponentType {
    name: text!("bqbiol_isDescribedBy"),
    extends: Some(text!("baseBqbiol")),
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T17: ComponentType = ComponentType {
    name: text!("bqbiol_isEncodedBy"),
    extends: Some(text!("baseBqbiol")),
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T18: ComponentType = ComponentType {
    name: text!("bqbiol_isHomologTo"),
    extends: Some(text!("baseBqbiol")),
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T19: ComponentType = ComponentType {
    name: text!("bqbiol_isPartOf"),
    extends: Some(text!("baseBqbiol")),
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T20: ComponentType = ComponentType {
    name: text!("bqbiol_isPropertyOf"),
    extends: Some(text!("baseBqbiol")),
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T21: ComponentType = ComponentType {
    name: text!("bqbiol_isVersionOf"),
    extends: Some(text!("baseBqbiol")),
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T22: ComponentType = ComponentType {
    name: text!("bqbiol_occursIn"),
    extends: Some(text!("baseBqbiol")),
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T23: ComponentType = ComponentType {
    name: text!("bqbiol_hasTaxon"),
    extends: Some(text!("baseBqbiol")),
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T24: ComponentType = ComponentType {
    name: text!("bqmodel_is"),
    extends: Some(text!("baseBqmodel")),
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T25: ComponentType = ComponentType {
    name: text!("bqmodel_isDescribedBy"),
    extends: Some(text!("baseBqmodel")),
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T26: ComponentType = ComponentType {
    name: text!("bqmodel_isDerivedFrom"),
    extends: Some(text!("baseBqmodel")),
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T27: ComponentType = ComponentType {
    name: text!("bqmodel_isInstanceOf"),
    extends: Some(text!("baseBqmodel")),
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T28: ComponentType = ComponentType {
    name: text!("bqmodel_hasInstance"),
    extends: Some(text!("baseBqmodel")),
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T29: ComponentType = ComponentType {
    name: text!("dc_title"),
    extends: None,
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T30: ComponentType = ComponentType {
    name: text!("dc_description"),
    extends: None,
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T31: ComponentType = ComponentType {
    name: text!("dcterms_abstract"),
    extends: None,
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T32: ComponentType = ComponentType {
    name: text!("dcterms_license"),
    extends: None,
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T33: ComponentType = ComponentType {
    name: text!("dcterms_created"),
    extends: None,
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    children: list![
        Child { name: text!("rdf:Description"), ty: text!("dcterms_created_description"), many: false, substitute: None, description: string!("") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T34: ComponentType = ComponentType {
    name: text!("dcterms_created_description"),
    extends: None,
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    children: list![
        Child { name: text!("dcterms:W3CDTF"), ty: text!("dcterms_date"), many: false, substitute: None, description: string!("") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T35: ComponentType = ComponentType {
    name: text!("dcterms_date"),
    extends: None,
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T36: ComponentType = ComponentType {
    name: text!("dcterms_modified"),
    extends: None,
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    children: list![
        Child { name: text!("rdf:Description"), ty: text!("dcterms_modified_description"), many: false, substitute: None, description: string!("") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T37: ComponentType = ComponentType {
    name: text!("dcterms_modified_description"),
    extends: None,
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    children: list![
        Child { name: text!("dcterms:W3CDTF"), ty: text!("dcterms_date_list"), many: false, substitute: None, description: string!("") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T38: ComponentType = ComponentType {
    name: text!("dcterms_date_list"),
    extends: Some(text!("baseAnnotation_without_ns")),
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T39: ComponentType = ComponentType {
    name: text!("dc_source"),
    extends: Some(text!("baseAnnotation_without_ns")),
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T40: ComponentType = ComponentType {
    name: text!("prism_keyword"),
    extends: Some(text!("baseAnnotation_without_ns")),
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T41: ComponentType = ComponentType {
    name: text!("collex_thumbnail"),
    extends: Some(text!("baseAnnotation_without_ns")),
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T42: ComponentType = ComponentType {
    name: text!("scoro_successor"),
    extends: Some(text!("baseAnnotation_without_ns")),
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T43: ComponentType = ComponentType {
    name: text!("rdfs_seeAlso"),
    extends: Some(text!("baseAnnotation_without_ns")),
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T44: ComponentType = ComponentType {
    name: text!("dcterms_references"),
    extends: Some(text!("baseAnnotation_without_ns")),
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T45: ComponentType = ComponentType {
    name: text!("dc_creator"),
    extends: Some(text!("baseAnnotation_without_ns")),
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T46: ComponentType = ComponentType {
    name: text!("dc_contributor"),
    extends: Some(text!("baseAnnotation_without_ns")),
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T47: ComponentType = ComponentType {
    name: text!("scoro_funder"),
    extends: Some(text!("baseAnnotation_without_ns")),
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T48: ComponentType = ComponentType {
    name: text!("foaf_name"),
    extends: None,
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    texts: list![
        NameOnly { name: text!("rdf:resource"), description: string!("") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T49: ComponentType = ComponentType {
    name: text!("foaf_homepage"),
    extends: None,
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    texts: list![
        NameOnly { name: text!("rdf:resource"), description: string!("") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T50: ComponentType = ComponentType {
    name: text!("foaf_account"),
    extends: None,
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    texts: list![
        NameOnly { name: text!("rdf:resource"), description: string!("") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T51: ComponentType = ComponentType {
    name: text!("foaf_fundedBy"),
    extends: None,
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    texts: list![
        NameOnly { name: text!("rdf:resource"), description: string!("") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T52: ComponentType = ComponentType {
    name: text!("foaf_mbox"),
    extends: None,
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    texts: list![
        NameOnly { name: text!("rdf:resource"), description: string!("") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T53: ComponentType = ComponentType {
    name: text!("foaf_weblog"),
    extends: None,
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    texts: list![
        NameOnly { name: text!("rdf:resource"), description: string!("") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T54: ComponentType = ComponentType {
    name: text!("foaf_thumbnail"),
    extends: None,
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    texts: list![
        NameOnly { name: text!("rdf:resource"), description: string!("") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T55: ComponentType = ComponentType {
    name: text!("foaf_publications"),
    extends: None,
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    texts: list![
        NameOnly { name: text!("rdf:resource"), description: string!("") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T56: ComponentType = ComponentType {
    name: text!("orcid_id"),
    extends: None,
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    texts: list![
        NameOnly { name: text!("rdf:resource"), description: string!("") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T57: ComponentType = ComponentType {
    name: text!("point3DWithDiam"),
    extends: None,
    description: string!(""),
    file: string!("NeuroMLCoreCompTypes.xml"),
    parameters: list![
        Parameter { name: text!("x"), dimension: text!("none"), description: string!("") },
        Parameter { name: text!("y"), dimension: text!("none"), description: string!("") },
        Parameter { name: text!("z"), dimension: text!("none"), description: string!("") },
        Parameter { name: text!("diameter"), dimension: text!("none"), description: string!("") },
    ],
    derived_parameters: list![
        DerivedParameter { name: text!("radius"), dimension: Some(text!("length")), source: Source::Value(text!("MICRON * diameter / 2")), description: string!("") },
        DerivedParameter { name: text!("xLength"), dimension: Some(text!("length")), source: Source::Value(text!("MICRON * x")), description: string!("") },
        DerivedParameter { name: text!("yLength"), dimension: Some(text!("length")), source: Source::Value(text!("MICRON * y")), description: string!("") },
        DerivedParameter { name: text!("zLength"), dimension: Some(text!("length")), source: Source::Value(text!("MICRON * z")), description: string!("") },
    ],
    constants: list![
        Constant { name: text!("MICRON"), symbol: None, dimension: text!("length"), value: text!("1um"), description: string!("") },
    ],
    ..ComponentType::EMPTY
};
