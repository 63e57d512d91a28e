using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Guardians;
using Turbulence.Faults.Ledgers;

namespace Turbulence.Faults.Tests;

/// <summary>What a record says to people is masked when it is written, by whomever.</summary>
public sealed class FaultRecordMaskTests
{
    private static readonly FaultRecord Telling = Records.Fault() with
    {
        Activity = "remove /x/s3cr3t-name",
        Targets = [new FaultTarget("file:/x", "file /x/s3cr3t-name")],
        Undo = new JsonObject { ["path"] = "/x/s3cr3t-name" },
        UndoText = "mv /x/s3cr3t-name",
        Effect = new Evidence(true, "/x/s3cr3t-name is gone"),
        Confirmation = new Evidence(false, "/x/s3cr3t-name is not there"),
        Problem = "cannot make /x/S3CR3T-NAME",
        Hidden = ["s3cr3t-name"],
    };

    [Fact]
    public void The_record_on_disk_has_the_secret_in_its_undo_and_in_no_text()
    {
        var written = JsonNode.Parse(FaultRecordJson.Write(Telling))!.AsObject();
        Assert.Equal("/x/s3cr3t-name", (string?)written["undo"]!["path"]);
        written.Remove("undo");
        written.Remove("hidden");
        Assert.DoesNotContain("s3cr3t", written.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        Assert.True(FaultRecordJson.TryRead(FaultRecordJson.Write(Telling), out var read, out var problem), problem);
        Assert.Equal(["s3cr3t-name"], read.Hidden);
        Assert.True(JsonNode.DeepEquals(Telling.Undo, read.Undo));
    }

    [Fact]
    public void The_closing_entry_of_a_guardian_is_masked()
    {
        var closing = new JournalClosing(
            DateTimeOffset.UnixEpoch, "the runner is dead", [Telling], ["cannot write that s3cr3t-name was taken back"]);
        var entry = closing.Entry().ToJsonString() + closing.Entry(Telling, told: null).ToJsonString();
        Assert.Contains("*****", entry, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", entry, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void What_starts_itself_again_does_not_inherit_the_secrets_of_the_run()
    {
        const string Name = "SHOP_DATABASE_URL", Keyed = "DOTNET_FEED_TOKEN";
        Environment.SetEnvironmentVariable(Name, "s3cr3t");
        Environment.SetEnvironmentVariable(Keyed, "s3cr3t");
        try
        {
            var variables = SelfEnvironment.Of();
            Assert.DoesNotContain(variables, variable => variable.Value == "s3cr3t");
            Assert.Equal(Environment.GetEnvironmentVariable("PATH"), variables["PATH"]);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Name, null);
            Environment.SetEnvironmentVariable(Keyed, null);
        }
    }
}
