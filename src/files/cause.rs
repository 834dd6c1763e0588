//! Why a file could not be read or written, in words of the office, and what helps.

use std::io::{self, ErrorKind};
use std::path::{Component, Path};

/// What keeps a file from being read or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    Missing,
    Denied,
    Full,
    ReadOnlyDisk,
    ReadOnlyFile,
    IsFolder,
    TooLarge,
    NoFolder,
    Held,
    BadName,
    TooLong,
    /// A stick pulled out, a drive that is not there.
    Gone,
    Network,
    /// OneDrive shows it, but has not fetched it.
    InCloud,
    Virus,
    Damaged,
}

/// What Windows says by number and std has no kind for.
#[rustfmt::skip]
const OF_WINDOWS: &[(i32, Cause)] = &[
    (15, Cause::Gone), (20, Cause::Gone), (21, Cause::Gone), (31, Cause::Gone), (55, Cause::Gone),
    (433, Cause::Gone), (1006, Cause::Gone), (1112, Cause::Gone), (1167, Cause::Gone), (1617, Cause::Gone),
    (23, Cause::Damaged), (27, Cause::Damaged), (1117, Cause::Damaged), (1392, Cause::Damaged),
    (32, Cause::Held), (33, Cause::Held), (170, Cause::Held), (1224, Cause::Held),
    (53, Cause::Network), (59, Cause::Network), (64, Cause::Network), (67, Cause::Network),
    (121, Cause::Network), (1231, Cause::Network), (1232, Cause::Network), (1236, Cause::Network),
    (6, Cause::BadName), (123, Cause::BadName), (161, Cause::BadName), (206, Cause::TooLong),
    (225, Cause::Virus), (226, Cause::Virus),
    (362, Cause::InCloud), (363, Cause::InCloud), (364, Cause::InCloud), (389, Cause::InCloud),
    (395, Cause::InCloud), (397, Cause::InCloud), (404, Cause::InCloud), (426, Cause::InCloud),
    (1920, Cause::InCloud),
    (READ_ONLY, Cause::ReadOnlyFile),
];

/// By which Windows tells a file that is read-only; it says “access denied” of many things.
pub(super) const READ_ONLY: i32 = 6009;

/// The same of Linux: a device that is gone, and one that is broken.
const OF_LINUX: &[(i32, Cause)] =
    &[(6, Cause::Gone), (19, Cause::Gone), (123, Cause::Gone), (5, Cause::Damaged)];

impl Cause {
    pub(super) fn of(error: &io::Error) -> Option<Self> {
        let numbers = if cfg!(windows) { OF_WINDOWS } else { OF_LINUX };
        let told = error.raw_os_error().and_then(|number| Self::numbered(numbers, number));
        told.or_else(|| Self::of_kind(error.kind()))
    }

    /// The same of a file that lies somewhere: where the whole drive is not there, the
    /// system says of the file that it is not.
    pub(super) fn of_file(path: &Path, error: &io::Error) -> Option<Self> {
        match Self::of(error) {
            Some(Self::Missing) if is_without_drive(path) => Some(Self::Gone),
            cause => cause,
        }
    }

    fn numbered(numbers: &[(i32, Self)], number: i32) -> Option<Self> {
        numbers.iter().find(|(known, _)| *known == number).map(|(_, cause)| *cause)
    }

    fn of_kind(kind: ErrorKind) -> Option<Self> {
        Some(match kind {
            ErrorKind::NotFound => Self::Missing,
            ErrorKind::PermissionDenied => Self::Denied,
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::Full,
            ErrorKind::ReadOnlyFilesystem => Self::ReadOnlyDisk,
            ErrorKind::IsADirectory => Self::IsFolder,
            ErrorKind::FileTooLarge => Self::TooLarge,
            ErrorKind::NotADirectory => Self::NoFolder,
            ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => Self::Held,
            ErrorKind::InvalidFilename => Self::TooLong,
            ErrorKind::StaleNetworkFileHandle => Self::Network,
            _ => return None,
        })
    }

