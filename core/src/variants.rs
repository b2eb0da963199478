//! Lists all variants of an enum at compile time, so that none can be missing.

/// An array of all variants of `$kind`, each in a tuple with the results of the `const` methods.
/// The enum must derive `strum::EnumCount` and `strum::VariantArray`.
macro_rules! variants_with {
    ($kind:ty: $($method:ident),+) => {{
        let variants = <$kind as strum::VariantArray>::VARIANTS;
        let mut all = [(variants[0], $(variants[0].$method()),+); <$kind as strum::EnumCount>::COUNT];
        let mut index = 0;
        while index < all.len() {
            all[index] = (variants[index], $(variants[index].$method()),+);
            index += 1;
        }
        all
    }};
}

pub(crate) use variants_with;
