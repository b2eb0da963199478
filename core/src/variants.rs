//! Lists of all variants of an enum, derived so that none can be forgotten.

/// The array of all variants of `$kind`, each in a tuple with what the `const` methods return for it. The enum derives
/// `strum::EnumCount` and `strum::VariantArray`.
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