    pub(super) fn reason(self) -> &'static str {
        match self {
            Self::Missing => "没有这个文件或文件夹",
            Self::Denied => "没有权限",
            Self::Full => "磁盘已满",
            Self::ReadOnlyDisk => "磁盘是只读的",
            Self::ReadOnlyFile => "文件是只读的",
            Self::IsFolder => "这里已有一个同名的文件夹",
            Self::TooLarge => "文件太大",
            Self::NoFolder => "路径中有一段不是文件夹",
            Self::Held => "文件正被别的程序占用",
            Self::BadName => "名称不合法",
            Self::TooLong => "文件名或路径太长",
            Self::Gone => "这个磁盘（U 盘）不在了",
            Self::Network => "网络上的这个文件夹连不上",
            Self::InCloud => "文件还在网盘的云端，没有取到这台电脑上",
            Self::Virus => "杀毒软件拦下了这个文件",
            Self::Damaged => "磁盘读写出错，可能已经损坏",
        }
    }

    /// What helps; `None` where what is usual does.
    pub(super) fn advice(self) -> Option<&'static str> {
        Some(match self {
            Self::Held => {
                "请在 Excel、WPS 或阅读器里关闭它；网盘正在同步的，等同步完。然后再做一遍。"
            }
            Self::Denied => {
                "请换一个自己能读写的文件夹，如“文档”；杀毒软件或 Windows 的“受控制的文件夹访问”\
                 拦下的，把张榜加为信任的程序。"
            }
            Self::Full => "请腾出空间，或者换一个磁盘。",
            Self::ReadOnlyDisk => "U 盘有写保护开关的，拨到可写；光盘里的，先复制到硬盘上。",
            Self::ReadOnlyFile => "请在文件的“属性”里去掉“只读”，然后再做一遍。",
            Self::TooLong => "请把选举文件夹移到浅一些的位置，如 D:\\换届；或者改一个短些的名称。",
            Self::BadName => {
                "请换一个名称：不用 \\ / : * ? \" < > |，也不用 CON、AUX 一类保留的名称。"
            }
            Self::Gone => "请重新插好，核对盘符，然后再做一遍。",
            Self::Network => "请核对网络和共享文件夹；也可以先把选举文件夹复制到本机。",
            Self::InCloud => {
                "请联网以后在文件上点右键，选“始终保留在此设备上”；也可以把选举文件夹移出网盘。"
            }
            Self::Virus => "请在杀毒软件里核对；确是自己的文件的，恢复后加为信任。",
            Self::Damaged => "请把还读得出的文件复制到别的磁盘上，不要再往这个磁盘上写。",
            Self::Missing | Self::IsFolder | Self::NoFolder | Self::TooLarge => return None,
        })
    }
}

/// Whether the drive of a path (`E:`) is not there.
fn is_without_drive(path: &Path) -> bool {
    let Ok(whole) = std::path::absolute(path) else { return false };
    let has_drive = matches!(whole.components().next(), Some(Component::Prefix(_)));
    has_drive && !whole.ancestors().last().is_some_and(Path::exists)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_windows_says_by_number_is_told_apart() {
        let cause = |number| Cause::numbered(OF_WINDOWS, number);
        assert_eq!(cause(32), Some(Cause::Held));
        assert_eq!(cause(1167), Some(Cause::Gone));
        assert_eq!(cause(206), Some(Cause::TooLong));
        assert_eq!(cause(READ_ONLY), Some(Cause::ReadOnlyFile));
        // std has kinds for these: not there, denied, write-protected, full.
        assert_eq!([2, 3, 5, 19, 39, 112].map(cause), [None; 6]);
    }

    #[test]
    fn no_two_causes_read_the_same() {
        let all = OF_WINDOWS.iter().map(|(_, cause)| *cause).chain([
            Cause::Missing,
            Cause::Denied,
            Cause::Full,
            Cause::ReadOnlyDisk,
            Cause::IsFolder,
            Cause::NoFolder,
        ]);
        let causes: Vec<Cause> = all.collect();
        for one in &causes {
            for other in &causes {
                assert_eq!(one == other, one.reason() == other.reason(), "{one:?}, {other:?}");
            }
        }
    }
}
