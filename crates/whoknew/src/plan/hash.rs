//! A fast hash of small numbers, the same on every machine and every run.

use super::numbers::Small;

const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
const START: u64 = 0xA076_1D64_78BD_642F;

/// `hash` with `word` mixed in.
#[inline]
pub(super) const fn mix(hash: u64, word: u64) -> u64 {
    let product = (hash ^ word ^ START) as u128 * FACTOR as u128;
    ((product >> 64) as u64 ^ product as u64).rotate_left(23).wrapping_add(word)
}

/// The hash of a row of values.
#[inline]
pub(super) fn of_smalls(smalls: &[Small]) -> u64 {
    let (chunks, rest) = smalls.as_chunks::<4>();
    let hash = chunks.iter().fold(START, |hash, chunk| {
        let word = chunk.iter().fold(0, |word, &small| word << 16 | u64::from(small));
        mix(hash, word)
    });
    rest.iter().fold(hash, |hash, &small| mix(hash, u64::from(small)))
}

/// The hash of words.
#[inline]
pub(super) fn of_words(words: &[u32]) -> u64 {
    of_iter(words.iter().copied())
}

/// The hash of words.
#[inline]
pub(super) fn of_iter(words: impl Iterator<Item = u32>) -> u64 {
    words.fold(START, |hash, word| mix(hash, u64::from(word)))
}
