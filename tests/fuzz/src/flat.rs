//! Models grown from bytes: types of one's own with states, cases, conditions, regimes and events, whose names are
//! words that the languages of simulators keep for themselves.  All of them have consistent dimensions.

use std::fmt::Write as _;

/// Names that must be called otherwise somewhere, and some that need not.
const NAMES: [&str; 36] = [
    "t",
    "dt",
    "area",
    "diam",
    "exp",
    "STATE",
    "SUFFIX",
    "NEURON",
    "cai",
    "lambda",
    "class",
    "if",
    "for",
    "while",
    "x",
    "y",
    "rates",
    "states",
    "flag",
    "on",
    "off",
    "regime",
    "i",
    "g",
    "h",
    "net_send",
    "celsius",
    "double",
    "cell",
    "net",
    "import",
    "None",
    "def",
    "next_look",
    "settle",
    "a_very_long_name_for_a_variable_of_a_model_that_nobody_abbreviates",
];

/// Numbers and calls.
const NUMBERS: [&str; 8] = ["0", "1", "2.5", "-3", "1e-3", "13.88888889", "1e9", "0.5"];
const CALLS: [&str; 10] =
    ["exp", "ln", "sqrt", "abs", "H", "sin", "cosh", "tanh", "ceil", "random"];

struct Grower<'a> {
    bytes: std::slice::Iter<'a, u8>,
    out: String,
}

