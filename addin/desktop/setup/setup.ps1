# Sets Mentorbook up for the user who runs it, from a folder of wheels, without internet and without an administrator.
#
#   powershell -ExecutionPolicy Bypass -File setup.ps1              set up, or mend and update what is there
#   powershell -ExecutionPolicy Bypass -File setup.ps1 -Remove      take all of it away
#
# It makes a Python environment in %LOCALAPPDATA%\Mentorbook, installs the wheels into it, puts the add-in into Excel's
# start folder and lets the doctor look. It ends with 0 when all is well, 1 when the doctor found something to mend,
# 2 when it could not do it. How the folder of wheels is made stands in docs/for-it.md.

param(
    [string] $Wheels = '',                                             # the folder of wheels; else the script's own
    [string] $Into = (Join-Path $env:LOCALAPPDATA 'Mentorbook'),       # where the environment goes
    [string] $Python = '',                                             # a python.exe, if it is not to be looked for
    [string] $Addin = '',                                              # a signed Mentorbook.xlam to install as it is
    [switch] $Remove
)

Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
if (-not $Wheels) {
    $Wheels = $PSScriptRoot
}
$environment = Join-Path $Into 'python'
$own = Join-Path $environment 'Scripts\python.exe'

function Stop-Because([string] $Sentence) {
    Write-Host $Sentence -ForegroundColor Red
    exit 2
}

# Excel keeps the add-in and the xlwings DLL open, and Windows does not let go of open files.
function Assert-ExcelIsClosed {
    if (Get-Process -Name 'EXCEL' -ErrorAction SilentlyContinue) {
        Stop-Because 'Excel is running: close every Excel window, then run this again.'
    }
}

# Every wheel must be on the list SHA256SUMS.txt, with this checksum, if there is such a list.
function Assert-WheelsAreWhole {
    $list = Join-Path $Wheels 'SHA256SUMS.txt'
    if (-not (Test-Path -LiteralPath $list)) {
        Write-Host 'There is no SHA256SUMS.txt beside the wheels, so their checksums are not looked at.'
        return
    }
    $wanted = @{}
    foreach ($line in Get-Content -LiteralPath $list) {
        if ($line -match '^([0-9a-fA-F]{64})\s+\*?(\S+)$') {
            $wanted[$Matches[2]] = $Matches[1]
        }
    }
    foreach ($wheel in Get-ChildItem -LiteralPath $Wheels -Filter '*.whl') {
        $hash = (Get-FileHash -LiteralPath $wheel.FullName -Algorithm SHA256).Hash
        if ($wanted[$wheel.Name] -ne $hash) {
            Stop-Because "$($wheel.Name) is not the file that SHA256SUMS.txt lists: get the folder of wheels anew."
        }
    }
}

# The version of Python that the wheels are made for: pandas has one for each.
function Get-WantedVersion {
    foreach ($wheel in Get-ChildItem -LiteralPath $Wheels -Filter 'pandas-*-win_*.whl') {
        if ($wheel.Name -match '-cp3(\d+)-') {
            return "3.$($Matches[1])"
        }
    }
    Stop-Because "There are no wheels for Windows in ${Wheels}: give their folder with -Wheels."
}

# The version of a python.exe, such as 3.12; empty if it does not start.
function Get-VersionOf([string] $Exe) {
    try {
        $told = & $Exe -c "import sys; print(str(sys.version_info[0]) + '.' + str(sys.version_info[1]))"
    }
    catch {
        return ''
    }
    return "$told".Trim()
}

# A Python of this version from python.org, the user's own before the computer's. The one from the Microsoft Store
# hides its files from Excel, so it is passed over.
function Find-Python([string] $Version) {
    if ($Python) {
        if ((Get-VersionOf $Python) -ne $Version) {
            Stop-Because "The wheels are for Python $Version, and $Python is another or does not start."
        }
        return $Python
    }
    foreach ($hive in 'HKCU:', 'HKLM:') {
        $key = "$hive\Software\Python\PythonCore\$Version\InstallPath"
        if (-not (Test-Path -LiteralPath $key)) {
            continue
        }
        $properties = Get-ItemProperty -LiteralPath $key
        if ($properties.PSObject.Properties.Name -notcontains 'ExecutablePath') {
            continue
        }
        $exe = $properties.ExecutablePath
        if (($exe -notlike '*WindowsApps*') -and ((Get-VersionOf $exe) -eq $Version)) {
            return $exe
        }
    }
    Stop-Because "Python $Version was not found: install it from python.org, or give its path with -Python."
}

function Install-Mentorbook {
    Assert-ExcelIsClosed
    Assert-WheelsAreWhole
    $pip = @('-m', 'pip', 'install', '--no-index', '--find-links', $Wheels, '--no-warn-script-location')
    $version = Get-WantedVersion
    if ((Test-Path -LiteralPath $own) -and ((Get-VersionOf $own) -eq $version)) {
        $pip += '--force-reinstall'                                    # mends what an antivirus took away, too
    }
    else {
        $base = Find-Python $version
        Write-Host "Making a Python environment in $environment with $base"
        & $base -m venv --clear $environment
        if ($LASTEXITCODE -ne 0) {
            Stop-Because "The environment could not be made in ${environment}: choose another folder with -Into."
        }
    }
    Write-Host 'Installing Mentorbook and what it needs; this takes a minute'
    & $own @pip mentorbook
    if ($LASTEXITCODE -ne 0) {
        Stop-Because "The wheels in $Wheels could not be installed: what pip says above names the one that is missing."
    }
    $install = @('-m', 'mentorbook', 'addin', 'install', '--replace')
    if ($Addin) {
        $install += @('--file', $Addin)
    }
    & $own @install
    if ($LASTEXITCODE -ne 0) {
        exit 2
    }
    & $own -m mentorbook addin doctor
    exit $LASTEXITCODE
}

function Remove-Mentorbook {
    Assert-ExcelIsClosed
    if ((Test-Path -LiteralPath $own) -and (Get-VersionOf $own)) {
        & $own -m mentorbook addin remove
        if ($LASTEXITCODE -ne 0) {
            exit 2
        }
    }
    else {
        # Without a Python that starts, the script takes away what the install wrote.
        $start = Join-Path $env:APPDATA 'Microsoft\Excel\XLSTART\Mentorbook.xlam'
        $log = Join-Path $env:LOCALAPPDATA 'Mentorbook\mentorbook.log'
        foreach ($left in $start, $log, (Join-Path $env:USERPROFILE '.mentorbook')) {
            if (Test-Path -LiteralPath $left) {
                Remove-Item -LiteralPath $left -Recurse -Force
            }
        }
    }
    # Only a folder that is a Python environment is deleted, whatever -Into says.
    if (Test-Path -LiteralPath (Join-Path $environment 'pyvenv.cfg')) {
        Remove-Item -LiteralPath $environment -Recurse -Force
    }
    if ((Test-Path -LiteralPath $Into) -and -not (Get-ChildItem -LiteralPath $Into -Force)) {
        Remove-Item -LiteralPath $Into
    }
    Write-Host 'Mentorbook is removed. Trackers and reports are as they were.'
    exit 0
}

if ($Remove) {
    Remove-Mentorbook
}
Install-Mentorbook
