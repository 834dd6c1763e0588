//! The BagIt profile that our packets follow, and which lies in each of them.

use super::catalogue::DIRECTORY;
use crate::bag::Profile;

pub static PROFILE: Profile = Profile {
    identifier: "urn:zhangbang:bagit-profile:1",
    text: include_str!("profile.json"),
    readme: include_str!("readme.txt"),
    required: &[
        "Source-Organization",
        "Bagging-Date",
        "External-Identifier",
        "Payload-Oxum",
        "BagIt-Profile-Identifier",
    ],
    mark: DIRECTORY,
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_says_what_the_code_does() {
        let profile: serde_json::Value = serde_json::from_str(PROFILE.text).unwrap();
        assert_eq!(profile["BagIt-Profile-Info"]["BagIt-Profile-Identifier"], PROFILE.identifier);
        for label in PROFILE.required {
            assert_eq!(profile["Bag-Info"][*label]["required"], true, "{label}");
        }
    }
}
