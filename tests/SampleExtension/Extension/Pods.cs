using Turbulence.Sdk;

namespace SampleExtension;

/// <summary>Probes and actions as a user would write them.</summary>
public static class Pods
{
    /// <summary>
    /// Counts the pods that have a <paramref name="label"/>,
    /// all of them without one (see <see cref="Kill"/>).
    /// </summary>
    [Probe]
    public static int Count(string? label = null, Configuration? configuration = null, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? -1 : (label?.Length ?? 0) + (configuration?.GetInt32("more", 0) ?? 0);

    /// <summary>Not what people see.</summary>
    [Action(Description = "Kills pods.")]
    public static IReadOnlyList<string> Kill(string[] names, TimeSpan grace, bool force = false, params int[] signals) =>
        [.. names.Select(name => $"{name} {grace.TotalSeconds} {force} {signals.Length}")];

    /// <summary>Greets with what another assembly says.</summary>
    [Probe]
    public static string Greet(string name) => SampleDependency.Greeting.For(name);

    /// <summary>Says what the web framework calls a status, which the worker itself does not run on.</summary>
    [Probe]
    public static string Reason(int status) => Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status);

    /// <summary>Nobody but the worker can call it.</summary>
    [Probe]
    public static string Whoami(Secrets secrets, string? unused = null) => $"{secrets.GetString("user", "nobody")} {unused}{secrets.Count}";

    /// <summary>Has no attribute, and can be called all the same.</summary>
    public static int Unmarked() => 7;

    internal static int Hidden() => 7;

    /// <summary>Nested.</summary>
    public static class Inner
    {
        /// <summary>Where it is.</summary>
        public static string Where() => "inside";
    }
}
