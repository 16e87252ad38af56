//! Attachments: instances added to lists of others, alone or in pairs that see each other.

use nml_lems::Tunnel;
use nml_model::Component;

use crate::blueprint::Blueprint;
use crate::build::{Flattener, Given, KindKey, Place, Tunnelled};
use crate::flat::{Home, NodeId};
use crate::rules;
use crate::table::Site;
use crate::wire::Names;

impl<'m> Flattener<'m> {
    /// Makes an instance of a component in a list of attachments of a place.
    pub(crate) fn attach(
        &mut self,
        to: Place,
        container: Option<&str>,
        plan: Blueprint<'m>,
        tunnel: Option<Tunnelled>,
        by: Component<'m>,
    ) -> Option<Place> {
        let home = self.slot(to, container, by)?;
        let key = KindKey { made_from: plan.key(), home, tunnel };
        let kind = self.kind_in(&key, plan);
        if self.flat.kind(kind).nodes.is_empty() {
            return None;
        }
        let instance = self.add_instance(kind, to.instance);
        Some(Place { kind, node: NodeId::ROOT, instance })
    }

    /// The list of attachments of that name, or the only one.
    pub(crate) fn slot(
        &mut self,
        to: Place,
        container: Option<&str>,
        by: Component<'m>,
    ) -> Option<Home> {
        let lists = self.attachments_of(to.kind, to.node);
        let found = match (container, &*lists) {
            (Some(name), lists) => lists.iter().find(|(_, known)| known == name),
            (None, [only]) => Some(only),
            (None, _) => None,
        };
        if let Some(&(list, _)) = found {
            return Some(Home { kind: to.kind, node: to.node, list });
        }
        let target = &self.flat.kind(to.kind).node(to.node).name;
        let what = match (container, lists.len()) {
            (Some(name), _) => format!("`{target}` has no attachments `{name}`"),
            (None, 0) => format!("nothing can be attached to `{target}`"),
            (None, _) => format!("`{target}` has several attachments; say which `destination`"),
        };
        self.report(rules::unresolved(by.id_span(), what));
        None
    }

    pub(crate) fn tunnel(
        &mut self,
        place: Place,
        component: Component<'m>,
        order: &'m Tunnel,
        names: &Names,
    ) -> bool {
        let a = self.end(place, component, names, &order.end_a);
        let b = self.end(place, component, names, &order.end_b);
        let (Some(a), Some(b)) = (a, b) else { return false };
        let of_a = self.required(component, &order.component_a);
        let of_b = self.required(component, &order.component_b);
        let (Some(of_a), Some(of_b)) = (of_a, of_b) else { return false };
        let assigned = self.assigned_values(component, &order.assigns);
        self.join(&order.name, (a, of_a), (b, of_b), &assigned, None, component)
    }

    /// Makes two instances that see each other.
    pub(crate) fn join(
        &mut self,
        name: &str,
        (a, of_a): (Place, Component<'m>),
        (b, of_b): (Place, Component<'m>),
        assigned: &[Given<'_>],
        sites: Option<(Site, Site)>,
        by: Component<'m>,
    ) -> bool {
        let (Some(home_a), Some(home_b)) = (self.slot(a, None, by), self.slot(b, None, by)) else {
            return false;
        };
        let seen = |other, component: Component<'m>, side| {
            Some(Tunnelled { name: name.to_owned(), other, component: component.handle(), side })
        };
        let made_a = self.attach(a, None, of_a.into(), seen(home_b, of_b, 0), by);
        let made_b = self.attach(b, None, of_b.into(), seen(home_a, of_a, 1), by);
        let (Some(made_a), Some(made_b)) = (made_a, made_b) else { return false };
        if let Some((at_a, at_b)) = sites {
            self.seat(made_a, at_a);
            self.seat(made_b, at_b);
        }
        for (this, other) in [(made_a, made_b), (made_b, made_a)] {
            let peers = &mut self.flat.kinds[this.kind.index()].peers;
            if let Some(peers) = peers.first_mut() {
                peers.kind = other.kind;
                peers.instances.push(other.instance);
            }
            for given in assigned {
                self.assign(this.kind, this.instance, given);
            }
        }
        true
    }
}
