namespace ScriptedWorker;

/// <summary>What can go wrong before the protocol begins.</summary>
internal static class Early
{
    public static int Exits()
    {
        Console.Error.WriteLine("no licence found");
        return 3;
    }

    public static int Mute()
    {
        while (Console.In.ReadLine() is not null)
        {
        }

        return 0;
    }

    public static int Chatters()
    {
        Console.WriteLine("Welcome to the worker!");
        Console.Write("> ");
        return 0;
    }
}
