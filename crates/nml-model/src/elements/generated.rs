//! One type per complex type of the standard.  Written by `cargo xtask codegen` from `schemas/structure/`.

use super::views;

views! {
    "Adaptive exponential integrate and fire cell." AdExIaFCell {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        quantity g_l "gL";
        quantity reset "reset";
        quantity thresh "thresh";
        quantity del_t "delT";
        quantity tauw "tauw";
        quantity refract "refract";
        quantity a "a";
        quantity b "b";
        quantity c "C";
        quantity el "EL";
        quantity vt "VT";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "PyNN synapse with alpha shaped conductance." AlphaCondSynapse {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        number tau_syn "tau_syn";
        number e_rev "e_rev";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "PyNN synapse with alpha shaped current." AlphaCurrSynapse {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        number tau_syn "tau_syn";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "A current shaped as an alpha function." AlphaCurrentSynapse {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        quantity tau "tau";
        quantity ibase "ibase";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "A conductance shaped as an alpha function." AlphaSynapse {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        quantity gbase "gbase";
        quantity erev "erev";
        quantity tau "tau";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "Free XML, mostly RDF, that says where a model comes from." Annotation {
    }
    "Anything named by its `id`." Base {
        text id "id";
    }
    "Any cell." BaseCell {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "Any cell with an absolute capacitance." BaseCellMembPotCap {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        quantity c "C";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "A synapse with a conductance and a reversal potential." BaseConductanceBasedSynapse {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        quantity gbase "gbase";
        quantity erev "erev";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "A synapse with two conductances and one reversal potential." BaseConductanceBasedSynapseTwo {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        quantity gbase1 "gbase1";
        quantity gbase2 "gbase2";
        quantity erev "erev";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "Any connection of a projection." BaseConnection {
        integer id "id";
        text neuro_lex_id "neuroLexId";
    }
    "A connection whose cells are given by index or path." BaseConnectionNewFormat {
        integer id "id";
        text neuro_lex_id "neuroLexId";
        text pre_cell "preCell";
        integer pre_segment "preSegment";
        number pre_fraction_along "preFractionAlong";
        text post_cell "postCell";
        integer post_segment "postSegment";
        number post_fraction_along "postFractionAlong";
    }
    "A connection whose cells are given by path." BaseConnectionOldFormat {
        integer id "id";
        text neuro_lex_id "neuroLexId";
        text pre_cell_id "preCellId";
        integer pre_segment_id "preSegmentId";
        number pre_fraction_along "preFractionAlong";
        text post_cell_id "postCellId";
        integer post_segment_id "postSegmentId";
        number post_fraction_along "postFractionAlong";
    }
    "A synapse that injects a current of its own shape." BaseCurrentBasedSynapse {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "Anything numbered from 0 by its `id`." BaseNonNegativeIntegerId {
        integer id "id";
    }
    "Any projection from one population to another." BaseProjection {
        text id "id";
        text presynaptic_population "presynapticPopulation";
        text postsynaptic_population "postsynapticPopulation";
    }
    "Any synapse of the PyNN library." BasePynnSynapse {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        number tau_syn "tau_syn";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "Any synapse." BaseSynapse {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "A synapse whose current depends on the membrane potential." BaseVoltageDepSynapse {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "Root of the hierarchy: nothing of its own." BaseWithoutId {
    }
    "What the membrane, inside and outside of a cell are made of." BiophysicalProperties {
        text id "id";
        text metaid "metaid";
        many property "property" Property;
        one annotation "annotation" Annotation;
        one membrane_properties "membraneProperties" MembraneProperties;
        one intracellular_properties "intracellularProperties" IntracellularProperties;
        one extracellular_properties "extracellularProperties" ExtracellularProperties;
    }
    "Biophysical properties of a cell with two pools of calcium." BiophysicalProperties2CaPools {
        text id "id";
        text metaid "metaid";
        many property "property" Property;
        one annotation "annotation" Annotation;
        one membrane_properties2_ca_pools "membraneProperties2CaPools" MembraneProperties2CaPools;
        one intracellular_properties2_ca_pools "intracellularProperties2CaPools" IntracellularProperties2CaPools;
        one extracellular_properties "extracellularProperties" ExtracellularProperties;
    }
    "A voltage dependent block such as that of magnesium." BlockMechanism {
        text ty "type";
        text species "species";
        quantity block_concentration "blockConcentration";
        quantity scaling_conc "scalingConc";
        quantity scaling_volt "scalingVolt";
    }
    "A rising and decaying conductance with optional block and plasticity." BlockingPlasticSynapse {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        quantity gbase "gbase";
        quantity erev "erev";
        quantity tau_decay "tauDecay";
        quantity tau_rise "tauRise";
        many property "property" Property;
        one annotation "annotation" Annotation;
        one plasticity_mechanism "plasticityMechanism" PlasticityMechanism;
        one block_mechanism "blockMechanism" BlockMechanism;
    }
    "One condition of a conditional variable and its expression." Case {
        text condition "condition";
        text value "value";
    }
    "A cell with a shape and biophysical properties." Cell {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        text morphology_id "morphology";
        text biophysical_properties_id "biophysicalProperties";
        many property "property" Property;
        one annotation "annotation" Annotation;
        one morphology "morphology" Morphology;
        one biophysical_properties "biophysicalProperties" BiophysicalProperties;
    }
    "A cell with two separate pools of calcium." Cell2CaPools {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        text morphology_id "morphology";
        text biophysical_properties_id "biophysicalProperties";
        many property "property" Property;
        one annotation "annotation" Annotation;
        one morphology "morphology" Morphology;
        one biophysical_properties "biophysicalProperties" BiophysicalProperties;
        one biophysical_properties2_ca_pools "biophysicalProperties2CaPools" BiophysicalProperties2CaPools;
    }
    "A set of cells chosen from the network." CellSet {
        text id "id";
        text select "select";
    }
    "A conductance density with fixed reversal potential." ChannelDensity {
        text id "id";
        text ion_channel "ionChannel";
        quantity cond_density "condDensity";
        quantity erev "erev";
        text segment_group "segmentGroup";
        integer segment "segment";
        text ion "ion";
        many variable_parameter "variableParameter" VariableParameter;
    }
    "A permeability after Goldman, Hodgkin and Katz." ChannelDensityGHK {
        text id "id";
        text ion_channel "ionChannel";
        quantity permeability "permeability";
        text segment_group "segmentGroup";
        text segment "segment";
        text ion "ion";
    }
    "A conductance density with rectification after Goldman, Hodgkin and Katz." ChannelDensityGHK2 {
        text id "id";
        text ion_channel "ionChannel";
        quantity cond_density "condDensity";
        text segment_group "segmentGroup";
        text segment "segment";
        text ion "ion";
    }
    "A conductance density with Nernst reversal potential." ChannelDensityNernst {
        text id "id";
        text ion_channel "ionChannel";
        quantity cond_density "condDensity";
        text segment_group "segmentGroup";
        text segment "segment";
        text ion "ion";
        many variable_parameter "variableParameter" VariableParameter;
    }
    "A conductance density with Nernst potential of the second calcium pool." ChannelDensityNernstCa2 {
        text id "id";
        text ion_channel "ionChannel";
        quantity cond_density "condDensity";
        text segment_group "segmentGroup";
        text segment "segment";
        text ion "ion";
        many variable_parameter "variableParameter" VariableParameter;
    }
    "A conductance density that varies along a group of segments." ChannelDensityNonUniform {
        text id "id";
        text ion_channel "ionChannel";
        quantity erev "erev";
        text ion "ion";
        many variable_parameter "variableParameter" VariableParameter;
    }
    "A varying permeability after Goldman, Hodgkin and Katz." ChannelDensityNonUniformGHK {
        text id "id";
        text ion_channel "ionChannel";
        text ion "ion";
        many variable_parameter "variableParameter" VariableParameter;
    }
    "A varying conductance density with Nernst reversal potential." ChannelDensityNonUniformNernst {
        text id "id";
        text ion_channel "ionChannel";
        text ion "ion";
        many variable_parameter "variableParameter" VariableParameter;
    }
    "A conductance density whose channel is moved along the voltage axis." ChannelDensityVShift {
        text id "id";
        text ion_channel "ionChannel";
        quantity cond_density "condDensity";
        quantity erev "erev";
        text segment_group "segmentGroup";
        integer segment "segment";
        text ion "ion";
        quantity v_shift "vShift";
        many variable_parameter "variableParameter" VariableParameter;
    }
    "A counted number of channels on a group of segments." ChannelPopulation {
        text id "id";
        text ion_channel "ionChannel";
        integer number "number";
        quantity erev "erev";
        text segment_group "segmentGroup";
        integer segment "segment";
        text ion "ion";
        many variable_parameter "variableParameter" VariableParameter;
    }
    "A state of a kinetic scheme that does not conduct." ClosedState {
        text id "id";
    }
    "A new kind of component, defined in LEMS inside the document." ComponentType {
        text name "name";
        text extends "extends";
        text description "description";
        many property "Property" LEMSProperty;
        many parameter "Parameter" Parameter;
        many derived_parameter "DerivedParameter" DerivedParameter;
        many constant "Constant" Constant;
        many exposure "Exposure" Exposure;
        many requirement "Requirement" Requirement;
        many instance_requirement "InstanceRequirement" InstanceRequirement;
        many dynamics "Dynamics" Dynamics;
    }
    "Several currents added up." CompoundInput {
        text id "id";
        text metaid "metaid";
        many property "property" Property;
        one annotation "annotation" Annotation;
        many pulse_generator "pulseGenerator" PulseGenerator;
        many sine_generator "sineGenerator" SineGenerator;
        many ramp_generator "rampGenerator" RampGenerator;
    }
    "Several dimensionless currents added up." CompoundInputDL {
        text id "id";
        text metaid "metaid";
        many property "property" Property;
        one annotation "annotation" Annotation;
        many pulse_generator_dl "pulseGeneratorDL" PulseGeneratorDL;
        many sine_generator_dl "sineGeneratorDL" SineGeneratorDL;
        many ramp_generator_dl "rampGeneratorDL" RampGeneratorDL;
    }
    "A decaying pool chosen by its `type` attribute." ConcentrationModelD {
        text id "id";
        text metaid "metaid";
        text ion "ion";
        quantity resting_conc "restingConc";
        quantity decay_constant "decayConstant";
        quantity shell_thickness "shellThickness";
        text ty "type";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "A derived quantity with one expression per condition." ConditionalDerivedVariable {
        text name "name";
        text dimension "dimension";
        text description "description";
        text exposure "exposure";
        many case "Case" Case;
    }
    "One connection of a projection." Connection {
        integer id "id";
        text neuro_lex_id "neuroLexId";
        text pre_cell_id "preCellId";
        integer pre_segment_id "preSegmentId";
        number pre_fraction_along "preFractionAlong";
        text post_cell_id "postCellId";
        integer post_segment_id "postSegmentId";
        number post_fraction_along "postFractionAlong";
    }
    "One connection with weight and delay." ConnectionWD {
        integer id "id";
        text neuro_lex_id "neuroLexId";
        text pre_cell_id "preCellId";
        integer pre_segment_id "preSegmentId";
        number pre_fraction_along "preFractionAlong";
        text post_cell_id "postCellId";
        integer post_segment_id "postSegmentId";
        number post_fraction_along "postFractionAlong";
        number weight "weight";
        quantity delay "delay";
    }
    "A named value that never changes." Constant {
        text name "name";
        text dimension "dimension";
        text value "value";
        text description "description";
    }
    "An analogue connection between cells given by index." ContinuousConnection {
        integer id "id";
        text neuro_lex_id "neuroLexId";
        text pre_cell "preCell";
        integer pre_segment "preSegment";
        number pre_fraction_along "preFractionAlong";
        text post_cell "postCell";
        integer post_segment "postSegment";
        number post_fraction_along "postFractionAlong";
        text pre_component "preComponent";
        text post_component "postComponent";
    }
    "An analogue connection between cells given by path." ContinuousConnectionInstance {
        integer id "id";
        text neuro_lex_id "neuroLexId";
        text pre_cell "preCell";
        integer pre_segment "preSegment";
        number pre_fraction_along "preFractionAlong";
        text post_cell "postCell";
        integer post_segment "postSegment";
        number post_fraction_along "postFractionAlong";
        text pre_component "preComponent";
        text post_component "postComponent";
    }
    "A weighted analogue connection between cells given by path." ContinuousConnectionInstanceW {
        integer id "id";
        text neuro_lex_id "neuroLexId";
        text pre_cell "preCell";
        integer pre_segment "preSegment";
        number pre_fraction_along "preFractionAlong";
        text post_cell "postCell";
        integer post_segment "postSegment";
        number post_fraction_along "postFractionAlong";
        text pre_component "preComponent";
        text post_component "postComponent";
        number weight "weight";
    }
    "Connections through analogue synapses." ContinuousProjection {
        text id "id";
        text presynaptic_population "presynapticPopulation";
        text postsynaptic_population "postsynapticPopulation";
        rows table "";
    }
    "Ion pool in a shell below the membrane that decays to rest." DecayingPoolConcentrationModel {
        text id "id";
        text metaid "metaid";
        text ion "ion";
        quantity resting_conc "restingConc";
        quantity decay_constant "decayConstant";
        quantity shell_thickness "shellThickness";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "A value computed once from parameters." DerivedParameter {
        text name "name";
        text dimension "dimension";
        text description "description";
        text value "value";
    }
    "A quantity computed from others at every step." DerivedVariable {
        text name "name";
        text dimension "dimension";
        text description "description";
        text exposure "exposure";
        text value "value";
        text select "select";
    }
    "How the measure of an inhomogeneous parameter is normalised." DistalDetails {
        number normalization_end "normalizationEnd";
    }
    "Two synapses in parallel behind one event source." DoubleSynapse {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        text synapse1 "synapse1";
        text synapse2 "synapse2";
        text synapse1_path "synapse1Path";
        text synapse2_path "synapse2Path";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "How a component behaves in time." Dynamics {
        many state_variable "StateVariable" StateVariable;
        many derived_variable "DerivedVariable" DerivedVariable;
        many conditional_derived_variable "ConditionalDerivedVariable" ConditionalDerivedVariable;
        many time_derivative "TimeDerivative" TimeDerivative;
        one on_start "OnStart" OnStart;
        many on_event "OnEvent" OnEvent;
        many on_condition "OnCondition" OnCondition;
        many regime "Regime" Regime;
    }
    "PyNN adaptive exponential cell with alpha shaped conductances." EIFCondAlphaIsfaIsta {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        number cm "cm";
        number i_offset "i_offset";
        number tau_syn_e "tau_syn_E";
        number tau_syn_i "tau_syn_I";
        number v_init "v_init";
        number tau_m "tau_m";
        number tau_refrac "tau_refrac";
        number v_reset "v_reset";
        number v_rest "v_rest";
        number v_thresh "v_thresh";
        number e_rev_e "e_rev_E";
        number e_rev_i "e_rev_I";
        number a "a";
        number b "b";
        number delta_t "delta_T";
        number tau_w "tau_w";
        number v_spike "v_spike";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "PyNN adaptive exponential cell with exponential conductances." EIFCondExpIsfaIsta {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        number cm "cm";
        number i_offset "i_offset";
        number tau_syn_e "tau_syn_E";
        number tau_syn_i "tau_syn_I";
        number v_init "v_init";
        number tau_m "tau_m";
        number tau_refrac "tau_refrac";
        number v_reset "v_reset";
        number v_rest "v_rest";
        number v_thresh "v_thresh";
        number e_rev_e "e_rev_E";
        number e_rev_i "e_rev_I";
        number a "a";
        number b "b";
        number delta_t "delta_T";
        number tau_w "tau_w";
        number v_spike "v_spike";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "A gap junction between cells given by index." ElectricalConnection {
        integer id "id";
        text neuro_lex_id "neuroLexId";
        text pre_cell "preCell";
        integer pre_segment "preSegment";
        number pre_fraction_along "preFractionAlong";
        text post_cell "postCell";
        integer post_segment "postSegment";
        number post_fraction_along "postFractionAlong";
        text synapse "synapse";
    }
    "A gap junction between cells given by path." ElectricalConnectionInstance {
        integer id "id";
        text neuro_lex_id "neuroLexId";
        text pre_cell "preCell";
        integer pre_segment "preSegment";
        number pre_fraction_along "preFractionAlong";
        text post_cell "postCell";
        integer post_segment "postSegment";
        number post_fraction_along "postFractionAlong";
        text synapse "synapse";
    }
    "A weighted gap junction between cells given by path." ElectricalConnectionInstanceW {
        integer id "id";
        text neuro_lex_id "neuroLexId";
        text pre_cell "preCell";
        integer pre_segment "preSegment";
        number pre_fraction_along "preFractionAlong";
        text post_cell "postCell";
        integer post_segment "postSegment";
        number post_fraction_along "postFractionAlong";
        text synapse "synapse";
        number weight "weight";
    }
    "Connections through gap junctions." ElectricalProjection {
        text id "id";
        text presynaptic_population "presynapticPopulation";
        text postsynaptic_population "postsynapticPopulation";
        rows table "";
    }
    "Sends an event through a port." EventOut {
        text port "port";
    }
    "PyNN synapse with exponential conductance." ExpCondSynapse {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        number tau_syn "tau_syn";
        number e_rev "e_rev";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "PyNN synapse with exponential current." ExpCurrSynapse {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        number tau_syn "tau_syn";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "A conductance that jumps and decays exponentially." ExpOneSynapse {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        quantity gbase "gbase";
        quantity erev "erev";
        quantity tau_decay "tauDecay";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "Two decaying conductances with a common rise." ExpThreeSynapse {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        quantity gbase1 "gbase1";
        quantity gbase2 "gbase2";
        quantity erev "erev";
        quantity tau_decay1 "tauDecay1";
        quantity tau_decay2 "tauDecay2";
        quantity tau_rise "tauRise";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "A conductance with exponential rise and decay." ExpTwoSynapse {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        quantity gbase "gbase";
        quantity erev "erev";
        quantity tau_decay "tauDecay";
        quantity tau_rise "tauRise";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "One input into one cell." ExplicitInput {
        text target "target";
        text input "input";
        text destination "destination";
    }
    "A quantity that others may read." Exposure {
        text name "name";
        text dimension "dimension";
        text description "description";
    }
    "What is around the cell." ExtracellularProperties {
        text id "id";
        many species "species" Species;
    }
    "What is around the cells of one network." ExtracellularPropertiesLocal {
        text id "id";
        many species "species" Species;
    }
    "The two variable cell of FitzHugh 1969 with free constants." FitzHughNagumo1969Cell {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        quantity a "a";
        quantity b "b";
        quantity phi "phi";
        quantity i "I";
        quantity v0 "V0";
        quantity w0 "W0";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "The two variable cell of FitzHugh and Nagumo with fixed constants." FitzHughNagumoCell {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        quantity i "I";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "Ion pool filled in proportion to the current density." FixedFactorConcentrationModel {
        text id "id";
        text metaid "metaid";
        text ion "ion";
        quantity resting_conc "restingConc";
        quantity decay_constant "decayConstant";
        quantity rho "rho";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "The rate from one state of a scheme to another." ForwardTransition {
        text id "id";
        text from_id "from";
        text to "to";
    }
    "An electrical connection of constant conductance." GapJunction {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        quantity conductance "conductance";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "A gate that is a weighted sum of sub-gates." GateFractional {
        text id "id";
        integer instances "instances";
        one q10_settings "q10Settings" Q10Settings;
        many sub_gate "subGate" GateFractionalSubgate;
    }
    "One share of a fractional gate." GateFractionalSubgate {
        text id "id";
        quantity fractional_conductance "fractionalConductance";
        one q10_settings "q10Settings" Q10Settings;
        one steady_state "steadyState" HHVariable;
        one time_course "timeCourse" HHTime;
    }
    "A gate that is always at its steady state." GateHHInstantaneous {
        text id "id";
        integer instances "instances";
        one steady_state "steadyState" HHVariable;
    }
    "A gate given by forward and reverse rates." GateHHRates {
        text id "id";
        integer instances "instances";
        one q10_settings "q10Settings" Q10Settings;
        one forward_rate "forwardRate" HHRate;
        one reverse_rate "reverseRate" HHRate;
    }
    "A gate with rates whose steady state is overridden." GateHHRatesInf {
        text id "id";
        integer instances "instances";
        one q10_settings "q10Settings" Q10Settings;
        one forward_rate "forwardRate" HHRate;
        one reverse_rate "reverseRate" HHRate;
        one steady_state "steadyState" HHVariable;
    }
    "A gate with rates whose time course is overridden." GateHHRatesTau {
        text id "id";
        integer instances "instances";
        one q10_settings "q10Settings" Q10Settings;
        one forward_rate "forwardRate" HHRate;
        one reverse_rate "reverseRate" HHRate;
        one time_course "timeCourse" HHTime;
    }
    "A gate with rates whose time course and steady state are both overridden." GateHHRatesTauInf {
        text id "id";
        integer instances "instances";
        one q10_settings "q10Settings" Q10Settings;
        one forward_rate "forwardRate" HHRate;
        one reverse_rate "reverseRate" HHRate;
        one time_course "timeCourse" HHTime;
        one steady_state "steadyState" HHVariable;
    }
    "A gate given by time course and steady state." GateHHTauInf {
        text id "id";
        integer instances "instances";
        one q10_settings "q10Settings" Q10Settings;
        one time_course "timeCourse" HHTime;
        one steady_state "steadyState" HHVariable;
    }
    "A gate whose form is chosen by its `type` attribute." GateHHUndetermined {
        text id "id";
        integer instances "instances";
        text ty "type";
        one q10_settings "q10Settings" Q10Settings;
        one forward_rate "forwardRate" HHRate;
        one reverse_rate "reverseRate" HHRate;
        one time_course "timeCourse" HHTime;
        one steady_state "steadyState" HHVariable;
        many sub_gate "subGate" GateFractionalSubgate;
    }
    "A gate described by a kinetic scheme." GateKS {
        text id "id";
        integer instances "instances";
        one q10_settings "q10Settings" Q10Settings;
        many closed_state "closedState" ClosedState;
        many open_state "openState" OpenState;
        many forward_transition "forwardTransition" ForwardTransition;
        many reverse_transition "reverseTransition" ReverseTransition;
        many tau_inf_transition "tauInfTransition" TauInfTransition;
    }
    "An analogue synapse with sigmoid activation." GradedSynapse {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        quantity conductance "conductance";
        quantity delta "delta";
        quantity k "k";
        quantity erev "erev";
        quantity vth "Vth";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "Cells on a grid." GridLayout {
        integer x_size "xSize";
        integer y_size "ySize";
        integer z_size "zSize";
    }
    "A transition rate as a function of voltage." HHRate {
        text ty "type";
        quantity rate "rate";
        quantity midpoint "midpoint";
        quantity scale "scale";
    }
    "A time constant as a function of voltage." HHTime {
        text ty "type";
        quantity rate "rate";
        quantity midpoint "midpoint";
        quantity scale "scale";
        quantity tau "tau";
    }
    "A dimensionless steady state as a function of voltage." HHVariable {
        text ty "type";
        number rate "rate";
        quantity midpoint "midpoint";
        quantity scale "scale";
    }
    "PyNN Hodgkin and Huxley cell with exponential conductances." HHCondExp {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        number cm "cm";
        number i_offset "i_offset";
        number tau_syn_e "tau_syn_E";
        number tau_syn_i "tau_syn_I";
        number v_init "v_init";
        number v_offset "v_offset";
        number e_rev_e "e_rev_E";
        number e_rev_i "e_rev_I";
        number e_rev_k "e_rev_K";
        number e_rev_na "e_rev_Na";
        number e_rev_leak "e_rev_leak";
        number g_leak "g_leak";
        number gbar_k "gbar_K";
        number gbar_na "gbar_Na";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "The bursting cell of Hindmarsh and Rose." HindmarshRose1984Cell {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        quantity a "a";
        quantity b "b";
        quantity c "c";
        quantity d "d";
        quantity s "s";
        quantity x1 "x1";
        quantity r "r";
        quantity x0 "x0";
        quantity y0 "y0";
        quantity z0 "z0";
        quantity v_scaling "v_scaling";
        quantity upper_c "C";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "PyNN integrate and fire cell with alpha shaped conductances." IFCondAlpha {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        number cm "cm";
        number i_offset "i_offset";
        number tau_syn_e "tau_syn_E";
        number tau_syn_i "tau_syn_I";
        number v_init "v_init";
        number tau_m "tau_m";
        number tau_refrac "tau_refrac";
        number v_reset "v_reset";
        number v_rest "v_rest";
        number v_thresh "v_thresh";
        number e_rev_e "e_rev_E";
        number e_rev_i "e_rev_I";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "PyNN integrate and fire cell with exponential conductances." IFCondExp {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        number cm "cm";
        number i_offset "i_offset";
        number tau_syn_e "tau_syn_E";
        number tau_syn_i "tau_syn_I";
        number v_init "v_init";
        number tau_m "tau_m";
        number tau_refrac "tau_refrac";
        number v_reset "v_reset";
        number v_rest "v_rest";
        number v_thresh "v_thresh";
        number e_rev_e "e_rev_E";
        number e_rev_i "e_rev_I";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "PyNN integrate and fire cell with alpha shaped currents." IFCurrAlpha {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        number cm "cm";
        number i_offset "i_offset";
        number tau_syn_e "tau_syn_E";
        number tau_syn_i "tau_syn_I";
        number v_init "v_init";
        number tau_m "tau_m";
        number tau_refrac "tau_refrac";
        number v_reset "v_reset";
        number v_rest "v_rest";
        number v_thresh "v_thresh";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "PyNN integrate and fire cell with exponential currents." IFCurrExp {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        number cm "cm";
        number i_offset "i_offset";
        number tau_syn_e "tau_syn_E";
        number tau_syn_i "tau_syn_I";
        number v_init "v_init";
        number tau_m "tau_m";
        number tau_refrac "tau_refrac";
        number v_reset "v_reset";
        number v_rest "v_rest";
        number v_thresh "v_thresh";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "Integrate and fire cell given by capacitance and leak conductance." IafCell {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        quantity leak_reversal "leakReversal";
        quantity thresh "thresh";
        quantity reset "reset";
        quantity leak_conductance "leakConductance";
        quantity c "C";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "Integrate and fire cell with capacitance, leak and refractory period." IafRefCell {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        quantity leak_reversal "leakReversal";
        quantity thresh "thresh";
        quantity reset "reset";
        quantity leak_conductance "leakConductance";
        quantity refract "refract";
        quantity c "C";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "Integrate and fire cell given by a time constant." IafTauCell {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        quantity leak_reversal "leakReversal";
        quantity thresh "thresh";
        quantity reset "reset";
        quantity tau "tau";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "Integrate and fire cell given by a time constant, with refractory period." IafTauRefCell {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        quantity leak_reversal "leakReversal";
        quantity thresh "thresh";
        quantity reset "reset";
        quantity tau "tau";
        quantity refract "refract";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "All segments of another group." Include {
        text segment_group "segmentGroup";
    }
    "Another file whose contents belong to this document." IncludeType {
        text href "href";
    }
    "A variable that measures where a segment lies in its group." InhomogeneousParameter {
        text id "id";
        text variable "variable";
        text metric "metric";
        one proximal "proximal" ProximalDetails;
        one distal "distal" DistalDetails;
    }
    "The expression a varying parameter follows." InhomogeneousValue {
        text inhomogeneous_parameter "inhomogeneousParameter";
        text value "value";
    }
    "The membrane potential at the start." InitMembPotential {
        quantity value "value";
        text segment_group "segmentGroup";
    }
    "One input of a list." Input {
        integer id "id";
        text target "target";
        text destination "destination";
        integer segment_id "segmentId";
        number fraction_along "fractionAlong";
    }
    "Inputs of one kind into cells of one population." InputList {
        text id "id";
        text population "population";
        text component "component";
        rows table "";
    }
    "One weighted input of a list." InputW {
        integer id "id";
        text target "target";
        text destination "destination";
        integer segment_id "segmentId";
        number fraction_along "fractionAlong";
        number weight "weight";
    }
    "One cell of a population." Instance {
        integer id "id";
        integer i "i";
        integer j "j";
        integer k "k";
        one location "location" Location;
    }
    "A component instance that must be in scope." InstanceRequirement {
        text name "name";
        text ty "type";
    }
    "What the cytoplasm is made of." IntracellularProperties {
        many species "species" Species;
        many resistivity "resistivity" Resistivity;
    }
    "The cytoplasm of a cell with two pools of calcium." IntracellularProperties2CaPools {
        many species "species" Species;
        many resistivity "resistivity" Resistivity;
    }
    "An ion channel with gates in the Hodgkin and Huxley manner." IonChannel {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        text species "species";
        text ty "type";
        quantity conductance "conductance";
        many property "property" Property;
        one annotation "annotation" Annotation;
        many q10_conductance_scaling "q10ConductanceScaling" Q10ConductanceScaling;
        many gate "gate" GateHHUndetermined;
        many gate_hhrates "gateHHrates" GateHHRates;
        many gate_hhrates_tau "gateHHratesTau" GateHHRatesTau;
        many gate_hhtau_inf "gateHHtauInf" GateHHTauInf;
        many gate_hhrates_inf "gateHHratesInf" GateHHRatesInf;
        many gate_hhrates_tau_inf "gateHHratesTauInf" GateHHRatesTauInf;
        many gate_hhinstantaneous "gateHHInstantaneous" GateHHInstantaneous;
        many gate_fractional "gateFractional" GateFractional;
    }
    "An ion channel with gates in the Hodgkin and Huxley manner." IonChannelHH {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        text species "species";
        text ty "type";
        quantity conductance "conductance";
        many property "property" Property;
        one annotation "annotation" Annotation;
        many q10_conductance_scaling "q10ConductanceScaling" Q10ConductanceScaling;
        many gate "gate" GateHHUndetermined;
        many gate_hhrates "gateHHrates" GateHHRates;
        many gate_hhrates_tau "gateHHratesTau" GateHHRatesTau;
        many gate_hhtau_inf "gateHHtauInf" GateHHTauInf;
        many gate_hhrates_inf "gateHHratesInf" GateHHRatesInf;
        many gate_hhrates_tau_inf "gateHHratesTauInf" GateHHRatesTauInf;
        many gate_hhinstantaneous "gateHHInstantaneous" GateHHInstantaneous;
        many gate_fractional "gateFractional" GateFractional;
    }
    "An ion channel made of kinetic schemes." IonChannelKS {
        text id "id";
        text metaid "metaid";
        text species "species";
        quantity conductance "conductance";
        text neuro_lex_id "neuroLexId";
        many property "property" Property;
        one annotation "annotation" Annotation;
        many gate_ks "gateKS" GateKS;
    }
    "An ion channel whose conductance may depend on temperature." IonChannelScalable {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        many property "property" Property;
        one annotation "annotation" Annotation;
        many q10_conductance_scaling "q10ConductanceScaling" Q10ConductanceScaling;
    }
    "An ion channel whose rates are moved along the voltage axis." IonChannelVShift {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        text species "species";
        text ty "type";
        quantity conductance "conductance";
        quantity v_shift "vShift";
        many property "property" Property;
        one annotation "annotation" Annotation;
        many q10_conductance_scaling "q10ConductanceScaling" Q10ConductanceScaling;
        many gate "gate" GateHHUndetermined;
        many gate_hhrates "gateHHrates" GateHHRates;
        many gate_hhrates_tau "gateHHratesTau" GateHHRatesTau;
        many gate_hhtau_inf "gateHHtauInf" GateHHTauInf;
        many gate_hhrates_inf "gateHHratesInf" GateHHRatesInf;
        many gate_hhrates_tau_inf "gateHHratesTauInf" GateHHRatesTauInf;
        many gate_hhinstantaneous "gateHHInstantaneous" GateHHInstantaneous;
        many gate_fractional "gateFractional" GateFractional;
    }
    "The spiking cell of Izhikevich 2007 with physical dimensions." Izhikevich2007Cell {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        quantity v0 "v0";
        quantity k "k";
        quantity vr "vr";
        quantity vt "vt";
        quantity vpeak "vpeak";
        quantity a "a";
        quantity b "b";
        quantity c "c";
        quantity d "d";
        quantity upper_c "C";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "The dimensionless spiking cell of Izhikevich 2003." IzhikevichCell {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        quantity v0 "v0";
        quantity thresh "thresh";
        quantity a "a";
        quantity b "b";
        quantity c "c";
        quantity d "d";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "A value that each instance may set for itself." LEMSProperty {
        text name "name";
        text dimension "dimension";
        text description "description";
        number default_value "defaultValue";
    }
    "How the cells of a population are placed." Layout {
        text space "space";
        one random "random" RandomLayout;
        one grid "grid" GridLayout;
        one unstructured "unstructured" UnstructuredLayout;
    }
    "An analogue synapse with current proportional to a voltage difference." LinearGradedSynapse {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        quantity conductance "conductance";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "Where a cell is, in micrometres." Location {
        number x "x";
        number y "y";
        number z "z";
    }
    "One segment of a group." Member {
        integer segment "segment";
    }
    "Channels, thresholds, capacitances and starting potentials of the membrane." MembraneProperties {
        many channel_population "channelPopulation" ChannelPopulation;
        many channel_density "channelDensity" ChannelDensity;
        many channel_density_vshift "channelDensityVShift" ChannelDensityVShift;
        many channel_density_nernst "channelDensityNernst" ChannelDensityNernst;
        many channel_density_ghk "channelDensityGHK" ChannelDensityGHK;
        many channel_density_ghk2 "channelDensityGHK2" ChannelDensityGHK2;
        many channel_density_non_uniform "channelDensityNonUniform" ChannelDensityNonUniform;
        many channel_density_non_uniform_nernst "channelDensityNonUniformNernst" ChannelDensityNonUniformNernst;
        many channel_density_non_uniform_ghk "channelDensityNonUniformGHK" ChannelDensityNonUniformGHK;
        many spike_thresh "spikeThresh" SpikeThresh;
        many specific_capacitance "specificCapacitance" SpecificCapacitance;
        many init_memb_potential "initMembPotential" InitMembPotential;
    }
    "Membrane properties of a cell with two pools of calcium." MembraneProperties2CaPools {
        many channel_population "channelPopulation" ChannelPopulation;
        many channel_density "channelDensity" ChannelDensity;
        many channel_density_vshift "channelDensityVShift" ChannelDensityVShift;
        many channel_density_nernst "channelDensityNernst" ChannelDensityNernst;
        many channel_density_ghk "channelDensityGHK" ChannelDensityGHK;
        many channel_density_ghk2 "channelDensityGHK2" ChannelDensityGHK2;
        many channel_density_non_uniform "channelDensityNonUniform" ChannelDensityNonUniform;
        many channel_density_non_uniform_nernst "channelDensityNonUniformNernst" ChannelDensityNonUniformNernst;
        many channel_density_non_uniform_ghk "channelDensityNonUniformGHK" ChannelDensityNonUniformGHK;
        many spike_thresh "spikeThresh" SpikeThresh;
        many specific_capacitance "specificCapacitance" SpecificCapacitance;
        many init_memb_potential "initMembPotential" InitMembPotential;
        many channel_density_nernst_ca2 "channelDensityNernstCa2" ChannelDensityNernstCa2;
    }
    "The shape of a cell: its segments and their groups." Morphology {
        text id "id";
        text metaid "metaid";
        many property "property" Property;
        one annotation "annotation" Annotation;
        many segment "segment" Segment;
        many segment_group "segmentGroup" SegmentGroup;
    }
    "Something with a name and a dimension." NamedDimensionalType {
        text name "name";
        text dimension "dimension";
        text description "description";
    }
    "Something with a name, a dimension and perhaps an exposure." NamedDimensionalVariable {
        text name "name";
        text dimension "dimension";
        text description "description";
        text exposure "exposure";
    }
    "Populations of cells, their connections and inputs." Network {
        text id "id";
        text metaid "metaid";
        text ty "type";
        quantity temperature "temperature";
        text neuro_lex_id "neuroLexId";
        many property "property" Property;
        one annotation "annotation" Annotation;
        many space "space" Space;
        many region "region" Region;
        many extracellular_properties "extracellularProperties" ExtracellularPropertiesLocal;
        many population "population" Population;
        many cell_set "cellSet" CellSet;
        many synaptic_connection "synapticConnection" SynapticConnection;
        many projection "projection" Projection;
        many electrical_projection "electricalProjection" ElectricalProjection;
        many continuous_projection "continuousProjection" ContinuousProjection;
        many explicit_input "explicitInput" ExplicitInput;
        many input_list "inputList" InputList;
    }
    "The root element of a NeuroML 2 file." NeuroMLDocument {
        text id "id";
        text metaid "metaid";
        many property "property" Property;
        one annotation "annotation" Annotation;
        many include "include" IncludeType;
        many extracellular_properties "extracellularProperties" ExtracellularProperties;
        many intracellular_properties "intracellularProperties" IntracellularProperties;
        many morphology "morphology" Morphology;
        many ion_channel "ionChannel" IonChannel;
        many ion_channel_hh "ionChannelHH" IonChannelHH;
        many ion_channel_vshift "ionChannelVShift" IonChannelVShift;
        many ion_channel_ks "ionChannelKS" IonChannelKS;
        many decaying_pool_concentration_model "decayingPoolConcentrationModel" DecayingPoolConcentrationModel;
        many fixed_factor_concentration_model "fixedFactorConcentrationModel" FixedFactorConcentrationModel;
        many alpha_current_synapse "alphaCurrentSynapse" AlphaCurrentSynapse;
        many alpha_synapse "alphaSynapse" AlphaSynapse;
        many exp_one_synapse "expOneSynapse" ExpOneSynapse;
        many exp_two_synapse "expTwoSynapse" ExpTwoSynapse;
        many exp_three_synapse "expThreeSynapse" ExpThreeSynapse;
        many blocking_plastic_synapse "blockingPlasticSynapse" BlockingPlasticSynapse;
        many double_synapse "doubleSynapse" DoubleSynapse;
        many gap_junction "gapJunction" GapJunction;
        many silent_synapse "silentSynapse" SilentSynapse;
        many linear_graded_synapse "linearGradedSynapse" LinearGradedSynapse;
        many graded_synapse "gradedSynapse" GradedSynapse;
        many biophysical_properties "biophysicalProperties" BiophysicalProperties;
        many cell "cell" Cell;
        many cell2_ca_pools "cell2CaPools" Cell2CaPools;
        many base_cell "baseCell" BaseCell;
        many iaf_tau_cell "iafTauCell" IafTauCell;
        many iaf_tau_ref_cell "iafTauRefCell" IafTauRefCell;
        many iaf_cell "iafCell" IafCell;
        many iaf_ref_cell "iafRefCell" IafRefCell;
        many izhikevich_cell "izhikevichCell" IzhikevichCell;
        many izhikevich2007_cell "izhikevich2007Cell" Izhikevich2007Cell;
        many ad_ex_ia_fcell "adExIaFCell" AdExIaFCell;
        many fitz_hugh_nagumo_cell "fitzHughNagumoCell" FitzHughNagumoCell;
        many fitz_hugh_nagumo1969_cell "fitzHughNagumo1969Cell" FitzHughNagumo1969Cell;
        many pinsky_rinzel_ca3_cell "pinskyRinzelCA3Cell" PinskyRinzelCA3Cell;
        many hindmarsh_rose1984_cell "hindmarshRose1984Cell" HindmarshRose1984Cell;
        many pulse_generator "pulseGenerator" PulseGenerator;
        many pulse_generator_dl "pulseGeneratorDL" PulseGeneratorDL;
        many sine_generator "sineGenerator" SineGenerator;
        many sine_generator_dl "sineGeneratorDL" SineGeneratorDL;
        many ramp_generator "rampGenerator" RampGenerator;
        many ramp_generator_dl "rampGeneratorDL" RampGeneratorDL;
        many compound_input "compoundInput" CompoundInput;
        many compound_input_dl "compoundInputDL" CompoundInputDL;
        many voltage_clamp "voltageClamp" VoltageClamp;
        many voltage_clamp_triple "voltageClampTriple" VoltageClampTriple;
        many spike_array "spikeArray" SpikeArray;
        many timed_synaptic_input "timedSynapticInput" TimedSynapticInput;
        many spike_generator "spikeGenerator" SpikeGenerator;
        many spike_generator_random "spikeGeneratorRandom" SpikeGeneratorRandom;
        many spike_generator_poisson "spikeGeneratorPoisson" SpikeGeneratorPoisson;
        many spike_generator_ref_poisson "spikeGeneratorRefPoisson" SpikeGeneratorRefPoisson;
        many poisson_firing_synapse "poissonFiringSynapse" PoissonFiringSynapse;
        many transient_poisson_firing_synapse "transientPoissonFiringSynapse" TransientPoissonFiringSynapse;
        many if_curr_alpha "IF_curr_alpha" IFCurrAlpha;
        many if_curr_exp "IF_curr_exp" IFCurrExp;
        many if_cond_alpha "IF_cond_alpha" IFCondAlpha;
        many if_cond_exp "IF_cond_exp" IFCondExp;
        many eif_cond_exp_isfa_ista "EIF_cond_exp_isfa_ista" EIFCondExpIsfaIsta;
        many eif_cond_alpha_isfa_ista "EIF_cond_alpha_isfa_ista" EIFCondAlphaIsfaIsta;
        many hh_cond_exp "HH_cond_exp" HHCondExp;
        many exp_cond_synapse "expCondSynapse" ExpCondSynapse;
        many alpha_cond_synapse "alphaCondSynapse" AlphaCondSynapse;
        many exp_curr_synapse "expCurrSynapse" ExpCurrSynapse;
        many alpha_curr_synapse "alphaCurrSynapse" AlphaCurrSynapse;
        many spike_source_poisson "SpikeSourcePoisson" SpikeSourcePoisson;
        many network "network" Network;
        many component_type "ComponentType" ComponentType;
    }
    "What happens when a condition becomes true." OnCondition {
        text test "test";
        many state_assignment "StateAssignment" StateAssignment;
        many event_out "EventOut" EventOut;
        one transition "Transition" Transition;
    }
    "What happens when a regime is entered." OnEntry {
        many state_assignment "StateAssignment" StateAssignment;
    }
    "What happens when an event arrives at a port." OnEvent {
        text port "port";
        many state_assignment "StateAssignment" StateAssignment;
        many event_out "EventOut" EventOut;
    }
    "What happens once, before the first step." OnStart {
        many state_assignment "StateAssignment" StateAssignment;
    }
    "A state of a kinetic scheme that conducts." OpenState {
        text id "id";
    }
    "A value every component of the type must give." Parameter {
        text name "name";
        text dimension "dimension";
        text description "description";
    }
    "The segments on the way from one segment to another." Path {
        one from_id "from" SegmentEndPoint;
        one to "to" SegmentEndPoint;
    }
    "The two compartment hippocampal cell of Pinsky and Rinzel." PinskyRinzelCA3Cell {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        quantity i_soma "iSoma";
        quantity i_dend "iDend";
        quantity gc "gc";
        quantity g_ls "gLs";
        quantity g_ld "gLd";
        quantity g_na "gNa";
        quantity g_kdr "gKdr";
        quantity g_ca "gCa";
        quantity g_kahp "gKahp";
        quantity g_kc "gKC";
        quantity g_nmda "gNmda";
        quantity g_ampa "gAmpa";
        quantity e_na "eNa";
        quantity e_ca "eCa";
        quantity e_k "eK";
        quantity e_l "eL";
        quantity qd0 "qd0";
        quantity pp "pp";
        quantity alphac "alphac";
        quantity betac "betac";
        quantity cm "cm";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "Short term plasticity of the release." PlasticityMechanism {
        text ty "type";
        number init_release_prob "initReleaseProb";
        quantity tau_rec "tauRec";
        quantity tau_fac "tauFac";
    }
    "A point and the diameter there, in micrometres." Point3DWithDiam {
        number x "x";
        number y "y";
        number z "z";
        number diameter "diameter";
    }
    "A synapse driven by a Poisson process." PoissonFiringSynapse {
        text id "id";
        text metaid "metaid";
        quantity average_rate "averageRate";
        text synapse "synapse";
        text spike_target "spikeTarget";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "Cells of one kind." Population {
        text id "id";
        text metaid "metaid";
        text component "component";
        integer size "size";
        text ty "type";
        text extracellular_properties "extracellularProperties";
        text neuro_lex_id "neuroLexId";
        many property "property" Property;
        one annotation "annotation" Annotation;
        one layout "layout" Layout;
        rows table "";
    }
    "Connections through an event driven synapse." Projection {
        text id "id";
        text presynaptic_population "presynapticPopulation";
        text postsynaptic_population "postsynapticPopulation";
        text synapse "synapse";
        rows table "";
    }
    "A free key and value attached to an element." Property {
        text tag "tag";
        text value "value";
    }
    "Where the measure of an inhomogeneous parameter starts." ProximalDetails {
        number translation_start "translationStart";
    }
    "A current step." PulseGenerator {
        text id "id";
        text metaid "metaid";
        quantity delay "delay";
        quantity duration "duration";
        quantity amplitude "amplitude";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "A dimensionless current step." PulseGeneratorDL {
        text id "id";
        text metaid "metaid";
        quantity delay "delay";
        quantity duration "duration";
        quantity amplitude "amplitude";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "How the conductance grows with temperature." Q10ConductanceScaling {
        quantity q10_factor "q10Factor";
        quantity experimental_temp "experimentalTemp";
    }
    "How the rates of a gate depend on temperature." Q10Settings {
        text ty "type";
        quantity fixed_q10 "fixedQ10";
        quantity q10_factor "q10Factor";
        quantity experimental_temp "experimentalTemp";
    }
    "A current that changes linearly." RampGenerator {
        text id "id";
        text metaid "metaid";
        quantity delay "delay";
        quantity duration "duration";
        quantity start_amplitude "startAmplitude";
        quantity finish_amplitude "finishAmplitude";
        quantity baseline_amplitude "baselineAmplitude";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "A dimensionless current that changes linearly." RampGeneratorDL {
        text id "id";
        text metaid "metaid";
        quantity delay "delay";
        quantity duration "duration";
        quantity start_amplitude "startAmplitude";
        quantity finish_amplitude "finishAmplitude";
        quantity baseline_amplitude "baselineAmplitude";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "Cells at random positions in a region." RandomLayout {
        integer number "number";
        text region "region";
    }
    "Reactions described in another language." ReactionScheme {
        text id "id";
        text source "source";
        text ty "type";
    }
    "One of several modes with its own equations." Regime {
        text name "name";
        text initial "initial";
        many time_derivative "TimeDerivative" TimeDerivative;
        one on_entry "OnEntry" OnEntry;
        many on_condition "OnCondition" OnCondition;
    }
    "A part of a space." Region {
        text id "id";
        text space "space";
    }
    "A quantity that must be in scope around the component." Requirement {
        text name "name";
        text dimension "dimension";
        text description "description";
    }
    "Resistivity of the cytoplasm." Resistivity {
        quantity value "value";
        text segment_group "segmentGroup";
    }
    "The rate back to the first state." ReverseTransition {
        text id "id";
        text from_id "from";
        text to "to";
    }
    "A frustum between two points, attached to its parent." Segment {
        integer id "id";
        text name "name";
        text neuro_lex_id "neuroLexId";
        one parent "parent" SegmentParent;
        one proximal "proximal" Point3DWithDiam;
        one distal "distal" Point3DWithDiam;
    }
    "One end of a path or subtree." SegmentEndPoint {
        integer segment "segment";
    }
    "A named set of segments." SegmentGroup {
        text id "id";
        text neuro_lex_id "neuroLexId";
        many property "property" Property;
        one annotation "annotation" Annotation;
        many member "member" Member;
        many include "include" Include;
        many path "path" Path;
        many sub_tree "subTree" SubTree;
        many inhomogeneous_parameter "inhomogeneousParameter" InhomogeneousParameter;
    }
    "Which segment this one is attached to, and where." SegmentParent {
        integer segment "segment";
        number fraction_along "fractionAlong";
    }
    "The end of a continuous connection that does nothing." SilentSynapse {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "A sinusoidal current." SineGenerator {
        text id "id";
        text metaid "metaid";
        quantity delay "delay";
        quantity phase "phase";
        quantity duration "duration";
        quantity amplitude "amplitude";
        quantity period "period";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "A dimensionless sinusoidal current." SineGeneratorDL {
        text id "id";
        text metaid "metaid";
        quantity delay "delay";
        quantity phase "phase";
        quantity duration "duration";
        quantity amplitude "amplitude";
        quantity period "period";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "A space in which cells are placed." Space {
        text id "id";
        text based_on "basedOn";
        one structure "structure" SpaceStructure;
    }
    "Spacing and start of a grid." SpaceStructure {
        number x_spacing "xSpacing";
        number y_spacing "ySpacing";
        number z_spacing "zSpacing";
        number x_start "xStart";
        number y_start "yStart";
        number z_start "zStart";
    }
    "An ion inside or outside of the cell and how its concentration changes." Species {
        text id "id";
        text concentration_model "concentrationModel";
        text ion "ion";
        quantity initial_concentration "initialConcentration";
        quantity initial_ext_concentration "initialExtConcentration";
        text segment_group "segmentGroup";
    }
    "Capacitance of the membrane per area." SpecificCapacitance {
        quantity value "value";
        text segment_group "segmentGroup";
    }
    "One spike at a given time." Spike {
        integer id "id";
        quantity time "time";
    }
    "Spikes at given times." SpikeArray {
        text id "id";
        text metaid "metaid";
        many property "property" Property;
        one annotation "annotation" Annotation;
        many spike "spike" Spike;
    }
    "Spikes at a regular interval." SpikeGenerator {
        text id "id";
        text metaid "metaid";
        quantity period "period";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "Spikes of a Poisson process." SpikeGeneratorPoisson {
        text id "id";
        text metaid "metaid";
        quantity average_rate "averageRate";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "Spikes at intervals drawn from a range." SpikeGeneratorRandom {
        text id "id";
        text metaid "metaid";
        quantity max_isi "maxISI";
        quantity min_isi "minISI";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "Spikes of a Poisson process with a dead time." SpikeGeneratorRefPoisson {
        text id "id";
        text metaid "metaid";
        quantity average_rate "averageRate";
        quantity minimum_isi "minimumISI";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "PyNN source of Poisson spikes." SpikeSourcePoisson {
        text id "id";
        text metaid "metaid";
        quantity start "start";
        quantity duration "duration";
        quantity rate "rate";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "The potential at which a spike is told to others." SpikeThresh {
        quantity value "value";
        text segment_group "segmentGroup";
    }
    "Anything that may stand at the top of a document and be referred to by `id`." Standalone {
        text id "id";
        text metaid "metaid";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "Sets a state variable." StateAssignment {
        text variable "variable";
        text value "value";
    }
    "A quantity that is integrated in time." StateVariable {
        text name "name";
        text dimension "dimension";
        text description "description";
        text exposure "exposure";
    }
    "The segments beyond, or before, a given one." SubTree {
        one from_id "from" SegmentEndPoint;
        one to "to" SegmentEndPoint;
    }
    "A single connection between two cells." SynapticConnection {
        text neuro_lex_id "neuroLexId";
        text from_id "from";
        text to "to";
        text synapse "synapse";
        text destination "destination";
    }
    "A transition given by its time course and steady state." TauInfTransition {
        text id "id";
        text from_id "from";
        text to "to";
        one steady_state "steadyState" HHVariable;
        one time_course "timeCourse" HHTime;
    }
    "The rate of change of a state variable." TimeDerivative {
        text variable "variable";
        text value "value";
    }
    "Spikes at given times through a synapse." TimedSynapticInput {
        text id "id";
        text metaid "metaid";
        text synapse "synapse";
        text spike_target "spikeTarget";
        many property "property" Property;
        one annotation "annotation" Annotation;
        many spike "spike" Spike;
    }
    "A synapse driven by a Poisson process for a limited time." TransientPoissonFiringSynapse {
        text id "id";
        text metaid "metaid";
        quantity average_rate "averageRate";
        quantity delay "delay";
        quantity duration "duration";
        text synapse "synapse";
        text spike_target "spikeTarget";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "Moves to another regime." Transition {
        text regime "regime";
    }
    "Cells without positions." UnstructuredLayout {
        integer number "number";
    }
    "A parameter of a channel density that varies in space." VariableParameter {
        text parameter "parameter";
        text segment_group "segmentGroup";
        one inhomogeneous_value "inhomogeneousValue" InhomogeneousValue;
    }
    "Holds a cell at one potential through a series resistance." VoltageClamp {
        text id "id";
        text metaid "metaid";
        quantity delay "delay";
        quantity duration "duration";
        quantity target_voltage "targetVoltage";
        quantity simple_series_resistance "simpleSeriesResistance";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "Holds a cell at three potentials one after the other." VoltageClampTriple {
        text id "id";
        text metaid "metaid";
        number active "active";
        quantity delay "delay";
        quantity duration "duration";
        quantity conditioning_voltage "conditioningVoltage";
        quantity testing_voltage "testingVoltage";
        quantity return_voltage "returnVoltage";
        quantity simple_series_resistance "simpleSeriesResistance";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "Any cell of the PyNN library." BasePyNNCell {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        number cm "cm";
        number i_offset "i_offset";
        number tau_syn_e "tau_syn_E";
        number tau_syn_i "tau_syn_I";
        number v_init "v_init";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "Any integrate and fire cell of the PyNN library." BasePyNNIaFCell {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        number cm "cm";
        number i_offset "i_offset";
        number tau_syn_e "tau_syn_E";
        number tau_syn_i "tau_syn_I";
        number v_init "v_init";
        number tau_m "tau_m";
        number tau_refrac "tau_refrac";
        number v_reset "v_reset";
        number v_rest "v_rest";
        number v_thresh "v_thresh";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
    "Any integrate and fire cell of PyNN with conductance synapses." BasePyNNIaFCondCell {
        text id "id";
        text metaid "metaid";
        text neuro_lex_id "neuroLexId";
        number cm "cm";
        number i_offset "i_offset";
        number tau_syn_e "tau_syn_E";
        number tau_syn_i "tau_syn_I";
        number v_init "v_init";
        number tau_m "tau_m";
        number tau_refrac "tau_refrac";
        number v_reset "v_reset";
        number v_rest "v_rest";
        number v_thresh "v_thresh";
        number e_rev_e "e_rev_E";
        number e_rev_i "e_rev_I";
        many property "property" Property;
        one annotation "annotation" Annotation;
    }
}
