using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Turbulence.Runs.Tests.Packages;

/// <summary>The container image of the native program, unpacked, and started in namespaces as a container engine does it.</summary>
public sealed class UnpackedImage : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    /// <summary>The root of its files.</summary>
    public string Root => folder["root"];

    /// <summary>What the image says of how it is started.</summary>
    public JsonObject Settings { get; private set; } = [];

    /// <summary>Its archive.</summary>
    public string Archive => folder["chaos.oci.tar"];

    /// <summary>Skips the test where no image can be made or started.</summary>
    public static void Need()
    {
        Needs.Root("to start a container");
        Needs.That(BuiltProgram.IsNative, "needs the native program, as .ci/run publishes it");
    }

    /// <summary>Starts it.</summary>
    /// <param name="state">The folder that is mounted as its state.</param>
    /// <param name="work">The folder that is mounted as what it works on.</param>
    /// <param name="isReadOnly">Whether nothing else of it can be written.</param>
    /// <param name="arguments">The program's arguments.</param>
    internal Process Start(string state, string work, bool isReadOnly, params string[] arguments)
    {
        var variables = string.Join(' ', Settings["Env"]!.AsArray().Select(static entry => $"'{entry}'"));
        var user = Settings["User"]!.GetValue<string>().Split(':');
        var inside = $"""
            set -e
            cd '{folder.Path}'
            mount --bind root root
            mount --rbind /dev root/dev
            mount --bind '{state}' root/state
            mount --bind '{work}' root/work
            {(isReadOnly ? "mount -o remount,bind,ro root" : "")}
            exec env -i {variables} '{Needs.Program("unshare", "util-linux")}' --pid --fork --kill-child --mount --mount-proc \
              --root=root --wd='{Settings["WorkingDir"]}' --setgid {user[1]} --setuid {user[0]} {Settings["Entrypoint"]![0]} "$@"
            """;
        return new OuterProgram("unshare", folder.Path).Start(["--mount", "--ipc", "--uts", "--net", "sh", "-c", inside, "sh", .. arguments]);
    }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (!Share.IsAll || !BuiltProgram.IsNative || !Environment.IsPrivilegedProcess)
        {
            return;
        }

        await new OuterProgram(Path.Combine(BuiltProgram.Root, "release", "image"), folder.Path)
            .RunAsync(BuiltProgram.Shipped("Turbulence.Cli", "chaos"), "0.1.0", Archive);
        Directory.CreateDirectory(folder["layout"]);
        await new OuterProgram("tar", folder["layout"]).RunAsync("-xf", Archive);
        var index = Read("index.json");
        var manifest = Blob(index["manifests"]!.AsArray().Single()!);
        var config = Blob(manifest["config"]!);
        Settings = config["config"]!.AsObject();
        foreach (var point in (string[])["proc", "dev"])
        {
            Directory.CreateDirectory(Path.Combine(Root, point));
        }

        foreach (var layer in manifest["layers"]!.AsArray())
        {
            await new OuterProgram("tar", Root).RunAsync("-xzf", BlobFile(layer!), "--same-owner");
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private JsonObject Read(string name) => JsonNode.Parse(File.ReadAllBytes(Path.Combine(folder["layout"], name)))!.AsObject();

    private string BlobFile(JsonNode described) =>
        Path.Combine(folder["layout"], "blobs", described["digest"]!.GetValue<string>().Replace(':', '/'));

    private JsonObject Blob(JsonNode described) => Read(BlobFile(described));
}
