using Microsoft.Data.Sqlite;

namespace LibraryService.Libraries;

/// <summary>Microsoft.Data.Sqlite alone.</summary>
/// <param name="connection">The connection string.</param>
internal sealed class SqliteUse(string connection) : ILibraryUse
{
    public string Name => "sqlite";

    public async Task<string> UseAsync(CancellationToken cancelling)
    {
        await using var opened = new SqliteConnection(connection);
        await opened.OpenAsync(cancelling);
        await using var command = opened.CreateCommand();
        command.CommandText = "SELECT 'sqlite'";
        return (string)(await command.ExecuteScalarAsync(cancelling))!;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
