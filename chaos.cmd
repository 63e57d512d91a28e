@echo off
rem Builds the command when that is needed and runs it with the caller's arguments; ends with its exit code.
setlocal
set "ROOT=%~dp0"
where dotnet >nul 2>nul
if errorlevel 1 (
    echo chaos: no dotnet found; install the .NET 10 SDK ^(https://dotnet.microsoft.com/download^) or put it into PATH 1>&2
    exit /b 2
)
set "LOG=%TEMP%\chaos-build-%RANDOM%%RANDOM%.log"
dotnet build "%ROOT%src\Turbulence.Cli" --configuration Release --nologo --verbosity quiet >"%LOG%" 2>&1
if errorlevel 1 (
    type "%LOG%" 1>&2
    del "%LOG%"
    echo chaos: the build failed 1>&2
    exit /b 2
)
del "%LOG%"
"%ROOT%artifacts\bin\Turbulence.Cli\release\chaos.exe" %*
exit /b %ERRORLEVEL%
