/// Who is in which room. Rooms and clients are numbered from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    pub(crate) rooms: usize,
    pub(crate) members_per_room: usize,
    pub(crate) rooms_per_client: usize,
}

/// Members of a room above which joining is done before anybody listens.
const CROWD: usize = 50;

impl Layout {
    /// Rooms whose members are in no other room.
    pub(crate) const fn apart(rooms: usize, members_per_room: usize) -> Self {
        Self { rooms, members_per_room, rooms_per_client: 1 }
    }

    pub(crate) const fn clients(self) -> usize {
        self.rooms * self.members_per_room / self.rooms_per_client
    }

    /// Who sends to a room. Where there are fewer clients than rooms, everyone sends to several.
    pub(crate) const fn sender_of(self, room: usize) -> usize {
        room % self.clients()
    }

    /// To which of several nodes a client connects: neighbours in a room to one after the other, and the senders of rooms, too.
    pub(crate) const fn node_of(self, client: usize, nodes: usize) -> usize {
        (client / self.rooms + client % self.rooms) % nodes
    }

    /// The rooms of a client.
    pub(crate) fn rooms_of(self, client: usize) -> impl Iterator<Item = usize> {
        (0..self.rooms_per_client).map(move |step| (client + step * self.stride()) % self.rooms)
    }

    /// The room that was told to a client, or the only one that it is in.
    pub(crate) fn room_or_only(self, client: usize, told: Option<usize>) -> usize {
        told.unwrap_or(client % self.rooms)
    }

    /// The rooms of one client lie apart, so that its neighbours in one are not those in the other.
    const fn stride(self) -> usize {
        self.rooms / self.rooms_per_client
    }

    pub(crate) fn is_crowded(self) -> bool {
        self.members_per_room > CROWD
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_room_and_all_senders_are_spread_over_the_nodes() {
        for layout in [Layout::apart(1, 1000), Layout::apart(100, 20), Layout::apart(100, 1)] {
            let on_the_second =
                |clients: &[usize]| clients.iter().filter(|client| layout.node_of(**client, 2) == 1).count();
            for room in 0..layout.rooms {
                let members: Vec<_> = (0..layout.clients())
                    .filter(|client| layout.rooms_of(*client).any(|it| it == room))
                    .collect();
                let half = layout.members_per_room / 2;
                assert!((half..=half + 1).contains(&on_the_second(&members)), "room {room} of {layout:?}");
            }
            let senders: Vec<_> = (0..layout.rooms).map(|room| layout.sender_of(room)).collect();
            assert_eq!(on_the_second(&senders), layout.rooms / 2, "{layout:?}");
        }
    }

    #[test]
    fn every_room_has_its_members_and_its_sender() {
        let layouts = [
            Layout::apart(1, 1000),
            Layout::apart(100, 20),
            Layout { rooms: 2500, members_per_room: 80, rooms_per_client: 20 },
            Layout { rooms: 200, members_per_room: 20, rooms_per_client: 10 },
            Layout { rooms: 200, members_per_room: 20, rooms_per_client: 50 },
            Layout { rooms: 200, members_per_room: 20, rooms_per_client: 200 },
        ];
        for layout in layouts {
            let mut members = vec![BTreeSet::new(); layout.rooms];
            for client in 0..layout.clients() {
                for room in layout.rooms_of(client) {
                    members[room].insert(client);
                }
            }
            for (room, members) in members.iter().enumerate() {
                assert_eq!(members.len(), layout.members_per_room, "room {room} of {layout:?}");
                assert!(
                    members.contains(&layout.sender_of(room)),
                    "room {room} of {layout:?} lacks its sender"
                );
            }
        }
    }
}
