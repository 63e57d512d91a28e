namespace LibraryService.Libraries;

/// <summary>One use of a library, as a service of its users does it. It keeps what they keep: a pool, a connection, a channel.</summary>
internal interface ILibraryUse : IAsyncDisposable
{
    /// <summary>The path that leads to it, without its slash.</summary>
    string Name { get; }

    /// <summary>Uses the library once.</summary>
    /// <param name="cancelling">Ends it early.</param>
    /// <returns>The word that its server was asked for.</returns>
    Task<string> UseAsync(CancellationToken cancelling);
}
