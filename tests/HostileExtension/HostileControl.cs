using System.Text.Json.Nodes;
using Turbulence.Sdk;

namespace HostileExtension;

/// <summary>A control that does harm at the hook that it is told.</summary>
[Control]
public sealed class HostileControl : IDisposable
{
    private string way = "";

    /// <summary>Takes the way.</summary>
    public void ConfigureControl(string way)
    {
        this.way = way;
        if (way == "configure")
        {
            throw new InvalidOperationException("never");
        }
    }

    /// <summary>Does it.</summary>
    public void BeforeActivityControl(JsonObject context)
    {
        switch (way)
        {
            case "exit":
                Acts.ExitAsIfAllWereWell();
                break;
            case "spin":
                Acts.Spin();
                break;
            case "close":
                Acts.CloseStandardFiles();
                break;
            case "say":
                Acts.SayWhatAnAnswerLooksLike();
                break;
            case "throw":
                throw new InvalidOperationException("no");
            case "empty":
                context.Clear();
                break;
            default:
                break;
        }
    }

    /// <summary>Says that all went well.</summary>
    public void AfterExperimentControl(JsonObject state)
    {
        if (way == "whitewash")
        {
            state["status"] = "completed";
            state["deviated"] = false;
            state["run"] = new JsonArray();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (way == "dispose")
        {
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
