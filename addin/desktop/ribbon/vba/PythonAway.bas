Attribute VB_Name = "PythonAway"
Option Private Module
Option Explicit

' What a function shows where Python cannot be reached: a sentence in the cell instead of an error.
Public Function PythonAwayText(reason As String) As String
    Dim first As String
    PythonAwayText = SettingsRefusal(ThisWorkbook)
    If PythonAwayText <> "" Then Exit Function
    first = Split(Replace(reason & vbLf, vbCr, vbLf), vbLf)(0)
    PythonAwayText = "Python could not be reached, so this is not worked out. Ask whoever installed Mentorbook to run: " & _
        "mentorbook addin doctor (" & Left$(first, 80) & ")"
End Function
