using System.Runtime.CompilerServices;
using System.Text.Json;
using Turbulence.Sdk;

namespace Turbulence.DotNetWorker.Calls;

/// <summary>Makes the values of the authors' package, which is loaded here and not before.</summary>
internal static class SdkValues
{
    /// <summary>The experiment's configuration.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static object Configuration(JsonElement values) => new Configuration(values);

    /// <summary>The secrets of a call.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static object Secrets(JsonElement values) => new Secrets(values);

    /// <summary>Whether an exception asks the run to stop.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool IsInterruption(Exception exception) => exception is InterruptExecutionException;
}
