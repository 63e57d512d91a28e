using Turbulence.Platform.Processes.Linux;

namespace Turbulence.Platform.Tests.Processes;

public sealed class ThreadNameTests
{
    [Fact]
    public void A_thread_has_another_name_for_a_while_and_then_its_own_again()
    {
        var own = Name();
        using (new ThreadName("fault abc123"))
        {
            Assert.Equal("fault abc123", Name());
        }

        Assert.Equal(own, Name());
        using (new ThreadName("a name of more than fifteen bytes"))
        {
            Assert.Equal("a name of more ", Name());
        }

        using (new ThreadName(null))
        {
            Assert.Equal(own, Name());
        }
    }

    private static string Name() => File.ReadAllText("/proc/thread-self/comm").TrimEnd('\n');
}
