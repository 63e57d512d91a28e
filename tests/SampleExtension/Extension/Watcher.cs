using System.Text.Json.Nodes;
using Turbulence.Sdk;

namespace SampleExtension;

/// <summary>A control with a memory.</summary>
[Control]
public sealed class Watcher : IAsyncDisposable
{
    private readonly List<string> seen = [];
    private string? file;

    /// <summary>The declaration is looked at.</summary>
    public static void ValidateControl(JsonObject control, string? mood = null)
    {
        if (mood == "bad")
        {
            throw new ArgumentException($"{control["name"]} is in a bad mood");
        }
    }

    /// <summary>Before the first hook.</summary>
    public async Task ConfigureControlAsync(Configuration configuration, string? file = null)
    {
        await Task.Yield();
        this.file = file;
        seen.Add($"configured {configuration.GetString("place", "nowhere")}");
    }

    /// <summary>Changes the activity that follows, and sees it in the experiment.</summary>
    public void BeforeActivityControl(JsonObject context, JsonObject experiment, Secrets secrets)
    {
        context["seen"] = seen.Count;
        seen.Add($"{experiment["method"]?[0]?["seen"]} {secrets.Count}");
    }

    /// <summary>Looks at a run entry by its type.</summary>
    public JsonArray AfterActivity(Entry state, JsonArray? settings = null)
    {
        seen.Add(state.Status);
        return [settings?.Count ?? 0];
    }

    /// <summary>Changes what came of the method.</summary>
    public void AfterMethod(JsonArray state) => state.Add(string.Join("; ", seen));

    /// <summary>Stops the run.</summary>
    public static void BeforeRollback() => throw new InterruptExecutionException("enough");

    /// <summary>Fails.</summary>
    public static void AfterRollback() => throw new InvalidOperationException("no");

    /// <summary>After the last hook.</summary>
    public void CleanupControl() => seen.Add("cleaned");

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (file is not null)
        {
            await File.WriteAllTextAsync(file, string.Join("; ", seen));
        }
    }

    /// <summary>The part of a run entry that matters here.</summary>
    public sealed record Entry(string Status);
}
