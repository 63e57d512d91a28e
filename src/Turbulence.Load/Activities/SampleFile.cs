using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Turbulence.Activities;
using Turbulence.Load.Outcomes;

namespace Turbulence.Load.Activities;

/// <summary>
/// Writes a line for each request into a side file, on a thread of its own: the load never waits for a disk. What a disk is too slow for is
/// left out and counted.
/// <code>
///   due_ns,sent_ns,ended_ns,outcome
///   2000000,2015200,2410031,ok
/// </code>
/// </summary>
internal sealed class SampleFile : ILoadSink
{
    // Some 64 bytes each; 64 batches are 16 MiB.
    private const int Batch = 4096;
    private const int MostBatches = 64;

    private readonly Channel<List<LoadSample>> batches =
        Channel.CreateBounded<List<LoadSample>>(new BoundedChannelOptions(MostBatches) { SingleReader = true, SingleWriter = true });

    private readonly OutcomeNames names;
    private readonly SideFile file;
    private readonly Task writing;
    private List<LoadSample> filling = new(Batch);

    /// <summary>Begins a file.</summary>
    /// <param name="file">The file; it is disposed of with the end.</param>
    /// <param name="names">What outcomes are called.</param>
    public SampleFile(SideFile file, OutcomeNames names)
    {
        this.file = file;
        this.names = names;
        writing = Task.Run(WriteAsync);
    }

    /// <summary>How many requests are not in it.</summary>
    public long Missing { get; private set; }

    /// <inheritdoc/>
    public void Add(in LoadSample sample)
    {
        filling.Add(sample);
        if (filling.Count == Batch)
        {
            Hand();
        }
    }

    /// <summary>Writes what is left, once the load has ended.</summary>
    /// <returns>Why it is not complete, in one line; null where it is.</returns>
    public async Task<string?> EndAsync()
    {
        Hand();
        batches.Writer.Complete();
        try
        {
            await writing;
            return Missing > 0 ? $"{file.Name} has not all requests: the disk was too slow for {Missing} of them" : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"{file.Name} is not complete: {failure.Message}";
        }
        finally
        {
            file.Dispose();
        }
    }

    private void Hand()
    {
        if (!batches.Writer.TryWrite(filling))
        {
            Missing += filling.Count;
        }

        filling = new(Batch);
    }

    private async Task WriteAsync()
    {
        var text = new StringBuilder("due_ns,sent_ns,ended_ns,outcome\n");
        await foreach (var batch in batches.Reader.ReadAllAsync())
        {
            foreach (var sample in batch)
            {
                text.Append(
                    CultureInfo.InvariantCulture, $"{sample.Due},{sample.Sent},{sample.Ended},{names.All[names.PlaceOf(sample)]}\n");
            }

            file.Write(Encoding.UTF8.GetBytes(text.ToString()));
            text.Clear();
        }
    }
}
