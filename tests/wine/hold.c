/* Holds a file as other programs do: hold.exe FILE SHARE, until it is closed. SHARE is
 * what others may still do: 0 nothing (Excel), 1 read (readers of PDF). */
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>

int wmain(int count, wchar_t **words) {
    HANDLE file = CreateFileW(words[1], GENERIC_READ, _wtoi(words[2]), NULL, OPEN_EXISTING, 0, NULL);
    if (count != 3 || file == INVALID_HANDLE_VALUE) return 1;
    puts("held");
    fflush(stdout);
    Sleep(60000);
    return 0;
}
