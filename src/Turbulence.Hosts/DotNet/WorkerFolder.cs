using System.Diagnostics.CodeAnalysis;
using Turbulence.Platform.Files;

namespace Turbulence.Hosts.DotNet;

/// <summary>
/// Where the worker's files are run from: <c>turbulence/dotnet-worker-HASH</c> in <c>XDG_CACHE_HOME</c> or <c>~/.cache</c>, which nobody
/// else may be able to write to; where that is not so, a private temporary folder.
/// </summary>
/// <param name="environment">Reads an environment variable.</param>
internal sealed class WorkerFolder(Func<string, string?> environment) : IDisposable
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerReads = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly Lock _turn = new();
    private string? _temporary;

    /// <summary>Puts the files in their place, or sees that they are there unchanged.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="problem">Why there is none.</param>
    public bool TryPrepare([NotNullWhen(true)] out string? directory, [NotNullWhen(false)] out string? problem)
    {
        lock (_turn)
        {
            problem = null;
            directory = InCache() ?? InTemporary(out problem);
            return directory is not null;
        }
    }

    /// <summary>Removes the temporary folder, where there is one.</summary>
    public void Dispose()
    {
        lock (_turn)
        {
            Remove(_temporary);
            _temporary = null;
        }
    }

    private string? InCache()
    {
        if (CacheFolder() is not { } cache)
        {
            return null;
        }

        try
        {
            var ours = Path.Combine(cache, "turbulence");
            CreatePrivate(cache);
            CreatePrivate(ours);
            if (!FileOwnership.IsOursAlone(ours))
            {
                return null;
            }

            var folder = Path.Combine(ours, $"dotnet-worker-{WorkerFiles.Hash}");
            return IsIntact(folder) || Unpack(ours, folder) || Unpack(ours, folder) ? folder : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>
    /// Writes the files beside the folder and renames, so that nobody sees a half of them; of two that do so at once one wins. Only where
    /// they both found damage may one take away what the other has just put there, and a second attempt finds it.
    /// </summary>
    private static bool Unpack(string parent, string folder)
    {
        var beside = Path.Combine(parent, $".{Path.GetRandomFileName()}");
        var stale = Path.Combine(parent, $".{Path.GetRandomFileName()}");
        try
        {
            Write(beside);
            if (IsIntact(folder))
            {
                return true;
            }

            if (Directory.Exists(folder) || File.Exists(folder))
            {
                Directory.Move(folder, stale);
            }

            Directory.Move(beside, folder);
            return IsIntact(folder);
        }
        catch (IOException)
        {
            return IsIntact(folder);
        }
        finally
        {
            Remove(beside);
            Remove(stale);
        }
    }

    private static bool IsIntact(string folder)
    {
        try
        {
            return Directory.Exists(folder)
                && FileOwnership.IsOursAlone(folder)
                && WorkerFiles.All.All(file => IsIntact(Path.Combine(folder, file.Name), file.Content));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsIntact(string path, byte[] content) =>
        FileOwnership.IsOursAlone(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(content);

    private string? InTemporary(out string? problem)
    {
        problem = null;
        if (_temporary is not null && IsIntact(_temporary))
        {
            return _temporary;
        }

        Remove(_temporary);
        _temporary = null;
        try
        {
            _temporary = Directory.CreateTempSubdirectory("turbulence-dotnet-worker-").FullName;
            Write(_temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = exception.Message;
            Remove(_temporary);
            _temporary = null;
        }

        return _temporary;
    }

    private static void Write(string folder)
    {
        CreatePrivate(folder);
        foreach (var (name, content) in WorkerFiles.All)
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerReads;
            }

            using var file = GrowingFile.Open(Path.Combine(folder, name), options);
            file.Write(content);
        }
    }

    private static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerAlone);
        }
    }

    private static void Remove(string? folder)
    {
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is in the way of nobody, and its name is taken by nobody else.
        }
    }

    private string? CacheFolder()
    {
        if (environment("XDG_CACHE_HOME") is { } named && Path.IsPathRooted(named))
        {
            return named;
        }

        if (OperatingSystem.IsWindows())
        {
            return environment("LOCALAPPDATA");
        }

        return environment("HOME") is { } home && Path.IsPathRooted(home) ? Path.Combine(home, ".cache") : null;
    }
}
