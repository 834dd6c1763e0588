; 安装程序：给当前用户安装，不要管理员权限；界面是中文。
; 由 scripts/package.py 调用，给出 VERSION、FILES、TARGET、SIZE 和 STUB。

Target ${STUB}
Unicode true
ManifestSupportedOS all
ManifestDPIAware true
RequestExecutionLevel user
SetCompressor /SOLID lzma

!include WinVer.nsh
!include x64.nsh
!if ${STUB} == "x86-unicode"
  !define PAGES
  !include MUI2.nsh
!endif

!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Zhangbang"
!define CLASSES "Software\Classes"

Name "张榜"
OutFile "${TARGET}"
InstallDir "$LOCALAPPDATA\Programs\Zhangbang"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
BrandingText "张榜 ${VERSION}"
Icon "zhangbang.ico"
UninstallIcon "zhangbang.ico"

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "张榜"
VIAddVersionKey /LANG=2052 "FileDescription" "张榜安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "CompanyName" "张榜（开源项目）"
VIAddVersionKey /LANG=2052 "LegalCopyright" "按 Apache-2.0 许可证发布"

!ifdef PAGES
  !define MUI_ICON "zhangbang.ico"
  !define MUI_UNICON "zhangbang.ico"
  !define MUI_FINISHPAGE_RUN "$INSTDIR\zhangbang.exe"
  !define MUI_FINISHPAGE_RUN_TEXT "打开张榜"
  !define MUI_FINISHPAGE_SHOWREADME "$INSTDIR\使用说明.txt"
  !define MUI_FINISHPAGE_SHOWREADME_TEXT "看使用说明"
  !define MUI_FINISHPAGE_SHOWREADME_NOTCHECKED
  !insertmacro MUI_PAGE_DIRECTORY
  !insertmacro MUI_PAGE_COMPONENTS
  !insertmacro MUI_PAGE_INSTFILES
  !insertmacro MUI_PAGE_FINISH
  !insertmacro MUI_UNPAGE_CONFIRM
  !insertmacro MUI_UNPAGE_INSTFILES
  !insertmacro MUI_LANGUAGE "SimpChinese"
!else
  LoadLanguageFile "${NSISDIR}\Contrib\Language files\SimpChinese.nlf"
  Page instfiles
  UninstPage instfiles
!endif

