//! Values that do not fit: what is wrong with them and what they should be.

use nml_base::{Applicability, Diagnostic, Fix, Rule, Span, nearest};
use nml_schemas::structure::{Attribute as Declaration, Base, Quantity, SimpleType};
use nml_xml::{Attribute, StartTag};

use crate::checker::narrow;
use crate::units::{self, Meaning};
use crate::{StructureChecker, fixes, rules, shown};

/// What is wrong with a value.
struct Fault {
    rule: &'static Rule,
    /// Continues "`value` in `attribute` of `<element>`".
    says: String,
    help: String,
    /// The value it should have been.
    right: Option<(String, Applicability)>,
}

/// The finding about a value that the declaration of its attribute refuses.
pub(crate) fn explain(
    checker: &StructureChecker,
    tag: &StartTag<'_>,
    attribute: &Attribute<'_>,
    declaration: &Declaration,
) -> Diagnostic {
    let value = &*attribute.value;
    let fault = match (declaration.simple_type(), declaration.fixed) {
        (_, Some(fixed)) => choice(value, &[fixed]),
        (None, None) => choice(value, &[]),
        (Some(ty), None) => fault(ty, value),
    };
    let element = shown::element(&checker.file, narrow(tag.start));
    let name = attribute.name;
    let message = if value.is_empty() {
        format!("`{name}` of {element} is empty")
    } else {
        format!("`{}` in `{name}` of {element} {}", shown::cut(value), fault.says)
    };
    let span = visible(checker, attribute);
    let mut finding = Diagnostic::new(fault.rule, span, message).help(fault.help);
    if let Some((right, how)) = fault.right {
        let inside = checker.range_span(&attribute.value_range);
        finding = finding.fix(replacement(inside, &right, how));
    }
    finding
}

/// The span of the value; of the quotes too where it is empty.
fn visible(checker: &StructureChecker, attribute: &Attribute<'_>) -> Span {
    let range = &attribute.value_range;
    if range.is_empty() && range.start > 0 {
        return checker.range_span(&(range.start - 1..range.end + 1));
    }
    checker.range_span(range)
}

fn replacement(span: Span, right: &str, how: Applicability) -> Fix {
    fixes::replace(format!("write `{right}`"), span, right, how)
}

fn fault(ty: &SimpleType, value: &str) -> Fault {
    if let Some(quantity) = &ty.quantity {
        return bad_quantity(ty, quantity, value);
    }
    if ty.base != Base::String {
        return bad_number(ty, value);
    }
    if !ty.enumeration.is_empty() {
        return choice(value, ty.enumeration);
    }
    match ty.name {
        "Nml2PopulationReferencePath" => bad_path(value),
        "Nml2Quantity" => Fault {
            rule: &rules::BAD_QUANTITY,
            says: "is not a number with a unit".to_owned(),
            help: "write a number and, after it, the symbol of a unit, such as `-65mV`".to_owned(),
            right: None,
        },
        _ => bad_identifier(ty, value),
    }
}

/// A value that the declaration of an attribute accepts, to show in messages.
pub(crate) fn example(declaration: &Declaration) -> &'static str {
    if let Some(value) = declaration.fixed.or(declaration.default) {
        return value;
    }
    let Some(ty) = declaration.simple_type() else { return "…" };
    if let Some(quantity) = &ty.quantity {
        return sample(quantity);
    }
    if let Some(first) = ty.enumeration.first() {
        return first;
    }
    match (ty.base, ty.name) {
        (Base::PositiveInteger, _) | (_, "DoubleGreaterThanZero" | "ZeroToOne") => "1",
        (Base::NonNegativeInteger | Base::Double | Base::Float, _) => "0",
        (_, "Nml2PopulationReferencePath") => "../population/0/cell",
        _ => "…",
    }
}

