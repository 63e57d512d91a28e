using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Turbulence.Resident.Contracts;
using Turbulence.Resident.Threads;

namespace Turbulence.Resident.Faults;

/// <summary>
/// <c>dotnet.lock</c>: the monitor of an object that a static field holds, or of a type, held by a thread of ours: everybody who locks it
/// waits. All the time, or for so long at a time with as long between.
/// </summary>
internal sealed class LockFault : IInnerFault
{
    private readonly ManualResetEventSlim over = new();
    private readonly object target;
    private readonly string name;
    private readonly TimeSpan? hold;
    private readonly TimeSpan rest;
    private readonly long contentionsBefore = Monitor.LockContentionCount;
    private readonly long begun = Stopwatch.GetTimestamp();
    private long heldTicks;
    private long heldSince;
    private long times;

    public LockFault(Spec spec)
    {
        var typeName = spec.Text("type") ?? "";
        var type = AppDomain.CurrentDomain.GetAssemblies()
            .Select(assembly => assembly.GetType(typeName, throwOnError: false))
            .FirstOrDefault(type => type is not null)
            ?? throw new NotSupportedException($"there is no type '{typeName}' in this process so far");
        name = typeName;
        target = type;
        if (spec.Text("field") is { } fieldName)
        {
            var field = type.GetField(fieldName, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
                ?? throw new NotSupportedException($"{typeName} has no static field '{fieldName}'");
            name = $"{typeName}.{fieldName}";
            target = field.GetValue(null) ?? throw new NotSupportedException($"{name} is null");
            if (field.FieldType.IsValueType)
            {
                throw new NotSupportedException($"{name} is no object that could be locked: it is a {field.FieldType.Name}");
            }

            if (target.GetType().FullName == "System.Threading.Lock")
            {
                throw new NotSupportedException($"{name} is a System.Threading.Lock, which has no monitor");
            }
        }

        hold = spec.Seconds("hold");
        rest = spec.Seconds("rest") ?? hold ?? TimeSpan.Zero;
    }

    public void Begin() => GuestThread.Start("lock", Hold);

    public Sight Look()
    {
        var since = Interlocked.Read(ref heldSince);
        var held = new TimeSpan(Interlocked.Read(ref heldTicks)) + (since == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(since));
        return new Sight(Interlocked.Read(ref times) > 0, string.Create(
            CultureInfo.InvariantCulture,
            $"the monitor of {name} was held for {held.TotalMilliseconds:0} of {Stopwatch.GetElapsedTime(begun).TotalMilliseconds:0} ms, {Interlocked.Read(ref times)} times; {Monitor.LockContentionCount - contentionsBefore} waits for monitors in this process since"));
    }

    public void End() => over.Set();

    private void Hold()
    {
        while (!over.IsSet)
        {
            // Never longer than it takes to see that it is over.
            if (!Monitor.TryEnter(target, 50))
            {
                continue;
            }

            Interlocked.Exchange(ref heldSince, Stopwatch.GetTimestamp());
            Interlocked.Increment(ref times);
            try
            {
                over.Wait(hold ?? Timeout.InfiniteTimeSpan);
            }
            finally
            {
                Monitor.Exit(target);
                Interlocked.Add(ref heldTicks, Stopwatch.GetElapsedTime(Interlocked.Exchange(ref heldSince, 0)).Ticks);
            }

            over.Wait(rest);
        }
    }
}
