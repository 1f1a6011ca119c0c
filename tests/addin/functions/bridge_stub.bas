Attribute VB_Name = "xlwings"
' In LibreOffice this module stands in for xlwings.bas, whose DLL is for Windows: the way to Python is an object of the test.
Public Function XLPyCallUDF(moduleName, functionName, arguments)
    Dim bridge, answer
    Set bridge = CreateUnoService("mentorbook.test.Bridge")
    answer = bridge.CallUDF(moduleName, functionName, arguments)
    If Not IsArray(answer) Then
        XLPyCallUDF = answer
        Exit Function
    End If
    Dim row, place
    Dim cells(UBound(answer), UBound(answer(0)))
    For row = 0 To UBound(answer)
        For place = 0 To UBound(answer(0))
            cells(row, place) = answer(row)(place)
        Next place
    Next row
    XLPyCallUDF = cells
End Function
