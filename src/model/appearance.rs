//! What the publisher decides about the look of the site: a logo and two colours of its own. A
//! colour that could not be read is refused: WCAG 2.2, success criterion 1.4.3, asks for a contrast
//! of 4.5 : 1 between text and what it stands on.

use std::fmt;

use palette::color_difference::Wcag21RelativeContrast;
use palette::{FromColor, Oklch, Srgb};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::record::value::Group;
use crate::source::{Content, FileId, SourceTree, Spanned};

/// The least contrast of text with its ground.
const LEAST: f32 = 4.5;
/// The grounds text stands on, without and with the dark mode; `00-tokens.css` has the same.
const LIGHT_GROUNDS: [Colour; 2] = [Colour([0xff, 0xff, 0xff]), Colour([0xf3, 0xf5, 0xf8])];
const DARK_GROUNDS: [Colour; 2] = [Colour([0x12, 0x17, 0x1d]), Colour([0x1b, 0x22, 0x2b])];
const WHITE: Colour = Colour([0xff, 0xff, 0xff]);

/// A colour in sRGB, eight bits a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

/// As in a style sheet, `#17344f`.
impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl Colour {
    /// Reads `#17344f`.
    fn parse(text: &str) -> Option<Self> {
        let parts = |colour: Srgb<u8>| Self([colour.red, colour.green, colour.blue]);
        text.parse().map(parts).ok()
    }

    fn rgb(self) -> Srgb<f32> {
        let [red, green, blue] = self.0;
        Srgb::new(red, green, blue).into_format()
    }

    /// The contrast of two colours by WCAG 2.2, from 1 to 21.
    pub fn contrast(self, other: Self) -> f32 {
        self.rgb().relative_contrast(other.rgb())
    }

    /// The colour as it is in the dark mode: of the same hue, lighter by fiftieths until it can be
    /// read there.
    pub fn in_the_dark(self) -> Self {
        let own = Oklch::from_color(self.rgb());
        let lighter = (0..=50u8).map(|step| {
            let lightness = own.l + (1.0 - own.l) * f32::from(step) / 50.0;
            let colour = Srgb::from_color(Oklch::new(lightness, own.chroma, own.hue)).into_format();
            Self([colour.red, colour.green, colour.blue])
        });
        let readable = |colour: &Self| DARK_GROUNDS.iter().all(|g| colour.contrast(*g) >= 7.0);
        lighter.into_iter().find(readable).unwrap_or(WHITE)
    }
}

/// A logo and two colours, where the site has its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Appearance {
    /// The ground of the head of each page, under white text.
    pub band: Option<Colour>,
    /// Links and marks.
    pub accent: Option<Colour>,
    /// A picture under `templates/`, by its path there.
    pub logo: Option<String>,
    /// The mark for accessible sites.
    pub mark: Option<Mark>,
}

/// The mark an authority grants to accessible sites.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// A picture under `templates/`, by its path there.
    pub image: String,
    pub title: String,
    /// The authority's page about it.
    pub url: String,
}

impl Appearance {
    /// Reads the checked configuration; the tree tells whether the pictures are there.
    pub(super) fn resolve(config: &Group, tree: &SourceTree, report: &mut Diagnostics) -> Self {
        let own = config.group("appearance");
        let mut colour = |key: &str, grounds: &[Colour], what: &str| {
            let written = own?.text(key)?;
            let colour = Colour::parse(written.value)?;
            let contrast = grounds.iter().map(|ground| colour.contrast(*ground));
            let contrast = contrast.fold(f32::INFINITY, f32::min);
            if contrast >= LEAST {
                return Some(colour);
            }
            // Cut, not rounded: 4.49 must not read as 4.5.
            let contrast = (contrast * 100.0).floor() / 100.0;
            let message = format!("`{colour}` has a contrast of {contrast} : 1 with {what}");
            let fault = Diagnostic::new(Code::LowContrast, written.span, message);
            report.push(fault.help("choose a darker colour; 4.5 : 1 is the least"));
            None
        };
        let band = colour("band", &[WHITE], "the white text on it");
        let accent = colour("accent", &LIGHT_GROUNDS, "the grounds it stands on");
        let logo = own.and_then(|own| own.text("logo"));
        let mark = config.group("accessibility_mark");
        let image = mark.and_then(|mark| mark.text("image"));
        for picture in logo.iter().chain(&image) {
            report.extend(picture_fault(picture, tree));
        }
        Self {
            band,
            accent,
            logo: logo.map(|logo| logo.value.to_owned()),
            mark: mark.map(|mark| Mark {
                image: mark.string("image"),
                title: mark.string("title"),
                url: mark.string("url"),
            }),
        }
    }
}

/// What is wrong with a picture the configuration names, if anything is.
fn picture_fault(picture: &Spanned<&str>, tree: &SourceTree) -> Option<Diagnostic> {
    let path = format!("templates/{}", picture.value);
    let there = |id: FileId| !matches!(tree.file(id).content, Content::Absent);
    let fault = if !picture.value.starts_with("assets/") {
        "only files under `templates/assets/` are published".to_owned()
    } else if tree.find(&path).is_some_and(there) {
        return None;
    } else {
        format!("there is no `{path}`")
    };
    let help = "put the picture there, or correct the name";
    Some(Diagnostic::new(Code::MissingFile, picture.span, fault).help(help))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        // From the W3C's own examples: #777777 on white is 4.48, #767676 is 4.54.
        for (colour, expected) in [("#000000", 21.0), ("#777777", 4.48), ("#767676", 4.54)] {
            let contrast = Colour::parse(colour).expect("a colour").contrast(WHITE);
            assert!((contrast - expected).abs() < 0.01, "{colour}: {contrast}");
        }
    }

    #[test]
    fn every_colour_can_be_read_in_the_dark() {
        for step in 0..=255u8 {
            for colour in [[step, 0, 0], [0, step, 255], [step, step, step], [255 - step, 99, step]]
            {
                let light = Colour(colour).in_the_dark();
                assert!(DARK_GROUNDS.iter().all(|ground| light.contrast(*ground) >= 7.0));
            }
        }
    }

    #[test]
    fn a_colour_is_written_as_it_is_read() {
        let colour = Colour::parse("#0a4f8c").expect("a colour");
        assert_eq!(colour.to_string(), "#0a4f8c");
    }
}
