using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace SampleExtension;

#pragma warning disable CS1591 // Each method is what its name says: one type of parameter, given back in words.
#pragma warning disable CA1848 // Users log like this.

public static class Bindings
{
    public static string Text(string value) => $"string {value}";

    public static string Flag(bool value) => $"bool {value}";

    public static string Whole(int value) => $"int {value}";

    public static string Small(byte value) => $"byte {value}";

    public static string Large(ulong value) => $"ulong {value}";

    public static string Huge(Int128 value) => $"Int128 {value}";

    public static string Fraction(double value) => $"double {value}";

    public static string Exact(decimal value) => $"decimal {value}";

    public static string Letter(char value) => $"char {value}";

    public static string Day(DayOfWeek value) => $"enum {value}";

    public static string Id(Guid value) => $"Guid {value}";

    public static string Moment(DateTimeOffset value) => $"DateTimeOffset {value:O}";

    public static string Date(DateOnly value) => $"DateOnly {value:O}";

    public static string Clock(TimeOnly value) => $"TimeOnly {value:O}";

    public static string Span(TimeSpan value) => $"TimeSpan {value}";

    public static string Link(Uri value) => $"Uri {value.Host}";

    public static string Release(Version value) => $"Version {value}";

    public static string Address(IPAddress value) => $"IPAddress {value}";

    public static string Bytes(byte[] value) => $"bytes {value.Length}";

    public static string Maybe(int? value) => $"int? {value?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null"}";

    public static string Numbers(IReadOnlyList<int> value) => $"list {string.Join('+', value)}";

    public static string Unique(ISet<string> value) => $"set {value.Count}";

    public static string Named(Dictionary<string, double> value) => $"map {string.Join(' ', value)}";

    public static string Element(JsonElement value) => $"JsonElement {value.ValueKind}";

    public static string Map(JsonObject value) => $"JsonObject {value.Count}";

    public static string Any(object value) => $"object {value.GetType().Name}";

    public static string Record(Pod value) => $"Pod {value.Name} {value.Age} {value.Day}";

    public static string Overloaded(string value) => $"string {value}";

    public static string Overloaded(int value) => $"int {value}";

    public static string Overloaded(double value) => $"double {value}";

    public static string Overloaded(string value, string other) => $"two {value} {other}";

    public static string Ambiguous(Guid value) => $"Guid {value}";

    public static string Ambiguous(Uri value) => $"Uri {value}";

    public static bool TryGet(string value, out string result) => (result = value) is not null;

    public static string Generic<T>(T value) => $"{value}";

    public static string Configured(JsonObject configuration, IReadOnlyDictionary<string, string> secrets) =>
        $"{configuration["a"]} {secrets["b"]}";

    public static string Logged(ILogger logger)
    {
        logger.LogWarning("take {Care}", "care");
        return "logged";
    }

    public sealed record Pod(string Name, TimeSpan Age, DayOfWeek Day = DayOfWeek.Monday);
}
