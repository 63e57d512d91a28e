using Microsoft.EntityFrameworkCore;

namespace LibraryService.Libraries;

/// <summary>What Entity Framework Core keeps: words.</summary>
/// <param name="options">Where.</param>
internal sealed class WordContext(DbContextOptions<WordContext> options) : DbContext(options)
{
    public DbSet<Word> Words => Set<Word>();
}
