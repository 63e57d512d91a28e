namespace Libraries.Tests.Servers;

/// <summary>A server that a library talks to: a real one, of Debian's package, in a folder and on a port of its own.</summary>
internal interface IRealServer
{
    /// <summary>The setting of the service that says where it is.</summary>
    string Setting { get; }

    /// <summary>Its program, and its package of Debian's.</summary>
    (string Program, string Package) Source { get; }

    /// <summary>Whether it is installed.</summary>
    bool IsInstalled => Needs.Search(Source.Program) is not null;

    /// <summary>Starts it.</summary>
    /// <param name="folder">For what it keeps.</param>
    /// <param name="started">Where its processes are handed over; they are ended in the order that is opposite.</param>
    /// <returns>The value of <see cref="Setting"/>.</returns>
    Task<string> StartAsync(TemporaryFolder folder, List<ServerProcess> started);
}
