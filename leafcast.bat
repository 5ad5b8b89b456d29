@echo off
rem Windows: a double click opens the studio.
cd /d "%~dp0"
echo leafcast is starting. The first time it sets itself up, which takes some minutes.
echo Leave this window open while you work; close it when you are done.
where py >nul 2>nul
if errorlevel 1 (
    echo Python is missing. Get it from python.org, install it, and double-click this file again.
    pause
    exit /b 1
)
py build.py studio %*
if errorlevel 1 (
    echo.
    echo leafcast could not start; what it said stands above.
    pause
)
