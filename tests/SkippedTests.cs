using Microsoft.Testing.Platform.Builder;
using Microsoft.Testing.Platform.Extensions;
using Microsoft.Testing.Platform.Extensions.Messages;
using Microsoft.Testing.Platform.Extensions.TestHost;
using Microsoft.Testing.Platform.Messages;
using Microsoft.Testing.Platform.Services;

/// <summary>
/// Lets <c>dotnet test</c> end with what was skipped and how to get what is missing. Of all that a project has to say it prints nothing
/// last but the paths of the files that came of it: so each reason is a file, whose name says how many tests, and why, and whose lines are
/// their names.
/// </summary>
internal sealed class SkippedTests(IMessageBus bus, string folder, string project)
    : IDataConsumer, IDataProducer, ITestSessionLifetimeHandler
{
    private readonly SortedDictionary<string, SortedSet<string>> skipped = new(StringComparer.Ordinal);

    public Type[] DataTypesConsumed { get; } = [typeof(TestNodeUpdateMessage)];

    public Type[] DataTypesProduced { get; } = [typeof(SessionFileArtifact)];

    public string Uid => nameof(SkippedTests);

    public string Version => "1";

    public string DisplayName => "Skipped tests";

    public string Description => "Says at the end which tests were skipped, and why";

    public Task<bool> IsEnabledAsync() => Task.FromResult(true);

    public Task ConsumeAsync(IDataProducer dataProducer, IData value, CancellationToken cancellationToken)
    {
        var node = ((TestNodeUpdateMessage)value).TestNode;
        if (node.Properties.SingleOrDefault<SkippedTestNodeStateProperty>() is { } state)
        {
            var reason = string.IsNullOrWhiteSpace(state.Explanation) ? "no reason is given" : state.Explanation;
            (skipped.TryGetValue(reason, out var names) ? names : skipped[reason] = []).Add(node.DisplayName);
        }

        return Task.CompletedTask;
    }

    public Task OnTestSessionStartingAsync(ITestSessionContext testSessionContext) => Task.CompletedTask;

    public async Task OnTestSessionFinishingAsync(ITestSessionContext testSessionContext)
    {
        Directory.CreateDirectory(folder);
        foreach (var old in Directory.GetFiles(folder, $"{project} - *"))
        {
            File.Delete(old);
        }

        foreach (var (reason, names) in skipped)
        {
            var file = new FileInfo(Path.Combine(
                folder, $"{project} - {names.Count} skipped, {string.Join('-', reason.Split(Path.GetInvalidFileNameChars()))}"));
            await File.WriteAllLinesAsync(file.FullName, names);
            await bus.PublishAsync(this, new SessionFileArtifact(testSessionContext.SessionUid, file, reason));
        }
    }
}

/// <summary>Found by the build, which makes every project of tests call it.</summary>
internal static class SkippedTestsHook
{
    /// <summary>Adds <see cref="SkippedTests"/>.</summary>
    public static void AddExtensions(ITestApplicationBuilder builder, string[] _)
    {
        var added = new CompositeExtensionFactory<SkippedTests>(services =>
        {
            var program = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
            return new SkippedTests(
                services.GetMessageBus(), Path.Combine(program.Parent!.Parent!.Parent!.FullName, "skipped"), program.Parent.Name);
        });
        builder.TestHost.AddDataConsumer(added);
        builder.TestHost.AddTestSessionLifetimeHandler(added);
    }
}
