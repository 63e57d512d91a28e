using System.Diagnostics;
using System.Text.Json.Nodes;
using Libraries.Tests.Servers;
using Turbulence.Faults.Kinds.Tests;

namespace Libraries.Tests.Faults;

/// <summary>
/// Each library fails from inside its process as its users know it, waits, is hit only where it matches, and works at once when the fault
/// is over.
/// </summary>
/// <param name="servers">The servers of all tests.</param>
[Collection(RealServers.OneByOne)]
public sealed class LibraryFaultTests(RealServers servers)
{
    /// <summary>More than any pool here has connections, so that one that was not given back is missed.</summary>
    private const int Uses = 50;

    private const int Waiting = 20;

    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(300);

    /// <summary>The number of each fault; in every run of the tests those that need no server.</summary>
    public static IEnumerable<TheoryDataRow<int, string>> Rows
    {
        get
        {
            var all = LibraryFault.All(0, 0);
            return Share.Of(
                all.Select((fault, number) => new TheoryDataRow<int, string>(number, $"{fault.Path} by {fault.Kind}")).ToList(),
                row => UsedLibrary.Of(all[row].Path).Server is null);
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task It_fails_as_its_users_know_it_and_works_at_once_afterwards(int row, string name)
    {
        Assert.NotEmpty(name);
        var (service, library, wanted) = await SceneAsync(row);
        await using var fault = await PutAsync(service, wanted, wanted.Failure);
        for (var use = 0; use < Uses; use++)
        {
            var outcome = await service.UseAsync(library);
            Assert.True(wanted.Types.SequenceEqual(outcome.Types), $"{string.Join(" < ", outcome.Types)}: {outcome.Text}");
        }

        var evidence = await fault.ObserveAsync();
        Assert.True(evidence.Seen, evidence.Text);
        Assert.InRange(evidence.Hits ?? 0, Uses, int.MaxValue);
        await TakeBackAsync(fault);
        for (var use = 0; use < Uses; use++)
        {
            await WorksAsync(service, library);
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task It_waits_and_does_its_work(int row, string name)
    {
        Assert.NotEmpty(name);
        var (service, library, wanted) = await SceneAsync(row);
        await WorksAsync(service, library);
        await using var fault = await PutAsync(service, wanted, new() { ["delay"] = Wait.TotalSeconds });

        // Beside each other, as under load: over HTTP/2 the one sends along what the other would hold back.
        await Task.WhenAll(Enumerable.Range(0, Waiting).Select(async _ =>
        {
            var began = Stopwatch.GetTimestamp();
            await WorksAsync(service, library);

            // The clock of a timer is coarser.
            Assert.InRange(Stopwatch.GetElapsedTime(began), Wait - TimeSpan.FromMilliseconds(20), TimeSpan.MaxValue);
        }));
        Assert.InRange((await fault.ObserveAsync()).Hits ?? 0, Waiting, int.MaxValue);
        await TakeBackAsync(fault);
        await WorksAsync(service, library);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Only_so_many_as_are_asked_for_are_hit_and_nobody_else(int row, string name)
    {
        Assert.NotEmpty(name);
        var (service, library, wanted) = await SceneAsync(row);
        await WorksAsync(service, library);
        var failure = wanted.Failure.DeepClone().AsObject();
        failure["nth"] = 2;
        await using var fault = await PutAsync(service, wanted, failure);
        await WorksAsync(service, library);
        Assert.Equal(wanted.Types, (await service.UseAsync(library)).Types);
        await WorksAsync(service, library);
        foreach (var other in UsedLibrary.All.Where(other => other.Server is null && other.Path != library.Path))
        {
            await WorksAsync(service, other);
        }

        Assert.Equal(1, (await fault.ObserveAsync()).Hits);
        await TakeBackAsync(fault);
    }

    /// <summary>A fault, in.</summary>
    internal static async Task<FaultCase> PutAsync(StartedService service, LibraryFault wanted, JsonObject failure)
    {
        var arguments = new JsonObject { ["pid"] = service.Id };
        foreach (var (argument, value) in wanted.Match.Concat(failure))
        {
            arguments[argument] = value?.DeepClone();
        }

        var fault = await FaultCase.MakeAsync(wanted.Kind, FaultCase.Request(arguments));
        await fault.InjectAsync();
        return fault;
    }

    /// <summary>Out again, and seen to be.</summary>
    internal static async Task TakeBackAsync(FaultCase fault)
    {
        await fault.ForgetAsync();
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
    }

    /// <summary>A library does its work.</summary>
    internal static async Task WorksAsync(StartedService service, UsedLibrary library)
    {
        var outcome = await service.UseAsync(library);
        Assert.True(outcome.Types.Count == 0, $"{library.Path}: {string.Join(" < ", outcome.Types)}: {outcome.Text}");
        Assert.Equal(library.Path, outcome.Text);
    }

    private async Task<(StartedService Service, UsedLibrary Library, LibraryFault Fault)> SceneAsync(int row)
    {
        var library = UsedLibrary.Of(LibraryFault.All(0, 0)[row].Path);
        RealServers.Needed(library);
        var service = await servers.SharedServiceAsync();
        return (service, library, LibraryFault.All(service.WordsPort, service.GrpcPort)[row]);
    }
}
