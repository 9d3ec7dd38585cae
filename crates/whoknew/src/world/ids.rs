//! The ids of everything a world declares.

crate::define_id! {
    /// Names a [`Kind`](super::Kind).
    pub struct KindId;
}
crate::define_id! {
    /// Names an [`Entity`](super::Entity). Entities keep the order of definition, characters first.
    pub struct EntityId;
}
crate::define_id! {
    /// Names a [`Fluent`](super::Fluent).
    pub struct FluentId;
}
crate::define_id! {
    /// Names an [`Action`](super::Action).
    pub struct ActionId;
}
crate::define_id! {
    /// Names a [`Trigger`](super::Trigger).
    pub struct TriggerId;
}
crate::define_id! {
    /// Names a [`Utility`](super::Utility).
    pub struct UtilityId;
}
crate::define_id! {
    /// Names a [`Scene`](super::Scene), in told order.
    pub struct SceneId;
}
crate::define_id! {
    /// Names a variable: a parameter (they come first, in order) or a quantified one, unique within its declaration.
    pub struct VariableId;
}
