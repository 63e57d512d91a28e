using Turbulence.Faults.Ledgers;

namespace Turbulence.Faults.Tests.Crashes;

/// <summary>
/// A disk in memory that loses its power: at the operation that was chosen everything stops, and what was not flushed is gone.
/// </summary>
/// <param name="deadly">The operation that is not carried out any more, counted from 1.</param>
internal sealed class VolatileFiles(int deadly) : ILedgerFiles
{
    private readonly Lock gate = new();
    private Dictionary<string, Node> names = [];
    private Dictionary<string, Node> durable = [];
    private int operations;

    /// <summary>Whether it has lost its power.</summary>
    public bool IsDead { get; private set; }

    /// <summary>Counts from here.</summary>
    public void DieAt(int operation)
    {
        operations = 0;
        deadly = operation;
    }

    /// <summary>The power is back.</summary>
    /// <param name="namesSurvive">
    /// Whether names reached the disk all the same, as they may at any time; what the files held did not.
    /// </param>
    public void PowerUp(bool namesSurvive)
    {
        IsDead = false;
        deadly = int.MaxValue;
        names = (namesSurvive ? names : durable).ToDictionary(
            entry => entry.Key, entry => entry.Value with { Content = entry.Value.Flushed });
        durable = new Dictionary<string, Node>(names);
    }

    public void MakeFolder(string path) =>
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    public IReadOnlyList<string> List(string folder)
    {
        lock (gate)
        {
            return [.. names.Keys.Where(path => Path.GetDirectoryName(path) == folder).Select(path => Path.GetFileName(path))];
        }
    }

    public byte[]? Read(string path)
    {
        lock (gate)
        {
            return names.TryGetValue(path, out var node) ? node.Content : null;
        }
    }

    public void Write(string path, ReadOnlySpan<byte> content)
    {
        var bytes = content.ToArray();
        Step(() => names[path] = new Node(bytes, bytes[..(bytes.Length / 2)]));
    }

    public void Flush(string path) => Step(() =>
    {
        // The node is the file, whatever it is called meanwhile.
        var node = names[path];
        names[path] = node with { Flushed = node.Content };
    });

    public void Rename(string from, string to) => Step(() =>
    {
        names[to] = names[from];
        names.Remove(from);
    });

    public void Delete(string path) => Step(() => names.Remove(path));

    public void FlushFolder(string folder) => Step(() =>
    {
        foreach (var path in durable.Keys.Where(path => Path.GetDirectoryName(path) == folder).ToArray())
        {
            durable.Remove(path);
        }

        foreach (var (path, node) in names.Where(entry => Path.GetDirectoryName(entry.Key) == folder))
        {
            durable[path] = node;
        }
    });

    private void Step(Action change)
    {
        lock (gate)
        {
            if (IsDead || ++operations == deadly)
            {
                IsDead = true;
                throw new PowerLossException();
            }

            change();
        }
    }

    private sealed record Node(byte[] Content, byte[] Flushed);
}
