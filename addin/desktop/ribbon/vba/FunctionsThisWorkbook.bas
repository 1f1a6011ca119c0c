' Starts Python when the tracker opens, so that the first formula need not wait for it, and tells the function
' wizard what each function is for. The workbook does not count as changed by this.
Private Sub Workbook_Open()
    Dim untouched As Boolean
    #If Not Mac Then
        On Error Resume Next
        untouched = ThisWorkbook.Saved
        DescribeFunctions
        XLPy.Module "addin.functions.declared"
        ThisWorkbook.Saved = untouched
    #End If
End Sub