fn sample(quantity: &Quantity) -> &'static str {
    match quantity.dimension {
        "none" => "1",
        "voltage" => "-65mV",
        "length" => "1um",
        "resistance" => "1Mohm",
        "resistivity" => "0.1kohm_cm",
        "conductance" => "10nS",
        "conductanceDensity" => "1mS_per_cm2",
        "permeability" => "1cm_per_s",
        "time" => "10ms",
        "per_time" => "10Hz",
        "capacitance" => "1nF",
        "specificCapacitance" => "1uF_per_cm2",
        "concentration" => "1mM",
        "current" => "0.1nA",
        "currentDensity" => "1uA_per_cm2",
        "temperature" => "32degC",
        "rho_factor" => "0.01mol_per_m_per_A_per_s",
        "conductance_per_voltage" => "1nS_per_mV",
        _ => "…",
    }
}

/// A number taken apart as people write it.
struct Written<'v> {
    negative: bool,
    plus: bool,
    whole: &'v str,
    /// With the point, where there is one.
    fraction: &'v str,
    exponent: Option<&'v str>,
    rest: &'v str,
}

impl<'v> Written<'v> {
    fn new(value: &'v str) -> Self {
        let digits = |t: &str| t.bytes().take_while(u8::is_ascii_digit).count();
        let unsigned = value.strip_prefix(['-', '+']).unwrap_or(value);
        let (whole, mut rest) = unsigned.split_at(digits(unsigned));
        let mut fraction = "";
        if let Some(tail) = rest.strip_prefix('.') {
            (fraction, rest) = rest.split_at(1 + digits(tail));
        }
        let mut exponent = None;
        if let Some(tail) = rest.strip_prefix(['e', 'E'])
            && whole.len() + fraction.len() > 0
        {
            let sign = usize::from(tail.starts_with(['-', '+']));
            let count = digits(&tail[sign..]);
            if count > 0 {
                exponent = Some(&tail[..sign + count]);
                rest = &tail[sign + count..];
            }
        }
        let (negative, plus) = (value.starts_with('-'), value.starts_with('+'));
        Self { negative, plus, whole, fraction, exponent, rest }
    }

    fn has_digits(&self) -> bool {
        !self.whole.is_empty() || self.fraction.len() > 1
    }

    /// The same number as NeuroML writes it, times `10^shift`, the author's digits kept.
    fn standard(&self, shift: i32) -> Option<String> {
        let exponent = match self.exponent {
            Some(text) => text.strip_prefix('+').unwrap_or(text).parse::<i32>().ok()?,
            None if shift != 0 => return Some(self.shifted(shift)),
            None => 0,
        };
        let exponent = exponent.checked_add(shift)?;
        let sign = if self.negative { "-" } else { "" };
        let fraction = if self.fraction == "." { "" } else { self.fraction };
        let tail = if exponent == 0 { String::new() } else { format!("e{exponent}") };
        Some(format!("{sign}{}{fraction}{tail}", self.whole))
    }
}

impl Written<'_> {
    /// The number times `10^shift`, written without an exponent.
    fn shifted(&self, shift: i32) -> String {
        let fraction = self.fraction.strip_prefix('.').unwrap_or("");
        let digits = format!("{}{fraction}", self.whole);
        let point = i32::try_from(self.whole.len()).unwrap_or(i32::MAX).saturating_add(shift);
        let before = usize::try_from(point).unwrap_or(0);
        let lead = usize::try_from(point.saturating_neg()).unwrap_or(0);
        let whole: String = digits.chars().chain(std::iter::repeat('0')).take(before).collect();
        let rest: String = digits.chars().skip(before).collect();
        let rest = format!("{}{rest}", "0".repeat(lead));
        let (whole, rest) = (whole.trim_start_matches('0'), rest.trim_end_matches('0'));
        let sign = if self.negative { "-" } else { "" };
        let whole = if whole.is_empty() { "0" } else { whole };
        let point = if rest.is_empty() { "" } else { "." };
        format!("{sign}{whole}{point}{rest}")
    }
}

