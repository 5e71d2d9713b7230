//! What a character looks like: the letter, figure or mark of ASCII, or the Chinese figure, that a
//! reader takes it for.

use unicode_normalization::UnicodeNormalization;

/// What `c` looks like; itself where it looks like nothing else.
pub fn look(c: char) -> char {
    if c.is_ascii() {
        return if matches!(c, '\r' | '\t') { ' ' } else { c };
    }
    match c {
        '\u{3400}'..='\u{9fff}' => return c,
        '\u{2010}'..='\u{2015}'
        | '\u{2212}'
        | '\u{fe58}'
        | '\u{fe63}'
        | '\u{2500}'
        | 'ー'
        | '\u{ad}'
        | '\u{2043}' => return '-',
        '．' | '·' | '‧' | '・' | '•' => return '.',
        '、' | '､' | '﹑' => return ',',
        '∕' | '⁄' => return '/',
        '∶' | '︰' => return ':',
        '〜' => return '~',
        'ㄧ' => return '一',
        'Ο' | 'О' | 'ο' | 'о' => return 'O',
        c if c.is_whitespace() => return ' ',
        _ => {}
    }
    twin(c).or_else(|| figure(c)).or_else(|| framed_letter(c)).unwrap_or_else(|| compatible(c))
}

/// What Unicode holds a character to be compatible with, without a frame of brackets or a full stop
/// behind it: `⑴`, `⒈` and `㈠` are figures.
fn compatible(c: char) -> char {
    let parts: Vec<char> = std::iter::once(c).nfkc().collect();
    match *parts {
        [one] | ['(', one, ')'] | [one, '.' | ','] => bare(one),
        _ => c,
    }
}

/// A letter without the marks it is written with: `Á` is read as `A`.
fn bare(c: char) -> char {
    let mut parts = std::iter::once(c).nfd();
    match parts.next() {
        Some(letter) if letter.is_ascii_alphabetic() => letter,
        _ => c,
    }
}

/// The Latin letter that one of another alphabet, or a small capital, looks like.
fn twin(c: char) -> Option<char> {
    const TWINS: [(char, &str); 26] = [
        ('A', "ΑАαаᎪꓮᴀ"),
        ('B', "ΒВЬᏴꓐʙ"),
        ('C', "ϹСсϲᏟꓚᴄ"),
        ('D', "Ꭰꓓᴅ"),
        ('E', "ΕЕеᎬꓰᴇ"),
        ('F', "ꓝꜰ"),
        ('G', "ԌᏀꓖɢ"),
        ('H', "ΗНҺһᎻꓧʜ"),
        ('I', "ΙІіꓲɪ"),
        ('J', "JЈјᎫꓙᴊ"),
        ('K', "ΚКκкᏦꓗᴋ"),
        ('L', "ԼᏞꓡʟ"),
        ('M', "ΜМᎷꓟᴍ"),
        ('N', "Νꓠɴ"),
        ('O', "ꓳᴏ"),
        ('P', "ΡРрᏢꓑᴘ"),
        ('Q', "Ԛԛ"),
        ('R', "Ꭱꓣʀ"),
        ('S', "ЅѕՏᏚꓢꜱ"),
        ('T', "ΤТτᎢꓔᴛ"),
        ('U', "Սꓴᴜ"),
        ('V', "νᏙꓦᴠ"),
        ('W', "ԜԝᎳꓪᴡ"),
        ('X', "ΧХχхꓫ"),
        ('Y', "ΥУуҮꓬʏ"),
        ('Z', "ΖᏃꓜᴢ"),
    ];
    let others = matches!(c, '\u{240}'..='\u{58f}' | '\u{13a0}'..='\u{13ff}' | '\u{1d00}'..='\u{1d7f}'
        | '\u{a4d0}'..='\u{a4ff}' | '\u{a730}'..='\u{a7ff}');
    let latin = || TWINS.iter().find(|(_, twins)| twins.contains(c)).map(|(latin, _)| *latin);
    others.then(latin).flatten()
}

/// The letter in a dark frame, or of a flag.
fn framed_letter(c: char) -> Option<char> {
    const FIRST: [u32; 3] = [0x1f150, 0x1f170, 0x1f1e6];
    let point = u32::from(c);
    let first = FIRST.iter().find(|first| (**first..**first + 26).contains(&point))?;
    Some(char::from(b'A' + u8::try_from(point - first).ok()?))
}

/// The figure that a decimal digit of another script, one in a frame, or one of merchants stands for.
fn figure(c: char) -> Option<char> {
    /// By the place of their zeros.
    const ZEROS: [u32; 59] = [
        0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6,
        0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90,
        0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0,
        0x104a0, 0x10d30, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650,
        0x116c0, 0x11730, 0x118e0, 0x11950, 0x11c50, 0x11d50, 0x11da0, 0x16a60, 0x16ac0, 0x16b50,
        0x1e140, 0x1e2f0, 0x1e4f0, 0x1e950,
    ];
    /// By the place of their ones: these rows have no zero.
    const ONES: [u32; 5] = [0x2776, 0x2780, 0x278a, 0x24f5, 0x3021];
    let point = u32::from(c);
    let value = match point {
        0x24ff | 0x1f10b | 0x1f10c => Some(0),
        _ => {
            let zero = ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&point));
            let one = || ONES.iter().find(|one| (**one..**one + 9).contains(&point));
            zero.map(|zero| point - zero).or_else(|| one().map(|one| point - one + 1))
        }
    };
    char::from_digit(value?, 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_paired() {
        for (c, as_seen) in [
            ('Ａ', 'A'),
            ('１', '1'),
            ('Α', 'A'),
            ('А', 'A'),
            ('Ζ', 'Z'),
            ('һ', 'H'),
            ('Ν', 'N'),
            ('𝟗', '9'),
            ('٣', '3'),
            ('　', ' '),
            ('－', '-'),
            ('〇', '〇'),
            ('𝐀', 'A'),
            ('ⅰ', 'i'),
            ('❾', '9'),
            ('➂', '3'),
            ('⓵', '1'),
            ('〩', '9'),
            ('⑴', '1'),
            ('⒐', '9'),
            ('㈨', '九'),
            ('🅐', 'A'),
            ('🄐', 'A'),
            ('ꓮ', 'A'),
            ('Ꭺ', 'A'),
            ('ᴀ', 'A'),
            ('Á', 'A'),
            ('ẗ', 't'),
            ('෧', '1'),
            ('⑽', '⑽'),
            ('、', ','),
            ('臺', '臺'),
        ] {
            assert_eq!(look(c), as_seen, "{c}");
        }
    }
}
