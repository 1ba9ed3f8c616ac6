/// A client's frame: its fields, and the `ref` under which the client wants the reply.
macro_rules! frame {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
        #[serde(rename_all = "camelCase")]
        pub struct $name {
            #[serde(rename = "ref", default, skip_serializing_if = "Option::is_none")]
            #[ts(optional)]
            pub reference: Option<super::Ref>,
            $($(#[$field_doc])* pub $field: $kind,)*
        }
    };
}
pub(super) use frame;