fn bad_quantity(ty: &SimpleType, quantity: &Quantity, value: &str) -> Fault {
    let dimension = units::words(quantity.dimension);
    let plain = quantity.units.is_empty();
    let expected = if plain {
        "write a plain number without a unit, such as `1` or `1e-3`".to_owned()
    } else {
        let units = shown::either(quantity.units, shown::code);
        format!("write a {dimension} in {units}, such as `{}`", sample(quantity))
    };
    let fault = |says: String, right: Option<(String, Applicability)>| {
        let help = match &right {
            Some((right, _)) => format!("write `{right}`"),
            None => expected.clone(),
        };
        Fault { rule: &rules::BAD_QUANTITY, says, help, right }
    };
    let trimmed = value.trim_ascii();
    let written = Written::new(trimmed);
    let unit = written.rest.trim_ascii();
    if trimmed.is_empty() {
        return fault("is empty".to_owned(), None);
    }
    if unit.starts_with(',') {
        let right = trimmed.replacen(',', ".", 1);
        let right = ty.accepts(&right).then_some((right, Applicability::Guess));
        return fault("has a decimal comma".to_owned(), right);
    }
    if !written.has_digits() && !quantity.units.contains(&unit) {
        return fault("does not begin with a number".to_owned(), None);
    }
    // With the right spelling of the number and this unit the value would do?
    let spelled = |shift: i32, unit: &str, how: Applicability| {
        let right = format!("{}{unit}", written.standard(shift)?);
        ty.accepts(&right).then_some((right, how))
    };
    if unit.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return fault("has more than one number".to_owned(), None);
    }
    if unit.is_empty() && !plain {
        return fault("has no unit".to_owned(), None);
    }
    if quantity.units.contains(&unit) || (plain && unit.is_empty()) {
        let says = spelling(value, &written);
        return fault(says.to_owned(), spelled(0, unit, Applicability::Safe));
    }
    let unit_shown = shown::cut(unit);
    if plain {
        return fault(
            format!("has the unit `{unit_shown}` where a plain number is expected"),
            None,
        );
    }
    let other_case = quantity.units.iter().find(|u| u.eq_ignore_ascii_case(unit));
    let target = quantity.units.iter().filter_map(|u| Some((*u, Meaning::of(u)?)));
    let Some(meaning) = Meaning::of(unit) else {
        let near = other_case.copied().or_else(|| nearest(unit, quantity.units.iter().copied()));
        let right = near.and_then(|near| {
            let certain = near.eq_ignore_ascii_case(unit);
            spelled(0, near, if certain { Applicability::Safe } else { Applicability::Guess })
        });
        let says = format!("has the unit `{unit_shown}`, which is not known");
        return fault(says, right);
    };
    let same: Vec<_> = target.filter(|(_, m)| m.exponents == meaning.exponents).collect();
    if same.is_empty() {
        let article =
            meaning.dimension().map_or("of something else".to_owned(), |d| format!("of {d}"));
        let says = format!("has `{unit_shown}`, a unit {article}, where a {dimension} is expected");
        let right = other_case.and_then(|near| spelled(0, near, Applicability::Guess));
        return fault(says, right);
    }
    let says = format!("has the unit `{unit_shown}`, which may not be used for a {dimension} here");
    if !meaning.decimal {
        return fault(says, None);
    }
    let nearest_size = same.iter().min_by_key(|(_, m)| ((meaning.power - m.power).abs(), m.power));
    let right = nearest_size
        .and_then(|(near, m)| spelled(meaning.power - m.power, near, Applicability::Safe));
    fault(says, right)
}

