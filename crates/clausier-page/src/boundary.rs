//! The three functions that a page calls, and the only memory that it shares with the library.
//!
//! The page asks for room (`clausier_room`), writes its request there, calls (`clausier_call`), then reads the answer where
//! `clausier_answer` says. No pointer comes in: the page can only write inside its own memory, which the browser bounds.
#![allow(unsafe_code, reason = "the names of the three functions are global, which `no_mangle` declares")]

use std::cell::RefCell;

thread_local! {
    /// The request, then the answer.
    static ROOM: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Room for a request of so many bytes, and where it begins.
#[unsafe(no_mangle)]
pub extern "C" fn clausier_room(length: usize) -> *mut u8 {
    ROOM.with_borrow_mut(|room| {
        room.clear();
        room.resize(length, 0);
        room.as_mut_ptr()
    })
}

/// Answers the request that stands in the room, and says how long the answer is, in bytes.
#[unsafe(no_mangle)]
pub extern "C" fn clausier_call() -> usize {
    let request = ROOM.take();
    let answer = clausier::json::call_bytes(&request);
    ROOM.replace(answer.into_bytes());
    ROOM.with_borrow(Vec::len)
}

/// Where the answer begins.
#[unsafe(no_mangle)]
pub extern "C" fn clausier_answer() -> *const u8 {
    ROOM.with_borrow(|room| room.as_ptr())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_answered_where_the_boundary_says() {
        assert!(!clausier_room(2).is_null());
        ROOM.with_borrow_mut(|room| room.copy_from_slice(b"{}"));
        let length = clausier_call();
        let answer = ROOM.with_borrow(|room| room.clone());
        assert_eq!(answer.len(), length);
        assert_eq!(clausier_answer(), ROOM.with_borrow(|room| room.as_ptr()));
        assert_eq!(answer, clausier::json::call("{}").into_bytes());
    }
}
