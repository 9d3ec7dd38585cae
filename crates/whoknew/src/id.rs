//! Small integers that name things: one newtype per kind of thing, so that no naked index crosses a border.

/// Defines a newtype over `u32` that names the elements of one list.
#[macro_export]
#[doc(hidden)]
macro_rules! define_id {
    ($(#[$meta:meta])* pub struct $name:ident;) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(u32);

        impl $name {
            /// The id of the element at `index` of its list.
            pub const fn from_index(index: usize) -> Self {
                Self(index as u32)
            }

            /// The position in its list.
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}