/// What is wrong with the spelling of a number whose unit is right.
fn spelling(value: &str, written: &Written<'_>) -> &'static str {
    if value.starts_with([' ', '\t', '\n', '\r']) {
        "begins with a blank"
    } else if value.ends_with([' ', '\t', '\n', '\r']) {
        "ends with a blank"
    } else if written.plus {
        "begins with a plus sign"
    } else if written.fraction == "." {
        "has no digit after the point"
    } else if written.exponent.is_some_and(|e| e.starts_with('+')) {
        "has a plus sign in its exponent"
    } else {
        "is not a number with a unit"
    }
}

fn bad_number(ty: &SimpleType, value: &str) -> Fault {
    let trimmed = value.trim_ascii();
    let mut right = None;
    let says = if trimmed.is_empty() {
        "is empty".to_owned()
    } else if trimmed.contains(',') {
        right = Some(trimmed.replacen(',', ".", 1));
        "has a comma".to_owned()
    } else {
        let written = Written::new(trimmed);
        if written.has_digits() && !written.rest.is_empty() {
            let unit = written.rest.trim_ascii();
            right = written.standard(0).filter(|_| Meaning::of(unit).is_some());
            format!("has `{}` after the number", shown::cut(unit))
        } else if let (Base::NonNegativeInteger | Base::PositiveInteger, Ok(number)) =
            (ty.base, trimmed.parse::<f64>())
            && number.is_finite()
        {
            if number.fract() == 0.0 && number >= 0.0 {
                right = Some(format!("{number}"));
            }
            format!("is not {}", ty.about)
        } else {
            format!("is not {}", ty.about)
        }
    };
    let right = right.filter(|r| ty.accepts(r));
    let help = match &right {
        Some(right) => format!("write `{right}`"),
        None => format!("write {}", ty.about),
    };
    let right = right.map(|r| (r, Applicability::Guess));
    Fault { rule: &rules::BAD_NUMBER, says, help, right }
}

fn choice(value: &str, allowed: &[&str]) -> Fault {
    let exact = allowed.iter().find(|a| a.eq_ignore_ascii_case(value.trim_ascii())).copied();
    let near = exact.or_else(|| nearest(value, allowed.iter().copied()));
    let says = match allowed {
        [one] => format!("must be `{one}`"),
        _ => "is none of the values allowed".to_owned(),
    };
    let list = shown::either(allowed, shown::code);
    let help = match near {
        Some(near) if allowed.len() > 1 => format!("did you mean `{near}`? Allowed: {list}"),
        _ => format!("write {list}"),
    };
    let how = if exact.is_some() { Applicability::Safe } else { Applicability::Guess };
    let only = (allowed.len() == 1).then(|| allowed[0]);
    let right = near.or(only).map(|near| (near.to_owned(), how));
    Fault { rule: &rules::BAD_CHOICE, says, help, right }
}

fn bad_path(value: &str) -> Fault {
    let says = if value.is_empty() {
        "is empty".to_owned()
    } else if value.starts_with("../../") {
        "goes up more than one step".to_owned()
    } else if !value.contains(|c: char| c.is_ascii_digit()) {
        "does not say which cell".to_owned()
    } else {
        "does not lead to a cell of a population".to_owned()
    };
    Fault {
        rule: &rules::BAD_PATH,
        says,
        help: "write `../POPULATION/INSTANCE/COMPONENT`, such as `../pop0/3/iaf`, for populations \
               with instances, or `POPULATION[INDEX]`, such as `pop0[3]`"
            .to_owned(),
        right: None,
    }
}

fn bad_identifier(ty: &SimpleType, value: &str) -> Fault {
    let legal = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let odd = value.chars().find(|c| !legal(*c));
    let says = if value.is_empty() {
        "is empty".to_owned()
    } else if value.starts_with(|c: char| c.is_ascii_digit()) && odd.is_none() {
        "begins with a digit, so that it is not an identifier".to_owned()
    } else {
        match odd {
            Some(' ') => "holds a blank, so that it is not an identifier".to_owned(),
            Some(odd) => format!("holds `{odd}`, so that it is not an identifier"),
            None => "is not an identifier".to_owned(),
        }
    };
    let mut right: String =
        value.trim_ascii().chars().map(|c| if legal(c) { c } else { '_' }).collect();
    if right.starts_with(|c: char| c.is_ascii_digit()) {
        right.insert(0, '_');
    }
    // A new name must be given to every reference too, which is for a person to decide.
    let right = Some((right, Applicability::Guess))
        .filter(|(r, _)| r.contains(|c: char| c.is_ascii_alphanumeric()) && ty.accepts(r));
    let help = match &right {
        Some((right, _)) if right.len() <= 60 => {
            format!("write `{right}`, here and where it is referred to")
        }
        _ => format!("write {}", ty.about),
    };
    Fault { rule: &rules::BAD_IDENTIFIER, says, help, right }
}
