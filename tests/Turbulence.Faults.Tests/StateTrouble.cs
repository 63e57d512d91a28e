using System.Diagnostics;

namespace Turbulence.Faults.Tests;

/// <summary>What can become of the ledger's folder in the middle of a run.</summary>
internal static class StateTrouble
{
    public static void Make(string trouble, Room room)
    {
        var state = room.State;
        var aside = room["aside"];
        switch (trouble)
        {
            case "open to others":
                File.SetUnixFileMode(state, (UnixFileMode)0b111_111_111);
                break;
            case "a link":
                Directory.Move(state, aside);
                File.CreateSymbolicLink(state, aside);
                break;
            case "gone":
                // The guardian may be writing into it.
                Directory.Move(state, aside);
                break;
            case "a file":
                Directory.Move(state, aside);
                File.WriteAllText(state, "");
                break;
            case "another user's":
                using (var chown = Process.Start("chown", ["65534", state]))
                {
                    chown.WaitForExit();
                    Assert.Equal(0, chown.ExitCode);
                }

                break;
            default:
                Directory.Delete(Path.Combine(state, trouble["without ".Length..]), recursive: true);
                break;
        }
    }
}