Function .onInit
  ${IfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "张榜要 Windows 10 或更新的 Windows，这台电脑的 Windows 太旧，装上也打不开。$\r$\n请换一台电脑，或者先升级 Windows。" /SD IDOK
    Abort
  ${EndIf}
  ${IfNot} ${RunningX64}
    MessageBox MB_OK|MB_ICONSTOP "张榜要 64 位的 Windows，这台电脑装的是 32 位的，装上也打不开。" /SD IDOK
    Abort
  ${EndIf}
FunctionEnd

Section "张榜程序和说明" program
  SectionIn RO
  SetOutPath "$INSTDIR"
  ; 正开着的程序换不了，先说明。
  ClearErrors
  Delete "$INSTDIR\zhangbang.exe"
  ${If} ${FileExists} "$INSTDIR\zhangbang.exe"
    MessageBox MB_OK|MB_ICONSTOP "张榜正开着，换不了。请先在页面上点“退出”，再安装。" /SD IDOK
    Abort
  ${EndIf}
  File /r "${FILES}\*"
  WriteUninstaller "$INSTDIR\卸载张榜.exe"
  CreateDirectory "$SMPROGRAMS\张榜"
  CreateShortCut "$SMPROGRAMS\张榜\张榜.lnk" "$INSTDIR\zhangbang.exe"
  CreateShortCut "$SMPROGRAMS\张榜\使用说明.lnk" "$INSTDIR\使用说明.txt"
  CreateShortCut "$SMPROGRAMS\张榜\卸载张榜.lnk" "$INSTDIR\卸载张榜.exe"
  WriteRegStr HKCU "${KEY}" "DisplayName" "张榜"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\zhangbang.exe"
  WriteRegStr HKCU "${KEY}" "Publisher" "张榜（开源项目）"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\卸载张榜.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\卸载张榜.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" ${SIZE}
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
SectionEnd

Section "桌面上的图标" desktop
  CreateShortCut "$DESKTOP\张榜.lnk" "$INSTDIR\zhangbang.exe"
SectionEnd

; 只加到“打开方式”里，不改用户原来的选择。
Section "“打开方式”里的张榜（档案包、选举说明、文件夹）" open
  WriteRegStr HKCU "${CLASSES}\Applications\zhangbang.exe" "FriendlyAppName" "张榜"
  WriteRegStr HKCU "${CLASSES}\Applications\zhangbang.exe\DefaultIcon" "" "$INSTDIR\zhangbang.exe,0"
  WriteRegStr HKCU "${CLASSES}\Applications\zhangbang.exe\shell\open\command" "" '"$INSTDIR\zhangbang.exe" "%1"'
  WriteRegStr HKCU "${CLASSES}\Applications\zhangbang.exe\SupportedTypes" ".zip" ""
  WriteRegStr HKCU "${CLASSES}\Applications\zhangbang.exe\SupportedTypes" ".yaml" ""
  WriteRegStr HKCU "${CLASSES}\Zhangbang.Election" "" "选举说明"
  WriteRegStr HKCU "${CLASSES}\Zhangbang.Election\DefaultIcon" "" "$INSTDIR\zhangbang.exe,0"
  WriteRegStr HKCU "${CLASSES}\Zhangbang.Election\shell\open\command" "" '"$INSTDIR\zhangbang.exe" "%1"'
  WriteRegStr HKCU "${CLASSES}\.yaml\OpenWithProgids" "Zhangbang.Election" ""
  WriteRegStr HKCU "${CLASSES}\Zhangbang.Packet" "" "选举档案包"
  WriteRegStr HKCU "${CLASSES}\Zhangbang.Packet\DefaultIcon" "" "$INSTDIR\zhangbang.exe,0"
  WriteRegStr HKCU "${CLASSES}\Zhangbang.Packet\shell\open\command" "" '"$INSTDIR\zhangbang.exe" verify "%1"'
  WriteRegStr HKCU "${CLASSES}\.zip\OpenWithProgids" "Zhangbang.Packet" ""
  WriteRegStr HKCU "${CLASSES}\Directory\shell\Zhangbang" "" "用张榜打开"
  WriteRegStr HKCU "${CLASSES}\Directory\shell\Zhangbang" "Icon" "$INSTDIR\zhangbang.exe,0"
  WriteRegStr HKCU "${CLASSES}\Directory\shell\Zhangbang\command" "" '"$INSTDIR\zhangbang.exe" serve "%V"'
SectionEnd

!ifdef PAGES
  LangString about_program 2052 "程序、说明和许可证，装在自己的用户文件夹里，不要管理员密码。"
  LangString about_desktop 2052 "双击它就打开。"
  LangString about_open 2052 "在文件上点右键，用张榜打开；双击时用什么打开，不改。"
  !insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
    !insertmacro MUI_DESCRIPTION_TEXT ${program} $(about_program)
    !insertmacro MUI_DESCRIPTION_TEXT ${desktop} $(about_desktop)
    !insertmacro MUI_DESCRIPTION_TEXT ${open} $(about_open)
  !insertmacro MUI_FUNCTION_DESCRIPTION_END
!endif

; 只删安装时放进去的；选举文件夹在别处，不动。
Section "Uninstall"
  Delete "$INSTDIR\zhangbang.exe"
  ${If} ${FileExists} "$INSTDIR\zhangbang.exe"
    MessageBox MB_OK|MB_ICONSTOP "张榜正开着，卸载不了。请先在页面上点“退出”。" /SD IDOK
    Abort
  ${EndIf}
  Delete "$INSTDIR\*.txt"
  Delete "$INSTDIR\手册\*.txt"
  Delete "$INSTDIR\许可\*.txt"
  Delete "$INSTDIR\卸载张榜.exe"
  RMDir "$INSTDIR\手册"
  RMDir "$INSTDIR\许可"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\张榜\*.lnk"
  RMDir "$SMPROGRAMS\张榜"
  Delete "$DESKTOP\张榜.lnk"
  ; 记着上次打开的文件夹和本机页面的口令。
  Delete "$LOCALAPPDATA\zhangbang\last.txt"
  Delete "$LOCALAPPDATA\zhangbang\open.html"
  Delete "$LOCALAPPDATA\zhangbang\desk-*.json"
  RMDir "$LOCALAPPDATA\zhangbang"
  DeleteRegKey HKCU "${CLASSES}\Applications\zhangbang.exe"
  DeleteRegKey HKCU "${CLASSES}\Zhangbang.Election"
  DeleteRegKey HKCU "${CLASSES}\Zhangbang.Packet"
  DeleteRegKey HKCU "${CLASSES}\Directory\shell\Zhangbang"
  DeleteRegValue HKCU "${CLASSES}\.yaml\OpenWithProgids" "Zhangbang.Election"
  DeleteRegValue HKCU "${CLASSES}\.zip\OpenWithProgids" "Zhangbang.Packet"
  DeleteRegKey HKCU "${KEY}"
SectionEnd
