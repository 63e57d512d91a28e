using Microsoft.EntityFrameworkCore;

namespace LibraryService.Libraries;

/// <summary>Entity Framework Core, on one of its providers.</summary>
/// <param name="name">The path.</param>
/// <param name="options">The provider and its server.</param>
internal sealed class EntityFrameworkUse(string name, DbContextOptions<WordContext> options) : ILibraryUse
{
    private readonly SemaphoreSlim making = new(1);
    private bool isMade;

    public string Name => name;

    public async Task<string> UseAsync(CancellationToken cancelling)
    {
        await using var context = new WordContext(options);
        await MakeAsync(context, cancelling);
        return (await context.Words.AsNoTracking().SingleAsync(word => word.Id == name, cancelling)).Text;
    }

    public ValueTask DisposeAsync()
    {
        making.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task MakeAsync(WordContext context, CancellationToken cancelling)
    {
        if (Volatile.Read(ref isMade))
        {
            return;
        }

        await making.WaitAsync(cancelling);
        try
        {
            await context.Database.EnsureCreatedAsync(cancelling);
            if (!await context.Words.AnyAsync(word => word.Id == name, cancelling))
            {
                context.Words.Add(new Word { Id = name, Text = name });
                await context.SaveChangesAsync(cancelling);
            }

            Volatile.Write(ref isMade, true);
        }
        finally
        {
            making.Release();
        }
    }
}
