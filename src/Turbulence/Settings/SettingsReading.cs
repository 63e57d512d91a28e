using System.Text.Json.Nodes;

namespace Turbulence.Settings;

/// <summary>What became of reading a settings file.</summary>
/// <param name="Exists">Whether there is a file.</param>
/// <param name="Root">Its content; null where there is none, or none that can be used. An empty file is an empty map.</param>
/// <param name="Failure">Why an existing file cannot be used, in one line; null where it can.</param>
/// <param name="Text">The file as it is written; empty where it could not be read.</param>
public sealed record SettingsReading(bool Exists, JsonObject? Root, string? Failure = null, string Text = "");
