using Turbulence.Platform.Processes;

namespace Turbulence.Platform.Tests.Processes;

public sealed class HomeDirectoryTests
{
    private static readonly string Home = Environment.GetEnvironmentVariable("HOME")!.TrimEnd('/');

    [Fact]
    public void A_tilde_at_the_start_is_our_home()
    {
        Assert.Equal(Home, HomeDirectory.Expand("~"));
        Assert.Equal(Home + "/", HomeDirectory.Expand("~/"));
        Assert.Equal(Home + "/bin/x", HomeDirectory.Expand("~/bin/x"));
    }

    [Fact]
    public void A_tilde_with_a_name_is_the_home_of_that_user()
    {
        var root = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Single(fields => fields[0] == "root")[5];
        Assert.Equal(root + "/x", HomeDirectory.Expand("~root/x"));
    }

    [Theory]
    [InlineData("home/me")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData(null)]
    public void A_home_that_is_no_absolute_path_is_none_and_the_system_is_asked(string? home)
    {
        Assert.Equal("/somewhere", HomeDirectory.Find("/somewhere"));
        Assert.Equal(
            File.ReadLines("/etc/passwd").Select(line => line.Split(':')).FirstOrDefault(fields => fields[0] == Environment.UserName)?[5],
            HomeDirectory.Find(home));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x/~")]
    [InlineData("/~/x")]
    [InlineData("~no-such-user/x")]
    public void Any_other_path_stays(string path) => Assert.Equal(path, HomeDirectory.Expand(path));
}
