//! Who may read a file that is written.

use std::fs::File;
use std::io;
use std::path::Path;

/// Who may read a file that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// As the system has it; of a file that is replaced, those it had.
    All,
    /// Its owner: it holds personal data. On Windows also administrators and the system
    /// itself, which reads it for scanners and backups.
    Owner,
}

/// Opens a new file beside `target`, which is never seen by others before it is closed to
/// them.
#[cfg(unix)]
pub(super) fn open_new(path: &Path, target: &Path, readers: Readers) -> io::Result<File> {
    use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
    let mode = match (readers, std::fs::metadata(target)) {
        (Readers::Owner, _) => 0o600,
        (Readers::All, Ok(old)) => old.permissions().mode() & 0o666,
        (Readers::All, Err(_)) => 0o666,
    };
    File::options().read(true).write(true).create_new(true).mode(mode).open(path)
}

#[cfg(windows)]
pub(super) use windows::open_new;

#[cfg(windows)]
#[allow(unsafe_code, reason = "said at each")]
mod windows {
    use std::ffi::c_void;
    use std::os::windows::ffi::OsStrExt as _;
    use std::os::windows::fs::OpenOptionsExt as _;
    use std::os::windows::io::{AsRawHandle as _, FromRawHandle as _, OwnedHandle};
    use std::path::Component;
    use std::ptr::null_mut;

    use windows_sys::Win32::Foundation::{GENERIC_READ, GENERIC_WRITE, HANDLE, LocalFree};
    use windows_sys::Win32::Security::Authorization::{
        ConvertSidToStringSidW, ConvertStringSecurityDescriptorToSecurityDescriptorW,
        GetSecurityInfo, SDDL_REVISION_1, SE_FILE_OBJECT,
    };
    use windows_sys::Win32::Security::{
        DACL_SECURITY_INFORMATION, GetTokenInformation, PSECURITY_DESCRIPTOR,
        SetKernelObjectSecurity, TOKEN_QUERY, TOKEN_USER, TokenUser,
    };
    use windows_sys::Win32::Storage::FileSystem::{
        FILE_SHARE_DELETE, GetDriveTypeW, GetVolumeInformationByHandleW, READ_CONTROL, WRITE_DAC,
    };
    use windows_sys::Win32::System::Threading::{GetCurrentProcess, OpenProcessToken};

    use super::{File, Path, Readers, io};

    /// Others may not open it before it is written.
    pub(in crate::files) fn open_new(
        path: &Path,
        target: &Path,
        readers: Readers,
    ) -> io::Result<File> {
        let new = File::options()
            .access_mode(GENERIC_READ | GENERIC_WRITE | WRITE_DAC)
            .share_mode(FILE_SHARE_DELETE)
            .create_new(true)
            .write(true)
            .open(path)?;
        if is_of_this_computer(path) && knows_permissions(&new) {
            let permissions = match readers {
                Readers::Owner => Some(Permissions::of_owner()?),
                Readers::All => Permissions::of_file(target),
            };
            permissions.map_or(Ok(()), |permissions| permissions.give(&new))?;
        }
        Ok(new)
    }

    /// A stick or a shared folder is for others, too: what lies there has the readers of
    /// its folder, and another computer would not know who the owner is.
    fn is_of_this_computer(path: &Path) -> bool {
        const DRIVE_FIXED: u32 = 3;
        let Ok(whole) = std::path::absolute(path) else { return false };
        let Some(Component::Prefix(drive)) = whole.components().next() else { return false };
        let root = drive.as_os_str().encode_wide().chain([u16::from(b'\\'), 0]);
        let root: Vec<u16> = root.collect();
        // SAFETY: it reads up to the nought.
        unsafe { GetDriveTypeW(root.as_ptr()) == DRIVE_FIXED }
    }

    /// Whether the disk does: many that are carried about do not.
    fn knows_permissions(file: &File) -> bool {
        const FILE_PERSISTENT_ACLS: u32 = 8;
        let (handle, mut flags, no) = (file.as_raw_handle(), 0, null_mut());
        // SAFETY: the handle is open, one number is written; no name is asked for.
        let known = unsafe {
            GetVolumeInformationByHandleW(handle, no, 0, null_mut(), null_mut(), &mut flags, no, 0)
        };
        known != 0 && flags & FILE_PERSISTENT_ACLS != 0
    }

    /// Permissions that the system has laid out in memory of its own.
    struct Permissions(PSECURITY_DESCRIPTOR);

    impl Drop for Permissions {
        fn drop(&mut self) {
            // SAFETY: the calls that give one say that it is to be freed so.
            unsafe { LocalFree(self.0) };
        }
    }

    impl Permissions {
        /// All for the user, administrators and the system; nothing from the folder.
        fn of_owner() -> io::Result<Self> {
            let text = format!("D:P(A;;FA;;;{})(A;;FA;;;SY)(A;;FA;;;BA)", user()?);
            let text: Vec<u16> = text.encode_utf16().chain([0]).collect();
            let mut made = null_mut();
            // SAFETY: it reads up to the nought, and writes one pointer.
            let done = unsafe {
                ConvertStringSecurityDescriptorToSecurityDescriptorW(
                    text.as_ptr(),
                    SDDL_REVISION_1,
                    &mut made,
                    null_mut(),
                )
            };
            if done == 0 { Err(io::Error::last_os_error()) } else { Ok(Self(made)) }
        }

        /// Those of a file that is there.
        fn of_file(path: &Path) -> Option<Self> {
            let file = File::options().access_mode(READ_CONTROL).open(path).ok()?;
            let mut found = null_mut();
            // SAFETY: the handle is open, and one pointer is written; the others are not
            // asked for.
            let failed = unsafe {
                GetSecurityInfo(
                    file.as_raw_handle(),
                    SE_FILE_OBJECT,
                    DACL_SECURITY_INFORMATION,
                    null_mut(),
                    null_mut(),
                    null_mut(),
                    null_mut(),
                    &mut found,
                )
            };
            (failed == 0).then_some(Self(found))
        }

        /// Gives them to a file.
        fn give(&self, file: &File) -> io::Result<()> {
            let handle = file.as_raw_handle();
            // SAFETY: the handle is open for this, and the permissions are whole.
            let done =
                unsafe { SetKernelObjectSecurity(handle, DACL_SECURITY_INFORMATION, self.0) };
            if done == 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
        }
    }

    /// The user by whom this process runs, as permissions name him.
    fn user() -> io::Result<String> {
        // The user stands before the bytes of his number, of which there are 68 at most.
        #[repr(align(8))]
        struct Room([u8; 128]);
        let mut room = Room([0; 128]);
        let mut token: HANDLE = null_mut();
        let (mut length, mut text) = (0, null_mut());
        // SAFETY: each call writes what outlives it and no more than there is room for; the
        // token is closed, and the text freed, once.
        unsafe {
            if OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &mut token) == 0 {
                return Err(io::Error::last_os_error());
            }
            let token = OwnedHandle::from_raw_handle(token);
            let to: *mut c_void = room.0.as_mut_ptr().cast();
            if GetTokenInformation(token.as_raw_handle(), TokenUser, to, 128, &mut length) == 0
                || ConvertSidToStringSidW((*to.cast::<TOKEN_USER>()).User.Sid, &mut text) == 0
            {
                return Err(io::Error::last_os_error());
            }
            let end = (0..).take_while(|&at| *text.add(at) != 0).count();
            let user = String::from_utf16_lossy(std::slice::from_raw_parts(text, end));
            LocalFree(text.cast());
            Ok(user)
        }
    }
}
