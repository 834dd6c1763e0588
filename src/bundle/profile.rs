//! The BagIt profile that our packets follow, and which lies in each of them.

/// By which `bag-info.txt` names the profile.
pub const IDENTIFIER: &str = "urn:zhangbang:bagit-profile:1";

/// The profile itself, for `bagit_profile.py` and its like.
pub const TEXT: &str = include_str!("profile.json");

/// Labels that `bag-info.txt` must have.
pub const REQUIRED: [&str; 5] = [
    "Source-Organization",
    "Bagging-Date",
    "External-Identifier",
    "Payload-Oxum",
    "BagIt-Profile-Identifier",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_says_what_the_code_does() {
        let profile: serde_json::Value = serde_json::from_str(TEXT).unwrap();
        assert_eq!(profile["BagIt-Profile-Info"]["BagIt-Profile-Identifier"], IDENTIFIER);
        for label in REQUIRED {
            assert_eq!(profile["Bag-Info"][label]["required"], true, "{label}");
        }
    }
}
