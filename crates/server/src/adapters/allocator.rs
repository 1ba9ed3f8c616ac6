/// Gives memory that is free back to the system. The allocator does so by itself only while much is allocated, so that after a crowd has
/// gone nothing would be given back for hours.
///
/// It takes some microseconds for each megabyte that is in use by the thread. Where another allocator is in force, this does nothing.
#[expect(unsafe_code, reason = "the allocator has this function for C alone")]
pub(crate) fn give_memory_back() {
    // SAFETY: it may be called at any time, by any thread, and touches nothing that is in use.
    unsafe { libmimalloc_sys::mi_collect(true) }
}
