using System.Diagnostics.CodeAnalysis;
using Turbulence.Faults.Contracts;
using Turbulence.Platform.Files;

namespace Turbulence.Faults.Ledgers;

/// <summary>Reads the whole ledger, at any time and beside those who write it.</summary>
internal sealed class LedgerReader(LedgerLayout layout, ILedgerFiles files)
{
    private delegate bool Parse<T>(ReadOnlySpan<byte> text, [NotNullWhen(true)] out T? record, [NotNullWhen(false)] out string? problem);

    /// <summary>Everything that can be read, and what cannot.</summary>
    public LedgerContent Read()
    {
        List<DamagedFile> damaged = [];
        foreach (var folder in (ReadOnlySpan<string>)[layout.Root, layout.Faults, layout.Runs, layout.Locks])
        {
            if (LedgerTrust.Of(folder) is { } distrust)
            {
                return new LedgerContent([], [], [new DamagedFile(folder, distrust)]);
            }
        }

        // Faults first: a run leaves the ledger after its faults, so that no fault is ever seen without its run.
        var faults = Read<FaultRecord>(layout.Faults, FaultRecordJson.TryRead, record => record.Id, damaged);
        var runs = Read<RunRecord>(layout.Runs, RunRecordJson.TryRead, record => record.Id, damaged);
        return new LedgerContent(
            [.. faults.OrderBy(fault => fault.Planned).ThenBy(fault => fault.Id, StringComparer.Ordinal)],
            [.. runs.OrderBy(run => run.Started).ThenBy(run => run.Id, StringComparer.Ordinal)],
            damaged);
    }

    /// <summary>What stands there of one fault.</summary>
    public FaultSighting Look(string id)
    {
        foreach (var folder in (ReadOnlySpan<string>)[layout.Root, layout.Faults])
        {
            if (LedgerTrust.Of(folder) is { } distrust)
            {
                return new FaultSighting(null, $"cannot be trusted: the folder {folder} {distrust}");
            }
        }

        return Load(layout.Fault(id), out var problem) is not { } text ? new FaultSighting(null, problem ?? FaultSighting.Absent)
            : !FaultRecordJson.TryRead(text, out var record, out problem) ? new FaultSighting(null, problem)
            : record.Id == id ? new FaultSighting(record, null)
            : new FaultSighting(null, "holds a record of another name");
    }

    private List<T> Read<T>(string folder, Parse<T> parse, Func<T, string> idOf, List<DamagedFile> damaged)
        where T : class
    {
        List<T> records = [];
        foreach (var name in files.List(folder).Order(StringComparer.Ordinal))
        {
            var path = Path.Combine(folder, name);
            if (DurableFile.IsUnfinished(name) || LedgerLayout.IsLostMark(name))
            {
                continue;
            }

            if (!LedgerLayout.IsRecord(name, out var id))
            {
                damaged.Add(new DamagedFile(path, "is not one of this program's files"));
            }
            else if (Load(path, out var problem) is { } text)
            {
                if (parse(text, out var record, out problem) && idOf(record) == id)
                {
                    records.Add(record);
                }
                else
                {
                    damaged.Add(new DamagedFile(path, problem ?? "holds a record of another name"));
                }
            }
            else if (problem is not null)
            {
                damaged.Add(new DamagedFile(path, problem));
            }
        }

        return records;
    }

    // Null and no problem for a file that was deleted since it was listed.
    private byte[]? Load(string path, out string? problem)
    {
        problem = null;
        try
        {
            if (FileOwner.Distrust(path) is { } distrust)
            {
                problem = distrust;
                return null;
            }

            return files.Read(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problem = $"cannot be read: {failure.Message}";
            return null;
        }
    }
}
