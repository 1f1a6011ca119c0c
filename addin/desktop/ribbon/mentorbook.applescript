-- Through this Excel for Mac starts Python when a button is pressed. Excel hands over lines: the path of Python, then
-- words in hexadecimal digits. Each goes to the shell quoted, so that it stays one word and nothing in it is read.

on StartPython(handedOver)
	set theWords to paragraphs of handedOver
	set theCommand to quoted form of (item 1 of theWords) & " -B -P -m addin.desktop.host.started"
	repeat with oneWord in rest of theWords
		set theCommand to theCommand & " " & quoted form of (contents of oneWord)
	end repeat
	do shell script theCommand & " > /dev/null 2>&1 &"
	return ""
end StartPython
