' What decides which Python is started, and with what. These procedures stand in the module xlwings, beside the few that
' are kept of it. Settings come from the user's own file alone: nothing that stands in a workbook or in a file beside one
' is asked.

' A setting of the user's own file; an empty text where it has none.
Public Function GetConfig(configKey As String) As String
    Dim found As String
    If FileExists(GetConfigFilePath()) Then
        If GetConfigFromFile(GetConfigFilePath(), configKey, found) Then GetConfig = ExpandEnvironmentStrings(found)
    End If
End Function

' The Python to start. An error says why none is.
Public Function PythonToStart() As String
    Dim reason As String
    #If Mac Then
        PythonToStart = GetConfig("INTERPRETER_MAC")
    #Else
        PythonToStart = GetConfig("INTERPRETER_WIN")
    #End If
    reason = WhyNotStarted(PythonToStart)
    If reason <> "" Then Err.Raise 1000, "Mentorbook", reason
End Function

Public Function WhyNotStarted(path As String) As String
    If path = "" Then
        WhyNotStarted = "The settings name no Python."
    ElseIf Not IsPlainPath(path) Then
        WhyNotStarted = "The Python in the settings is not a plain path on this computer."
    ElseIf Not FileExists(path) Then
        WhyNotStarted = "The Python in the settings is not there."
    End If
End Function

' Whether a path begins at a disk of this computer, goes straight on, and holds no quote or other sign that a shell reads.
Public Function IsPlainPath(path As String) As Boolean
    Dim place As Long
    Dim letter As String
    Dim signs As String
    signs = """'`%^|<>*?"
    #If Mac Then
        IsPlainPath = Left$(path, 1) = "/" And Left$(path, 2) <> "//"
        signs = signs & "\"
    #Else
        IsPlainPath = path Like "[A-Za-z]:\*" And Not Mid$(path, 3) Like "\\*" And InStr(3, path, ":") = 0
        signs = signs & "/"
    #End If
    For place = 1 To Len(path)
        letter = Mid$(path, place, 1)
        If InStr(signs, letter) > 0 Or (AscW(letter) >= 0 And AscW(letter) < 32) Then IsPlainPath = False
    Next place
    If InStr(Replace(path, "\", "/") & "/", "/../") > 0 Then IsPlainPath = False
End Function

' The command with which the DLL starts Python: no program is looked for in the current folder, and with -P no module.
Public Function XLPyCommand() As String
    XLPyCommand = Environ("SystemRoot") & "\System32\cmd.exe /K """"" & PythonToStart() & _
        """ -B -P -c ""import xlwings; xlwings.serve('$(CLSID)')"""""
End Function

' Python's server within this user's session. A workbook with functions that has a sheet of settings or code gets none.
Public Function XLPy() As Variant
    Dim reason As String
    reason = SettingsRefusal(ThisWorkbook)
    If reason <> "" Then Err.Raise 1000, "Mentorbook", reason
    XLPyLoadDLL
    If 0 <> XLPyDLLActivateAuto(XLPy, XLPyCommand(), 1) Then Err.Raise 1000, "Mentorbook", XLPy
End Function

' Loads the DLL from beside Python, or from the folder above in an environment of its own; from nowhere else.
Private Sub XLPyLoadDLL()
    Dim folder As String
    folder = ParentFolder(PythonToStart())
    If LoadLibrary(folder & "\" & XLPyDLLName) <> 0 Then Exit Sub
    If LoadLibrary(ParentFolder(folder) & "\" & XLPyDLLName) <> 0 Then Exit Sub
    Err.Raise 1000, "Mentorbook", XLPyDLLName & " could not be loaded from beside Python."
End Sub

' Runs Python on the active workbook. On Windows the command goes over COM, on a Mac through a script and a shell, which
' get every word in hexadecimal digits.
Public Sub RunPython(command As String)
    Dim reason As String
    reason = SettingsRefusal(ActiveWorkbook)
    If reason <> "" Then Err.Raise 1000, "Mentorbook", reason
    #If Mac Then
        AppleScriptTask "mentorbook.applescript", "StartPython", _
            PythonToStart() & vbLf & InHex(command) & vbLf & InHex(ActiveWorkbook.Name)
    #Else
        XLPy.SetAttr XLPy.Module("xlwings._xlwindows"), "BOOK_CALLER", ActiveWorkbook
        XLPy.Exec command
    #End If
End Sub

' A text as hexadecimal digits, four for each unit of UTF-16.
Public Function InHex(words As String) As String
    Dim place As Long
    For place = 1 To Len(words)
        InHex = InHex & Right$("000" & Hex$(AscW(Mid$(words, place, 1))), 4)
    Next place
End Function
