using System.Runtime.CompilerServices;
using System.Text;

namespace SampleExtension;

#pragma warning disable CS1591 // Each method is what its name says: one type of result.

public static class Outputs
{
    public static void Nothing()
    {
    }

    public static string? Null() => null;

    public static double NotANumber() => double.NaN;

    public static DayOfWeek Day() => DayOfWeek.Friday;

    public static (int, string) Pair() => (1, "two");

    public static byte[] Bytes() => [1, 2, 3];

    public static Dictionary<string, int[]> Map() => new() { ["a"] = [1, 2] };

    public static object Record() => new Node { Label = "root" };

    public static object Cycle()
    {
        var node = new Node();
        node.Next = node;
        return node;
    }

    public static object Unwritable() => typeof(string);

    public static IEnumerable<int> Endless()
    {
        while (true)
        {
            yield return int.MaxValue;
        }
    }

    public static Task Later() => Task.CompletedTask;

    public static async Task LaterAsync() => await Task.Yield();

    public static async Task<int> NumberAsync()
    {
        await Task.Yield();
        return 42;
    }

    public static ValueTask<string> TextAsync() => new("soon");

    public static async IAsyncEnumerable<int> Counting(int to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var number = 1; number <= to; number++)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return number;
        }
    }

    public static Stream Content() => new MemoryStream(Encoding.UTF8.GetBytes("streamed"));

    public static string Megabyte() => new('x', 1024 * 1024);

    public sealed class Node
    {
        public string Label { get; set; } = "";

        public Node? Next { get; set; }
    }
}
