//! What a bag may promise beyond BagIt itself.

/// A BagIt profile, of which `bag-info.txt` says that it is followed.
#[derive(Debug)]
pub struct Profile {
    /// By which `bag-info.txt` names it.
    pub identifier: &'static str,
    /// The profile itself, for `bagit_profile.py` and its like.
    pub text: &'static str,
    /// What is told to whoever opens a bag by hand.
    pub readme: &'static str,
    /// Labels that `bag-info.txt` must have.
    pub required: &'static [&'static str],
    /// A file of the payload that no other bag has: where it lies, the profile is
    /// claimed too.
    pub mark: &'static str,
}
