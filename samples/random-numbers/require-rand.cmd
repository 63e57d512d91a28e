@dotnet run --project "%~dp0RequireRand" -c Release -- %*
