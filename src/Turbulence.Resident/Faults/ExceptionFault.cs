using System.Diagnostics;
using System.Globalization;
using Turbulence.Resident.Contracts;
using Turbulence.Resident.Exceptions;
using Turbulence.Resident.Threads;

namespace Turbulence.Resident.Faults;

/// <summary>
/// <c>dotnet.exception</c>: exceptions thrown and caught, so many a second, on a thread of ours: what first-chance handlers, loggers and
/// dashboards of exceptions do with a storm.
/// </summary>
internal sealed class ExceptionFault(Spec spec) : IInnerFault
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);

    private readonly ManualResetEventSlim over = new();
    private readonly double rate = spec.Number("rate") ?? 100;
    private readonly string type = spec.Text("exception") ?? "System.InvalidOperationException";
    private readonly string message = spec.Text("message") ?? "Injected by a chaos experiment, and caught.";
    private readonly long begun = Stopwatch.GetTimestamp();
    private long thrown;

    public void Begin()
    {
        ExceptionMaker.Make(type, message);
        GuestThread.Start("exceptions", Throw);
    }

    public Sight Look() => new(Interlocked.Read(ref thrown) > 0, string.Create(
        CultureInfo.InvariantCulture,
        $"{Interlocked.Read(ref thrown)} exceptions of type {type} thrown and caught in {Stopwatch.GetElapsedTime(begun).TotalMilliseconds:0} ms"));

    public void End() => over.Set();

    private void Throw()
    {
        while (!over.IsSet)
        {
            var due = Math.Max(1, Stopwatch.GetElapsedTime(begun).TotalSeconds * rate);
            while (!over.IsSet && Interlocked.Read(ref thrown) < due)
            {
                var made = ExceptionMaker.Make(type, message);
                try
                {
                    throw made;
                }
                catch (Exception)
                {
                    Interlocked.Increment(ref thrown);
                }
            }

            over.Wait(Pace);
        }
    }
}
