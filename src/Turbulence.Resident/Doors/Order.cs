using System.Text.Json;
using Turbulence.Resident.Contracts;

namespace Turbulence.Resident.Doors;

/// <summary>What is asked of us: <c>{"do": "put", "token": "…", "kind": "dotnet.http", "spec": {…}}</c>.</summary>
internal sealed class Order : IDisposable
{
    private readonly JsonDocument document;

    public Order(byte[] line) => document = JsonDocument.Parse(line);

    public string Verb => Text("do");

    public string Token => Text("token");

    public string Kind => Text("kind");

    /// <summary>How the fault is to be, for its kind to read.</summary>
    public Spec Spec => new(document.RootElement.GetProperty("spec").Clone());

    public void Dispose() => document.Dispose();

    private string Text(string name) => document.RootElement.GetProperty(name).GetString() ?? "";
}
