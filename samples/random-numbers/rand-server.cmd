@dotnet run --project "%~dp0RandServer" -c Release -- %*
