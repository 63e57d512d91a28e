namespace Turbulence.Faults.Tests;

/// <summary>What can become of a record on disk: the four ways in which somebody damages it.</summary>
internal static class Damage
{
    public static IReadOnlyList<string> Ways { get; } = ["emptied", "halved", "deleted", "of a newer schema"];

    public static void Do(string way, string file)
    {
        switch (way)
        {
            case "emptied":
                File.WriteAllText(file, "");
                break;
            case "halved":
                var whole = File.ReadAllText(file);
                File.WriteAllText(file, whole[..(whole.Length / 2)]);
                break;
            case "deleted":
                File.Delete(file);
                break;
            default:
                File.WriteAllText(file, File.ReadAllText(file).Replace("\"schema\": 1", "\"schema\": 2", StringComparison.Ordinal));
                break;
        }
    }
}
