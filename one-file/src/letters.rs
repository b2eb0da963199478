//! Bytes as letters: thirteen bits are two of 91 letters, which is a fourteenth shorter than base64. The letters are those of ASCII
//! from `#` to `~`, but for `<`, with which the end of a script begins. `inside/files.js` is the other half.

const LETTERS: u32 = 91;
const BITS: u32 = 13;

/// `bytes` as letters. The last pair is filled with zero bits.
#[must_use]
pub(crate) fn letters(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 5 / 4);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in bytes {
        bits = bits << 8 | u32::from(*byte);
        count += 8;
        if count >= BITS {
            count -= BITS;
            push(&mut text, bits >> count);
            bits &= (1 << count) - 1;
        }
    }
    if count > 0 {
        push(&mut text, bits << (BITS - count));
    }
    text
}

fn push(text: &mut String, pair: u32) {
    text.extend([pair / LETTERS, pair % LETTERS].map(letter));
}

fn letter(number: u32) -> char {
    let code = u32::from(b'#') + number;
    char::from_u32(code + u32::from(code >= u32::from(b'<'))).unwrap_or('#')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As `inside/files.js` reads them.
    fn bytes(text: &str, length: usize) -> Vec<u8> {
        let value = |letter: u8| u32::from(letter - b'#' - u8::from(letter > b'<'));
        let (mut bits, mut count, mut bytes) = (0, 0, Vec::new());
        for pair in text.as_bytes().chunks(2) {
            bits = bits << BITS | (value(pair[0]) * LETTERS + value(pair[1]));
            count += BITS;
            while count >= 8 {
                count -= 8;
                bytes.push(u8::try_from(bits >> count & 0xff).expect("a byte"));
                bits &= (1 << count) - 1;
            }
        }
        bytes.truncate(length);
        bytes
    }

    #[test]
    fn all_bytes_come_back_and_no_letter_ends_a_script() {
        for length in 0..300_usize {
            let plain: Vec<u8> = (0..length).map(|place| u8::try_from(place * 167 % 256).expect("a byte")).collect();
            let text = letters(&plain);
            assert_eq!(bytes(&text, length), plain);
            assert!(text.bytes().all(|letter| (b'#'..=b'~').contains(&letter) && letter != b'<'));
        }
    }

    #[test]
    fn the_first_letter_and_the_last_are_those_of_the_script() {
        const { assert!((1 << BITS) <= LETTERS * LETTERS, "every thirteen bits have two letters") };
        assert_eq!((letter(0), letter(LETTERS - 1)), ('#', '~'));
    }
}
