using MySqlConnector;

namespace LibraryService.Libraries;

/// <summary>MySqlConnector, with its pool.</summary>
/// <param name="connection">The connection string.</param>
internal sealed class MySqlUse(string connection) : ILibraryUse
{
    private readonly MySqlDataSource source = new(connection);

    public string Name => "mysql";

    public async Task<string> UseAsync(CancellationToken cancelling)
    {
        await using var opened = await source.OpenConnectionAsync(cancelling);
        await using var command = opened.CreateCommand();
        command.CommandText = "SELECT 'mysql'";
        return (string)(await command.ExecuteScalarAsync(cancelling))!;
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
