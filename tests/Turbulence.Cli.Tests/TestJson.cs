using System.Text.Encodings.Web;
using System.Text.Json;

namespace Turbulence.Cli.Tests;

/// <summary>How tests write JSON that people read.</summary>
internal static class TestJson
{
    public static JsonSerializerOptions Relaxed { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
