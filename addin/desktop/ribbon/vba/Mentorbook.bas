Attribute VB_Name = "Mentorbook"
Option Explicit

' What the ribbon calls. The work is done in Python, by the function of addin.desktop.host.buttons that bears the button's id.

Private Const TITLE As String = "Mentorbook"
Private Const FIRST_TEMPLATE As String = "parent_report"

Private theRibbon As IRibbonUI
Private chosenTemplate As String
Private chosenPlace As Integer
Private wantsPdf As Boolean
Private wantsSheets As Boolean
Private wantsOneCopy As Boolean
Private wantsLargePrint As Boolean

Public Sub MentorbookLoaded(ribbon As IRibbonUI)
    Set theRibbon = ribbon
End Sub

' A button that needs nothing but the workbook.
Public Sub MentorbookPress(control As IRibbonControl)
    Press control.ID, control.Tag, ""
End Sub

' A button that makes reports: it is told the choices of the group Reports.
Public Sub MentorbookReport(control As IRibbonControl)
    Press control.ID, control.Tag, ReportChoices()
End Sub

' A button that reads a file: Excel asks for it, and Cancel leaves everything as it is.
Public Sub MentorbookFile(control As IRibbonControl)
    Dim chosen As Variant
    If Not MayPress(control.Tag) Then Exit Sub
    chosen = AskForFile(control.ID)
    If VarType(chosen) = vbBoolean Then Exit Sub
    Press control.ID, control.Tag, "path=" & InPython(CStr(chosen))
End Sub

' Python has looked at a template of the mentor's own and found it good; one that it refuses is never chosen.
Public Sub MentorbookTemplateChosen(path As String)
    chosenTemplate = path
    chosenPlace = -1
    Refresh "template"
End Sub

' An item of the gallery of templates.
Public Sub MentorbookTemplate(control As IRibbonControl, id As String, index As Integer)
    chosenTemplate = id
    chosenPlace = index
    Refresh control.ID
End Sub

Public Sub MentorbookTemplateLabel(control As IRibbonControl, ByRef returnedVal)
    returnedVal = TemplateLabel(CurrentTemplate())
End Sub

Public Sub MentorbookTemplateIndex(control As IRibbonControl, ByRef returnedVal)
    returnedVal = chosenPlace
End Sub

Public Sub MentorbookPdf(control As IRibbonControl, pressed As Boolean)
    wantsPdf = pressed
End Sub

Public Sub MentorbookPdfPressed(control As IRibbonControl, ByRef returnedVal)
    returnedVal = wantsPdf
End Sub

Public Sub MentorbookSheets(control As IRibbonControl, pressed As Boolean)
    wantsSheets = pressed
End Sub

Public Sub MentorbookSheetsPressed(control As IRibbonControl, ByRef returnedVal)
    returnedVal = wantsSheets
End Sub

' Ticked until it is unticked: a copy for each contact, where the template names whom it is for.
Public Sub MentorbookCopies(control As IRibbonControl, pressed As Boolean)
    wantsOneCopy = Not pressed
End Sub

Public Sub MentorbookCopiesPressed(control As IRibbonControl, ByRef returnedVal)
    returnedVal = Not wantsOneCopy
End Sub

Public Sub MentorbookLargePrint(control As IRibbonControl, pressed As Boolean)
    wantsLargePrint = pressed
End Sub

Public Sub MentorbookLargePrintPressed(control As IRibbonControl, ByRef returnedVal)
    returnedVal = wantsLargePrint
End Sub

' Runs the Python function of a button. What goes wrong in Python is told by Python; only "no Python" is told here.
Private Sub Press(button As String, needs As String, arguments As String)
    If Not MayPress(needs) Then Exit Sub
    On Error GoTo unreachable
    ' Esc is for Python, which stops in good order. Excel sets this back by itself.
    Application.EnableCancelKey = xlDisabled
    RunPython "import addin.desktop.host.buttons;addin.desktop.host.buttons." & button & "(" & arguments & ")"
    Exit Sub
unreachable:
    MsgBox "Python could not be reached, so nothing was done. Ask whoever installed Mentorbook to run: " & _
        "mentorbook addin doctor" & vbNewLine & vbNewLine & "(" & Err.Description & ")", vbExclamation, TITLE
End Sub

