Attribute VB_Name = "MentorbookGuard"
Option Explicit

' Names of sheets that programs take for their settings or for code: a workbook that has one gets no Python started.
' The same rule in Python: workbook/model/settings_sheets.py.

' The first such sheet of a workbook, of whatever kind and however hidden; an empty text where there is none.
Public Function SettingsSheet(book As Workbook) As String
    Dim sheet As Object
    Dim bare As String
    For Each sheet In book.Sheets
        bare = LCase$(Trim$(sheet.Name))
        If bare Like "*.conf" Or bare Like "*.py" Then
            SettingsSheet = sheet.Name
            Exit Function
        End If
    Next sheet
End Function

' What to tell about such a workbook; an empty text where nothing is wrong.
Public Function SettingsRefusal(book As Workbook) As String
    Dim found As String
    found = SettingsSheet(book)
    If found <> "" Then
        SettingsRefusal = "This workbook has a sheet " & found & ", which programs take for settings or code to run, so " & _
            "nothing was done. Delete that sheet (right-click a tab, Unhide, if it is hidden), or use a copy without it."
    End If
End Function
