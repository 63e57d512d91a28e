using Npgsql;

namespace LibraryService.Libraries;

/// <summary>Npgsql, with its pool.</summary>
/// <param name="connection">The connection string.</param>
internal sealed class NpgsqlUse(string connection) : ILibraryUse
{
    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(connection);

    public string Name => "npgsql";

    public async Task<string> UseAsync(CancellationToken cancelling)
    {
        await using var command = source.CreateCommand("SELECT 'npgsql'");
        return (string)(await command.ExecuteScalarAsync(cancelling))!;
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