Private Function MayPress(needs As String) As Boolean
    Dim reason As String
    reason = WhyNot(needs)
    MayPress = (reason = "")
    If reason <> "" Then MsgBox reason, vbInformation, TITLE
End Function

' Why a button cannot work now, in a sentence; an empty text when it can.
Public Function WhyNot(needs As String) As String
    If ActiveWorkbook Is Nothing Then
        If InProtectedView() Then
            WhyNot = "This workbook is open in Protected View: choose Enable Editing above the sheet, then press the button again."
        Else
            WhyNot = "No workbook is open: open your tracker, then press the button again."
        End If
    ElseIf SettingsSheet(ActiveWorkbook) <> "" Then
        WhyNot = SettingsRefusal(ActiveWorkbook)
    ElseIf needs = "tracker" Then
        If Not IsTracker(ActiveWorkbook) Then
            WhyNot = "This workbook is not a tracker: it has no table Learners. Open your tracker, then press the button again."
        End If
    End If
End Function

Public Function IsTracker(book As Workbook) As Boolean
    Dim sheet As Worksheet
    Dim table As ListObject
    For Each sheet In book.Worksheets
        For Each table In sheet.ListObjects
            If table.Name = "Learners" Then
                IsTracker = True
                Exit Function
            End If
        Next table
    Next sheet
End Function

Private Function InProtectedView() As Boolean
    #If Mac Then
        InProtectedView = False
    #Else
        InProtectedView = Application.ProtectedViewWindows.Count > 0
    #End If
End Function

Private Function AskForFile(button As String) As Variant
    Dim kinds As String
    Dim asked As String
    Select Case button
    Case "import_file"
        kinds = "Mark sheets and registers (*.csv;*.txt;*.xlsx;*.xlsm;*.xls;*.ods),*.csv;*.txt;*.tsv;*.xlsx;*.xlsm;*.xls;*.ods;*.xml"
        asked = "Bring in which file?"
    Case "agreed_targets"
        kinds = "Filled packs and entry sheets (*.xlsx;*.xlsm),*.xlsx;*.xlsm"
        asked = "Bring in the targets of which pack?"
    Case "restore"
        kinds = "Trackers (*.xlsx;*.xlsm),*.xlsx;*.xlsm"
        asked = "Go back to which copy?"
    Case Else
        kinds = "Templates (*.xlsx;*.xlsm),*.xlsx;*.xlsm"
        asked = "Use which template?"
    End Select
    #If Mac Then
        AskForFile = Application.GetOpenFilename()
    #Else
        AskForFile = Application.GetOpenFilename(kinds, 1, asked)
    #End If
End Function

Private Function ReportChoices() As String
    ReportChoices = "template=" & InPython(CurrentTemplate()) & ",pdf=" & TrueOrFalse(wantsPdf) & _
        ",sheets=" & TrueOrFalse(wantsSheets) & ",copies=" & TrueOrFalse(Not wantsOneCopy) & _
        ",large_print=" & TrueOrFalse(wantsLargePrint)
End Function

Private Function CurrentTemplate() As String
    If chosenTemplate = "" Then chosenTemplate = FIRST_TEMPLATE
    CurrentTemplate = chosenTemplate
End Function

' What stands under the gallery: "Parent report" for parent_report, the file's name for a template of one's own.
Public Function TemplateLabel(template As String) As String
    Dim words As String
    words = Replace(template, "\", "/")
    words = Mid$(words, InStrRev(words, "/") + 1)
    If words = template Then words = Replace(words, "_", " ")
    TemplateLabel = UCase$(Left$(words, 1)) & Mid$(words, 2)
End Function

' A text as Python writes it: a quote or the end of a line ends nothing. On Windows a path keeps its meaning with / for \.
Public Function InPython(words As String) As String
    #If Mac Then
        InPython = Replace(words, "\", "\\")
    #Else
        InPython = Replace(words, "\", "/")
    #End If
    InPython = Replace(Replace(Replace(InPython, "'", "\'"), vbCr, "\r"), vbLf, "\n")
    InPython = "'" & InPython & "'"
End Function

' Python's words, whatever language Excel speaks.
Private Function TrueOrFalse(flag As Boolean) As String
    If flag Then TrueOrFalse = "True" Else TrueOrFalse = "False"
End Function

Private Sub Refresh(control As String)
    If Not theRibbon Is Nothing Then theRibbon.InvalidateControl control
End Sub