impl Grower<'_> {
    fn below(&mut self, n: usize) -> usize {
        usize::from(self.bytes.next().copied().unwrap_or(0)) % n.max(1)
    }

    fn pick<'b>(&mut self, from: &[&'b str]) -> &'b str {
        from[self.below(from.len())]
    }

    /// Some names that are not among those taken.
    fn names(&mut self, most: usize, taken: &mut Vec<&'static str>) -> Vec<&'static str> {
        let mut own = Vec::new();
        for _ in 0..self.below(most + 1) {
            let name = self.pick(&NAMES);
            if !taken.contains(&name) {
                taken.push(name);
                own.push(name);
            }
        }
        own
    }

    /// An expression without dimension.
    fn expression(&mut self, names: &[String], depth: usize) -> String {
        match self.below(if depth > 3 { 2 } else { 8 }) {
            0 => self.pick(&NUMBERS).to_owned(),
            1 if !names.is_empty() => names[self.below(names.len())].clone(),
            2 => {
                let call = self.pick(&CALLS);
                format!("{call}({})", self.expression(names, depth + 1))
            }
            3 => format!("-({})", self.expression(names, depth + 1)),
            _ => {
                let op = self.pick(&["+", "-", "*", "/", "^"]);
                let (a, b) = (self.expression(names, depth + 1), self.expression(names, depth + 1));
                format!("({a}) {op} ({b})")
            }
        }
    }

    fn condition(&mut self, names: &[String], depth: usize) -> String {
        if depth < 2 && self.below(4) == 0 {
            let op = self.pick(&["and", "or"]);
            let (a, b) = (self.condition(names, depth + 1), self.condition(names, depth + 1));
            return format!("({a}) .{op}. ({b})");
        }
        let op = self.pick(&["gt", "lt", "geq", "leq", "eq", "neq"]);
        let (a, b) = (self.expression(names, 2), self.expression(names, 2));
        format!("({a}) .{op}. ({b})")
    }

    fn actions(&mut self, states: &[&str], names: &[String], regimes: bool) {
        for _ in 0..self.below(3) {
            match states.len() + 1 {
                n if self.below(n) == 0 => {
                    let value = self.expression(names, 1);
                    let _ = write!(
                        self.out,
                        r#"<StateAssignment variable="v" value="({value}) * VS"/>"#
                    );
                }
                _ => {
                    let state = self.pick(states);
                    let value = self.expression(names, 1);
                    let _ = write!(
                        self.out,
                        r#"<StateAssignment variable="{state}" value="{value}"/>"#
                    );
                }
            }
        }
        if self.below(2) == 0 {
            self.out.push_str(r#"<EventOut port="spike"/>"#);
        }
        if regimes && self.below(2) == 0 {
            let to = self.pick(&["one", "two"]);
            let _ = write!(self.out, r#"<Transition regime="{to}"/>"#);
        }
    }

    fn conditions(&mut self, states: &[&str], names: &[String], regimes: bool) {
        for _ in 0..self.below(3) {
            let test = self.condition(names, 0);
            let _ = write!(self.out, r#"<OnCondition test="{test}">"#);
            self.actions(states, names, regimes);
            self.out.push_str("</OnCondition>");
        }
    }

    fn rates(&mut self, states: &[&str], names: &[String]) {
        for state in states {
            if self.below(3) > 0 {
                let rate = self.expression(names, 0);
                let _ = write!(
                    self.out,
                    r#"<TimeDerivative variable="{state}" value="({rate}) / TS"/>"#
                );
            }
        }
        if self.below(4) > 0 {
            let rate = self.expression(names, 0);
            let _ = write!(
                self.out,
                r#"<TimeDerivative variable="v" value="({rate}) * VS / TS + iSyn / CAP"/>"#
            );
        }
    }

    fn cell(&mut self, id: &str) {
        let mut taken = Vec::new();
        let parameters = self.names(4, &mut taken);
        let states = self.names(3, &mut taken);
        let derived = self.names(4, &mut taken);
        let mut names: Vec<String> =
            parameters.iter().chain(&states).map(|n| (*n).to_owned()).collect();
        names.push("(v / VS)".to_owned());
        if !taken.contains(&"t") {
            names.push("(t / TS)".to_owned());
        }
        let _ = write!(self.out, r#"<ComponentType name="{id}Type" extends="baseCellMembPot">"#);
        for name in &parameters {
            let _ = write!(self.out, r#"<Parameter name="{name}" dimension="none"/>"#);
        }
        self.out.push_str(
            r#"<Constant name="VS" dimension="voltage" value="1mV"/><Constant name="TS" dimension="time" value="1ms"/>
<Constant name="CAP" dimension="capacitance" value="10pF"/><Attachments name="synapses" type="basePointCurrent"/>
<Dynamics><StateVariable name="v" dimension="voltage" exposure="v"/>
<DerivedVariable name="iSyn" dimension="current" select="synapses[*]/i" reduce="add"/>"#,
        );
        for name in &states {
            let _ = write!(self.out, r#"<StateVariable name="{name}" dimension="none"/>"#);
        }
        for name in &derived {
            let value = self.expression(&names, 0);
            if self.below(2) == 0 {
                let _ = write!(
                    self.out,
                    r#"<DerivedVariable name="{name}" dimension="none" value="{value}"/>"#
                );
            } else {
                let (test, other) = (self.condition(&names, 0), self.expression(&names, 0));
                let _ = write!(
                    self.out,
                    r#"<ConditionalDerivedVariable name="{name}" dimension="none"><Case condition="{test}" value="{value}"/><Case value="{other}"/></ConditionalDerivedVariable>"#
                );
            }
            names.push((*name).to_owned());
        }
        let regimes = self.below(3) == 0;
        self.rates(if regimes { &[] } else { &states }, &names);
        self.out.push_str(r#"<OnStart><StateAssignment variable="v" value="-65 * VS"/></OnStart>"#);
        self.conditions(&states, &names, false);
        if regimes {
            for (name, first) in [("one", "true"), ("two", "false")] {
                let _ = write!(self.out, r#"<Regime name="{name}" initial="{first}"><OnEntry>"#);
                let value = self.expression(&names, 1);
                let _ = write!(
                    self.out,
                    r#"<StateAssignment variable="v" value="({value}) * VS"/></OnEntry>"#
                );
                let own = &states[..states.len().min(1)];
                for state in own {
                    let rate = self.expression(&names, 0);
                    let _ = write!(
                        self.out,
                        r#"<TimeDerivative variable="{state}" value="({rate}) / TS"/>"#
                    );
                }
                self.conditions(&states, &names, true);
                self.out.push_str("</Regime>");
            }
        }
        self.out.push_str("</Dynamics></ComponentType>\n");
        let _ = write!(self.out, r#"<{id}Type id="{id}""#);
        for name in &parameters {
            let value = self.pick(&NUMBERS);
            let _ = write!(self.out, r#" {name}="{value}""#);
        }
        self.out.push_str("/>\n");
    }
}

/// A file of LEMS with a network of one or two cells joined by a synapse, and an input.
pub fn model(recipe: &[u8]) -> String {
    let mut grower = Grower { bytes: recipe.iter(), out: String::from("<Lems>\n") };
    let ids = ["net", "v"];
    let count = 1 + grower.below(2);
    for id in &ids[..count] {
        grower.cell(id);
    }
    grower.out.push_str(
        r#"<expTwoSynapse id="SUFFIX" gbase="1nS" erev="0mV" tauDecay="5ms" tauRise="1ms"/>
<pulseGenerator id="def" delay="1ms" duration="2ms" amplitude="13.88888889pA"/>
<network id="network">"#,
    );
    for id in &ids[..count] {
        let _ = write!(grower.out, r#"<population id="{id}" component="{id}" size="2"/>"#);
    }
    grower.out.push_str(
        r#"<synapticConnection from="net[0]" to="net[1]" synapse="SUFFIX" destination="synapses"/>
<explicitInput target="net[0]" input="def" destination="synapses"/></network>
<Simulation id="sim" length="1ms" step="0.01ms" target="network"><OutputFile id="of" fileName="o.dat">
<OutputColumn id="c" quantity="net[0]/v"/></OutputFile></Simulation><Target component="sim"/></Lems>"#,
    );
    grower.out
}
