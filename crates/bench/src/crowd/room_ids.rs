/// Rooms that every server begins with; those of the bench have the numbers behind theirs.
const FROM_THE_START: usize = 3;

/// The number that Chinwag gives to a room of the bench, counted from 0. They are created one after the other.
pub(crate) const fn room_id(room: usize) -> usize {
    room + FROM_THE_START + 1
}

/// The room of the bench that has a number.
pub(super) fn room_with(id: u64) -> Option<usize> {
    usize::try_from(id).ok()?.checked_sub(room_id(0))
}
