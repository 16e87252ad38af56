// Written by `cargo xtask codegen` from schemas/lems; edit there.

use nml_lems::{Child, ComponentType, Constant, DerivedParameter, Dynamics, NameOnly, Parameter, Source};

pub(crate) const T0: ComponentType = ComponentType {
    name: text!("notes"),
    extends: None,
    description: string!("Remarks about a model for human readers"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T1: ComponentType = ComponentType {
    name: text!("annotation"),
    extends: None,
    description: string!("Structured metadata about a model: who, what, from which source"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    children: list![
        Child { name: text!("rdf:RDF"), ty: text!("rdf_RDF"), many: false, substitute: None, description: string!("The metadata in RDF") },
        Child { name: text!("property"), ty: text!("property"), many: true, substitute: None, description: string!("Free tag and value attached to the element") },
    ],
    dynamics: Some(Dynamics {
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T2: ComponentType = ComponentType {
    name: text!("property"),
    extends: None,
    description: string!("Free tag and value attached to an element"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    texts: list![
        NameOnly { name: text!("tag"), description: string!("What the value is about") },
        NameOnly { name: text!("value"), description: string!("The value, as text") },
    ],
    dynamics: Some(Dynamics {
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T3: ComponentType = ComponentType {
    name: text!("baseStandalone"),
    extends: None,
    description: string!("Anything with an identifier of its own that may carry notes and metadata"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    children: list![
        Child { name: text!("notes"), ty: text!("notes"), many: false, substitute: None, description: string!("Remarks for human readers") },
        Child { name: text!("annotation"), ty: text!("annotation"), many: false, substitute: None, description: string!("Structured metadata about the model, in RDF") },
        Child { name: text!("property"), ty: text!("property"), many: true, substitute: None, description: string!("Free tag and value attached to the element") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T4: ComponentType = ComponentType {
    name: text!("rdf_RDF"),
    extends: None,
    description: string!("Root of the metadata, in RDF"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    children: list![
        Child { name: text!("rdf:Description"), ty: text!("rdf_Description"), many: false, substitute: None, description: string!("Description of the resource") },
    ],
    texts: list![
        NameOnly { name: text!("xmlns:rdf"), description: string!("Namespace of RDF") },
        NameOnly { name: text!("xmlns:rdfs"), description: string!("Namespace of RDF Schema") },
        NameOnly { name: text!("xmlns:dcterms"), description: string!("Namespace of the Dublin Core terms") },
        NameOnly { name: text!("xmlns:dc"), description: string!("Namespace of Dublin Core") },
        NameOnly { name: text!("xmlns:prism"), description: string!("Namespace of PRISM") },
        NameOnly { name: text!("xmlns:bqbiol"), description: string!("Namespace of the biology qualifiers") },
        NameOnly { name: text!("xmlns:bqmodel"), description: string!("Namespace of the model qualifiers") },
        NameOnly { name: text!("xmlns:scoro"), description: string!("Namespace of SCoRO") },
        NameOnly { name: text!("xmlns:collex"), description: string!("Namespace of Collex") },
    ],
    dynamics: Some(Dynamics {
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T5: ComponentType = ComponentType {
    name: text!("rdf_Description"),
    extends: None,
    description: string!("What is said about one resource"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    children: list![
        Child { name: text!("dc:title"), ty: text!("dc_title"), many: false, substitute: None, description: string!("Its title") },
        Child { name: text!("dc:description"), ty: text!("dc_description"), many: false, substitute: None, description: string!("Its description") },
        Child { name: text!("dcterms:abstract"), ty: text!("dcterms_abstract"), many: false, substitute: None, description: string!("Its abstract") },
        Child { name: text!("dcterms:license"), ty: text!("dcterms_license"), many: false, substitute: None, description: string!("Its licence") },
        Child { name: text!("dcterms:created"), ty: text!("dcterms_created"), many: false, substitute: None, description: string!("When it was made") },
        Child { name: text!("foaf:name"), ty: text!("foaf_name"), many: false, substitute: None, description: string!("Name of a person") },
        Child { name: text!("foaf:homepage"), ty: text!("foaf_homepage"), many: false, substitute: None, description: string!("Home page") },
        Child { name: text!("foaf:account"), ty: text!("foaf_account"), many: false, substitute: None, description: string!("Account on a site") },
        Child { name: text!("foaf:fundedBy"), ty: text!("foaf_fundedBy"), many: false, substitute: None, description: string!("Who paid for it") },
        Child { name: text!("foaf:mbox"), ty: text!("foaf_mbox"), many: false, substitute: None, description: string!("Mail address") },
        Child { name: text!("foaf:weblog"), ty: text!("foaf_weblog"), many: false, substitute: None, description: string!("Blog") },
        Child { name: text!("foaf:thumbnail"), ty: text!("foaf_thumbnail"), many: false, substitute: None, description: string!("Small picture") },
        Child { name: text!("foaf:publications"), ty: text!("foaf_publications"), many: false, substitute: None, description: string!("List of publications") },
        Child { name: text!("orcid:id"), ty: text!("orcid_id"), many: false, substitute: None, description: string!("ORCID of a person") },
        Child { name: text!("bqbiol:encodes"), ty: text!("bqbiol_encodes"), many: false, substitute: None, description: string!("What the entity encodes") },
        Child { name: text!("bqbiol:hasPart"), ty: text!("bqbiol_hasPart"), many: false, substitute: None, description: string!("What is part of the entity") },
        Child { name: text!("bqbiol:hasProperty"), ty: text!("bqbiol_hasProperty"), many: false, substitute: None, description: string!("What the entity has as a property") },
        Child { name: text!("bqbiol:hasVersion"), ty: text!("bqbiol_hasVersion"), many: false, substitute: None, description: string!("What is a version of the entity") },
        Child { name: text!("bqbiol:is"), ty: text!("bqbiol_is"), many: false, substitute: None, description: string!("What the entity is") },
        Child { name: text!("bqbiol:isDescribedBy"), ty: text!("bqbiol_isDescribedBy"), many: false, substitute: None, description: string!("What describes the entity") },
        Child { name: text!("bqbiol:isEncodedBy"), ty: text!("bqbiol_isEncodedBy"), many: false, substitute: None, description: string!("What encodes the entity") },
        Child { name: text!("bqbiol:isHomologTo"), ty: text!("bqbiol_isHomologTo"), many: false, substitute: None, description: string!("What the entity is homologous to") },
        Child { name: text!("bqbiol:isPartOf"), ty: text!("bqbiol_isPartOf"), many: false, substitute: None, description: string!("What the entity is part of") },
        Child { name: text!("bqbiol:isPropertyOf"), ty: text!("bqbiol_isPropertyOf"), many: false, substitute: None, description: string!("What the entity is a property of") },
        Child { name: text!("bqbiol:isVersionOf"), ty: text!("bqbiol_isVersionOf"), many: false, substitute: None, description: string!("What the entity is a version of") },
        Child { name: text!("bqbiol:occursIn"), ty: text!("bqbiol_occursIn"), many: false, substitute: None, description: string!("Where the entity occurs") },
        Child { name: text!("bqbiol:hasTaxon"), ty: text!("bqbiol_hasTaxon"), many: false, substitute: None, description: string!("Species the entity belongs to") },
        Child { name: text!("bqmodel:is"), ty: text!("bqmodel_is"), many: false, substitute: None, description: string!("What the model is") },
        Child { name: text!("bqmodel:isDescribedBy"), ty: text!("bqmodel_isDescribedBy"), many: false, substitute: None, description: string!("What describes the model") },
        Child { name: text!("bqmodel:isDerivedFrom"), ty: text!("bqmodel_isDerivedFrom"), many: false, substitute: None, description: string!("What the model was made from") },
        Child { name: text!("bqmodel:isIntanceOf"), ty: text!("bqmodel_isInstanceOf"), many: false, substitute: None, description: string!("What the model is an instance of (the standard spells the element this way)") },
        Child { name: text!("bqmodel:hasInstance"), ty: text!("bqmodel_hasInstance"), many: false, substitute: None, description: string!("What is an instance of the model") },
        Child { name: text!("prism:keyword"), ty: text!("prism_keyword"), many: false, substitute: None, description: string!("Keywords") },
        Child { name: text!("collex:thumbnail"), ty: text!("collex_thumbnail"), many: false, substitute: None, description: string!("Small picture") },
        Child { name: text!("scoro:successor"), ty: text!("scoro_successor"), many: false, substitute: None, description: string!("What replaces it") },
        Child { name: text!("rdfs:seeAlso"), ty: text!("rdfs_seeAlso"), many: false, substitute: None, description: string!("Where to read on") },
        Child { name: text!("dcterms:references"), ty: text!("dcterms_references"), many: false, substitute: None, description: string!("Works it refers to") },
        Child { name: text!("dc:creator"), ty: text!("dc_creator"), many: false, substitute: None, description: string!("Who made it") },
        Child { name: text!("dc:contributor"), ty: text!("dc_contributor"), many: false, substitute: None, description: string!("Who helped to make it") },
        Child { name: text!("dc:source"), ty: text!("dc_source"), many: false, substitute: None, description: string!("Where it comes from") },
        Child { name: text!("scoro:funder"), ty: text!("scoro_funder"), many: false, substitute: None, description: string!("Who paid for it") },
        Child { name: text!("dcterms:modified"), ty: text!("dcterms_modified"), many: false, substitute: None, description: string!("When it was changed") },
    ],
    texts: list![
        NameOnly { name: text!("rdf:about"), description: string!("The resource in question") },
    ],
    dynamics: Some(Dynamics {
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T6: ComponentType = ComponentType {
    name: text!("baseAnnotation_without_ns"),
    extends: None,
    description: string!("Metadata that lists resources"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    children: list![
        Child { name: text!("rdf:Bag"), ty: text!("rdf_Bag"), many: false, substitute: None, description: string!("Unordered collection of resources") },
    ],
    dynamics: Some(Dynamics {
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T7: ComponentType = ComponentType {
    name: text!("baseBqbiol"),
    extends: Some(text!("baseAnnotation_without_ns")),
    description: string!("Qualifier that relates the model to biology (BioModels.net)"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    texts: list![
        NameOnly { name: text!("xmlns:bqbiol"), description: string!("Namespace of the biology qualifiers") },
    ],
    dynamics: Some(Dynamics {
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T8: ComponentType = ComponentType {
    name: text!("baseBqmodel"),
    extends: Some(text!("baseAnnotation_without_ns")),
    description: string!("Qualifier that relates the model to other models and works (BioModels.net)"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    texts: list![
        NameOnly { name: text!("xmlns:bqmodel"), description: string!("Namespace of the model qualifiers") },
    ],
    dynamics: Some(Dynamics {
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T9: ComponentType = ComponentType {
    name: text!("rdf_Bag"),
    extends: None,
    description: string!("Unordered collection of resources"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    children: list![
        Child { name: text!("rdf:li"), ty: text!("rdf_li"), many: false, substitute: None, description: string!("One resource") },
    ],
    dynamics: Some(Dynamics {
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T10: ComponentType = ComponentType {
    name: text!("rdf_li"),
    extends: None,
    description: string!("One resource of a collection"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    texts: list![
        NameOnly { name: text!("rdf:resource"), description: string!("Address of the resource") },
    ],
    dynamics: Some(Dynamics {
        ..Dynamics::EMPTY
    }),
    ..ComponentType::EMPTY
};

pub(crate) const T11: ComponentType = ComponentType {
    name: text!("bqbiol_encodes"),
    extends: Some(text!("baseBqbiol")),
    description: string!("The entity encodes the resource, as a gene does a protein"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T12: ComponentType = ComponentType {
    name: text!("bqbiol_hasPart"),
    extends: Some(text!("baseBqbiol")),
    description: string!("The resource is part of the entity"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T13: ComponentType = ComponentType {
    name: text!("bqbiol_hasProperty"),
    extends: Some(text!("baseBqbiol")),
    description: string!("The resource is a property of the entity"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T14: ComponentType = ComponentType {
    name: text!("bqbiol_hasVersion"),
    extends: Some(text!("baseBqbiol")),
    description: string!("The resource is a version of the entity"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T15: ComponentType = ComponentType {
    name: text!("bqbiol_is"),
    extends: Some(text!("baseBqbiol")),
    description: string!("The entity is the resource"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T16: ComponentType = ComponentType {
    name: text!("bqbiol_isDescribedBy"),
    extends: Some(text!("baseBqbiol")),
    description: string!("The resource describes the entity"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T17: ComponentType = ComponentType {
    name: text!("bqbiol_isEncodedBy"),
    extends: Some(text!("baseBqbiol")),
    description: string!("The resource encodes the entity"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T18: ComponentType = ComponentType {
    name: text!("bqbiol_isHomologTo"),
    extends: Some(text!("baseBqbiol")),
    description: string!("Entity and resource descend from a common ancestor"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T19: ComponentType = ComponentType {
    name: text!("bqbiol_isPartOf"),
    extends: Some(text!("baseBqbiol")),
    description: string!("The entity is part of the resource"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T20: ComponentType = ComponentType {
    name: text!("bqbiol_isPropertyOf"),
    extends: Some(text!("baseBqbiol")),
    description: string!("The entity is a property of the resource"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T21: ComponentType = ComponentType {
    name: text!("bqbiol_isVersionOf"),
    extends: Some(text!("baseBqbiol")),
    description: string!("The entity is a version of the resource"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T22: ComponentType = ComponentType {
    name: text!("bqbiol_occursIn"),
    extends: Some(text!("baseBqbiol")),
    description: string!("The entity is found in the resource"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T23: ComponentType = ComponentType {
    name: text!("bqbiol_hasTaxon"),
    extends: Some(text!("baseBqbiol")),
    description: string!("The resource is the species of the entity"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T24: ComponentType = ComponentType {
    name: text!("bqmodel_is"),
    extends: Some(text!("baseBqmodel")),
    description: string!("The model is the resource"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T25: ComponentType = ComponentType {
    name: text!("bqmodel_isDescribedBy"),
    extends: Some(text!("baseBqmodel")),
    description: string!("The resource, such as a paper, describes the model"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T26: ComponentType = ComponentType {
    name: text!("bqmodel_isDerivedFrom"),
    extends: Some(text!("baseBqmodel")),
    description: string!("The model was made from the resource"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T27: ComponentType = ComponentType {
    name: text!("bqmodel_isInstanceOf"),
    extends: Some(text!("baseBqmodel")),
    description: string!("The model is an instance of the resource"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T28: ComponentType = ComponentType {
    name: text!("bqmodel_hasInstance"),
    extends: Some(text!("baseBqmodel")),
    description: string!("The resource is an instance of the model"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T29: ComponentType = ComponentType {
    name: text!("dc_title"),
    extends: None,
    description: string!("Title of the model"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T30: ComponentType = ComponentType {
    name: text!("dc_description"),
    extends: None,
    description: string!("Description of the model"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T31: ComponentType = ComponentType {
    name: text!("dcterms_abstract"),
    extends: None,
    description: string!("Abstract of the model"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T32: ComponentType = ComponentType {
    name: text!("dcterms_license"),
    extends: None,
    description: string!("Licence of the model"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T33: ComponentType = ComponentType {
    name: text!("dcterms_created"),
    extends: None,
    description: string!("When the model was made"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    children: list![
        Child { name: text!("rdf:Description"), ty: text!("dcterms_created_description"), many: false, substitute: None, description: string!("Description of the resource") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T34: ComponentType = ComponentType {
    name: text!("dcterms_created_description"),
    extends: None,
    description: string!("The date a model was made, wrapped as RDF asks for"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    children: list![
        Child { name: text!("dcterms:W3CDTF"), ty: text!("dcterms_date"), many: false, substitute: None, description: string!("Date in W3C format") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T35: ComponentType = ComponentType {
    name: text!("dcterms_date"),
    extends: None,
    description: string!("A date in W3C format"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T36: ComponentType = ComponentType {
    name: text!("dcterms_modified"),
    extends: None,
    description: string!("When the model was changed"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    children: list![
        Child { name: text!("rdf:Description"), ty: text!("dcterms_modified_description"), many: false, substitute: None, description: string!("Description of the resource") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T37: ComponentType = ComponentType {
    name: text!("dcterms_modified_description"),
    extends: None,
    description: string!("The date a model was changed, wrapped as RDF asks for"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    children: list![
        Child { name: text!("dcterms:W3CDTF"), ty: text!("dcterms_date_list"), many: false, substitute: None, description: string!("Date in W3C format") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T38: ComponentType = ComponentType {
    name: text!("dcterms_date_list"),
    extends: Some(text!("baseAnnotation_without_ns")),
    description: string!("Several dates"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T39: ComponentType = ComponentType {
    name: text!("dc_source"),
    extends: Some(text!("baseAnnotation_without_ns")),
    description: string!("Where the model comes from"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T40: ComponentType = ComponentType {
    name: text!("prism_keyword"),
    extends: Some(text!("baseAnnotation_without_ns")),
    description: string!("Keywords of the model"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T41: ComponentType = ComponentType {
    name: text!("collex_thumbnail"),
    extends: Some(text!("baseAnnotation_without_ns")),
    description: string!("Small picture of the model"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T42: ComponentType = ComponentType {
    name: text!("scoro_successor"),
    extends: Some(text!("baseAnnotation_without_ns")),
    description: string!("What replaces the model"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T43: ComponentType = ComponentType {
    name: text!("rdfs_seeAlso"),
    extends: Some(text!("baseAnnotation_without_ns")),
    description: string!("Where to read on"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T44: ComponentType = ComponentType {
    name: text!("dcterms_references"),
    extends: Some(text!("baseAnnotation_without_ns")),
    description: string!("Works the model refers to"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T45: ComponentType = ComponentType {
    name: text!("dc_creator"),
    extends: Some(text!("baseAnnotation_without_ns")),
    description: string!("Who made the model"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T46: ComponentType = ComponentType {
    name: text!("dc_contributor"),
    extends: Some(text!("baseAnnotation_without_ns")),
    description: string!("Who helped to make the model"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T47: ComponentType = ComponentType {
    name: text!("scoro_funder"),
    extends: Some(text!("baseAnnotation_without_ns")),
    description: string!("Who paid for the model"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    ..ComponentType::EMPTY
};

pub(crate) const T48: ComponentType = ComponentType {
    name: text!("foaf_name"),
    extends: None,
    description: string!("Name of a person"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    texts: list![
        NameOnly { name: text!("rdf:resource"), description: string!("Address of the resource") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T49: ComponentType = ComponentType {
    name: text!("foaf_homepage"),
    extends: None,
    description: string!("Home page of a person or project"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    texts: list![
        NameOnly { name: text!("rdf:resource"), description: string!("Address of the resource") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T50: ComponentType = ComponentType {
    name: text!("foaf_account"),
    extends: None,
    description: string!("Account of a person on a site"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    texts: list![
        NameOnly { name: text!("rdf:resource"), description: string!("Address of the resource") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T51: ComponentType = ComponentType {
    name: text!("foaf_fundedBy"),
    extends: None,
    description: string!("Who paid a person or project"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    texts: list![
        NameOnly { name: text!("rdf:resource"), description: string!("Address of the resource") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T52: ComponentType = ComponentType {
    name: text!("foaf_mbox"),
    extends: None,
    description: string!("Mail address of a person"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    texts: list![
        NameOnly { name: text!("rdf:resource"), description: string!("Address of the resource") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T53: ComponentType = ComponentType {
    name: text!("foaf_weblog"),
    extends: None,
    description: string!("Blog of a person or project"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    texts: list![
        NameOnly { name: text!("rdf:resource"), description: string!("Address of the resource") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T54: ComponentType = ComponentType {
    name: text!("foaf_thumbnail"),
    extends: None,
    description: string!("Small picture of a person or project"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    texts: list![
        NameOnly { name: text!("rdf:resource"), description: string!("Address of the resource") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T55: ComponentType = ComponentType {
    name: text!("foaf_publications"),
    extends: None,
    description: string!("List of publications of a person"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    texts: list![
        NameOnly { name: text!("rdf:resource"), description: string!("Address of the resource") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T56: ComponentType = ComponentType {
    name: text!("orcid_id"),
    extends: None,
    description: string!("ORCID of a person"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    texts: list![
        NameOnly { name: text!("rdf:resource"), description: string!("Address of the resource") },
    ],
    ..ComponentType::EMPTY
};

pub(crate) const T57: ComponentType = ComponentType {
    name: text!("point3DWithDiam"),
    extends: None,
    description: string!("Point in space, in micrometres, with the diameter of the cell there"),
    file: string!("NeuroMLCoreCompTypes.xml"),
    parameters: list![
        Parameter { name: text!("x"), dimension: text!("none"), description: string!("Coordinate x, in micrometres without a unit") },
        Parameter { name: text!("y"), dimension: text!("none"), description: string!("Coordinate y, in micrometres without a unit") },
        Parameter { name: text!("z"), dimension: text!("none"), description: string!("Coordinate z, in micrometres without a unit") },
        Parameter { name: text!("diameter"), dimension: text!("none"), description: string!("Diameter, in micrometres without a unit") },
    ],
    derived_parameters: list![
        DerivedParameter { name: text!("radius"), dimension: Some(text!("length")), source: Source::Value(text!("MICRON * diameter / 2")), description: string!("Half the diameter, as a length") },
        DerivedParameter { name: text!("xLength"), dimension: Some(text!("length")), source: Source::Value(text!("MICRON * x")), description: string!("Coordinate x, as a length") },
        DerivedParameter { name: text!("yLength"), dimension: Some(text!("length")), source: Source::Value(text!("MICRON * y")), description: string!("Coordinate y, as a length") },
        DerivedParameter { name: text!("zLength"), dimension: Some(text!("length")), source: Source::Value(text!("MICRON * z")), description: string!("Coordinate z, as a length") },
    ],
    constants: list![
        Constant { name: text!("MICRON"), symbol: None, dimension: text!("length"), value: text!("1um"), description: string!("One micrometre, the unit of all points") },
    ],
    ..ComponentType::EMPTY
};
