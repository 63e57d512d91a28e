using System.Diagnostics;

namespace Turbulence.Testing.Isolation;

/// <summary>
/// Marks what a test asks, and all that is asked because of it, by an entry of W3C baggage: it is in the flow of the test,
/// <c>HttpClient</c> sends it along, and services that pass baggage on, as ASP.NET Core does by itself, send it along as well.
/// </summary>
internal sealed class TestBaggage : IDisposable
{
    private readonly Activity activity;

    /// <summary>Begins to mark.</summary>
    public TestBaggage()
    {
        Value = Guid.NewGuid().ToString("n")[..12];
        activity = new Activity("chaos test");
        activity.SetIdFormat(ActivityIdFormat.W3C);
        activity.AddBaggage(Key, Value);
        activity.Start();
        if (activity.Parent is null)
        {
            // Without it the services would not record what a test asks, which they do where there is no trace at all.
            activity.ActivityTraceFlags |= ActivityTraceFlags.Recorded;
        }
    }

    /// <summary>The entry's key.</summary>
    public static string Key => "turbulence.test";

    /// <summary>The entry's value, one for each test.</summary>
    public string Value { get; }

    /// <summary>The entry: <c>turbulence.test=0a1b2c3d4e5f</c>, as the header <c>baggage</c> and the faults' argument have it.</summary>
    public string Entry => $"{Key}={Value}";

    /// <summary>The trace of the test, as the header <c>traceparent</c> has it.</summary>
    public string TraceParent => activity.Id!;

    /// <summary>Marks no more.</summary>
    public void Dispose() => activity.Dispose();
}
