using System.CommandLine;
using System.Text.Json.Nodes;
using Turbulence.Cli.CommandLine;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Settings;

namespace Turbulence.Cli.Verbs;

/// <summary>One call of a verb that works on the settings' file: the file, what it holds, and how the verb fails.</summary>
internal sealed class SettingsCall
{
    private const int NotDone = 1;

    private readonly Outputs outputs;

    private SettingsCall(GlobalSettings settings, Outputs outputs)
    {
        this.outputs = outputs;
        IsCompatible = settings.Compatibility == Compatibility.ChaosToolkit;
        File = new SettingsFile(settings.SettingsPath);
        Reading = File.Read();
    }

    /// <summary>Whether the reference's rules apply.</summary>
    public bool IsCompatible { get; }

    /// <summary>The file.</summary>
    public SettingsFile File { get; }

    /// <summary>What the file holds.</summary>
    public SettingsReading Reading { get; }

    /// <summary>Carries a verb out where it was asked to stand.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> InvokeAsync(GlobalSettings settings, Surroundings around, Func<SettingsCall, int> verb)
    {
        using var outputs = new Outputs(around, settings, mayBeLive: false);
        return WorkingDirectory.TryMove(settings, outputs)
            ? verb(new SettingsCall(settings, outputs))
            : ExitCode.Usage(settings.Compatibility);
    }

    /// <summary>Carries out a verb that reads the file, changes it and writes it, while no other such verb does.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> ChangeAsync(GlobalSettings settings, Surroundings around, Func<SettingsCall, int> verb)
    {
        using var outputs = new Outputs(around, settings, mayBeLive: false);
        if (!WorkingDirectory.TryMove(settings, outputs))
        {
            return ExitCode.Usage(settings.Compatibility);
        }

        var (held, failure) = await new SettingsFile(settings.SettingsPath).LockAsync(around.Time, TimeSpan.FromSeconds(10));
        using (held)
        {
            var call = new SettingsCall(settings, outputs);
            return failure is null ? verb(call) : call.Fail(failure);
        }
    }

    /// <summary>The option that shows what is hidden otherwise.</summary>
    public static Option<bool> ShowSecrets() =>
        Choice.Flag("--show-secrets", "Show tokens, passwords and addresses of web hooks as they are.");

    /// <summary>The argument that names a value.</summary>
    public static Argument<string> Key() => new("KEY")
    {
        Description = "The way to the value: auths.chaos\\.example\\.com.type, notifications[0].url.",
    };

    /// <summary>The settings; null, after it was said why, where there are none that can be used.</summary>
    public JsonObject? Root()
    {
        if (Reading.Root is null)
        {
            Fail(Reading.Failure ?? $"There is no settings file at {File.Path}");
        }

        return Reading.Root;
    }

    /// <summary>A value's place; null, after it was said, where there is none. The reference says nothing.</summary>
    public SettingsPlace? Find(string key)
    {
        if (IsCompatible && !Reading.Exists)
        {
            return null;
        }

        if (Root() is not { } root)
        {
            return null;
        }

        var place = SettingsKey.Parse(key).Find(root);
        if (place is null && !IsCompatible)
        {
            Fail($"The settings {File.Path} have no {key}");
        }

        return place;
    }

    /// <summary>Writes the changed settings.</summary>
    /// <returns>The exit code.</returns>
    public int Save()
    {
        if (File.Write(Reading.Root!) is { } failure)
        {
            return Fail(failure);
        }

        if (!IsCompatible)
        {
            outputs.Say(NoticeLevel.Information, $"The settings {File.Path} are written anew: keys are sorted, and comments are not kept");
        }

        return ExitCode.Done;
    }

    /// <summary>Says why nothing was done.</summary>
    /// <returns>The exit code for it.</returns>
    public int Fail(string message)
    {
        outputs.Say(NoticeLevel.Error, message);
        return NotDone;
    }
}
