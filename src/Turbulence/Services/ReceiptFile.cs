using Turbulence.Values;

namespace Turbulence.Services;

/// <summary>The file beside the journal in which the fault proxies of a run write whom they hit.</summary>
/// <param name="name">Where it is, for people: <c>journal.json.d/proxy-receipts.jsonl</c>.</param>
/// <param name="path">The same, as a full path.</param>
/// <param name="remove">Removes it.</param>
internal sealed class ReceiptFile(string name, string path, Action remove)
{
    /// <summary>What it is called.</summary>
    public const string FileName = "proxy-receipts.jsonl";

    /// <summary>Where it is, for people.</summary>
    public string Name => name;

    /// <summary>The same, as a full path.</summary>
    public string Path => path;

    /// <summary>Takes secrets out of it, which may stand in the paths of requests, and removes it where nothing is in it. Nobody writes to it any more.</summary>
    /// <param name="mask">Knows the secrets.</param>
    public void End(SecretMask mask)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: 0 })
            {
                remove();
            }
            else if (!mask.IsEmpty && File.ReadAllText(path) is var text && mask.Apply(text) is var masked && masked != text)
            {
                File.WriteAllText(path, masked);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Somebody has taken it away, or may read it alone: then it is his.
        }
    }
}
