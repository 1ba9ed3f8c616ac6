use super::decode::{Request, object};
use super::{
    AddMember, BanMember, Bans, CreateRoom, Delete, DeleteRoom, Draft, Edit, FindRoom, FollowThread, Hello,
    History, Join, Leave, MarkUnread, Members, MuteMember, OpenDirect, Pin, Ping, Presence, ProtocolError,
    React, Read, ReadThread, RemoveMember, Rename, Renew, Report, Rooms, Say, Search, Send, SetRole, Thread,
    Threads, Typing, UnbanMember, UnfollowThread, UnmuteMember, Unpin, Unreact, UpdateRoom,
};
use serde::{Deserialize, Serialize};
use strum::{EnumDiscriminants, EnumString, IntoStaticStr, VariantArray, VariantNames};
use ts_rs::TS;

/// A frame from a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, VariantNames, EnumDiscriminants)]
#[serde(tag = "type", rename_all = "camelCase")]
#[strum(serialize_all = "camelCase")]
#[strum_discriminants(name(FrameType), derive(EnumString, IntoStaticStr, VariantArray))]
#[strum_discriminants(strum(serialize_all = "camelCase"), doc = "The `type` of a client's frame.")]
pub enum ClientFrame {
    Hello(Hello),
    Join(Join),
    Leave(Leave),
    Send(Send),
    Say(Say),
    Edit(Edit),
    Delete(Delete),
    React(React),
    Unreact(Unreact),
    Pin(Pin),
    Unpin(Unpin),
    History(History),
    Thread(Thread),
    Threads(Threads),
    FollowThread(FollowThread),
    UnfollowThread(UnfollowThread),
    ReadThread(ReadThread),
    Members(Members),
    Rooms(Rooms),
    Search(Search),
    CreateRoom(CreateRoom),
    OpenDirect(OpenDirect),
    AddMember(AddMember),
    RemoveMember(RemoveMember),
    BanMember(BanMember),
    UnbanMember(UnbanMember),
    Bans(Bans),
    MuteMember(MuteMember),
    UnmuteMember(UnmuteMember),
    Report(Report),
    SetRole(SetRole),
    UpdateRoom(UpdateRoom),
    DeleteRoom(DeleteRoom),
    Rename(Rename),
    Renew(Renew),
    Read(Read),
    MarkUnread(MarkUnread),
    Draft(Draft),
    FindRoom(FindRoom),
    Typing(Typing),
    Presence(Presence),
    Ping(Ping),
}

impl ClientFrame {
    /// The `type` of every client frame.
    pub const TYPES: &'static [&'static str] = <Self as VariantNames>::VARIANTS;
}

impl FrameType {
    /// Every type.
    pub const ALL: &'static [Self] = <Self as VariantArray>::VARIANTS;

    /// The type as it stands on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// The types of the frames that may answer it, beside `error`.
    #[must_use]
    pub fn replies(self) -> &'static [&'static str] {
        match self {
            Self::Hello => &["welcome"],
            Self::Join => &["joined"],
            Self::Leave => &["left"],
            Self::Send | Self::Edit | Self::Delete => &["ack"],
            Self::Say => &["ack", "said"],
            Self::History => &["history"],
            Self::Thread => &["thread"],
            Self::Threads => &["threads"],
            Self::Members => &["members"],
            Self::Rooms => &["rooms"],
            Self::Search => &["found"],
            Self::CreateRoom | Self::OpenDirect | Self::UpdateRoom | Self::FindRoom => &["room"],
            Self::Rename => &["renamed"],
            Self::Bans => &["bans"],
            Self::AddMember
            | Self::RemoveMember
            | Self::BanMember
            | Self::UnbanMember
            | Self::MuteMember
            | Self::UnmuteMember
            | Self::React
            | Self::Unreact
            | Self::Pin
            | Self::Unpin
            | Self::FollowThread
            | Self::UnfollowThread
            | Self::ReadThread
            | Self::Report
            | Self::SetRole
            | Self::DeleteRoom
            | Self::Read
            | Self::MarkUnread
            | Self::Draft
            | Self::Renew
            | Self::Typing
            | Self::Presence
            | Self::Ping => &["ok"],
        }
    }

    /// What the frame of this type in `text` asks for.
    pub(super) fn read(self, text: &str) -> Result<Request, ProtocolError> {
        let command = match self {
            Self::Hello => return object::<Hello>(text)?.sign_in(),
            Self::Renew => {
                let Renew { token, .. } = object(text)?;
                return Ok(Request::Renew { token });
            }
            Self::Ping => return object::<Ping>(text).map(|_| Request::Ping),
            Self::Join => object::<Join>(text)?.command()?,
            Self::Leave => object::<Leave>(text)?.command(),
            Self::Send => object::<Send>(text)?.command()?,
            Self::Say => object::<Say>(text)?.command()?,
            Self::Edit => object::<Edit>(text)?.command()?,
            Self::Delete => object::<Delete>(text)?.command()?,
            Self::React => object::<React>(text)?.command()?,
            Self::Unreact => object::<Unreact>(text)?.command()?,
            Self::Pin => object::<Pin>(text)?.command(),
            Self::Unpin => object::<Unpin>(text)?.command(),
            Self::History => object::<History>(text)?.command()?,
            Self::Thread => object::<Thread>(text)?.command()?,
            Self::Threads => object::<Threads>(text)?.command()?,
            Self::FollowThread => object::<FollowThread>(text)?.command(),
            Self::UnfollowThread => object::<UnfollowThread>(text)?.command(),
            Self::ReadThread => object::<ReadThread>(text)?.command(),
            Self::Members => object::<Members>(text)?.command(),
            Self::Rooms => object::<Rooms>(text)?.command()?,
            Self::Search => object::<Search>(text)?.command()?,
            Self::CreateRoom => object::<CreateRoom>(text)?.command()?,
            Self::OpenDirect => object::<OpenDirect>(text)?.command()?,
            Self::AddMember => object::<AddMember>(text)?.command(),
            Self::RemoveMember => object::<RemoveMember>(text)?.command()?,
            Self::BanMember => object::<BanMember>(text)?.command()?,
            Self::UnbanMember => object::<UnbanMember>(text)?.command(),
            Self::Bans => object::<Bans>(text)?.command(),
            Self::MuteMember => object::<MuteMember>(text)?.command()?,
            Self::UnmuteMember => object::<UnmuteMember>(text)?.command(),
            Self::Report => object::<Report>(text)?.command()?,
            Self::SetRole => object::<SetRole>(text)?.command(),
            Self::UpdateRoom => object::<UpdateRoom>(text)?.command()?,
            Self::DeleteRoom => object::<DeleteRoom>(text)?.command(),
            Self::Rename => object::<Rename>(text)?.command()?,
            Self::Read => object::<Read>(text)?.command(),
            Self::MarkUnread => object::<MarkUnread>(text)?.command(),
            Self::Draft => object::<Draft>(text)?.command(),
            Self::FindRoom => object::<FindRoom>(text)?.command()?,
            Self::Typing => object::<Typing>(text)?.command(),
            Self::Presence => object::<Presence>(text)?.command()?,
        };
        Ok(Request::Command(command))
    }
}
