using System.Text;
using Turbulence.Platform.Files;
using Turbulence.Values;

namespace Turbulence.Services;

/// <summary>The file beside the journal in which the fault proxies of a run write whom they hit.</summary>
/// <param name="file">The file.</param>
/// <param name="mask">Knows the secrets, as the proxies do, who do not write them.</param>
internal sealed class ReceiptFile(RunSideFile file, SecretMask mask)
{
    /// <summary>What it is called.</summary>
    public const string FileName = "proxy-receipts.jsonl";

    /// <summary>Where it is, for people: <c>journal.json.d/proxy-receipts.jsonl</c>.</summary>
    public string Name => file.Name;

    /// <summary>What the proxies are told of it.</summary>
    public ReceiptOrder Order => new(file.Path, mask.Secrets);

    /// <summary>
    /// Takes out of it what has become a secret since the proxies were started, and removes it where nothing is in it. Nobody writes to it
    /// any more. It is left alone where it is another one by now, that of a later run with the same journal.
    /// </summary>
    /// <param name="last">Knows the secrets by now.</param>
    /// <returns>Why it does not tell whom they hit, in one line: it is gone, or could not be masked; null where it does.</returns>
    public string? End(SecretMask last)
    {
        try
        {
            if (!file.IsThere)
            {
                return $"{Name} is not the one of this run any more: somebody has removed it, or another run writes the same journal";
            }

            if (new FileInfo(file.Path).Length == 0)
            {
                file.Remove();
            }
            else if (!last.Secrets.All(mask.Secrets.Contains))
            {
                using var output = new OutputFile(file.Path) { IsPrivate = true };
                output.Write(stream =>
                {
                    foreach (var line in File.ReadLines(file.Path))
                    {
                        stream.Write(Encoding.UTF8.GetBytes($"{last.Apply(line)}\n"));
                    }
                });
            }

            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            file.Remove();
            return $"secrets in {Name} could not be masked{(file.IsThere ? "" : ", so it was removed")}: {failure.Message}";
        }
    }
}
